/** A module bundled into a string by build/inline-worker.mjs. */
declare module "inline:./worker.ts" {
  const source: string;
  export default source;
}

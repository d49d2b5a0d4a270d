/** Modules bundled into a string by build/inline-worker.mjs. */
declare module "inline:*" {
  const source: string;
  export default source;
}

// Builds ../dist, which scenerec embeds. Needs `npm ci` here, in clients/typescript, whose
// build/page.mjs says how, and in examples/playground/web, whose stage it shares.
import { buildPage } from "../../../../clients/typescript/build/page.mjs";

const playground = new URL("../../../../examples/playground/web/", import.meta.url);
await buildPage(new URL(".", import.meta.url), [["three.js", new URL("node_modules/three/LICENSE", playground)]]);

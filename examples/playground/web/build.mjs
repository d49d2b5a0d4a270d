// Builds ../dist, which the Go program embeds. Needs `npm ci` here and in
// clients/typescript, whose build/page.mjs says how.
import { buildPage } from "../../../clients/typescript/build/page.mjs";

await buildPage(new URL(".", import.meta.url), [["three.js", new URL("node_modules/three/LICENSE", import.meta.url)]]);

// Builds ../dist, which the Go program embeds. Needs `npm ci` here and in
// clients/typescript, whose build/page.mjs says how.
import { buildPage } from "../../../clients/typescript/build/page.mjs";

await buildPage(new URL(".", import.meta.url), new URL("node_modules/three/", import.meta.url));

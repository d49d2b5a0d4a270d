// Builds ../dist, which the Go package embeds. Needs `npm ci` here and in
// clients/typescript, whose build/page.mjs says how.
import { buildPage } from "../../../clients/typescript/build/page.mjs";

await buildPage(new URL(".", import.meta.url), [["uPlot", new URL("node_modules/uplot/LICENSE", import.meta.url)]]);

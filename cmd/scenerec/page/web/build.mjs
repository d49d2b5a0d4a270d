// Builds ../dist, which scenerec embeds. The same sources give the same bytes on every
// machine. Needs `npm ci` here, in clients/typescript and in examples/playground/web,
// whose stage it shares.
//
// --watch rebuilds on every change; --source-maps adds maps (never committed).
import { copyFile, mkdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, context } from "esbuild";
import { inlineWorker, reproducible } from "../../../../clients/typescript/build/inline-worker.mjs";
import { clientLicenses, writeLicenses } from "../../../../clients/typescript/build/licenses.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const dist = fileURLToPath(new URL("../dist/", import.meta.url));

const options = {
  ...reproducible,
  absWorkingDir: here,
  entryPoints: ["src/app.ts", "src/style.css"],
  outdir: dist,
  format: "esm",
  sourcemap: process.argv.includes("--source-maps") ? "inline" : false,
  plugins: [inlineWorker],
};

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await writeLicenses(`${dist}LICENSES.txt`, [
  ...clientLicenses,
  ["three.js", new URL("../../../../examples/playground/web/node_modules/three/LICENSE", import.meta.url)],
]);
await copyFile(`${here}src/index.html`, `${dist}index.html`);
if (process.argv.includes("--watch")) await (await context(options)).watch();
else await build(options);

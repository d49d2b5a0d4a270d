// Builds a page that a Go program embeds: from src/ to ../dist/ of the package whose
// build.mjs calls this. The same sources give the same bytes on every machine.
//
// --watch rebuilds on every change; --source-maps adds maps (never committed).
import { copyFile, mkdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, context } from "esbuild";
import { inlineWorker, reproducible } from "./inline-worker.mjs";
import { clientLicenses, writeLicenses } from "./licenses.mjs";

/**
 * Builds the page of the package in the directory `here`, a URL. `licenses` are those of
 * what it contains beside the client: names, and where their texts are.
 */
export async function buildPage(here, licenses) {
  const dir = fileURLToPath(here);
  const dist = fileURLToPath(new URL("../dist/", here));
  const options = {
    ...reproducible,
    absWorkingDir: dir,
    entryPoints: ["src/app.ts", "src/style.css"],
    outdir: dist,
    format: "esm",
    sourcemap: process.argv.includes("--source-maps") ? "inline" : false,
    plugins: [inlineWorker],
  };

  await rm(dist, { recursive: true, force: true });
  await mkdir(dist, { recursive: true });
  await writeLicenses(`${dist}LICENSES.txt`, [...clientLicenses, ...licenses]);
  await copyFile(`${dir}src/index.html`, `${dist}index.html`);
  if (process.argv.includes("--watch")) await (await context(options)).watch();
  else await build(options);
}

// Builds dist/index.js (the client, with the worker inside it), dist/playback.js
// (recordings, the same way), the adapters dist/three.js and dist/react.js, and the workers
// alone, for pages whose policy forbids blob workers: dist/worker.js and
// dist/playback-worker.js. And, for pages that build nothing themselves, one file with all
// that the client needs, into examples/rooms.
// The same sources give the same bytes on every machine.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { clientLicenses, writeLicenses } from "./licenses.mjs";
import { inlineWorker, reproducible } from "./inline-worker.mjs";
import { packedZstd } from "./packed-zstd.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

await rm(`${root}dist`, { recursive: true, force: true });
await build({
  ...reproducible,
  absWorkingDir: root,
  entryPoints: ["src/index.ts", "src/playback.ts", "src/three.ts", "src/react.ts"],
  outdir: "dist",
  format: "esm",
  minify: false,
  splitting: true, // what several of them use is there once
  packages: "external",
  plugins: [inlineWorker],
});
await build({
  ...reproducible,
  absWorkingDir: root,
  entryPoints: ["src/worker.ts", "src/playback-worker.ts"],
  outdir: "dist",
  format: "iife",
  plugins: [packedZstd],
});
await writeLicenses(`${root}dist/LICENSES.txt`, clientLicenses);

const whole = fileURLToPath(new URL("../../../examples/rooms/page/client/", import.meta.url));
await rm(whole, { recursive: true, force: true });
await mkdir(whole, { recursive: true });
await build({
  ...reproducible,
  absWorkingDir: root,
  entryPoints: ["src/index.ts"],
  outfile: `${whole}scenewire.js`,
  format: "esm",
  plugins: [inlineWorker],
});
await writeLicenses(`${whole}LICENSES.txt`, clientLicenses);
await writeFile(`${whole}scenewire.d.ts`, 'export * from "../../../../clients/typescript/src/index.js";\n');

/** A page that loads the client pays for it once; its README says how much. */
const maxKilobytes = 40;
const kilobytes = gzipSync(await readFile(`${whole}scenewire.js`), { level: 9 }).byteLength / 1000;
if (kilobytes > maxKilobytes) throw new Error(`the client has ${kilobytes} KB, compressed, of at most ${maxKilobytes}`);

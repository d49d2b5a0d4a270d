// An esbuild plugin: zstddec with its WebAssembly compressed, which makes a page that
// loads the client 8 KB smaller, and unpacked without a fetch, so that a content security
// policy needs no `connect-src data:`.
//
// zstd.txt has the compressed bytes, because not every machine's zlib compresses to the
// same ones; every build compares them with what the package has. `node
// build/packed-zstd.mjs` writes it again, when the package's version has changed.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { constants, deflateRawSync, inflateRawSync } from "node:zlib";

const packedFile = fileURLToPath(new URL("zstd.txt", import.meta.url));
const source = /const wasm = "([^"]+)"/;
const loading = "fetch(`data:application/wasm;base64,${wasm}`).then((response) => response.arrayBuffer())";
const unpacking =
  "new Response(new Blob([Uint8Array.from(atob(wasm), (c) => c.charCodeAt(0))]).stream()" +
  '.pipeThrough(new DecompressionStream("deflate-raw"))).arrayBuffer()';

/** Replaces what zstddec loads and how. */
export const packedZstd = {
  name: "packed-zstd",
  setup(host) {
    host.onLoad({ filter: /[\\/]zstddec[\\/]dist[\\/]zstddec\.mjs$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const packed = (await readFile(packedFile, "utf8")).trim();
      if (!inflateRawSync(Buffer.from(packed, "base64")).equals(wasmIn(text))) {
        throw new Error("build/zstd.txt is of another version: run node build/packed-zstd.mjs");
      }
      if (!text.includes(loading)) throw new Error("zstddec loads its WebAssembly in another way");
      return { contents: text.replace(source, `const wasm = "${packed}"`).replace(loading, unpacking), loader: "js" };
    });
  },
};

function wasmIn(text) {
  const found = source.exec(text);
  if (found === null) throw new Error("zstddec has its WebAssembly in another place");
  return Buffer.from(found[1], "base64");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = await readFile(fileURLToPath(import.meta.resolve("zstddec")), "utf8");
  const packed = deflateRawSync(wasmIn(text), { level: 9, memLevel: 9, strategy: constants.Z_DEFAULT_STRATEGY });
  await writeFile(packedFile, `${packed.toString("base64")}\n`);
}

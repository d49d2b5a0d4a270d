// An esbuild plugin: `import source from "inline:./worker.ts"` gives the
// worker, bundled and minified, as a string.
import path from "node:path";
import { build } from "esbuild";
import { packedZstd } from "./packed-zstd.mjs";

/** Options that make a bundle depend on its sources only, never on the machine. */
export const reproducible = {
  bundle: true,
  minify: true,
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
};

/** Bundles the module behind every `inline:` import into a string. */
export const inlineWorker = {
  name: "inline-worker",
  setup(host) {
    host.onResolve({ filter: /^inline:/ }, (args) => ({
      path: path.resolve(args.resolveDir, args.path.slice("inline:".length)),
      namespace: "inline-worker",
    }));
    host.onLoad({ filter: /.*/, namespace: "inline-worker" }, async (args) => {
      const result = await build({
        ...reproducible,
        entryPoints: [args.path],
        absWorkingDir: path.dirname(args.path),
        format: "iife",
        write: false,
        metafile: true,
        plugins: [packedZstd],
      });
      const watchFiles = Object.keys(result.metafile.inputs).map((file) =>
        path.resolve(path.dirname(args.path), file),
      );
      return { contents: result.outputFiles[0].text, loader: "text", watchFiles };
    });
  },
};

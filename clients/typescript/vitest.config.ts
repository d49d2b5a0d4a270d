import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    alias: {
      // The tests run what workers do in their own thread; nothing bundles a worker there.
      "inline:./worker.ts": fileURLToPath(new URL("./test/no-worker.ts", import.meta.url)),
      "inline:./playback-worker.ts": fileURLToPath(new URL("./test/no-worker.ts", import.meta.url)),
    },
  },
  test: { include: ["test/**/*.test.ts"] },
});

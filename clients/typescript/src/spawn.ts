import source from "inline:./worker.ts";

/** A worker's address, or a function that makes it. */
export type WorkerSource = string | URL | (() => Worker);

/** Starts the worker, by default from the code that is built into this module. */
export function spawnWorker(from: WorkerSource | undefined): Worker {
  if (typeof from === "function") return from();
  if (from !== undefined) return new Worker(from);
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  try {
    return new Worker(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** A worker's address, or a function that makes it. */
export type WorkerSource = string | URL | (() => Worker);

/** Starts a worker, by default from the code in `source`, which is built in. */
export function spawnWorker(from: WorkerSource | undefined, source: string): Worker {
  if (typeof from === "function") return from();
  if (from !== undefined) return new Worker(from);
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  try {
    return new Worker(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

import type { PlaybackCommand, PlaybackReport } from "./playback-thread.js";

type Without<T, K extends string> = T extends unknown ? Omit<T, K> : never;
/** A command that has no number yet. */
type Order = Without<PlaybackCommand, "request">;
type Answer<K> = Extract<PlaybackReport, { kind: K }>;

/** Who waits for an answer. */
interface Waiting {
  readonly resolve: (report: PlaybackReport) => void;
  readonly reject: (error: Error) => void;
}

/** The page's end of the worker: commands with answers. */
export class DeskClient {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #requests = 0;
  /** Why the worker answers nothing any more. */
  #lost: Error | undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<PlaybackReport>) => this.#receive(data);
    worker.onerror = (event) => {
      this.#fail(`worker: ${event.message || "it could not be loaded; a content security policy may forbid it"}`);
    };
  }

  /** Gives the worker a command and returns its answer, which is of `kind` unless it failed. */
  ask<K extends PlaybackReport["kind"]>(kind: K, order: Order, transfer: Transferable[] = []): Promise<Answer<K>> {
    if (this.#lost !== undefined) return Promise.reject(this.#lost);
    const request = ++this.#requests;
    return new Promise((resolve, reject) => {
      const answered = (report: PlaybackReport) => {
        if (report.kind === kind) resolve(report as Answer<K>);
        else reject(new Error(report.kind === "failed" ? report.reason : `worker: ${report.kind} instead of ${kind}`));
      };
      this.#waiting.set(request, { resolve: answered, reject });
      this.#worker.postMessage({ ...order, request }, transfer);
    });
  }

  /** Gives the worker a command whose answer doesn't matter. */
  tell(order: Order): void {
    this.#worker.postMessage({ ...order, request: ++this.#requests });
  }

  /** Ends the worker. What was asked is never answered. */
  close(): void {
    this.#waiting.clear();
    this.#worker.onmessage = this.#worker.onerror = null;
    this.#worker.terminate();
  }

  #receive(report: PlaybackReport): void {
    const asked = this.#waiting.get(report.request);
    this.#waiting.delete(report.request);
    asked?.resolve(report);
  }

  #fail(reason: string): void {
    this.#lost = new Error(reason);
    for (const { reject } of this.#waiting.values()) reject(this.#lost);
    this.#waiting.clear();
  }
}

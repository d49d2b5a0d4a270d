import type { Decompressor } from "./envelope.js";
import type { PlaybackCommand, PlaybackReport } from "./playback-thread.js";
import { Recording, type Stretch } from "./recording.js";

/** Delivers a report; `transfer` lists buffers that are given away with it. */
export type PlaybackReporter = (report: PlaybackReport, transfer: Transferable[]) => void;

/** Opens recordings and reads them as the page asks, in the order of its commands. */
export class PlaybackDesk {
  readonly #zstd: Decompressor;
  readonly #report: PlaybackReporter;
  readonly #files = new Map<number, Recording>();
  #last: Promise<void> = Promise.resolve();

  constructor(zstd: Decompressor, report: PlaybackReporter) {
    this.#zstd = zstd;
    this.#report = report;
  }

  /** Carries out a command when those before it are done. */
  handle(command: PlaybackCommand): void {
    this.#last = this.#last.then(() => this.#answer(command));
  }

  async #answer(command: PlaybackCommand): Promise<void> {
    const { request } = command;
    try {
      await this.#carryOut(command);
    } catch (error) {
      this.#report({ request, kind: "failed", reason: reasonOf(error) }, []);
    }
  }

  async #carryOut(command: PlaybackCommand): Promise<void> {
    const { request, file } = command;
    switch (command.kind) {
      case "open": {
        const recording = await Recording.open(command.bytes, this.#zstd, command.maxBytes, command.keys);
        this.#files.set(file, recording);
        return this.#report({ request, kind: "opened", opened: { ...recording.header, bytes: recording.bytes } }, []);
      }
      case "state":
        return this.#give(request, this.#file(file).state(command.atSec));
      case "read": {
        const recording = this.#file(file);
        if (command.afterSec !== undefined) recording.skip(command.afterSec);
        return this.#give(request, recording.read(command.maxBytes));
      }
      case "close":
        this.#files.delete(file);
        return this.#report({ request, kind: "closed" }, []);
    }
  }

  #give(request: number, { batches, done, buffer }: Stretch): void {
    this.#report({ request, kind: "batches", batches: { batches, done } }, [buffer]);
  }

  #file(number: number): Recording {
    const file = this.#files.get(number);
    if (file === undefined) throw new Error("the recording is not open");
    return file;
  }
}

/** Returns what an error says, and what its cause does. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

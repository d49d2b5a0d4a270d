import { openBytes } from "./byte-source.js";
import type { Decompressor } from "./envelope.js";
import { isMcap } from "./mcap-index.js";
import { magic } from "./mcap-records.js";
import { McapRecording } from "./mcap-recording.js";
import type { PlaybackCommand, PlaybackReport } from "./playback-thread.js";
import { Recording, type Stretch } from "./recording.js";
import { RecordingError } from "./viser-file.js";

/** Delivers a report; `transfer` lists buffers that are given away with it. */
export type PlaybackReporter = (report: PlaybackReport, transfer: Transferable[]) => void;

/** Opens recordings and reads them as the page asks, in the order of its commands. */
export class PlaybackDesk {
  readonly #zstd: Decompressor;
  readonly #report: PlaybackReporter;
  readonly #files = new Map<number, Recording | McapRecording>();
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
        const recording = await this.#open(command);
        this.#files.set(file, recording);
        const { header, bytes, info } = recording;
        return this.#report({ request, kind: "opened", opened: { ...header, bytes, info } }, []);
      }
      case "state":
        return this.#give(request, await this.#file(file).state(command.atSec));
      case "read": {
        const recording = this.#file(file);
        if (command.afterSec !== undefined) recording.skip(command.afterSec);
        return this.#give(request, await recording.read(command.maxBytes));
      }
      case "close":
        this.#files.delete(file);
        return this.#report({ request, kind: "closed" }, []);
    }
  }

  /** Opens a file by what it begins with. */
  async #open({ input, maxBytes, keys }: Extract<PlaybackCommand, { kind: "open" }>): Promise<Recording | McapRecording> {
    const source = await openBytes(input, maxBytes);
    if (isMcap(await source.read(0, magic.byteLength))) return McapRecording.open(source, this.#zstd, maxBytes);
    if (source.size > maxBytes) throw new RecordingError(`${source.size} bytes exceed the limit of ${maxBytes}`);
    return Recording.open(await source.read(0, source.size), this.#zstd, maxBytes, keys);
  }

  #give(request: number, { buffer, ...batches }: Stretch): void {
    this.#report({ request, kind: "batches", batches }, [buffer]);
  }

  #file(number: number): Recording | McapRecording {
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

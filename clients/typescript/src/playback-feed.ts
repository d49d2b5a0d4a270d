import type { DeskClient } from "./desk-client.js";
import type { KeyRules } from "./keys.js";
import { type CutSource, type FileSource, inputOf, type RecordingInfo } from "./playback-source.js";
import type { Batches, OpenedFile } from "./playback-thread.js";
import type { RecordedBatch } from "./recording.js";

/** Bounds of what is fetched and decoded at a time. */
export interface FeedLimits {
  /** Largest decompressed file, or piece of a recording. */
  readonly maxFileBytes: number;
  /** How much is decoded at a time, and what a piece should have. */
  readonly stretchBytes: number;
}

/** What was read: batches, and up to when nothing is missing. */
export interface Fed {
  readonly batches: readonly RecordedBatch[];
  readonly toSec: number;
  /** What of it could not be read, and why. */
  readonly damage: readonly string[];
}

/** Where batches come from: the state at one time, and from there on one stretch after the other. */
export interface Feed {
  info(signal: AbortSignal): Promise<RecordingInfo>;
  /** Goes to a time, and returns the state there as one batch. */
  seek(atSec: number, signal: AbortSignal): Promise<Fed>;
  /** Returns what comes next; `untilSec` is the end as it is known. */
  read(untilSec: number, signal: AbortSignal): Promise<Fed>;
}

/** Reads one file. */
export class FileFeed implements Feed {
  readonly #source: FileSource;
  readonly #desk: DeskClient;
  readonly #limits: FeedLimits;
  readonly #keys: KeyRules;
  #opened: OpenedFile | undefined;

  constructor(source: FileSource, desk: DeskClient, limits: FeedLimits, keys: KeyRules) {
    this.#source = source;
    this.#desk = desk;
    this.#limits = limits;
    this.#keys = keys;
  }

  async info(signal: AbortSignal): Promise<RecordingInfo & { readonly loopStartSec: number }> {
    const { durationSec, viserVersion, loopStartSec, bytes, info } = (this.#opened ??= await this.#open());
    signal.throwIfAborted();
    return { duration: durationSec, viserVersion, loopStartSec, bytes, ...info };
  }

  async seek(atSec: number): Promise<Fed> {
    const { batches } = await this.#desk.ask("batches", { kind: "state", file: 0, atSec });
    return fed({ ...batches, completeSec: atSec, done: false }, atSec);
  }

  async read(untilSec: number): Promise<Fed> {
    const { batches } = await this.#desk.ask("batches", {
      kind: "read", file: 0, afterSec: undefined, maxBytes: this.#limits.stretchBytes,
    });
    return fed(batches, untilSec);
  }

  async #open(): Promise<OpenedFile> {
    const input = inputOf(this.#source);
    const { opened } = await this.#desk.ask(
      "opened",
      { kind: "open", file: 0, input, maxBytes: this.#limits.maxFileBytes, keys: this.#keys },
      input instanceof Uint8Array ? [input.buffer] : [],
    );
    return opened;
  }
}

function fed({ batches, done, completeSec, damage = [] }: Batches, endSec: number): Fed {
  return { batches, damage, toSec: done ? endSec : (completeSec ?? batches.at(-1)?.timeSec ?? endSec) };
}

const firstSpanSec = 1;
const shortestSpanSec = 0.25;
const longestSpanSec = 60;

/** Reads a recording piece by piece; one piece is in the worker's memory at a time. */
export class CutFeed implements Feed {
  readonly #source: CutSource;
  readonly #desk: DeskClient;
  readonly #limits: FeedLimits;
  readonly #keys: KeyRules;
  /** How long the next piece is to be. */
  #spanSec = firstSpanSec;
  #files = 0;
  /** Up to when everything was read. */
  #toSec = 0;
  /** Up to when the open piece is complete, or undefined if none is open. */
  #openToSec: number | undefined;

  constructor(source: CutSource, desk: DeskClient, limits: FeedLimits, keys: KeyRules) {
    this.#source = source;
    this.#desk = desk;
    this.#limits = limits;
    this.#keys = keys;
  }

  info(signal: AbortSignal): Promise<RecordingInfo> {
    return this.#source.info(signal);
  }

  async seek(atSec: number, signal: AbortSignal): Promise<Fed> {
    await this.#open(atSec, atSec, true, signal);
    const { batches } = await this.#desk.ask("batches", { kind: "state", file: this.#files, atSec });
    this.#toSec = atSec;
    if (batches.done) this.#finish();
    return fed({ ...batches, done: false }, atSec);
  }

  async read(untilSec: number, signal: AbortSignal): Promise<Fed> {
    let afterSec: number | undefined;
    if (this.#openToSec === undefined) {
      afterSec = this.#toSec;
      await this.#open(afterSec, Math.min(untilSec, afterSec + this.#spanSec), false, signal);
    }
    const { batches } = await this.#desk.ask("batches", {
      kind: "read", file: this.#files, afterSec, maxBytes: this.#limits.stretchBytes,
    });
    const { batches: list, toSec, damage } = fed(batches, this.#openToSec ?? this.#toSec);
    this.#toSec = Math.max(this.#toSec, toSec);
    if (batches.done) this.#finish();
    return { batches: list, toSec: this.#toSec, damage };
  }

  async #open(fromSec: number, toSec: number, state: boolean, signal: AbortSignal): Promise<void> {
    this.#finish();
    const input = await this.#source.cut({ fromSec, toSec, state }, signal);
    const { opened } = await this.#desk.ask(
      "opened",
      { kind: "open", file: ++this.#files, input, maxBytes: this.#limits.maxFileBytes, keys: this.#keys },
      [input.buffer],
    );
    if (opened.durationSec <= fromSec && toSec > fromSec) throw new Error(`nothing comes behind ${fromSec} s`);
    this.#openToSec = opened.durationSec;
    if (!state) this.#adapt(opened);
  }

  /** Lets the next piece be longer or shorter, by what this one has. */
  #adapt({ bytes, durationSec }: OpenedFile): void {
    const spanSec = Math.min(this.#spanSec, durationSec - this.#toSec);
    const factor = Math.min(4, this.#limits.stretchBytes / Math.max(1, bytes));
    this.#spanSec = Math.min(longestSpanSec, Math.max(shortestSpanSec, spanSec * factor));
  }

  /** Lets go of the open piece. */
  #finish(): void {
    if (this.#openToSec === undefined) return;
    this.#openToSec = undefined;
    this.#desk.tell({ kind: "close", file: this.#files });
  }
}

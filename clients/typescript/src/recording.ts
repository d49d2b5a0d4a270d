import { Decoder } from "@msgpack/msgpack";
import { type Decompressor, detachSmallBins, isMap } from "./envelope.js";
import { type KeyRules, Keys } from "./keys.js";
import type { AnyMessage } from "./message.js";
import { decompress, readIndex, RecordingError, type RecordingHeader, type RecordingIndex } from "./viser-file.js";

/** Messages that were recorded at one time: what the server grouped. */
export interface RecordedBatch {
  readonly timeSec: number;
  readonly messages: AnyMessage[];
  /** Size of the messages, in bytes. */
  readonly bytes: number;
  /** It is the state at that time, and nothing of what came before counts. */
  readonly resets?: boolean;
}

/** Batches in a row, and the buffer that their messages may alias. */
export interface Stretch {
  readonly batches: RecordedBatch[];
  /** True if nothing follows. */
  readonly done: boolean;
  readonly buffer: ArrayBuffer;
  /** Up to when everything was read; absent: up to the last batch. */
  readonly completeSec?: number;
  /** Where the file is damaged, and what that has cost. */
  readonly damage?: readonly string[];
}

/** Servers keep times in nanoseconds: one that was asked for comes back rounded. */
const halfNanosecond = 6e-10;

/**
 * One `.viser` file in memory: its decompressed content and an index. Messages are
 * decoded when they are asked for.
 */
export class Recording {
  readonly header: RecordingHeader;
  readonly #content: Uint8Array;
  readonly #index: RecordingIndex;
  readonly #keys: Keys;
  readonly #decoder = new Decoder();
  /** The message that is read next. */
  #next = 0;

  /** Opens a file (borrowed) of at most `maxBytes` of content. Throws an error that says what is wrong. */
  static async open(file: Uint8Array, zstd: Decompressor, maxBytes: number, rules: KeyRules = {}): Promise<Recording> {
    return new Recording(await decompress(file, zstd, maxBytes), rules);
  }

  private constructor(content: Uint8Array, rules: KeyRules) {
    this.#content = content;
    this.#index = readIndex(content);
    this.header = this.#index.header;
    this.#keys = new Keys(rules, this.#count, (i) => this.#decode(this.#bytes(i), i));
  }

  /**
   * Reads the state at a time as one batch: the messages up to then, in order, without
   * those whose key a later one of them has. What is behind it is read next.
   */
  state(atSec: number): Stretch {
    this.#next = this.#firstAfter(atSec + halfNanosecond);
    const parts = this.#keys.live(this.#next).map((i) => ({ i, bytes: this.#bytes(i) }));
    const copy = new Uint8Array(parts.reduce((sum, { bytes }) => sum + bytes.byteLength, 0));
    const messages: AnyMessage[] = [];
    let at = 0;
    for (const { i, bytes } of parts) {
      copy.set(bytes, at);
      messages.push(this.#decode(copy.subarray(at, (at += bytes.byteLength)), i));
    }
    const batch = { timeSec: atSec, messages, bytes: copy.byteLength };
    return this.#stretch([batch], copy);
  }

  /** Goes to what is behind a time. */
  skip(toSec: number): void {
    this.#next = this.#firstAfter(toSec + halfNanosecond);
  }

  /** Reads batches: one at least, if there is one, and as many as have `maxBytes` together. */
  read(maxBytes: number): Stretch {
    const first = this.#next;
    const ends = this.#batchEnds(maxBytes);
    this.#next = ends.at(-1) ?? first;
    const [from, to] = [this.#index.starts[first] ?? 0, this.#index.ends[this.#next - 1] ?? 0];
    const copy = this.#content.slice(from, Math.max(from, to));
    let begin = first;
    const batches = ends.map((end) => {
      const batch = this.#batch(copy, from, begin, end);
      begin = end;
      return batch;
    });
    return this.#stretch(batches, copy);
  }

  /** A file says nothing beyond its header. */
  get info(): undefined {
    return undefined;
  }

  /** Size of the content. */
  get bytes(): number {
    return this.#content.byteLength;
  }

  get #count(): number {
    return this.#index.times.length;
  }

  /** Returns where the batches end that are read next. */
  #batchEnds(maxBytes: number): number[] {
    const { times, starts, ends } = this.#index;
    const found: number[] = [];
    let end = this.#next;
    while (end < this.#count) {
      end = this.#firstAfter(times[end] as number);
      const bytes = (ends[end - 1] as number) - (starts[this.#next] as number);
      if (bytes > maxBytes && found.length > 0) break;
      found.push(end);
    }
    return found;
  }

  #batch(copy: Uint8Array, base: number, from: number, to: number): RecordedBatch {
    const messages: AnyMessage[] = [];
    for (let i = from; i < to; i++) {
      const at = (this.#index.starts[i] as number) - base;
      messages.push(this.#decode(copy.subarray(at, at + this.#size(i)), i));
    }
    const bytes = (this.#index.ends[to - 1] as number) - (this.#index.starts[from] as number);
    return { timeSec: this.#index.times[from] as number, messages, bytes };
  }

  #stretch(batches: RecordedBatch[], copy: Uint8Array): Stretch {
    // Who keeps a small array must not keep all of a large stretch with it.
    if (copy.byteLength >= 1 << 20) for (const { messages } of batches) detachSmallBins(messages);
    return { batches, done: this.#next === this.#count, buffer: copy.buffer as ArrayBuffer };
  }

  #decode(bytes: Uint8Array, i: number): AnyMessage {
    let value: unknown;
    try {
      value = this.#decoder.decode(bytes);
    } catch (cause) {
      throw new RecordingError(`message ${i} of ${this.#count} can't be decoded`, { cause });
    }
    if (!isMap(value)) throw new RecordingError(`message ${i} of ${this.#count} is no map`);
    return value;
  }

  #size(i: number): number {
    return (this.#index.ends[i] as number) - (this.#index.starts[i] as number);
  }

  #bytes(i: number): Uint8Array {
    return this.#content.subarray(this.#index.starts[i], this.#index.ends[i]);
  }

  /** Returns the first message that is due later than a time. */
  #firstAfter(timeSec: number): number {
    let [low, high] = [0, this.#count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#index.times[middle] as number) <= timeSec) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

import { Decoder } from "@msgpack/msgpack";
import type { ByteSource } from "./byte-source.js";
import { type Decompressor, detachSmallBins, isMap } from "./envelope.js";
import { type Chunk, findChunks, type McapIndex } from "./mcap-index.js";
import { infoOf, McapTimes } from "./mcap-info.js";
import { crc32, DamageError, Fields, Op, readChunkHead } from "./mcap-records.js";
import { LiveState } from "./mcap-state.js";
import { readSteps, type Step } from "./mcap-steps.js";
import type { AnyMessage } from "./message.js";
import type { RecordingInfo } from "./playback-source.js";
import type { RecordedBatch, Stretch } from "./recording.js";
import { RecordingError, type RecordingHeader } from "./viser-file.js";

/** How much is fetched at once, when what follows will be read, too. */
const aheadBytes = 1 << 20;
/** More than zstd can make of a byte. */
const maxZstdRatio = 1 << 15;
/** A batch of this size has its small arrays copied out of it. */
const largeBatchBytes = 1 << 20;

/**
 * A long recording in an MCAP file of scenewire, read chunk by chunk: a seek reads a
 * keyframe and what came since then. Redundancy keys stand in the file.
 *
 * Where it is damaged, the steps of that chunk are missing, and the stretch says so. The
 * next keyframe is handed out then, in a batch that resets, as it is behind a gap.
 */
export class McapRecording {
  readonly header: RecordingHeader;
  readonly info: RecordingInfo;
  readonly #source: ByteSource;
  readonly #index: McapIndex;
  readonly #zstd: Decompressor;
  readonly #maxBytes: number;
  readonly #times: McapTimes;
  readonly #decoder = new Decoder();
  /** Keyframes that tell what no step before them does: behind a gap, and the first one. */
  readonly #restarts = new Set<Chunk>();
  /** Up to when everything was read. */
  #after = -1n;
  /** Something is missing up to there: the next keyframe has it. */
  #unsure = false;

  /** Opens a file that begins with the magic of MCAP. Throws an error that says what is wrong. */
  static async open(source: ByteSource, zstd: Decompressor, maxBytes: number): Promise<McapRecording> {
    return new McapRecording(source, await findChunks(source, maxBytes), zstd, maxBytes);
  }

  private constructor(source: ByteSource, index: McapIndex, zstd: Decompressor, maxBytes: number) {
    this.#source = source;
    this.#index = index;
    this.#zstd = zstd;
    this.#maxBytes = maxBytes;
    this.#times = new McapTimes(index);
    this.info = infoOf(index, this.#times, source.size);
    this.header = { durationSec: this.info.duration, loopStartSec: 0, viserVersion: this.info.viserVersion ?? "" };
    let missing = true;
    for (const chunk of index.chunks) {
      if ((chunk.keyframe || chunk === index.chunks[0]) && missing) this.#restarts.add(chunk);
      missing = chunk.gap || (missing && !chunk.keyframe);
    }
  }

  /** Size of the file. */
  get bytes(): number {
    return this.#source.size;
  }

  /** Reads the live state at a time as one batch. What is behind it is read next. */
  async state(atSec: number): Promise<Stretch> {
    const at = this.#times.at(atSec);
    const damage: string[] = [];
    const live = await this.#liveAt(at, damage);
    this.#after = at;
    this.#unsure = damage.length > 0;
    const payloads = live.payloads();
    const copy = new Uint8Array(live.bytes);
    let end = 0;
    const views = payloads.map((payload) => {
      copy.set(payload, end);
      return copy.subarray(end, (end += payload.byteLength));
    });
    const batch = { timeSec: atSec, messages: this.#decodeAll(views), bytes: copy.byteLength };
    return { ...this.#stretch([batch], copy.buffer), damage };
  }

  /** Goes to what is behind a time. */
  skip(toSec: number): void {
    this.#after = this.#times.at(toSec);
  }

  /** Reads the batches of the next chunk, which is as much as a writer found fit to go together. */
  async read(): Promise<Stretch> {
    const chunk = this.#index.chunks[this.#behind(this.#after)];
    if (chunk === undefined) return this.#stretch([], new ArrayBuffer());
    const restarts = this.#unsure || this.#restarts.has(chunk);
    if (chunk.keyframe && !restarts) {
      this.#after = chunk.end;
      return this.#stretch([], new ArrayBuffer());
    }
    const batches: RecordedBatch[] = [];
    const damage: string[] = [];
    let buffer = new ArrayBuffer();
    try {
      const records = await this.#records(chunk, aheadBytes);
      buffer = records.buffer as ArrayBuffer;
      for (const step of this.#steps(chunk, records, this.#after)) {
        // Which chunk is a keyframe isn't known of the last one of a file that breaks off.
        if (step.kind === "push" || (step.kind === "keyframe" && restarts)) this.#addBatch(step, chunk, batches);
      }
      if (chunk.keyframe) this.#unsure = false;
    } catch (error) {
      damage.push(this.#damageOf(error));
      this.#unsure = true;
      batches.length = 0;
    }
    this.#after = chunk.end;
    return { ...this.#stretch(batches, buffer), damage };
  }

  #addBatch({ kind, time, entries }: Step, chunk: Chunk, batches: RecordedBatch[]): void {
    const resets = kind === "keyframe" && chunk !== this.#index.chunks[0]; // before that one there is nothing
    if (entries.length === 0 && !resets) return;
    const payloads = entries.map(({ payload }) => payload);
    const bytes = payloads.reduce((sum, { byteLength }) => sum + byteLength, 0);
    const messages = this.#decodeAll(payloads);
    if (bytes >= largeBatchBytes) detachSmallBins(messages);
    batches.push({ timeSec: this.#times.seconds(time), messages, bytes, ...(resets ? { resets } : {}) });
  }

  #stretch(batches: RecordedBatch[], buffer: ArrayBuffer): Stretch {
    const done = this.#behind(this.#after) === this.#index.chunks.length;
    return { batches, buffer, done, completeSec: this.#times.seconds(this.#after) };
  }

  /** Applies the last keyframe before a time and what came since then. */
  async #liveAt(at: bigint, damage: string[]): Promise<LiveState> {
    const { chunks } = this.#index;
    let end = this.#behind(at);
    if (end < chunks.length && (chunks[end] as Chunk).start <= at) end++;
    for (let from = end - 1; from > 0; from--) {
      if (!chunks[from]?.keyframe) continue;
      const live = new LiveState();
      if (await this.#apply(live, chunks.slice(from, end), at, damage, true)) return live;
    }
    const live = new LiveState();
    await this.#apply(live, chunks.slice(0, end), at, damage, false);
    return live;
  }

  /** Applies chunks, and returns false if the first one has no keyframe and should. */
  async #apply(live: LiveState, chunks: Chunk[], at: bigint, damage: string[], keyframe: boolean): Promise<boolean> {
    const last = chunks.at(-1);
    for (const [i, chunk] of chunks.entries()) {
      try {
        const ahead = (last as Chunk).offset + (last as Chunk).bytes - chunk.offset;
        const records = await this.#records(chunk, Math.min(4 * aheadBytes, ahead));
        for (const step of this.#steps(chunk, records, -1n)) {
          if (step.time > at) break;
          live.apply(step);
        }
      } catch (error) {
        const reason = this.#damageOf(error);
        if (!damage.includes(reason)) damage.push(reason);
        if (i === 0 && keyframe) return false;
      }
      if (live.bytes > this.#maxBytes) {
        throw new RecordingError(`a state of ${live.bytes} bytes exceeds the limit of ${this.#maxBytes}`);
      }
    }
    return true;
  }

  /** Reads the records of a chunk, decompressed and checked, in a buffer of their own. */
  async #records({ offset, bytes, start, end }: Chunk, ahead: number): Promise<Uint8Array> {
    if (bytes > this.#maxBytes) throw new DamageError(offset, `a chunk of ${bytes} bytes exceeds the limit of ${this.#maxBytes}`);
    const stored = await this.#source.read(offset, bytes, ahead);
    try {
      const { op, content } = new Fields(stored).record();
      if (op !== Op.chunk) throw new Error("there is no chunk but another record");
      const fields = new Fields(content);
      const head = readChunkHead(fields);
      if (head.start !== start || head.end !== end) throw new Error("the chunk isn't that of the file's index");
      const packed = fields.take(head.stored);
      if (head.size > this.#maxBytes) throw new Error(`the chunk's ${head.size} bytes exceed the limit of ${this.#maxBytes}`);
      const records = this.#decompress(head.compression, packed, head.size);
      if (records.byteLength !== head.size) throw new Error(`the chunk has ${records.byteLength} of ${head.size} bytes`);
      if (head.crc !== 0 && crc32(records) !== head.crc) throw new Error("the chunk's checksum doesn't fit its records");
      return records;
    } catch (cause) {
      throw asDamage(offset, cause);
    }
  }

  #decompress(compression: string, packed: Uint8Array, size: number): Uint8Array {
    if (compression === "") return packed.slice();
    if (compression !== "zstd") throw new Error(`the chunk's compression "${compression}" isn't known`);
    if (size / maxZstdRatio > packed.byteLength) throw new Error(`the chunk's ${size} bytes can't be in ${packed.byteLength}`);
    return this.#zstd.decode(packed, size);
  }

  *#steps({ offset, start, end }: Chunk, records: Uint8Array, after: bigint): Generator<Step> {
    let last = start - 1n;
    try {
      for (const step of readSteps(records, this.#index.channels, after)) {
        if (step.time <= last || step.time > end) throw new Error("a step isn't in the order of time");
        last = step.time;
        yield step;
      }
    } catch (cause) {
      throw asDamage(offset, cause);
    }
  }

  /** Decodes messages. What is none is left out, as servers do when they cut recordings. */
  #decodeAll(payloads: readonly Uint8Array[]): AnyMessage[] {
    return payloads.map((payload) => this.#decode(payload)).filter(isMap);
  }

  #decode(payload: Uint8Array): unknown {
    try {
      return this.#decoder.decode(payload);
    } catch {
      return undefined;
    }
  }

  /** Returns what is damaged; throws what is no damage of the file. */
  #damageOf(error: unknown): string {
    if (!(error instanceof DamageError)) throw error;
    const { cause } = error;
    return cause instanceof Error ? `${error.message}: ${cause.message}` : error.message;
  }

  /** Returns the first chunk that ends behind a time. */
  #behind(time: bigint): number {
    const { chunks } = this.#index;
    let [low, high] = [0, chunks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((chunks[middle] as Chunk).end <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function asDamage(offset: number, cause: unknown): DamageError {
  return cause instanceof DamageError ? cause : new DamageError(offset, "the chunk is damaged", { cause });
}

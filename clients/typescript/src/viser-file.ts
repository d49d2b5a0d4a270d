import type { Decompressor } from "./envelope.js";
import { Scanner } from "./msgpack-scan.js";

/** What a recording says about itself. Times are seconds from its beginning. */
export interface RecordingHeader {
  /** Never before the last message. */
  readonly durationSec: number;
  /** Where it goes on after its end. */
  readonly loopStartSec: number;
  /** The version of viser whose messages these are, or "". */
  readonly viserVersion: string;
}

/** Where the messages of a recording are, in its decompressed content. */
export interface RecordingIndex {
  readonly header: RecordingHeader;
  /** When each message is due, never before the one in front of it. */
  readonly times: Float64Array;
  /** Where each message begins and ends. */
  readonly starts: Float64Array;
  readonly ends: Float64Array;
}

/** A file that is no recording, or is truncated, corrupt or too large. */
export class RecordingError extends Error {
  override readonly name = "RecordingError";
}

const sizeBytes = 8;
const zstdMagic = 0xfd2fb528;
const gzipMagic = 0x8b1f;

/**
 * Decompresses a `.viser` file (borrowed) of any generation: gzip, or the content's size
 * as an unsigned 64-bit little-endian number and zstd. Throws a {@link RecordingError}.
 */
export async function decompress(file: Uint8Array, zstd: Decompressor, maxBytes: number): Promise<Uint8Array> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (view.byteLength > 2 && view.getUint16(0, true) === gzipMagic) return gunzip(file, maxBytes);
  if (view.byteLength < sizeBytes + 4 || view.getUint32(sizeBytes, true) !== zstdMagic) {
    throw new RecordingError(`this is neither a .viser nor an .mcap file (${file.byteLength} bytes)`);
  }
  const size = view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32;
  if (size > maxBytes) throw new RecordingError(`${size} bytes of content exceed the limit of ${maxBytes}`);
  const content = unzstd(zstd, file.subarray(sizeBytes), size);
  // zstddec does not report errors: it returns whatever it has.
  if (content.byteLength !== size) {
    throw new RecordingError(`corrupt zstd data: ${content.byteLength} of ${size} bytes`);
  }
  return content;
}

function unzstd(zstd: Decompressor, compressed: Uint8Array, size: number): Uint8Array {
  try {
    return zstd.decode(compressed, size);
  } catch (cause) {
    throw new RecordingError("corrupt zstd data", { cause });
  }
}

async function gunzip(file: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  const stream = new Blob([file as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream("gzip"));
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw new RecordingError("corrupt gzip data", { cause });
    });
    if (done) return join(parts, size);
    parts.push(value);
    size += value.byteLength;
    if (size > maxBytes) {
      void reader.cancel();
      throw new RecordingError(`the content exceeds the limit of ${maxBytes} bytes`);
    }
  }
}

function join(parts: readonly Uint8Array[], size: number): Uint8Array {
  const joined = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.byteLength;
  }
  return joined;
}

/** Finds the messages in decompressed content. Throws an error that tells the place. */
export function readIndex(content: Uint8Array): RecordingIndex {
  const scanner = new Scanner(content);
  const found: Found = { durationSec: undefined, viserVersion: "", loopStart: undefined, messages: undefined };
  for (let fields = scanner.map(); fields > 0; fields--) readField(scanner, found);
  const { durationSec, messages, viserVersion, loopStart } = found;
  if (durationSec === undefined || messages === undefined) {
    throw new RecordingError("a recording without durationSeconds or messages");
  }
  const loopStartSec = loopStart === undefined ? 0 : (messages.times[loopStart] ?? 0);
  const lastSec = messages.times.at(-1) ?? 0;
  return { ...messages, header: { durationSec: Math.max(durationSec, lastSec), viserVersion, loopStartSec } };
}

/** What was found of a recording's outermost map. */
interface Found {
  durationSec: number | undefined;
  viserVersion: string;
  loopStart: number | undefined;
  messages: Pick<RecordingIndex, "times" | "starts" | "ends"> | undefined;
}

function readField(scanner: Scanner, found: Found): void {
  switch (scanner.text()) {
    case "durationSeconds":
      found.durationSec = scanner.number();
      return;
    case "viserVersion":
      found.viserVersion = scanner.text();
      return;
    case "loopStartIndex":
      found.loopStart = scanner.nil() ? undefined : scanner.number();
      return;
    case "messages":
      found.messages = readMessages(scanner);
      return;
    default:
      scanner.skip();
  }
}

function readMessages(scanner: Scanner): Found["messages"] {
  const count = scanner.array();
  // Each takes at least three bytes: what is declared is not taken on trust.
  if (count * 3 > scanner.left) scanner.fail(`${count} messages are declared`);
  const [times, starts, ends] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  let latest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    if (scanner.array() !== 2) scanner.fail("a message that is no pair of time and map");
    latest = Math.max(latest, readTime(scanner));
    times[i] = latest;
    starts[i] = scanner.at;
    scanner.skip();
    ends[i] = scanner.at;
  }
  return { times, starts, ends };
}

function readTime(scanner: Scanner): number {
  const timeSec = scanner.number();
  if (!Number.isFinite(timeSec)) scanner.fail("a time that is none");
  return timeSec;
}

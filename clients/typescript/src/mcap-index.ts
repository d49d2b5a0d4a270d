import type { ByteSource } from "./byte-source.js";
import { Channels, type Role } from "./mcap-channels.js";
import { type ChunkHead, crc32, DamageError, Fields, magic, Op, readChunkHead, recordHeadBytes } from "./mcap-records.js";
import { RecordingError } from "./viser-file.js";

/** Steps that are stored together. */
export interface Chunk {
  /** Where its record begins in the file, and what that takes. */
  readonly offset: number;
  readonly bytes: number;
  /** When its first and its last step happened, in nanoseconds since 1970. */
  readonly start: bigint;
  readonly end: bigint;
  /** It holds a keyframe and nothing else. */
  keyframe: boolean;
  /** A gap is in it. */
  gap: boolean;
  messages: number;
}

/** What an MCAP file says about itself without its chunks being read. */
export class McapIndex {
  readonly chunks: Chunk[] = [];
  readonly channels = new Channels();
  metadata: ReadonlyMap<string, string> = new Map();
  /** How many messages each channel has. */
  counts = new Map<number, number>();
  /** Why the file isn't whole; undefined if it is. */
  damage: string | undefined;

  /** Adds the next chunk of the file, with a number of messages on each of some channels. */
  add(at: Pick<Chunk, "offset" | "bytes" | "start" | "end">): Chunk {
    const before = this.chunks.at(-1);
    if (at.end < at.start || (before !== undefined && (at.start <= before.end || at.offset < before.offset + before.bytes))) {
      throw new DamageError(at.offset, "the chunk isn't in the order of time");
    }
    const chunk = { ...at, keyframe: false, gap: false, messages: 0 };
    this.chunks.push(chunk);
    return chunk;
  }
}

/** Notes that a chunk has messages of a role. */
export function note(chunk: Chunk, role: Role): void {
  chunk.keyframe ||= role === "keyframe";
  chunk.gap ||= role === "gap";
}

/** Whether this is how an MCAP file begins. */
export function isMcap(bytes: Uint8Array): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}

const aheadBytes = 64 << 10;
const footerBytes = recordHeadBytes + 8 + 8 + 4;
/** Largest record that is taken into memory and is neither a chunk nor a summary. */
const maxRecordBytes = 1 << 20;
/** What stands before the places of a message index: the channel, and their size. */
const indexHeadBytes = 2 + 4;
const placeBytes = 16;

/**
 * Finds the chunks of a file: by the summary at its end, or where there is none by going
 * from record to record, of which the heads are read.
 */
export async function findChunks(source: ByteSource, maxBytes: number): Promise<McapIndex> {
  const { index, dataAt } = await readBeginning(source);
  const { metadata } = index;
  try {
    return await readSummary(source, maxBytes, metadata);
  } catch (error) {
    if (!(error instanceof DamageError || error instanceof RangeError)) throw error;
  }
  try {
    await scan(source, index, dataAt);
  } catch (error) {
    if (!(error instanceof DamageError || error instanceof RangeError)) throw error;
    index.damage = error.message;
  }
  return index;
}

/** Reads the records before the first chunk. */
async function readBeginning(source: ByteSource): Promise<{ index: McapIndex; dataAt: number }> {
  const index = new McapIndex();
  let at: number = magic.byteLength;
  const header = await recordAt(source, at);
  const profile = header.op === Op.header ? (await contentOf(source, header)).text() : "";
  if (profile !== "scenewire") throw new RecordingError(`an MCAP file of profile "${profile}", not of scenewire`);
  at = header.end;
  const next = await recordAt(source, at).catch(() => undefined);
  if (next?.op === Op.metadata) {
    await learnMetadata(source, next, index);
    at = next.end;
  }
  return { index, dataAt: at };
}

async function readSummary(source: ByteSource, maxBytes: number, metadata: ReadonlyMap<string, string>): Promise<McapIndex> {
  const endAt = source.size - footerBytes - magic.byteLength;
  await source.read(Math.max(0, source.size - aheadBytes), aheadBytes);
  const footer = new Fields(await source.read(Math.max(0, endAt), footerBytes + magic.byteLength));
  const { op, content } = footer.record();
  if (op !== Op.footer || !isMcap(footer.take(magic.byteLength))) throw new DamageError(source.size, "there is no footer");
  const fields = new Fields(content);
  const [from, offsets, crc] = [fields.uint64(), fields.uint64(), fields.uint32()];
  if (from < magic.byteLength || from > endAt || offsets > endAt) throw new DamageError(endAt, "there is no summary");
  if (endAt - from > maxBytes) throw new RecordingError(`an index of ${endAt - from} bytes exceeds the limit of ${maxBytes}`);
  const summary = await source.read(from, endAt - from + footerBytes - 4);
  if (crc !== 0 && crc32(summary) !== crc) throw new DamageError(from, "the summary's checksum doesn't fit it");
  const index = new McapIndex();
  index.metadata = metadata;
  const records = new Fields(summary.subarray(0, endAt - from));
  while (records.left > 0) addSummaryRecord(index, records.record());
  return index;
}

function addSummaryRecord(index: McapIndex, { op, content }: { op: number; content: Uint8Array }): void {
  const fields = new Fields(content);
  if (op === Op.channel) index.channels.learn(fields);
  if (op === Op.statistics) {
    fields.take(8 + 2 + 4 * 4 + 2 * 8);
    index.counts = fields.pairs((list) => list.uint16(), (list) => list.uint64());
  }
  if (op !== Op.chunkIndex) return;
  const [start, end, offset, bytes] = [fields.nanos(), fields.nanos(), fields.uint64(), fields.uint64()];
  const chunk = index.add({ offset, bytes, start, end });
  const places = fields.pairs((list) => list.uint16(), (list) => list.uint64());
  for (const channel of places.keys()) note(chunk, index.channels.roleOf(channel));
  const indexBytes = fields.uint64() - places.size * (recordHeadBytes + indexHeadBytes);
  chunk.messages = Math.max(0, indexBytes / placeBytes);
}

/** Goes from record to record up to the end of the data. */
async function scan(source: ByteSource, index: McapIndex, from: number): Promise<void> {
  for (let at = from; ; ) {
    const record = await recordAt(source, at);
    switch (record.op) {
      case Op.dataEnd:
        return;
      case Op.chunk: {
        const { start, end } = await chunkHeadAt(source, record);
        index.add({ offset: at, bytes: record.end - at, start, end });
        break;
      }
      case Op.messageIndex:
        await learnMessageIndex(source, record, index);
        break;
      case Op.channel:
        index.channels.learn(await contentOf(source, record));
        break;
      case Op.metadata:
        await learnMetadata(source, record, index);
        break;
      case Op.schema:
      case Op.attachment:
        break;
      default:
        throw new DamageError(at, `a record (${record.op}) that doesn't belong here`);
    }
    at = record.end;
  }
}

/** Takes note of a channel that the last chunk has messages of. */
async function learnMessageIndex(source: ByteSource, record: RecordAt, index: McapIndex): Promise<void> {
  const chunk = index.chunks.at(-1);
  const fields = new Fields(await source.read(record.at + recordHeadBytes, indexHeadBytes, aheadBytes));
  const [channel, bytes] = [fields.uint16(), fields.uint32()];
  if (chunk === undefined || bytes !== record.end - record.at - recordHeadBytes - indexHeadBytes) {
    throw new DamageError(record.at, "the index of a chunk is damaged");
  }
  const messages = bytes / placeBytes;
  chunk.messages += messages;
  index.counts.set(channel, (index.counts.get(channel) ?? 0) + messages);
  note(chunk, index.channels.roleOf(channel));
}

async function learnMetadata(source: ByteSource, record: RecordAt, index: McapIndex): Promise<void> {
  const content = await contentOf(source, record);
  if (content.text() !== "scenewire") return;
  index.metadata = content.pairs((list) => list.text(), (list) => list.text());
}

/** A record, and where it begins and ends. */
interface RecordAt {
  readonly op: number;
  readonly at: number;
  readonly end: number;
}

async function recordAt(source: ByteSource, at: number): Promise<RecordAt> {
  const head = await source.read(at, recordHeadBytes, aheadBytes);
  if (head.byteLength < recordHeadBytes) throw new DamageError(at, "the file ends without a summary");
  const fields = new Fields(head);
  const op = fields.uint8();
  const end = at + recordHeadBytes + fields.uint64();
  if (op === 0) throw new DamageError(at, "there is no record");
  if (end > source.size) throw new DamageError(at, `a record of ${end - at} bytes, of which there are ${source.size - at}`);
  return { op, at, end };
}

async function contentOf(source: ByteSource, { at, end }: RecordAt): Promise<Fields> {
  const from = at + recordHeadBytes;
  if (end - from > maxRecordBytes) throw new DamageError(at, `a record of ${end - from} bytes`);
  return new Fields(await source.read(from, end - from, aheadBytes));
}

async function chunkHeadAt(source: ByteSource, { at, end }: RecordAt): Promise<ChunkHead> {
  const from = at + recordHeadBytes;
  try {
    return readChunkHead(new Fields(await source.read(from, Math.min(64, end - from), aheadBytes)));
  } catch (cause) {
    if (cause instanceof RangeError) throw new DamageError(at, "the chunk's head is damaged");
    throw cause;
  }
}

/** The kinds of records in an MCAP file (https://mcap.dev/spec) that are looked at here. */
export const Op = {
  header: 0x01,
  footer: 0x02,
  schema: 0x03,
  channel: 0x04,
  message: 0x05,
  chunk: 0x06,
  messageIndex: 0x07,
  chunkIndex: 0x08,
  attachment: 0x09,
  statistics: 0x0b,
  metadata: 0x0c,
  dataEnd: 0x0f,
} as const;

/** What an MCAP file begins and ends with. */
export const magic = new Uint8Array([0x89, 0x4d, 0x43, 0x41, 0x50, 0x30, 0x0d, 0x0a]);

/** What stands before a record's content: its kind and its length. */
export const recordHeadBytes = 1 + 8;

/** What is damaged in an MCAP file, and where. */
export class DamageError extends Error {
  override readonly name = "DamageError";

  constructor(
    readonly offset: number,
    what: string,
    options?: ErrorOptions,
  ) {
    super(`at byte ${offset} of the file: ${what}`, options);
  }
}

/** Reads the fields of a record from the front. Throws where they end too early. */
export class Fields {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  /** The place of the next field. */
  at = 0;

  /** `bytes` are borrowed. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.#bytes.byteLength - this.at;
  }

  uint8(): number {
    return this.#view.getUint8(this.#pass(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#pass(2), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#pass(4), true);
  }

  /** Reads a number of 64 bits; from 2^53 on it is rounded. */
  uint64(): number {
    return this.uint32() + this.uint32() * 2 ** 32;
  }

  /** Reads a time, in nanoseconds since 1970. */
  nanos(): bigint {
    return this.#view.getBigUint64(this.#pass(8), true);
  }

  take(bytes: number): Uint8Array {
    const from = this.#pass(bytes);
    return this.#bytes.subarray(from, from + bytes);
  }

  text(): string {
    return new TextDecoder().decode(this.take(this.uint32()));
  }

  /** Reads a list of pairs. */
  pairs<K, V>(key: (list: Fields) => K, value: (list: Fields) => V): Map<K, V> {
    const list = new Fields(this.take(this.uint32()));
    const pairs = new Map<K, V>();
    while (list.left > 0) pairs.set(key(list), value(list));
    return pairs;
  }

  /** Reads the head of a record, and returns its content. */
  record(): { op: number; content: Uint8Array } {
    const op = this.uint8();
    return { op, content: this.take(this.uint64()) };
  }

  #pass(bytes: number): number {
    if (!(bytes <= this.left)) throw new RangeError(`a record ends too early, at its byte ${this.at}`);
    this.at += bytes;
    return this.at - bytes;
  }
}

/** What stands before the records of a chunk. */
export interface ChunkHead {
  readonly start: bigint;
  readonly end: bigint;
  /** Of its records without compression, as is the checksum; that is 0 if there is none. */
  readonly size: number;
  readonly crc: number;
  readonly compression: string;
  /** How many bytes its records are as stored. */
  readonly stored: number;
}

/** Reads the head of a chunk, and goes to its records. */
export function readChunkHead(fields: Fields): ChunkHead {
  const [start, end] = [fields.nanos(), fields.nanos()];
  const [size, crc] = [fields.uint64(), fields.uint32()];
  return { start, end, size, crc, compression: fields.text(), stored: fields.uint64() };
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** Returns the checksum CRC-32 (IEEE) of bytes. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.byteLength; i++) {
    crc = (crcTable[(crc ^ (bytes[i] as number)) & 0xff] as number) ^ (crc >>> 8);
  }
  return ~crc >>> 0;
}

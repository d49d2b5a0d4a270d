/** What is not MessagePack, or not what was expected at that place. */
export class ScanError extends Error {
  override readonly name = "ScanError";

  /** `offset` is the place in the bytes that were scanned. */
  constructor(
    readonly offset: number,
    what: string,
  ) {
    super(`at byte ${offset} of the decompressed content: ${what}`);
  }
}

/**
 * Walks over MessagePack without making values of it: where each one ends is all
 * that an index needs. Numbers and short texts can be read, too.
 */
export class Scanner {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  /** The place of the next value. */
  at = 0;

  /** `bytes` are borrowed. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** How many bytes there are from here on. */
  get left(): number {
    return this.#bytes.byteLength - this.at;
  }

  /** Walks over one value, however deep it is. */
  skip(): void {
    for (let values = 1; values > 0; values--) values += this.#skipHead();
  }

  /** Returns the number of elements of the array here, and goes to the first. */
  array(): number {
    const marker = this.#byte();
    if (marker >> 4 === 0x9) return marker & 0x0f;
    if (marker === 0xdc) return this.#uint(2);
    if (marker === 0xdd) return this.#uint(4);
    return this.#unexpected("an array");
  }

  /** Returns the number of pairs of the map here, and goes to the first key. */
  map(): number {
    const marker = this.#byte();
    if (marker >> 4 === 0x8) return marker & 0x0f;
    if (marker === 0xde) return this.#uint(2);
    if (marker === 0xdf) return this.#uint(4);
    return this.#unexpected("a map");
  }

  /** Reads a number, of whatever type. */
  number(): number {
    const marker = this.#byte();
    if (marker < 0x80) return marker;
    if (marker >= 0xe0) return marker - 0x100;
    const read = numbers.get(marker);
    if (read === undefined) return this.#unexpected("a number");
    const from = this.at;
    this.#advance(read.bytes);
    return read.from(this.#view, from);
  }

  /** Reads a text. */
  text(): string {
    const marker = this.#byte();
    let length: number;
    if (marker >> 5 === 0b101) length = marker & 0x1f;
    else if (marker >= 0xd9 && marker <= 0xdb) length = this.#uint(1 << (marker - 0xd9));
    else return this.#unexpected("a text");
    const from = this.at;
    this.#advance(length);
    return new TextDecoder().decode(this.#bytes.subarray(from, this.at));
  }

  /** Walks over nil, if it is here. */
  nil(): boolean {
    if (this.#bytes[this.at] !== 0xc0) return false;
    this.at++;
    return true;
  }

  /** Throws a {@link ScanError} for this place. */
  fail(what: string): never {
    throw new ScanError(this.at, what);
  }

  /** Walks over a value up to the first of those inside it, and returns how many these are. */
  #skipHead(): number {
    const marker = this.#byte();
    if (marker < 0x80 || marker >= 0xe0) return 0;
    if (marker < 0x90) return 2 * (marker & 0x0f);
    if (marker < 0xa0) return marker & 0x0f;
    if (marker < 0xc0) return this.#advance(marker & 0x1f);
    const fixed = fixedBytes[marker];
    if (fixed !== undefined) return this.#advance(fixed);
    const sized = sizedBytes[marker];
    if (sized === undefined) return this.#unexpected("a value");
    const count = this.#uint(sized.of);
    return sized.values > 0 ? count * sized.values : this.#advance(count + sized.more);
  }

  #byte(): number {
    const byte = this.#bytes[this.at];
    if (byte === undefined) this.fail("it ends too early");
    this.at++;
    return byte;
  }

  #uint(bytes: number): number {
    const from = this.at;
    this.#advance(bytes);
    if (bytes === 1) return this.#view.getUint8(from);
    return bytes === 2 ? this.#view.getUint16(from) : this.#view.getUint32(from);
  }

  /** Goes on by some bytes, which must be there; returns 0. */
  #advance(bytes: number): 0 {
    if (bytes > this.left) this.fail("it ends too early");
    this.at += bytes;
    return 0;
  }

  #unexpected(wanted: string): never {
    this.at--;
    return this.fail(`${wanted} was expected, not 0x${(this.#bytes[this.at] ?? 0).toString(16)}`);
  }
}

type Reader = { readonly bytes: number; readonly from: (view: DataView, at: number) => number };

/** The numbers that don't fit into their marker. */
const numbers: ReadonlyMap<number, Reader> = new Map([
  [0xca, { bytes: 4, from: (view, at) => view.getFloat32(at) }],
  [0xcb, { bytes: 8, from: (view, at) => view.getFloat64(at) }],
  [0xcc, { bytes: 1, from: (view, at) => view.getUint8(at) }],
  [0xcd, { bytes: 2, from: (view, at) => view.getUint16(at) }],
  [0xce, { bytes: 4, from: (view, at) => view.getUint32(at) }],
  [0xcf, { bytes: 8, from: (view, at) => Number(view.getBigUint64(at)) }],
  [0xd0, { bytes: 1, from: (view, at) => view.getInt8(at) }],
  [0xd1, { bytes: 2, from: (view, at) => view.getInt16(at) }],
  [0xd2, { bytes: 4, from: (view, at) => view.getInt32(at) }],
  [0xd3, { bytes: 8, from: (view, at) => Number(view.getBigInt64(at)) }],
] satisfies [number, Reader][]);

/** How many bytes follow a marker: nil, booleans, numbers, extensions of fixed size. */
const fixedBytes: Readonly<Record<number, number>> = {
  0xc0: 0, 0xc2: 0, 0xc3: 0,
  0xca: 4, 0xcb: 8, 0xcc: 1, 0xcd: 2, 0xce: 4, 0xcf: 8, 0xd0: 1, 0xd1: 2, 0xd2: 4, 0xd3: 8,
  0xd4: 2, 0xd5: 3, 0xd6: 5, 0xd7: 9, 0xd8: 17,
};

/**
 * What follows a marker with a size of so many bytes: that many bytes and `more`, or
 * that many times `values`.
 */
const sizedBytes: Readonly<Record<number, { of: number; more: number; values: number }>> = {
  0xc4: { of: 1, more: 0, values: 0 }, 0xc5: { of: 2, more: 0, values: 0 }, 0xc6: { of: 4, more: 0, values: 0 },
  0xc7: { of: 1, more: 1, values: 0 }, 0xc8: { of: 2, more: 1, values: 0 }, 0xc9: { of: 4, more: 1, values: 0 },
  0xd9: { of: 1, more: 0, values: 0 }, 0xda: { of: 2, more: 0, values: 0 }, 0xdb: { of: 4, more: 0, values: 0 },
  0xdc: { of: 2, more: 0, values: 1 }, 0xdd: { of: 4, more: 0, values: 1 },
  0xde: { of: 2, more: 0, values: 2 }, 0xdf: { of: 4, more: 0, values: 2 },
};

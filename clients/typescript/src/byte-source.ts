import { RecordingError } from "./viser-file.js";

/** A file: its address, the file, or its bytes. */
export type FileInput = string | Blob | Uint8Array;

/** How much of a file is fetched first: what tells its format, and a small file whole. */
const firstBytes = 64 << 10;

/** A file whose bytes are fetched when they are needed; the last ones are kept. */
export class ByteSource {
  readonly size: number;
  readonly #fetch: (from: number, to: number) => Promise<Uint8Array>;
  #kept: Uint8Array;
  #keptFrom = 0;

  /** `fetch` returns exactly these bytes; `first` are those that the file begins with, as far as they are known. */
  constructor(size: number, first: Uint8Array, fetch: (from: number, to: number) => Promise<Uint8Array>) {
    this.size = size;
    this.#kept = first;
    this.#fetch = fetch;
  }

  /**
   * Returns so many bytes, borrowed until the next call, or less at the file's end. If
   * something has to be fetched for them, then `ahead` bytes at once.
   */
  async read(from: number, bytes: number, ahead = bytes): Promise<Uint8Array> {
    const to = Math.min(this.size, from + bytes);
    if (from < this.#keptFrom || to > this.#keptFrom + this.#kept.byteLength) {
      this.#kept = await this.#extend(from, Math.min(this.size, Math.max(to, from + ahead)));
      this.#keptFrom = from;
    }
    return this.#kept.subarray(from - this.#keptFrom, Math.max(from, to) - this.#keptFrom);
  }

  async #extend(from: number, to: number): Promise<Uint8Array> {
    const kept = this.#kept.subarray(Math.max(0, from - this.#keptFrom));
    if (from < this.#keptFrom || kept.byteLength === 0) return this.#fetch(from, to);
    const more = await this.#fetch(from + kept.byteLength, to);
    const joined = new Uint8Array(kept.byteLength + more.byteLength);
    joined.set(kept);
    joined.set(more, kept.byteLength);
    return joined;
  }
}

/**
 * Opens a file. One at an address is read by range requests; from a server that doesn't
 * know them it is taken as a whole, if it has `maxBytes` at most.
 */
export async function openBytes(file: FileInput, maxBytes: number): Promise<ByteSource> {
  if (typeof file === "string") return openAddress(file, maxBytes);
  if (file instanceof Uint8Array) return inMemory(file);
  const fetch = async (from: number, to: number) => new Uint8Array(await file.slice(from, to).arrayBuffer());
  return new ByteSource(file.size, new Uint8Array(), fetch);
}

function inMemory(bytes: Uint8Array): ByteSource {
  return new ByteSource(bytes.byteLength, bytes, async (from, to) => bytes.subarray(from, to));
}

async function openAddress(url: string, maxBytes: number): Promise<ByteSource> {
  const response = await get(url, { headers: { Range: `bytes=0-${firstBytes - 1}` } });
  const size = sizeOf(response);
  // Pages of other origins may not see the size: then there are no ranges, either.
  if (size === undefined) return inMemory(await whole(response.status === 206 ? await get(url) : response, url, maxBytes));
  const first = new Uint8Array(await response.arrayBuffer());
  return new ByteSource(size, first, (from, to) => getRange(url, from, to));
}

/** Returns the file's size, if the answer is the beginning of it. */
function sizeOf(response: Response): number | undefined {
  const found = /^bytes 0-\d+\/(\d+)$/.exec(response.headers.get("Content-Range") ?? "");
  return response.status === 206 && found !== null ? Number(found[1]) : undefined;
}

async function getRange(url: string, from: number, to: number): Promise<Uint8Array> {
  const response = await get(url, { headers: { Range: `bytes=${from}-${to - 1}` } });
  const bytes = response.status === 206 ? new Uint8Array(await response.arrayBuffer()) : undefined;
  if (bytes?.byteLength === to - from) return bytes;
  if (bytes === undefined) void response.body?.cancel();
  throw new Error(`${url}: instead of bytes ${from} to ${to} there came ${bytes?.byteLength ?? "the whole file"}`);
}

/** Reads a whole answer, up to a bound. */
async function whole(response: Response, url: string, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = Number(response.headers.get("Content-Length") ?? 0);
  const reader = response.body?.getReader();
  for (let got = 0; size <= maxBytes; size = Math.max(size, got)) {
    const { done = true, value } = (await reader?.read()) ?? {};
    if (done) return new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer());
    parts.push(value as Uint8Array);
    got += (value as Uint8Array).byteLength;
  }
  void reader?.cancel();
  throw new RecordingError(
    `${url}: the server doesn't answer range requests, and the whole file has more than ${maxBytes} bytes (maxFileBytes)`,
  );
}

/** Fetches an address; an error says what the server answered. */
export async function get(url: string, request: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, { ...request, cache: "no-store" });
  if (response.ok) return response;
  const said = (await response.text().catch(() => "")).trim().slice(0, 200);
  throw new Error(`${url}: ${response.status} ${said || response.statusText}`);
}

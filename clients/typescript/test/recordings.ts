import { readFileSync } from "node:fs";
import { decode, encode } from "@msgpack/msgpack";
import { PlaybackDesk } from "../src/playback-desk.js";
import type { PlaybackCommand, PlaybackReport } from "../src/playback-thread.js";
import type { AnyMessage } from "../src/message.js";
import { concat, frameOf, readyZstd } from "./support.js";

export const zstd = await readyZstd();

/** A file that the Go tests read and write, too. */
export function goldenFile(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../../record/testdata/${name}`, import.meta.url)));
}

/** Where the chunks of a file begin, and how long they are. */
export function chunksOf(bytes: Uint8Array): { at: number; length: number }[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks = [];
  for (let at = 8; at < bytes.byteLength - 8; ) {
    const length = 9 + Number(view.getBigUint64(at + 1, true));
    if (bytes[at] === 0x06) chunks.push({ at, length });
    at += length;
  }
  return chunks;
}

/** `played.mcap` as one that takes a megabyte, with something else in between, and without an end. */
export function longMcap(): Uint8Array {
  const file = goldenFile("played.mcap");
  const { at } = chunksOf(file)[8] as { at: number };
  const dataEnd = file.lastIndexOf(0x0f, file.byteLength - 4700);
  const attachment = new Uint8Array(1 << 20);
  attachment[0] = 0x09;
  new DataView(attachment.buffer).setBigUint64(1, BigInt(attachment.byteLength - 9), true);
  return concat(file.subarray(0, at), attachment, file.subarray(at, dataEnd));
}

export type Timed = readonly [number, AnyMessage];

/** A `.viser` file of the newest generation. */
export function viserFile(messages: readonly Timed[], durationSeconds: number, more = {}): Uint8Array<ArrayBuffer> {
  return new Uint8Array(frameOf(encode({ durationSeconds, messages, viserVersion: "1.0.21", ...more })));
}

/** Runs what the worker does where a page expects one, with messages copied as a port does. */
export class FakeDesk {
  onmessage: ((event: { data: PlaybackReport }) => void) | null = null;
  onerror: ((event: unknown) => void) | null = null;
  terminated = false;
  readonly #desk = new PlaybackDesk(zstd, (report, transfer) => {
    this.onmessage?.({ data: structuredClone(report, { transfer }) });
  });

  postMessage(command: PlaybackCommand, transfer: Transferable[] = []): void {
    this.#desk.handle(structuredClone(command, { transfer }));
  }

  terminate(): void {
    this.terminated = true;
  }
}

/** Plays the part of a server: what it has recorded, cut as it is asked for. */
export class FakeServer {
  /** Queries of `cut.viser`, oldest first. */
  readonly cuts: string[] = [];
  infos = 0;
  live = false;
  /** The next answer is this status instead. */
  broken: number | undefined;
  /** An answer has no more than this many seconds. */
  longestSec = Number.POSITIVE_INFINITY;

  constructor(
    public messages: readonly Timed[],
    public duration: number,
    readonly keyOf: (message: AnyMessage) => string = () => "",
    public from = 0,
  ) {}

  readonly fetch = async (url: string): Promise<Response> => {
    if (this.broken !== undefined) return new Response("out of order", { status: this.broken });
    const { pathname, search, searchParams } = new URL(url);
    if (pathname.endsWith("/info.json")) {
      this.infos++;
      return Response.json({ duration: this.duration, from: this.from, live: this.live });
    }
    this.cuts.push(search);
    const from = Math.round(Number(searchParams.get("from")) * 1e9) / 1e9; // as Go has times
    const to = Math.min(Number(searchParams.get("to")), from + this.longestSec);
    const cut = this.messages.filter(([t]) => t > from && t <= to);
    const state = searchParams.has("state") ? this.#state(from) : [];
    return new Response(viserFile([...state, ...cut], to));
  };

  #state(at: number): Timed[] {
    const newest = new Map<string, AnyMessage>();
    for (const [t, message] of this.messages) {
      const key = this.keyOf(message);
      if (t > at) break;
      newest.delete(key);
      newest.set(key || `#${newest.size}`, message);
    }
    return [...newest.values()].map((message) => [at, message]);
  }
}

/** The messages of a decompressed file, decoded at once. */
export function decodeWhole(content: Uint8Array): { durationSeconds: number; messages: Timed[] } {
  return decode(content) as { durationSeconds: number; messages: Timed[] };
}

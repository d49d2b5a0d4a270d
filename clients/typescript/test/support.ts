import { encode } from "@msgpack/msgpack";
import { ZSTDDecoder } from "zstddec";
import { defaultBackoff } from "../src/backoff.js";
import type { WindowDecoder } from "../src/envelope.js";
import { Link } from "../src/link.js";
import type { Command, LinkSettings, Report, Reporter } from "../src/thread.js";

/** A zstd frame with one raw block (RFC 8878, section 3.1.1), so no encoder is needed. */
export function rawZstdFrame(content: Uint8Array): Uint8Array {
  const header = new DataView(new ArrayBuffer(12));
  header.setUint32(0, 0xfd2fb528, true);
  header.setUint8(4, 0b1010_0000); // 4-byte content size, single segment
  header.setUint32(5, content.byteLength, true);
  const block = (content.byteLength << 3) | 1; // raw, last
  header.setUint8(9, block & 0xff);
  header.setUint16(10, block >> 8, true);
  return concat(new Uint8Array(header.buffer), content);
}

/** Joins arrays into one. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.byteLength;
  }
  return joined;
}

/** A `scenewire.v1` frame around `content`; `size` may lie. */
export function frameOf(content: Uint8Array, size = content.byteLength): ArrayBuffer {
  const header = new DataView(new ArrayBuffer(8));
  header.setBigUint64(0, BigInt(size), true);
  return concat(new Uint8Array(header.buffer), rawZstdFrame(content)).buffer as ArrayBuffer;
}

/** A frame with the given messages. */
export function windowFrame(messages: readonly unknown[], timestampSec = 1, head: object = {}): ArrayBuffer {
  return frameOf(encode({ timestampSec, ...head, messages }));
}

/** The window with which a server greets, at the beginning of a scene if `head` doesn't say more. */
export function helloFrame(resumed: string, head: object = {}): ArrayBuffer {
  const hello = { client: 7, session: "secret", graceSec: 30, resumed };
  return windowFrame([], 1, { epoch: 1, seq: 0, own: 0, hello, ...(resumed === "" ? { reset: true } : {}), ...head });
}

/** A decompressor that is ready. */
export async function readyZstd(): Promise<ZSTDDecoder> {
  const zstd = new ZSTDDecoder();
  await zstd.init();
  return zstd;
}

/** Settings as `connect` makes them, for links that are tested by themselves. */
export function settings(changes: Partial<LinkSettings> = {}): LinkSettings {
  return {
    url: "ws://test/",
    protocols: ["scenewire.v1"],
    backoff: defaultBackoff,
    connectTimeoutMs: 5_000,
    maxWindowBytes: 1 << 20,
    maxOutboxMessages: 4,
    maxOutboxBytes: 1 << 20,
    whenFull: "dropOldest",
    resume: true,
    maxRate: 0,
    smoothingMs: 0,
    hold: true,
    keys: {},
    maxHiddenBytes: 1 << 20,
    ...changes,
  };
}

/** Stands for the browser's WebSocket; the test plays the server. */
export class FakeSocket {
  /** Every socket made since {@link install}, oldest first. */
  static readonly all: FakeSocket[] = [];

  static install(): void {
    FakeSocket.all.length = 0;
    globalThis.WebSocket = FakeSocket as unknown as typeof WebSocket;
  }

  static get last(): FakeSocket {
    const socket = FakeSocket.all.at(-1);
    if (socket === undefined) throw new Error("no socket was made");
    return socket;
  }

  readyState = 0;
  bufferedAmount = 0;
  binaryType = "blob";
  closedWith: number | undefined;
  /** What the server has chosen. */
  protocol = "";
  readonly sent: Uint8Array[] = [];
  /** The control messages, without the pings. */
  readonly said: unknown[] = [];
  readonly pings: number[] = [];
  onopen: ((event: unknown) => void) | null = null;
  onmessage: ((event: unknown) => void) | null = null;
  onclose: ((event: unknown) => void) | null = null;

  constructor(
    readonly url: string,
    readonly protocols: string[],
  ) {
    FakeSocket.all.push(this);
  }

  send(message: Uint8Array | string): void {
    if (typeof message !== "string") return void this.sent.push(message);
    const said = JSON.parse(message);
    if ("ping" in said) this.pings.push(said.ping);
    else this.said.push(said);
  }

  close(code = 1005): void {
    this.readyState = 2;
    this.closedWith = code;
  }

  /** The server accepts, and speaks a protocol that isn't its own unless told otherwise. */
  accept(protocol = "another"): void {
    this.readyState = 1;
    this.protocol = protocol;
    this.onopen?.({});
  }

  /** The server accepts, speaks scenewire.v1, and greets. */
  greet(resumed: string, head?: object): void {
    this.accept("scenewire.v1");
    this.receive(helloFrame(resumed, head));
  }

  /** The server sends. */
  receive(data: unknown): void {
    this.onmessage?.({ data });
  }

  /** The connection ends, as the browser tells it. */
  end(code: number, reason = ""): void {
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }
}

/** Runs a link where a page expects a worker, with messages copied as a port does. */
export class FakeWorker {
  onmessage: ((event: { data: Report }) => void) | null = null;
  onerror: ((event: unknown) => void) | null = null;
  terminated = false;
  opened: Extract<Command, { kind: "open" }> | undefined;
  #link: Link | undefined;

  constructor(readonly decoder: WindowDecoder) {}

  postMessage(command: Command, transfer: Transferable[]): void {
    const copy = structuredClone(command, { transfer });
    if (copy.kind !== "open") return this.#link?.handle(copy);
    this.opened = copy;
    const report: Reporter = (report, transfer) => this.onmessage?.({ data: structuredClone(report, { transfer }) });
    this.#link = new Link(copy.settings, this.decoder, report, copy.hidden, copy.position);
    this.#link.dial();
  }

  terminate(): void {
    this.terminated = true;
  }
}

import { Decoder } from "@msgpack/msgpack";
import { readHead, type WindowHead, WindowError } from "./head.js";
import type { AnyMessage } from "./message.js";

export { WindowError };

/** Bytes of the decompressed size that every frame begins with. */
const headerBytes = 8;

/** From this size on a window's small arrays are copied out of it; see {@link detachSmallBins}. */
const largeWindowBytes = 1 << 20;
const smallBinBytes = 64 << 10;

/** Decompresses zstd. It may be given several frames at once. */
export interface Decompressor {
  /**
   * Returns `size` bytes in a buffer of their own. On corrupt input it may
   * throw, or return another number of bytes.
   */
  decode(compressed: Uint8Array, size: number): Uint8Array;
}

/** The content of one frame: messages in order, and what the server says of them. */
export interface DecodedWindow {
  readonly head: WindowHead;
  readonly messages: AnyMessage[];
  /** The buffers that `messages` may alias, to be transferred with them. */
  readonly buffer: ArrayBuffer;
}

/**
 * Decodes the frames of `scenewire.v1`: an unsigned 64-bit little-endian size,
 * then zstd frames whose content together is one MessagePack map
 * `{timestampSec, …, messages}` of that size.
 */
export class WindowDecoder {
  readonly #zstd: Decompressor;
  readonly #maxBytes: number;
  readonly #decoder = new Decoder();

  /** `maxBytes` bounds the decompressed size of a window. */
  constructor(zstd: Decompressor, maxBytes: number) {
    this.#zstd = zstd;
    this.#maxBytes = maxBytes;
  }

  /** Decodes one frame (borrowed). Throws a {@link WindowError}. */
  decode(frame: ArrayBuffer): DecodedWindow {
    const content = this.#decompress(frame);
    const window = checkWindow(this.#unpack(content));
    if (content.byteLength >= largeWindowBytes) detachSmallBins(window.messages);
    return { ...window, buffer: content.buffer as ArrayBuffer };
  }

  #decompress(frame: ArrayBuffer): Uint8Array {
    const size = declaredSize(frame);
    if (size > this.#maxBytes) {
      throw new WindowError(`window of ${size} bytes exceeds the limit of ${this.#maxBytes}`);
    }
    let content: Uint8Array;
    try {
      content = this.#zstd.decode(new Uint8Array(frame, headerBytes), size);
    } catch (cause) {
      throw new WindowError("corrupt zstd data", { cause });
    }
    // zstddec does not report errors: it returns whatever it has.
    if (content.byteLength !== size) {
      throw new WindowError(`corrupt zstd data: ${content.byteLength} of ${size} bytes`);
    }
    return content;
  }

  #unpack(content: Uint8Array): unknown {
    try {
      return this.#decoder.decode(content);
    } catch (cause) {
      throw new WindowError("corrupt MessagePack", { cause });
    }
  }
}

function declaredSize(frame: ArrayBuffer): number {
  if (frame.byteLength < headerBytes) {
    throw new WindowError(`frame of ${frame.byteLength} bytes has no size`);
  }
  const view = new DataView(frame);
  const size = view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32;
  if (size === 0) throw new WindowError("empty window");
  return size;
}

function checkWindow(value: unknown): { head: WindowHead; messages: AnyMessage[] } {
  const window = (value ?? {}) as Record<string, unknown>;
  const head = readHead(window);
  const { messages } = window;
  if (!Array.isArray(messages)) throw new WindowError("window without messages");
  if (!messages.every(isMap)) throw new WindowError("message that is no map");
  return { head, messages };
}

/** Tells maps from other values. Which maps are messages is between the application and its server. */
export function isMap(value: unknown): value is AnyMessage {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}

/**
 * Gives every small array inside `value` a buffer of its own.
 *
 * Decoded arrays are views of the window's buffer, which costs nothing, but one
 * that is kept keeps all of it alive: 16 bytes could hold 50 MB.
 */
export function detachSmallBins(value: unknown, belowBytes = smallBinBytes): unknown {
  if (value instanceof Uint8Array) {
    return value.byteLength < belowBytes ? value.slice() : value;
  }
  if (Array.isArray(value) && typeof value[0] === "number") return value;
  if (typeof value === "object" && value !== null) {
    const fields = value as Record<string, unknown>;
    for (const name of Object.keys(fields)) fields[name] = detachSmallBins(fields[name], belowBytes);
  }
  return value;
}

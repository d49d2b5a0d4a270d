import { KeyPatterns, type KeyRules } from "./keys.js";
import type { AnyMessage } from "./message.js";

/** A message that waits, with about what it holds in memory. */
interface Kept {
  readonly message: AnyMessage;
  readonly bytes: number;
}

/**
 * Keeps messages for as long as nobody looks.
 *
 * Of messages with one type and one key only the newest is kept, at its place behind what
 * came before it. A removal and what creates the thing anew are of different types, so
 * both stay, in order.
 */
export class Shelf {
  readonly #patterns: KeyPatterns;
  readonly #maxBytes: number;
  /** Insertion order is the order of the messages. Keys are text, the others have numbers. */
  readonly #kept = new Map<string | number, Kept>();
  #bytes = 0;
  #unkeyed = 0;

  constructor(rules: KeyRules, maxBytes: number) {
    this.#patterns = new KeyPatterns(rules);
    this.#maxBytes = maxBytes;
  }

  /** About what the messages hold in memory. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Puts messages on the shelf, and reports whether it holds them. */
  put(messages: readonly AnyMessage[]): boolean {
    for (const message of messages) this.#put(message);
    return this.#bytes <= this.#maxBytes;
  }

  /** Takes everything, in order. */
  take(): AnyMessage[] {
    const messages = Array.from(this.#kept.values(), ({ message }) => message);
    this.clear();
    return messages;
  }

  clear(): void {
    this.#kept.clear();
    this.#bytes = 0;
  }

  #put(message: AnyMessage): void {
    const key = this.#patterns.keyOf(message);
    const slot = key === undefined ? this.#unkeyed++ : `${message.type}\n${key}`;
    this.#bytes -= this.#kept.get(slot)?.bytes ?? 0;
    this.#kept.delete(slot);
    const bytes = sizeOf(message);
    this.#kept.set(slot, { message, bytes });
    this.#bytes += bytes;
  }
}

/** What a value of an object, a list or alone costs at least. */
const valueBytes = 16;

/** Returns about what a decoded value holds in memory. */
function sizeOf(value: unknown): number {
  if (typeof value === "string") return valueBytes + 2 * value.length;
  if (value instanceof Uint8Array) return valueBytes + value.buffer.byteLength;
  if (typeof value !== "object" || value === null) return valueBytes;
  let bytes = valueBytes;
  for (const part of Object.values(value)) bytes += sizeOf(part);
  return bytes;
}

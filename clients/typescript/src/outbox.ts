/** What did not fit among the messages that wait to be sent, and never will be. */
export interface Dropped {
  readonly messages: number;
  readonly bytes: number;
}

/**
 * Which messages are dropped when too many wait to be sent.
 *
 * - `dropOldest`: those that have waited longest. Right for states, which the newest tell.
 * - `dropNewest`: the one that is sent. Right for commands, of which none may be missing
 *   before another.
 */
export type WhenFull = "dropOldest" | "dropNewest";

/**
 * The encoded messages that wait for the socket, oldest first.
 *
 * A message with a key supersedes the waiting one of the same key and stands at
 * the end, as in the server's buffers. Both bounds hold after every push.
 */
export class Outbox {
  readonly #whenFull: WhenFull;
  readonly #maxMessages: number;
  readonly #maxBytes: number;
  /** Insertion order is sending order. Keys are strings, the unkeyed have numbers. */
  readonly #waiting = new Map<string | number, Uint8Array>();
  #bytes = 0;
  #unkeyed = 0;

  constructor(maxMessages = 1024, maxBytes = 4 << 20, whenFull: WhenFull = "dropOldest") {
    this.#whenFull = whenFull;
    this.#maxMessages = maxMessages;
    this.#maxBytes = maxBytes;
  }

  /** Number of waiting messages. */
  get length(): number {
    return this.#waiting.size;
  }

  /** Encoded size of the waiting messages, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Appends a message (handed over) and returns what was dropped for it, or
   * undefined. A message larger than the whole outbox is itself dropped. One that is
   * dropped supersedes nothing.
   */
  push(message: Uint8Array, key?: string): Dropped | undefined {
    if (message.byteLength > this.#maxBytes || (this.#whenFull === "dropNewest" && !this.#fits(message, key))) {
      return { messages: 1, bytes: message.byteLength };
    }
    const slot = key ?? this.#unkeyed++;
    this.#remove(slot);
    this.#waiting.set(slot, message);
    this.#bytes += message.byteLength;
    return this.#shrink();
  }

  /** Removes and returns the oldest message, or undefined if none waits. */
  shift(): Uint8Array | undefined {
    const oldest = this.#waiting.entries().next().value;
    if (oldest === undefined) return undefined;
    this.#remove(oldest[0]);
    return oldest[1];
  }

  /** Tells whether nothing must be dropped for a message. */
  #fits(message: Uint8Array, key: string | undefined): boolean {
    const superseded = key === undefined ? undefined : this.#waiting.get(key);
    const messages = this.#waiting.size + (superseded === undefined ? 1 : 0);
    const bytes = this.#bytes + message.byteLength - (superseded?.byteLength ?? 0);
    return messages <= this.#maxMessages && bytes <= this.#maxBytes;
  }

  #shrink(): Dropped | undefined {
    let messages = 0;
    let bytes = 0;
    while (this.#waiting.size > this.#maxMessages || this.#bytes > this.#maxBytes) {
      messages++;
      bytes += this.shift()?.byteLength ?? 0;
    }
    return messages > 0 ? { messages, bytes } : undefined;
  }

  #remove(slot: string | number): void {
    const message = this.#waiting.get(slot);
    if (message === undefined) return;
    this.#waiting.delete(slot);
    this.#bytes -= message.byteLength;
  }
}

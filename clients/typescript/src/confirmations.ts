import type { Position } from "./bookmark.js";

const intervalMs = 1_000;
const ownBytesAtOnce = 256 << 10;

/**
 * Tells up to where the page has handled everything: once a second if that has changed,
 * and sooner if much of it was for this client alone, which the server keeps until then.
 */
export class Confirmations {
  readonly #confirm: (position: Position) => void;
  #position: Position | undefined;
  #confirmed: Position | undefined;
  #ownBytes = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(confirm: (position: Position) => void) {
    this.#confirm = confirm;
  }

  /** The last position that was noted. */
  get position(): Position | undefined {
    return this.#position;
  }

  /** Notes that a window was handled, which came as `wireBytes` over the network. */
  note(position: Position, wireBytes: number): void {
    if (position.own !== this.#position?.own) this.#ownBytes += wireBytes;
    this.#position = position;
    if (this.#ownBytes >= ownBytesAtOnce) this.#now();
    else this.#timer ??= setTimeout(() => this.#now(), intervalMs);
  }

  /** Stops the timer. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #now(): void {
    this.stop();
    this.#ownBytes = 0;
    const [now, before] = [this.#position, this.#confirmed];
    if (now === undefined || (now.seq === before?.seq && now.own === before.own && now.epoch === before.epoch)) return;
    this.#confirmed = now;
    this.#confirm(now);
  }
}

import { Transit } from "./transit.js";

/** Something to be done at its time, in order. */
interface Waiting {
  readonly dueMs: number;
  readonly act: () => void;
}

/**
 * Lets windows out at the pace at which the server made them.
 *
 * A window is due when the slowest of the last seconds would have arrived, so that late
 * ones and early ones come evenly. No window waits for longer than `maxDelayMs`, none
 * overtakes another, and one that is overdue goes at once.
 */
export class Playout {
  readonly #maxDelayMs: number;
  readonly #transit = new Transit();
  #waiting: Waiting[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(maxDelayMs: number) {
    this.#maxDelayMs = maxDelayMs;
  }

  /** Has `act` called when a window is due that arrived at `arrivedMs`. */
  add(timestampSec: number, arrivedMs: number, act: () => void): void {
    const sentMs = 1000 * timestampSec;
    this.#transit.note(arrivedMs - sentMs, arrivedMs);
    const { minMs, maxMs } = this.#transit;
    const dueMs = sentMs + minMs + Math.min(maxMs - minMs, this.#maxDelayMs);
    this.#waiting.push({ dueMs, act });
    if (this.#timer === undefined) this.#play(arrivedMs);
  }

  /** Lets everything out at once. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { act } of waiting) act();
  }

  /** Forgets the pace: the next windows are another server's. */
  restart(): void {
    this.flush();
    this.#transit.clear();
  }

  #play(nowMs: number): void {
    this.#timer = undefined;
    let due = 0;
    // Less than a millisecond is less than a timer's accuracy.
    while (due < this.#waiting.length && (this.#waiting[due] as Waiting).dueMs < nowMs + 1) due++;
    for (const { act } of this.#waiting.splice(0, due)) act();
    const next = this.#waiting[0];
    if (next !== undefined) this.#timer = setTimeout(() => this.#play(nowInMs()), next.dueMs - nowMs);
  }
}

/** Milliseconds since 1970, with fractions, that never go back. */
export function nowInMs(): number {
  return performance.timeOrigin + performance.now();
}

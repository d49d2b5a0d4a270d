import type { SceneWindow } from "./message.js";
import { Transit } from "./transit.js";

/** How the server's clock and the network look from here; NaN as long as that isn't known. */
export interface Timing {
  /**
   * What to add to the server's clock (`timestampSec`, in milliseconds) to have a time of
   * this machine, in milliseconds since 1970. It contains the time that the fastest window
   * of the last ten seconds needed to get here.
   */
  readonly offsetMs: number;
  /** How much longer the slowest window of the last ten seconds took than the fastest. */
  readonly jitterMs: number;
  /**
   * The latency: how long a message to the server and its answer took, measured every 4
   * seconds while the page is shown. What was on its way before them is part of it.
   */
  readonly rttMs: number;
}

/** Compares the server's clock with this machine's. */
export class Clock {
  readonly #transit = new Transit();
  #rttMs = Number.NaN;
  #lastSec = Number.NEGATIVE_INFINITY;

  /** Notes when a window arrived. */
  note({ timestampSec, receivedMs }: SceneWindow): void {
    // The clock of another server may be anywhere; the same one's never goes back.
    if (timestampSec < this.#lastSec) this.#transit.clear();
    this.#lastSec = timestampSec;
    this.#transit.note(receivedMs - 1000 * timestampSec, receivedMs);
  }

  /** Notes how long a message and its answer took. */
  noteRoundTrip(rttMs: number): void {
    this.#rttMs = rttMs;
  }

  /** Forgets what was noted: another server may follow. */
  clear(): void {
    this.#transit.clear();
  }

  get timing(): Timing {
    const { minMs, maxMs } = this.#transit;
    return { offsetMs: minMs, jitterMs: maxMs - minMs, rttMs: this.#rttMs };
  }
}

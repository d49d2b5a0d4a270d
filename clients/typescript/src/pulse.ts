import { nowInMs } from "./playout.js";

/** From an answer to the next question. */
const restMs = 4_000;

/**
 * Measures how long a message to the server and its answer take, every few seconds. A
 * server that doesn't answer isn't asked again.
 */
export class Pulse {
  readonly #ask: (ping: number) => void;
  readonly #tell: (rttMs: number) => void;
  #ping = 0;
  /** When the last question left; undefined once it is answered, or nobody wants to know any more. */
  #askedMs: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ask: (ping: number) => void, tell: (rttMs: number) => void) {
    this.#ask = ask;
    this.#tell = tell;
  }

  /** Asks now, and from now on. */
  start(): void {
    this.stop();
    this.#askedMs = nowInMs();
    this.#ask(++this.#ping);
  }

  /** Asks no more. An answer that is on its way isn't told. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#askedMs = undefined;
  }

  /** Takes an answer in. */
  answered(ping: number): void {
    if (ping !== this.#ping || this.#askedMs === undefined) return;
    this.#tell(nowInMs() - this.#askedMs);
    this.#askedMs = undefined;
    this.#timer = setTimeout(() => this.start(), restMs);
  }
}

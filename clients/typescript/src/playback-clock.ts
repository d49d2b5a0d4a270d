/** The time of a recording that plays: it passes `speed` times as fast as the page's, or stands still. */
export class PlaybackClock {
  readonly #nowMs: () => number;
  #anchorSec = 0;
  #anchorMs = 0;
  #running = false;
  #speed = 1;

  /** `nowMs` is the page's clock. */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** The present time, in seconds of the recording. */
  get sec(): number {
    if (!this.#running) return this.#anchorSec;
    return this.#anchorSec + ((this.#nowMs() - this.#anchorMs) / 1000) * this.#speed;
  }

  get speed(): number {
    return this.#speed;
  }

  set speed(speed: number) {
    this.set(this.sec);
    this.#speed = speed;
  }

  get running(): boolean {
    return this.#running;
  }

  set running(running: boolean) {
    this.set(this.sec);
    this.#running = running;
  }

  /** Sets the time. */
  set(sec: number): void {
    this.#anchorSec = sec;
    this.#anchorMs = this.#nowMs();
  }
}

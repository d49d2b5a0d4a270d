/** What the panel shows, per second where it is a rate. */
export interface Rates {
  readonly fps: number;
  readonly windows: number;
  readonly bytes: number;
  /** There and back, in milliseconds; undefined until the first echo. */
  readonly latencyMs: number | undefined;
}

const rememberedEchoes = 5;

/** Counts frames, windows and bytes between two readings, and remembers echoes. */
export class Meter {
  #sinceMs = performance.now();
  #frames = 0;
  #windows = 0;
  #bytes = 0;
  #echoesMs: number[] = [];

  countFrame(): void {
    this.#frames++;
  }

  countWindow(wireBytes: number): void {
    this.#windows++;
    this.#bytes += wireBytes;
  }

  /** Takes in the time from a ping to its echo. */
  noteEcho(ms: number): void {
    this.#echoesMs = [...this.#echoesMs, ms].slice(-rememberedEchoes);
  }

  /** Forgets echoes: they came over another connection. */
  forgetEchoes(): void {
    this.#echoesMs = [];
  }

  /** Returns the rates since the last call, and begins anew. */
  read(): Rates {
    const nowMs = performance.now();
    const seconds = Math.max(0.001, (nowMs - this.#sinceMs) / 1000);
    const rates = {
      fps: this.#frames / seconds,
      windows: this.#windows / seconds,
      bytes: this.#bytes / seconds,
      latencyMs: median(this.#echoesMs),
    };
    this.#sinceMs = nowMs;
    this.#frames = this.#windows = this.#bytes = 0;
    return rates;
  }
}

function median(values: readonly number[]): number | undefined {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

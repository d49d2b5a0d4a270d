const bucketMs = 1_000;
const buckets = 10;

interface Bucket {
  readonly number: number;
  minMs: number;
  maxMs: number;
}

/**
 * How long windows take from the server to here, of the last ten seconds. The clocks of
 * both differ by an unknown constant, so only differences mean something. As old values
 * are forgotten, it follows clocks that drift and networks that change.
 */
export class Transit {
  #list: Bucket[] = [];

  /** Notes the time of a window that arrived now; `nowMs` never goes back. */
  note(transitMs: number, nowMs: number): void {
    const number = Math.floor(nowMs / bucketMs);
    const last = this.#list.at(-1);
    if (last?.number === number) {
      last.minMs = Math.min(last.minMs, transitMs);
      last.maxMs = Math.max(last.maxMs, transitMs);
      return;
    }
    this.#list = this.#list.filter((bucket) => bucket.number > number - buckets);
    this.#list.push({ number, minMs: transitMs, maxMs: transitMs });
  }

  /** The shortest time; NaN before the first window. */
  get minMs(): number {
    return this.#list.length === 0 ? Number.NaN : Math.min(...this.#list.map(({ minMs }) => minMs));
  }

  /** The longest time; NaN before the first window. */
  get maxMs(): number {
    return this.#list.length === 0 ? Number.NaN : Math.max(...this.#list.map(({ maxMs }) => maxMs));
  }

  /** Forgets everything: the server's clock is another one. */
  clear(): void {
    this.#list = [];
  }
}

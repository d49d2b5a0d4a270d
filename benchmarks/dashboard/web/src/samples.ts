import { type Sample, type SeriesInfo, viewFloat32, viewFloat64, viewUint32, type Welcome } from "./messages.gen.js";

/** The distributions over clients that samples carry. */
export type Distribution = "lag" | "pending" | "rtt";

const distributions: readonly Distribution[] = ["lag", "pending", "rtt"];

/** Samples that are so many times as far apart as they should be have nothing between them. */
const gapSteps = 8;

/**
 * The samples of the last minutes, as columns of numbers that never grow: at most
 * `capacity` rows are kept, in arrays of twice as many, whose newer half is moved to the
 * front when they are full. So rows `begin` … `end` of a column stand together, as uPlot
 * wants them.
 */
export class Samples {
  readonly capacity: number;
  /** When each was taken, in seconds since 1970. */
  readonly times: Float64Array;
  readonly #columns = new Map<string, Float32Array>();
  readonly #order: readonly Float32Array[];
  readonly #bins: Readonly<Record<Distribution, { width: number; counts: Uint32Array }>>;
  readonly #welcome: Welcome;
  readonly #spanMs: number;
  #begin = 0;
  #end = 0;
  #lastN = -1;

  constructor(welcome: Welcome, spanMs: number) {
    this.#welcome = welcome;
    this.#spanMs = spanMs;
    this.capacity = Math.ceil(spanMs / welcome.sampleMs) + 64; // some rows stand for gaps
    const rows = 2 * this.capacity;
    this.times = new Float64Array(rows);
    this.#order = welcome.series.map(({ id }: SeriesInfo) => {
      const column = new Float32Array(rows);
      this.#columns.set(id, column);
      return column;
    });
    const bins = (name: Distribution) => {
      const width = viewFloat64(welcome[name].edges).length + 1;
      return { width, counts: new Uint32Array(rows * width) };
    };
    this.#bins = { lag: bins("lag"), pending: bins("pending"), rtt: bins("rtt") };
  }

  /** The first row that is kept. */
  get begin(): number {
    return this.#begin;
  }

  /** The row behind the last. */
  get end(): number {
    return this.#end;
  }

  /** When the last sample was taken, in seconds since 1970; NaN before the first. */
  get lastSec(): number {
    return this.#end > this.#begin ? (this.times[this.#end - 1] ?? NaN) : NaN;
  }

  /** The time between two samples, in seconds. */
  get stepSec(): number {
    return this.#welcome.sampleMs / 1000;
  }

  /** The values of a series, NaN where there is none; undefined if nobody sends it. */
  column(series: string): Float32Array | undefined {
    return this.#columns.get(series);
  }

  /** The newest value of a series; NaN if it isn't known. */
  last(series: string): number {
    return this.#end > this.#begin ? (this.#columns.get(series)?.[this.#end - 1] ?? NaN) : NaN;
  }

  /** The counts of a distribution: row r has `width` of them, from `r * width` on. */
  bins(name: Distribution): { readonly width: number; readonly counts: Uint32Array } {
    return this.#bins[name];
  }

  /** The first row that isn't before a time. */
  rowAt(sec: number): number {
    let [low, high] = [this.#begin, this.#end];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.times[middle] ?? 0) < sec) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Takes in a sample; one that is known already is left out. */
  add(sample: Sample): void {
    if (sample.n <= this.#lastN) return;
    const sec = sample.ms / 1000;
    const skipped = this.#lastN >= 0 && (sample.n > this.#lastN + 1 || sec - this.lastSec > gapSteps * this.stepSec);
    this.#lastN = sample.n;
    if (skipped) this.#addGap(Math.min(sec, this.lastSec + this.stepSec));
    const row = this.#next(sec);
    const values = viewFloat32(sample.values);
    this.#order.forEach((column, i) => (column[row] = values[i] ?? NaN));
    for (const name of distributions) this.#addBins(name, row, viewUint32(sample[name]), skipped);
  }

  /** Forgets all. */
  clear(): void {
    this.#begin = this.#end = 0;
    this.#lastN = -1;
  }

  /** Returns a copy, which stays as it is. */
  copy(): Samples {
    const copy = new Samples(this.#welcome, this.#spanMs);
    copy.times.set(this.times);
    copy.#order.forEach((column, i) => column.set(this.#order[i] ?? []));
    for (const name of distributions) copy.#bins[name].counts.set(this.#bins[name].counts);
    copy.#begin = this.#begin;
    copy.#end = this.#end;
    copy.#lastN = this.#lastN;
    return copy;
  }

  /** Adds a row without values: whoever draws a line interrupts it there. */
  #addGap(sec: number): void {
    const row = this.#next(sec);
    for (const column of this.#order) column[row] = NaN;
    for (const { width, counts } of Object.values(this.#bins)) counts.fill(0, row * width, (row + 1) * width);
  }

  /** A distribution that isn't in a sample is what it was in the one before. */
  #addBins(name: Distribution, row: number, given: Uint32Array, skipped: boolean): void {
    const { width, counts } = this.#bins[name];
    if (given.length === width) counts.set(given, row * width);
    else if (row > this.#begin && !skipped) counts.copyWithin(row * width, (row - 1) * width, row * width);
    else counts.fill(0, row * width, (row + 1) * width);
  }

  #next(sec: number): number {
    if (this.#end === this.times.length) this.#moveToFront();
    const row = this.#end++;
    this.#begin = Math.max(this.#begin, this.#end - this.capacity);
    this.times[row] = sec;
    return row;
  }

  #moveToFront(): void {
    this.times.copyWithin(0, this.#begin, this.#end);
    for (const column of this.#order) column.copyWithin(0, this.#begin, this.#end);
    for (const { width, counts } of Object.values(this.#bins)) counts.copyWithin(0, this.#begin * width, this.#end * width);
    this.#end -= this.#begin;
    this.#begin = 0;
  }
}

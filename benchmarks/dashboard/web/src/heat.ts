import uPlot from "uplot";
import type { HeatSpec } from "./charts.js";
import type { Drawing, LegendEntry, Table, View } from "./drawing.js";
import { element } from "./element.js";
import { type Bins, type Mark, viewFloat64 } from "./messages.gen.js";
import { palette, seeThrough } from "./palette.js";
import { fitWidth, timeOptions } from "./plot.js";
import { binText, countText, edgeText } from "./units.js";

/** Width of a cell, in CSS pixels: samples in it are laid together. */
const cellWidth = 4;

/** How many clients have which value, over time: the darker a cell, the more of them. */
export class Heat implements Drawing<View> {
  readonly element = element("div", { class: "plot" });
  readonly #spec: HeatSpec;
  readonly #bins: Bins;
  readonly #edges: readonly number[];
  readonly #plot: uPlot;
  #marks: readonly Mark[] = [];
  #view: View | undefined;
  #most = 0;

  /** `moved` is called when the cursor is somewhere else. */
  constructor(spec: HeatSpec, bins: Bins, moved: () => void) {
    this.#spec = spec;
    this.#bins = bins;
    const { unit } = bins;
    const edges = [...viewFloat64(bins.edges)];
    this.#edges = edges;
    const borders = edges.map((_, i) => i + 1);
    const options = timeOptions({
      series: [{ show: true, paths: () => null, points: { show: false } }],
      y: { auto: false, range: () => [0, edges.length + 1] },
      yAxis: {
        // A line at every edge would be a lot of text.
        splits: () => borders.filter((i) => (borders.length - i) % Math.ceil(borders.length / 6) === 0),
        values: (_, ticks) => ticks.map((i) => edgeText(edges[i - 1] ?? NaN, unit)),
        space: 1,
      },
      marks: () => this.#marks,
      draw: (u) => this.#drawCells(u),
      moved,
    });
    options.cursor = { ...options.cursor, points: { show: false } };
    this.#plot = new uPlot(options, [[], []], this.element);
  }

  get canvas(): HTMLCanvasElement {
    return this.#plot.ctx.canvas;
  }

  fit(): void {
    fitWidth(this.#plot, this.element);
  }

  draw(view: View): void {
    this.#marks = view.marks;
    this.#view = view;
    const times = view.samples.times.subarray(view.fromRow, view.toRow);
    this.#plot.batch(() => {
      this.#plot.setData([times, times] as uPlot.AlignedData, false);
      this.#plot.setScale("x", { min: view.fromSec, max: view.toSec });
    });
  }

  emptyText({ samples, fromRow, toRow }: View): string | undefined {
    const { width, counts } = samples.bins(this.#spec.of);
    return counts.subarray(fromRow * width, toRow * width).some((count) => count > 0) ? undefined : this.#spec.empty;
  }

  /** The clients in the bin where the cursor is; without one, where most are and the worst. */
  legend(): LegendEntry[] {
    const view = this.#view;
    if (view === undefined || view.toRow <= view.fromRow) return [];
    const { cursor } = this.#plot;
    const at = cursor.idx ?? view.toRow - view.fromRow - 1;
    const { width, counts } = view.samples.bins(this.#spec.of);
    const row = counts.subarray((view.fromRow + at) * width, (view.fromRow + at + 1) * width);
    const entry = (label: string, bin: number): LegendEntry => ({
      label: `${label} ${binText(this.#edges, bin, this.#bins.unit)}`,
      color: this.#color(row[bin] ?? 0),
      value: `${countText(row[bin] ?? 0)} clients`,
    });
    if (cursor.idx !== null && cursor.idx !== undefined && (cursor.top ?? -1) >= 0 && this.#pointed()) {
      return [entry("here", Math.min(width - 1, Math.floor(this.#plot.posToVal(cursor.top ?? 0, "y"))))];
    }
    let most = 0;
    let worst = 0;
    row.forEach((count, bin) => {
      if (count > (row[most] ?? 0)) most = bin;
      if (count > 0) worst = bin;
    });
    return most === worst ? [entry("all", most)] : [entry("most", most), entry("worst", worst)];
  }

  get cursorSec(): number | undefined {
    const { data, cursor } = this.#plot;
    return cursor.idx === null || cursor.idx === undefined ? undefined : data[0][cursor.idx];
  }

  table({ samples, fromRow, toRow }: View): Table {
    const { width, counts } = samples.bins(this.#spec.of);
    const names = Array.from({ length: width }, (_, bin) => `clients ${binText(this.#edges, bin, this.#bins.unit).replaceAll("\u202f", " ")}`);
    const rows: Table = [["time", "ms since 1970", ...names]];
    for (let row = fromRow; row < toRow; row++) {
      const ms = Math.round((samples.times[row] ?? 0) * 1000);
      rows.push([new Date(ms).toISOString(), ms, ...counts.subarray(row * width, (row + 1) * width)]);
    }
    return rows;
  }

  recolor(): void {
    this.#plot.redraw(true, true);
  }

  destroy(): void {
    this.#plot.destroy();
  }

  #pointed(): boolean {
    return this.element.matches(":hover");
  }

  #drawCells(u: uPlot): void {
    const view = this.#view;
    if (view === undefined) return;
    const { ctx, bbox } = u;
    const { width, counts } = view.samples.bins(this.#spec.of);
    const cells = this.#cells(u, view, width, counts);
    const height = bbox.height / width;
    ctx.save();
    for (const { left, right, bins } of cells) {
      bins.forEach((count, bin) => {
        if (count === 0) return;
        ctx.fillStyle = this.#color(count);
        const top = Math.round(bbox.top + bbox.height - (bin + 1) * height);
        const bottom = Math.round(bbox.top + bbox.height - bin * height);
        ctx.fillRect(left, top, right - left, bottom - top);
      });
    }
    ctx.restore();
  }

  /** Lays the samples of each few pixels together: of each bin, the most clients. */
  #cells(u: uPlot, view: View, width: number, counts: Uint32Array): { left: number; right: number; bins: Uint32Array }[] {
    const cells: { left: number; right: number; bins: Uint32Array }[] = [];
    const unit = cellWidth * uPlot.pxRatio;
    const { left: origin, width: space } = u.bbox;
    const scale = space / (view.toSec - view.fromSec);
    const step = view.samples.stepSec * scale;
    this.#most = 0;
    let last = -1;
    for (let row = view.fromRow; row < view.toRow; row++) {
      // A sample is of the time before it.
      const x = ((view.samples.times[row] ?? 0) - view.fromSec) * scale;
      const cell = Math.floor((x - step) / unit);
      const given = counts.subarray(row * width, (row + 1) * width);
      const before = cells.at(-1);
      if (cell !== last) {
        const left = Math.round(origin + Math.max(0, x - step));
        // Neighbours touch, and don't overlap.
        const touches = before !== undefined && left <= before.right + unit;
        cells.push({ left: touches ? before.right : left, right: 0, bins: new Uint32Array(width) });
      }
      last = cell;
      const current = cells.at(-1);
      if (current === undefined) continue;
      current.right = Math.round(origin + Math.max(0, Math.min(space, x)));
      given.forEach((count, bin) => {
        current.bins[bin] = Math.max(current.bins[bin] ?? 0, count);
        this.#most = Math.max(this.#most, count);
      });
    }
    return cells;
  }

  /** One client can be seen, and ten times as many can be told apart. */
  #color(count: number): string {
    if (count === 0) return "transparent";
    const share = this.#most > 1 ? Math.log(count) / Math.log(this.#most) : 1;
    return seeThrough(palette().accent, 0.16 + 0.84 * Math.min(1, share));
  }
}

/** What a viewer has to know to read a heat map. */
export const heatHelp = "Each column is a moment, each row a range of values; the stronger the colour, the more clients are in it.";

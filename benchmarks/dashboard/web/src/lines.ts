import uPlot from "uplot";
import type { LinesSpec } from "./charts.js";
import type { Drawing, LegendEntry, Table, View } from "./drawing.js";
import { element } from "./element.js";
import type { Mark, SeriesInfo, Unit } from "./messages.gen.js";
import { seeThrough, seriesColor } from "./palette.js";
import { type Column, fitWidth, timeOptions } from "./plot.js";
import { figureText, tickSteps, tickTexts, unitTexts } from "./units.js";

/** Curves over time. */
export class Lines implements Drawing<View> {
  readonly element = element("div", { class: "plot" });
  readonly unit: Unit;
  readonly #spec: LinesSpec;
  readonly #plot: uPlot;
  /** Where a column has gaps, it is copied into one of these, as uPlot wants null there. */
  readonly #gappy: (number | null)[][];
  #marks: readonly Mark[] = [];

  /** `moved` is called when the cursor is somewhere else. */
  constructor(spec: LinesSpec, infos: ReadonlyMap<string, SeriesInfo>, moved: () => void) {
    this.#spec = spec;
    this.unit = infos.get(spec.series[0]?.[0] ?? "")?.unit ?? "number";
    this.#gappy = spec.series.map(() => []);
    const incrs = tickSteps(this.unit);
    const options = timeOptions({
      series: spec.series.map(([, label], i) => ({
        label,
        stroke: () => seriesColor(i),
        width: 1.5,
        points: { show: false },
        ...(spec.fill === true && i === 0 ? { fill: () => seeThrough(seriesColor(0), 0.13) } : {}),
      })),
      y: { range: (_, __, max) => [0, max > 0 ? max * 1.06 : 1] },
      yAxis: { values: (_, ticks) => tickTexts(ticks, this.unit), ...(incrs === undefined ? {} : { incrs }) },
      marks: () => this.#marks,
      moved,
    });
    this.#plot = new uPlot(options, [[], ...spec.series.map(() => [])], this.element);
  }

  get canvas(): HTMLCanvasElement {
    return this.#plot.ctx.canvas;
  }

  fit(): void {
    fitWidth(this.#plot, this.element);
  }

  draw({ samples, fromRow, toRow, fromSec, toSec, marks }: View): void {
    this.#marks = marks;
    const times = samples.times.subarray(fromRow, toRow);
    const columns = this.#spec.series.map(([id], i) => this.#column(samples.column(id), i, fromRow, toRow));
    this.#plot.batch(() => {
      this.#plot.setData([times, ...columns] as uPlot.AlignedData, false);
      this.#plot.setScale("x", { min: fromSec, max: toSec });
    });
  }

  emptyText({ samples, fromRow, toRow }: View): string | undefined {
    const known = this.#spec.series.some(([id]) => samples.column(id)?.subarray(fromRow, toRow).some((value) => !Number.isNaN(value)));
    return known ? undefined : this.#spec.empty;
  }

  legend(): LegendEntry[] {
    const { data, cursor } = this.#plot;
    const at = cursor.idx ?? data[0].length - 1;
    return this.#spec.series.map(([, label], i) => ({
      label,
      color: seriesColor(i),
      value: figureText(data[i + 1]?.[at] ?? NaN, this.unit),
    }));
  }

  /** The time where the cursor is, in seconds since 1970; undefined if it is elsewhere. */
  get cursorSec(): number | undefined {
    const { data, cursor } = this.#plot;
    return cursor.idx === null || cursor.idx === undefined ? undefined : data[0][cursor.idx];
  }

  table({ samples, fromRow, toRow }: View): Table {
    const unit = unitTexts[this.unit === "share" ? "number" : this.unit] || (this.unit === "share" ? "cores" : "count");
    const columns = this.#spec.series.map(([id]) => samples.column(id));
    const rows: Table = [["time", "ms since 1970", ...this.#spec.series.map(([, label]) => `${label} [${unit}]`)]];
    for (let row = fromRow; row < toRow; row++) {
      const ms = Math.round((samples.times[row] ?? 0) * 1000);
      rows.push([new Date(ms).toISOString(), ms, ...columns.map((column) => column?.[row] ?? NaN)]);
    }
    return rows;
  }

  recolor(): void {
    this.#plot.redraw(true, true);
  }

  destroy(): void {
    this.#plot.destroy();
  }

  #column(from: Float32Array | undefined, i: number, fromRow: number, toRow: number): Column {
    const values = from?.subarray(fromRow, toRow) ?? new Float32Array(toRow - fromRow).fill(NaN);
    if (!values.some(Number.isNaN)) return values;
    const gappy = this.#gappy[i] ?? [];
    gappy.length = values.length;
    for (let row = 0; row < values.length; row++) {
      const value = values[row] ?? NaN;
      gappy[row] = Number.isNaN(value) ? null : value;
    }
    return gappy;
  }
}

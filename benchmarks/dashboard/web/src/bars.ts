import type { Drawing, LegendEntry, Table } from "./drawing.js";
import { element } from "./element.js";
import type { RunMetric, Unit } from "./messages.gen.js";
import type { Metric } from "./metric.js";
import { palette, seeThrough } from "./palette.js";
import { edgeText, figureText, unitTexts } from "./units.js";

/** One figure of one thing that was measured, in each of the runs that are compared. */
export interface Bar {
  readonly label: string;
  readonly ours: boolean;
  /** By run, in their order; undefined where a run hasn't got it. */
  readonly values: readonly (RunMetric | undefined)[];
}

/** A chart of bars: a figure of several things, in one run or several. */
export interface Bars {
  readonly title: string;
  readonly metric: Metric;
  readonly name: string;
  readonly bars: readonly Bar[];
  /** Names and colours of the runs. */
  readonly runs: readonly { readonly name: string; readonly color: string }[];
}

/** Height of a bar: one alone may be thin, of several each needs room for its figure. */
const barHeightOf = (runs: Bars["runs"]) => (runs.length > 1 ? 13 : 11);
const rowGap = 10;
const top = 4;
const bottom = 24;

/** Draws bars beside each other: medians, with whiskers from the least to the most. */
export class BarChart implements Drawing<Bars> {
  readonly element = element("div", { class: "plot" });
  readonly canvas = element("canvas");
  #bars: Bars | undefined;
  #width = 0;

  constructor() {
    this.element.append(this.canvas);
  }

  fit(): void {
    this.#width = this.element.clientWidth;
  }

  draw(bars: Bars): void {
    this.#bars = bars;
    this.recolor();
  }

  emptyText({ bars }: Bars): string | undefined {
    return bars.length > 0 ? undefined : "The runs that are chosen don’t have this figure.";
  }

  legend(): LegendEntry[] {
    const bars = this.#bars;
    if (bars === undefined || bars.runs.length < 2) return [];
    return bars.runs.map(({ name, color }) => ({ label: name, color, value: "" }));
  }

  table({ bars, metric, runs }: Bars): Table {
    const head = runs.flatMap(({ name }) => ["median", "min", "max", "rounds"].map((part) => `${name}: ${part} [${unitTexts[metric.unit] || "count"}]`));
    const rows = bars.map(({ label, values }): Table[number] => [
      label,
      ...values.flatMap((value): Table[number] => (value === undefined ? ["", "", "", ""] : [value.median * metric.factor, value.min * metric.factor, value.max * metric.factor, value.rounds])),
    ]);
    return [["what", ...head.map((name) => name.replace(/rounds \[.*\]/, "rounds"))], ...rows];
  }

  recolor(): void {
    const width = this.#width;
    const context = this.canvas.getContext("2d");
    const bars = this.#bars;
    if (context === null || bars === undefined || width === 0) return;
    const height = heightOf(bars);
    const ratio = devicePixelRatio;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.canvas.style.height = `${height}px`;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawBars(context, bars, width, height);
  }

  destroy(): void {}
}

/** Height that a chart takes, in CSS pixels. */
export function heightOf({ bars, runs }: Bars): number {
  return top + bars.length * (barHeightOf(runs) * runs.length + rowGap) + bottom;
}

/** Places values on the axis: from 0 on, or, where they are too far apart for that, by their logarithms. */
class Axis {
  readonly logarithmic: boolean;
  readonly #left: number;
  readonly #width: number;
  readonly #low: number;
  readonly #high: number;

  /** `texts` are as wide as what stands behind each value: there is room for all of them. */
  constructor(values: readonly number[], texts: readonly number[], left: number, room: number) {
    const known = values.filter((value) => value > 0);
    const [least, most] = [Math.min(...known), Math.max(...known)];
    this.logarithmic = known.length > 1 && most / least > 60;
    this.#left = left;
    this.#low = this.logarithmic ? Math.floor(Math.log10(least)) : 0;
    this.#high = this.logarithmic ? Math.log10(most) : known.length > 0 ? most : 1;
    this.#width = Math.max(40, Math.min(room, ...values.map((value, i) => (room - (texts[i] ?? 0)) / Math.max(0.01, this.#share(value)))));
  }

  x(value: number): number {
    return this.#left + this.#share(value) * this.#width;
  }

  #share(value: number): number {
    const at = this.logarithmic ? Math.log10(Math.max(value, 10 ** this.#low)) : value;
    return (at - this.#low) / (this.#high - this.#low);
  }

  ticks(unit: Unit): number[] {
    if (this.logarithmic) {
      const powers = Array.from({ length: Math.floor(this.#high) - this.#low + 1 }, (_, i) => 10 ** (this.#low + i));
      return powers.filter((_, i) => i % Math.ceil(powers.length / 5) === 0);
    }
    const rough = this.#high / 4;
    const power = 10 ** Math.floor(Math.log10(rough));
    const decimal = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough) ?? rough;
    const step = unit.startsWith("bytes") ? 2 ** Math.ceil(Math.log2(rough)) : decimal;
    const ticks: number[] = [];
    for (let tick = 0; tick <= this.#high * 1.001; tick += step) ticks.push(tick);
    return ticks;
  }
}

function drawBars(context: CanvasRenderingContext2D, { bars, metric, runs }: Bars, width: number, height: number): void {
  const { font, soft, ink } = palette();
  context.font = font;
  context.textBaseline = "middle";
  const labels = Math.min(0.36 * width, 8 + Math.max(0, ...bars.map(({ label }) => context.measureText(label).width)));
  const all = bars.flatMap(({ values }) => values.filter((value) => value !== undefined));
  const texts = all.map((value) => context.measureText(valueText(value, metric)).width + 12);
  const axis = new Axis(all.map(({ max }) => max * metric.factor), texts, labels + 4, width - labels - 8);
  const barHeight = barHeightOf(runs);
  const rivals = bars.some(({ ours }) => ours);
  drawTicks(context, axis, metric, height);
  const rowHeight = barHeight * runs.length + rowGap;
  bars.forEach((bar, row) => {
    const y = top + row * rowHeight + rowGap / 2;
    context.textAlign = "right";
    context.fillStyle = bar.ours ? ink : soft;
    context.font = bar.ours ? `600 ${font}` : font;
    context.fillText(cut(context, bar.label, labels), labels - 4, y + (barHeight * runs.length) / 2);
    bar.values.forEach((value, run) => {
      if (value !== undefined) drawBar(context, axis, value, metric, y + run * barHeight, barHeight, barColor(bar, run, runs, rivals));
    });
  });
}

/** Ours stands out; of several runs, each has a colour. */
function barColor(bar: Bar, run: number, runs: Bars["runs"], rivals: boolean): string {
  if (runs.length > 1) return seeThrough(runs[run]?.color ?? palette().accent, bar.ours || !rivals ? 1 : 0.7);
  return bar.ours || !rivals ? palette().accent : seeThrough(palette().soft, 0.55);
}

function drawBar(context: CanvasRenderingContext2D, axis: Axis, value: RunMetric, metric: Metric, y: number, height: number, color: string): void {
  const { bad, good, ink, soft, font } = palette();
  const [from, low, at, high] = [axis.x(0), axis.x(value.min * metric.factor), axis.x(value.median * metric.factor), axis.x(value.max * metric.factor)];
  const middle = y + height / 2;
  context.fillStyle = color;
  if (axis.logarithmic) {
    context.beginPath();
    context.arc(at, middle, 4, 0, 2 * Math.PI);
    context.fill();
  } else context.fillRect(from, y + 0.5, Math.max(1, at - from), height - 1.5);
  context.fillStyle = seeThrough(ink, 0.8);
  context.fillRect(low, middle - 0.5, Math.max(1, high - low), 1);
  for (const end of [low, high]) if (high - low > 1) context.fillRect(end - 0.5, middle - 2.5, 1, 5);
  context.textAlign = "left";
  context.font = font;
  context.fillStyle = value.verdict === "worse" ? bad : value.verdict === "better" ? good : soft;
  context.fillText(valueText(value, metric), Math.max(high, at) + 6, middle + 0.5);
}

function drawTicks(context: CanvasRenderingContext2D, axis: Axis, { unit }: Metric, height: number): void {
  const { line, soft } = palette();
  context.textAlign = "center";
  for (const tick of axis.ticks(unit)) {
    const x = Math.round(axis.x(tick));
    context.fillStyle = line;
    context.fillRect(x, top, 1, height - top - bottom + 4);
    context.fillStyle = soft;
    context.fillText(tick === 0 ? "0" : edgeText(tick, unit), x, height - 9);
  }
  if (!axis.logarithmic) return;
  context.textAlign = "left";
  context.fillText("log", 0, height - 9);
}

/** The median, and a mark if it is worse or better than in the run before. */
function valueText({ median, change, verdict }: RunMetric, { unit, factor }: Metric): string {
  const text = figureText(median * factor, unit);
  return verdict === "" ? text : `${text} ${changeText(change)}`;
}

/** Writes a ratio to the run before as what has changed: ▲ +12 %. */
export function changeText(ratio: number): string {
  if (!Number.isFinite(ratio)) return "";
  const percent = (ratio - 1) * 100;
  return `${percent >= 0 ? "▲ +" : "▼ −"}${Math.abs(percent).toFixed(Math.abs(percent) < 10 ? 1 : 0)}\u202f%`;
}

function cut(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let length = text.length;
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > width) length--;
  return `${text.slice(0, length)}…`;
}

import type { Drawing, LegendEntry, Table, View } from "./drawing.js";
import { element } from "./element.js";
import { type Bins, type Joins, type Quantiles, type Unit, viewFloat64, viewUint32 } from "./messages.gen.js";
import { palette, seriesColor } from "./palette.js";
import { axisWidth, plotHeight } from "./plot.js";
import { binText, edgeText, figureText, tickTexts } from "./units.js";

/** How long clients took to join: a bar for each range of times. */
export class JoinTimes implements Drawing<View> {
  readonly element = element("div", { class: "plot" });
  readonly canvas = element("canvas");
  readonly #edges: readonly number[];
  readonly #unit: Unit;
  #joins: Joins | undefined;
  #width = 0;

  constructor(bins: Bins) {
    this.#edges = [...viewFloat64(bins.edges)];
    this.#unit = bins.unit;
    this.element.append(this.canvas);
  }

  set(joins: Joins): void {
    this.#joins = joins;
  }

  fit(): void {
    this.#width = this.element.clientWidth;
  }

  draw(_: View): void {
    this.recolor();
  }

  emptyText(_: View): string | undefined {
    return this.#counts().some((count) => count > 0) ? undefined : "No client has joined since the dashboard began.";
  }

  legend(): LegendEntry[] {
    const joins = this.#joins;
    if (joins === undefined) return [];
    const { p50Ms, p99Ms, maxMs, measured } = joins;
    const text = (p50: number, p99: number, max: number) =>
      [p50, p99, max].map((ms) => figureText(ms, "ms")).join(" · ");
    const entries = [{ label: "server p50 · p99 · max", color: seriesColor(0), value: text(p50Ms, p99Ms, maxMs) }];
    if (hasValues(measured)) entries.push({ label: "load generator", color: seriesColor(1), value: text(measured.p50, measured.p99, measured.max) });
    return entries;
  }

  table(_: View): Table {
    const edges = this.#edges;
    const rows = [...this.#counts()].map((count, bin): Table[number] => [edges[bin - 1] ?? 0, edges[bin] ?? "", binText(edges, bin, this.#unit).replaceAll("\u202f", " "), count]);
    return [["from [ms]", "to [ms]", "range", "clients"], ...rows];
  }

  recolor(): void {
    const width = this.#width;
    const context = this.canvas.getContext("2d");
    if (context === null || width === 0) return;
    const ratio = devicePixelRatio;
    this.canvas.width = width * ratio;
    this.canvas.height = plotHeight * ratio;
    this.canvas.style.height = `${plotHeight}px`;
    context.scale(ratio, ratio);
    this.#bars(context, width);
  }

  destroy(): void {}

  #counts(): number[] {
    return this.#joins === undefined ? [] : [...viewUint32(this.#joins.counts)];
  }

  #bars(context: CanvasRenderingContext2D, width: number): void {
    const counts = this.#counts();
    const most = Math.max(1, ...counts);
    const [left, top, bottom, right] = [axisWidth, 14, plotHeight - 26, width - 8];
    const { line, soft, font } = palette();
    context.font = font;
    context.textBaseline = "middle";
    context.textAlign = "right";
    for (const [i, text] of tickTexts([0, most / 2, most], "number").entries()) {
      const y = Math.round(bottom - ((bottom - top) * i) / 2) + 0.5;
      context.fillStyle = line;
      context.fillRect(left, y, right - left, 1);
      context.fillStyle = soft;
      if (i !== 1 || most % 2 === 0) context.fillText(text, left - 8, y);
    }
    const step = (right - left) / Math.max(1, counts.length);
    context.fillStyle = seriesColor(0);
    counts.forEach((count, bin) => {
      const height = count === 0 ? 0 : Math.max(1.5, ((bottom - top) * count) / most);
      context.fillRect(left + bin * step + 1, bottom - height, Math.max(1, step - 2), height);
    });
    this.#borders(context, left, step, bottom);
  }

  /** Writes the edges between the bars, as many as there is room for. */
  #borders(context: CanvasRenderingContext2D, left: number, step: number, bottom: number): void {
    context.textAlign = "center";
    context.fillStyle = palette().soft;
    const every = Math.max(1, Math.ceil(52 / step));
    this.#edges.forEach((edge, i) => {
      if (i % every === 0) context.fillText(edgeText(edge, this.#unit), left + (i + 1) * step, bottom + 14);
    });
  }
}

function hasValues(measured: Quantiles | null): measured is Quantiles {
  return measured !== null && !Number.isNaN(measured.p50);
}

import { element, setText } from "./element.js";
import type { Series, SeriesInfo } from "./messages.gen.js";
import { palette, seeThrough } from "./palette.js";
import type { View } from "./drawing.js";
import { countText, figureParts, unknown } from "./units.js";

interface TileSpec {
  readonly title: string;
  /** The first of them that is known is shown, with what is written below it. */
  readonly of: readonly (readonly [Series, string])[];
  readonly full?: boolean;
}

const specs: readonly TileSpec[] = [
  { title: "Clients", of: [["clients", "connected"]], full: true },
  { title: "Deliveries", of: [["deliveries", "messages to clients"]] },
  { title: "Sent", of: [["bytes", "on the wire"]] },
  { title: "CPU", of: [["cpu", "of one core"]] },
  { title: "CPU per delivery", of: [["cpuPerDelivery", "of the whole process"]] },
  { title: "Latency p99", of: [["latencyP99", "by the load generator"], ["rttP99", "round trip of pings"]] },
  { title: "Pending", of: [["pending", "in queues and sockets"]] },
  { title: "Memory", of: [["rss", "resident"], ["heap", "heap"]] },
];

interface Tile {
  readonly spec: TileSpec;
  readonly number: HTMLElement;
  readonly suffix: HTMLElement;
  readonly below: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  /** Its size, in CSS pixels. */
  width: number;
  height: number;
}

/** The headline figures, each with the curve of the time that is shown. */
export class Tiles {
  readonly #tiles: readonly Tile[];
  #infos: ReadonlyMap<string, SeriesInfo> = new Map();

  constructor(place: HTMLElement) {
    this.#tiles = specs.map((spec) => {
      const [number, suffix] = [element("b", {}, unknown), element("span")];
      const tile = { spec, number, suffix, below: element("small"), canvas: element("canvas", { "aria-hidden": "true" }), width: 0, height: 0 };
      const box = element("div", { class: "tile" }, element("dt", {}, spec.title), element("dd", {}, element("span", { class: "figure" }, number, suffix), tile.below), tile.canvas);
      place.append(box);
      return tile;
    });
    new ResizeObserver(() => this.#fit()).observe(place);
  }

  /** Says which series there are. */
  setSeries(series: readonly SeriesInfo[]): void {
    this.#infos = new Map(series.map((info) => [info.id, info]));
    for (const { spec, number } of this.#tiles) {
      const info = this.#infos.get(spec.of[0]?.[0] ?? "");
      const box = number.closest<HTMLElement>(".tile");
      if (box !== null && info !== undefined) box.title = info.note || info.title;
    }
  }

  /** Shows the newest figures of a view. */
  draw(view: View): void {
    for (const tile of this.#tiles) this.#draw(tile, view);
  }

  #fit(): void {
    for (const tile of this.#tiles) [tile.width, tile.height] = [tile.canvas.clientWidth, tile.canvas.clientHeight];
  }

  #draw(tile: Tile, view: View): void {
    const { spec, number, suffix, below } = tile;
    const { samples } = view;
    const chosen = spec.of.find(([id]) => !Number.isNaN(samples.last(id))) ?? spec.of[0];
    if (chosen === undefined) return;
    const [id, text] = chosen;
    const value = samples.last(id);
    const parts = spec.full === true ? { number: countText(value), suffix: "" } : figureParts(value, this.#infos.get(id)?.unit ?? "number");
    setText(number, parts.number);
    setText(suffix, parts.suffix);
    setText(below, text);
    drawCurve(tile, samples.column(id), view);
  }
}

/** Draws a curve without axes. */
function drawCurve({ canvas, width, height }: Tile, column: Float32Array | undefined, { samples, fromRow, toRow, fromSec, toSec }: View): void {
  const context = canvas.getContext("2d");
  if (context === null || column === undefined || width === 0) return;
  const ratio = devicePixelRatio;
  if (canvas.width !== Math.round(width * ratio)) [canvas.width, canvas.height] = [Math.round(width * ratio), Math.round(height * ratio)];
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  let most = 0;
  for (let row = fromRow; row < toRow; row++) most = Math.max(most, column[row] || 0);
  if (most === 0) return;
  // Of many samples in a pixel, one is enough here.
  const step = Math.max(1, Math.floor((toRow - fromRow) / (2 * width)));
  const x = (row: number) => (((samples.times[row] ?? 0) - fromSec) / (toSec - fromSec)) * width;
  context.beginPath();
  let last: number | undefined;
  for (let row = toRow - 1; row >= fromRow; row -= step) {
    const value = column[row] ?? NaN;
    if (Number.isNaN(value)) continue;
    context.lineTo(x(row), height - 1 - (value / most) * (height - 3));
    last = row;
  }
  const { accent } = palette();
  context.strokeStyle = accent;
  context.lineWidth = 1.25;
  context.stroke();
  if (last === undefined) return;
  context.lineTo(x(last), height);
  context.lineTo(width, height);
  context.fillStyle = seeThrough(accent, 0.12);
  context.fill();
}

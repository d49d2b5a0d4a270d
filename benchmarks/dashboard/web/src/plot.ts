import uPlot from "uplot";
import type { Mark } from "./messages.gen.js";
import { markColor } from "./marks.js";
import { palette } from "./palette.js";
import { clockText } from "./units.js";

/** Height of every chart over time, in CSS pixels. */
export const plotHeight = 168;
/** Width of the numbers left of every chart: all begin at the same place. */
export const axisWidth = 58;

/** A number array of uPlot's, or what stands for gaps in it. */
export type Column = (number | null)[] | Float32Array | Float64Array;

/** Cursors of charts with the same time axis move together. */
const sync = { key: "live", scales: ["x", null] as [string, null], setSeries: false };

/** What charts over time have in common: axes, cursor, and marks of events. */
export function timeOptions(more: {
  readonly series: uPlot.Series[];
  readonly y: uPlot.Scale;
  readonly yAxis: uPlot.Axis;
  readonly marks: () => readonly Mark[];
  readonly draw?: (u: uPlot) => void;
  readonly moved: () => void;
}): uPlot.Options {
  const line = { stroke: () => palette().line, width: 1 };
  const axis = { stroke: () => palette().soft, font: palette().font, grid: line, ticks: { ...line, size: 4 }, gap: 4 };
  return {
    width: 320,
    height: plotHeight,
    padding: [10, 8, 0, 0],
    legend: { show: false },
    cursor: { sync, y: false, drag: { x: false, y: false }, points: { size: 7 } },
    scales: { x: { time: true, auto: false, range: (_, min, max) => [min, max] }, y: more.y },
    axes: [
      { ...axis, size: 26, space: 64, values: timeTexts, incrs: [1, 2, 5, 10, 15, 30, 60, 120, 300] },
      { ...axis, size: axisWidth, space: 28, ...more.yAxis },
    ],
    series: [{}, ...more.series],
    hooks: {
      drawClear: more.draw === undefined ? [] : [more.draw],
      draw: [(u) => drawMarks(u, more.marks())],
      setCursor: [more.moved],
    },
  };
}

/** Writes the times on an axis; the last one only if there is room for it. */
function timeTexts(u: uPlot, ticks: readonly number[]): string[] {
  const room = u.bbox.width / uPlot.pxRatio - 18;
  return ticks.map((sec) => (u.valToPos(sec, "x") > room ? "" : clockText(sec * 1000)));
}

/** Draws events as vertical lines with a flag, those that go on as strips. */
function drawMarks(u: uPlot, marks: readonly Mark[]): void {
  const { ctx, bbox } = u;
  const ratio = uPlot.pxRatio;
  const { min = 0, max = 0 } = u.scales.x ?? {};
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, 0, bbox.width, bbox.top + bbox.height);
  ctx.clip();
  for (const { ms, endMs, kind } of marks) {
    if (endMs / 1000 < min || ms / 1000 > max) continue;
    const left = Math.round(u.valToPos(ms / 1000, "x", true));
    const right = Math.round(u.valToPos(endMs / 1000, "x", true));
    ctx.fillStyle = markColor(kind);
    ctx.globalAlpha = 0.1;
    if (right > left) ctx.fillRect(left, bbox.top, right - left, bbox.height);
    ctx.globalAlpha = 0.75;
    ctx.fillRect(left, bbox.top - 4 * ratio, ratio, bbox.height + 4 * ratio);
    ctx.beginPath();
    ctx.arc(left + ratio / 2, bbox.top - 4 * ratio, 2.5 * ratio, 0, 2 * Math.PI);
    ctx.fill();
  }
  ctx.restore();
}

/** Gives a chart the width of its place. */
export function fitWidth(u: uPlot, place: HTMLElement): void {
  const width = place.clientWidth;
  if (width > 0 && width !== u.width) u.setSize({ width, height: plotHeight });
}

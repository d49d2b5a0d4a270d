import type { Unit } from "./messages.gen.js";

/** What is written where a figure isn't known. */
export const unknown = "–";

const binary = ["B", "KiB", "MiB", "GiB", "TiB"];
const decimal = ["", "k", "M", "G", "T"];

/** What stands behind a number of this unit, in the head of a chart or a column. */
export const unitTexts: Readonly<Record<Unit, string>> = {
  number: "",
  perSecond: "/s",
  bytes: "B",
  bytesPerSecond: "B/s",
  ms: "ms",
  us: "µs",
  ratio: "×",
  share: "% of a core",
  hz: "Hz",
};

/** Writes a figure with its unit, in about four characters and the unit. */
export function figureText(value: number, unit: Unit): string {
  const { number, suffix } = figureParts(value, unit);
  return suffix === "" || number === unknown ? number : `${number}\u202f${suffix}`;
}

/** Writes a number that was chosen to be a round one, without what rounding adds. */
export function edgeText(value: number, unit: Unit): string {
  const { number, suffix } = figureParts(value, unit);
  return [trimZeros(number), suffix].filter((part) => part !== "").join("\u202f");
}

/** The same in two parts, for those who write them in different sizes. */
export function figureParts(value: number, unit: Unit): { number: string; suffix: string } {
  if (!Number.isFinite(value)) return { number: unknown, suffix: "" };
  switch (unit) {
    case "bytes":
    case "bytesPerSecond": {
      const [scaled, prefix] = scale(value, 1024, binary);
      return { number: digits(scaled, prefix === "B"), suffix: unit === "bytes" ? prefix : `${prefix}/s` };
    }
    case "number":
      if (Math.abs(value) < 1e6 && (Number.isInteger(value) || Math.abs(value) >= 1000)) return { number: countText(value), suffix: "" };
      return scaledParts(value, "");
    case "ms":
      return timeParts(value);
    case "us":
      return value >= 1000 ? timeParts(value / 1000) : { number: digits(value), suffix: "µs" };
    case "share":
      return { number: digits(value * 100), suffix: "%" };
    case "ratio":
      return { number: digits(value), suffix: "×" };
    case "perSecond":
      return scaledParts(value, "/s");
    case "hz":
      return scaledParts(value, "Hz");
  }
}

function scaledParts(value: number, suffix: string): { number: string; suffix: string } {
  const [scaled, prefix] = scale(value, 1000, decimal);
  return { number: digits(scaled), suffix: prefix + suffix };
}

/** Writes a time in ms in the unit that suits it. */
function timeParts(ms: number): { number: string; suffix: string } {
  const size = Math.abs(ms);
  if (size >= 120_000) return { number: digits(ms / 60_000), suffix: "min" };
  if (size >= 1000) return { number: digits(ms / 1000), suffix: "s" };
  if (size < 0.1 && size > 0) return { number: digits(ms * 1000), suffix: "µs" };
  return { number: digits(ms), suffix: "ms" };
}

/** Writes the numbers on an axis, alike among themselves. */
export function tickTexts(ticks: readonly number[], unit: Unit): string[] {
  const largest = Math.max(0, ...ticks.map(Math.abs));
  const step = ticks.length > 1 ? Math.abs((ticks[1] ?? 0) - (ticks[0] ?? 0)) : largest;
  const { factor, suffix } = axisScale(largest, unit);
  const places = placesOf(step * factor);
  return ticks.map((tick) => (tick === 0 ? "0" : trimmed(tick * factor, places) + suffix));
}

/** How many decimals a distance between numbers needs, at most 6. */
function placesOf(step: number): number {
  for (let places = 0; places < 6; places++) {
    const scaled = step * 10 ** places;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6 * Math.max(1, scaled)) return places;
  }
  return 6;
}

/** The distances that numbers on an axis may have; undefined: uPlot's own. */
export function tickSteps(unit: Unit): number[] | undefined {
  if (unit !== "bytes" && unit !== "bytesPerSecond") return undefined;
  return Array.from({ length: 50 }, (_, i) => 2 ** i);
}

function axisScale(largest: number, unit: Unit): { factor: number; suffix: string } {
  switch (unit) {
    case "bytes":
    case "bytesPerSecond":
      return prefixed(largest, 1024, ["\u202fB", "\u202fKiB", "\u202fMiB", "\u202fGiB", "\u202fTiB"]);
    case "ms":
      return largest >= 2000 ? { factor: 1 / 1000, suffix: "\u202fs" } : { factor: 1, suffix: "" };
    case "share":
      return { factor: 100, suffix: "\u202f%" };
    case "ratio":
      return { factor: 1, suffix: "\u202f×" };
    default:
      return prefixed(largest, 1000, decimal);
  }
}

function prefixed(largest: number, base: number, prefixes: readonly string[]): { factor: number; suffix: string } {
  const [, suffix] = scale(largest, base, prefixes);
  return { factor: base ** -prefixes.indexOf(suffix), suffix };
}

function trimmed(value: number, places: number): string {
  return trimZeros(value.toFixed(places));
}

function trimZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

function scale(value: number, base: number, prefixes: readonly string[]): [number, string] {
  let power = 0;
  let scaled = value;
  while (Math.abs(scaled) >= base && power < prefixes.length - 1) {
    scaled /= base;
    power++;
  }
  return [scaled, prefixes[power] ?? ""];
}

/** Writes a number with three digits that count, or whole. */
function digits(value: number, whole = false): string {
  const size = Math.abs(value);
  if (whole || size >= 100 || value === 0) return value.toFixed(0);
  if (size >= 10) return value.toFixed(1);
  return size >= 0.01 ? value.toFixed(2) : value.toPrecision(1);
}

/** Writes a count in full, with thin spaces between thousands. */
export function countText(count: number): string {
  return Number.isFinite(count) ? Math.round(count).toLocaleString("en").replaceAll(",", "\u202f") : unknown;
}

/** Writes how long something has been going on: 3.2 s, 4:05, 2:03:11. */
export function durationText(ms: number): string {
  if (!Number.isFinite(ms)) return unknown;
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return `${(ms / 1000).toFixed(seconds < 10 ? 1 : 0)}\u202fs`;
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (n: number) => String(n).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** Writes the time of day of a time in ms since 1970. */
export function clockText(ms: number): string {
  const at = new Date(ms);
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map((n) => String(n).padStart(2, "0")).join(":");
}

/** Writes the range of values of a bin; the first has no lower edge, the last no upper one. */
export function binText(edges: readonly number[], bin: number, unit: Unit): string {
  const [low, high] = [edges[bin - 1], edges[bin]];
  if (high === undefined) return low === undefined ? "all" : `≥ ${edgeText(low, unit)}`;
  return low === undefined ? `< ${edgeText(high, unit)}` : `${edgeText(low, unit)} – ${edgeText(high, unit)}`;
}

import type { Unit } from "./messages.gen.js";

/** What a figure's name says, for people. */
export interface Metric {
  readonly title: string;
  readonly unit: Unit;
  /** What its values are multiplied with to be in `unit`. */
  readonly factor: number;
}

const units: Readonly<Record<string, readonly [Unit, number]>> = {
  ns: ["us", 1e-3],
  us: ["us", 1],
  ms: ["ms", 1],
  s: ["ms", 1000],
  seconds: ["ms", 1000],
  bytes: ["bytes", 1],
  kb: ["bytes", 1000],
  mb: ["bytes", 1e6],
  hz: ["hz", 1],
  share: ["share", 1],
};

const words: Readonly<Record<string, string>> = {
  cpu: "CPU", cpus: "CPUs", rss: "RSS", gc: "GC", rtt: "RTT", p999: "p99.9", hz: "Hz", ms: "ms",
};

/** Reads a figure's name, whose ending is its unit: `cpu_us_per_delivery`, `p99_ms`, `connects_per_s`. */
export function metricOf(name: string): Metric {
  const rate = /^(.+)_per_(?:s|second)$/.exec(name);
  if (rate?.[1] !== undefined) {
    const [of, unit] = split(rate[1]);
    return { title: of, unit: unit === "bytes" ? "bytesPerSecond" : "perSecond", factor: 1 };
  }
  const [whole, per = ""] = name.split("_per_", 2);
  const [title, unit, factor] = split(whole ?? name);
  const behind = per === "" ? "" : ` per ${spoken(per)}`;
  return { title: title + behind, unit: /^ratio\b/.test(name) ? "ratio" : unit, factor };
}

function split(name: string): [title: string, unit: Unit, factor: number] {
  const parts = name.split("_");
  // The unit may have a word behind it: rss_bytes_before.
  for (let i = parts.length - 1; i > 0; i--) {
    const known = units[parts[i] ?? ""];
    if (known === undefined) continue;
    const rest = parts.filter((_, at) => at !== i);
    return [spoken(rest.join("_")), ...known];
  }
  return [spoken(name), "number", 1];
}

function spoken(name: string): string {
  return name.split("_").map((word) => words[word] ?? word).join(" ");
}

import type { Bar, Bars } from "./bars.js";
import type { Run, RunGroup } from "./messages.gen.js";
import { metricOf } from "./metric.js";

/** Labels that make charts of their own, rather than bars of one, if they differ. */
const facetLabels = new Set(["work", "axis", "scenario", "phase", "test"]);

/** What the charts are headed with, and those below it. */
export interface Facet {
  readonly title: string;
  readonly charts: readonly Bars[];
}

/** How the labels of a run's groups are laid out. */
interface Layout {
  readonly facets: readonly string[];
  readonly bars: readonly string[];
}

/**
 * Lays runs of one kind side by side: a chart for each figure of each work, with a bar for
 * each thing that did it. Figures that say how something was measured, and not how good it
 * is, are left out unless `all`.
 */
export function facetsOf(runs: readonly Run[], runColor: (i: number) => string, all: boolean): Facet[] {
  const layout = layoutOf(runs);
  const facets = new Map<string, Map<string, Map<string, Bar>>>();
  runs.forEach((run, at) => {
    for (const group of run.groups) {
      const title = layout.facets.map((name) => group.labels[name] ?? "").join(" · ");
      const charts = entry(facets, title, () => new Map<string, Map<string, Bar>>());
      for (const metric of group.metrics) {
        if (metric.better === "" && !all) continue;
        const bars = entry(charts, metric.name, () => new Map<string, Bar>());
        const label = barLabel(group, layout);
        const bar = entry(bars, label, () => ({ label, ours: isOurs(label), values: runs.map(() => undefined) }));
        (bar.values as (typeof metric)[])[at] = metric;
      }
    }
  });
  const names = runs.map((run, i) => ({ name: runName(run), color: runColor(i) }));
  return [...facets].map(([title, charts]) => ({
    title,
    charts: [...charts].map(([name, bars]) => ({ title, name, metric: metricOf(name), bars: sorted([...bars.values()], layout), runs: names })),
  }));
}

/** How a run is called beside others: when it was, and of which commit. */
export function runName({ takenMs, commit }: Run): string {
  const day = new Date(takenMs).toISOString().slice(0, 16).replace("T", " ");
  return commit === "" ? day : `${day} ${commit.slice(0, 8)}${commit.endsWith("+") && commit.length > 8 ? "+" : ""}`;
}

function layoutOf(runs: readonly Run[]): Layout {
  const values = new Map<string, Set<string>>();
  for (const { groups } of runs) {
    for (const { labels } of groups) {
      for (const [name, value] of Object.entries(labels)) entry(values, name, () => new Set<string>()).add(value);
    }
  }
  const varying = [...values].filter(([, different]) => different.size > 1).map(([name]) => name);
  if (varying.includes("subject")) return { facets: varying.filter((name) => name !== "subject").sort(worksFirst), bars: ["subject"] };
  const facets = varying.filter((name) => facetLabels.has(name));
  return { facets, bars: varying.filter((name) => !facetLabels.has(name)) };
}

function worksFirst(a: string, b: string): number {
  return Number(facetLabels.has(b)) - Number(facetLabels.has(a));
}

function barLabel({ labels, name }: RunGroup, { bars }: Layout): string {
  if (bars.length === 0) return name;
  const [only = "", ...others] = bars;
  if (others.length === 0) {
    const value = labels[only] ?? name;
    return Number.isNaN(Number(value)) ? value : `${value} ${only}`;
  }
  return bars.map((key) => `${labels[key] ?? ""} ${key}`).join(", ");
}

function isOurs(label: string): boolean {
  return label.toLowerCase().includes("scenewire");
}

/** Rivals stand in the order of how they did; anything else in that of its numbers. */
function sorted(bars: Bar[], layout: Layout): Bar[] {
  const last = (bar: Bar) => bar.values.reduce((before, value) => value ?? before, undefined);
  if (layout.bars[0] !== "subject") return bars.sort((a, b) => a.label.localeCompare(b.label, "en", { numeric: true }));
  const direction = last(bars[0] ?? { label: "", ours: false, values: [] })?.better === "higher" ? -1 : 1;
  return bars.sort((a, b) => direction * ((last(a)?.median ?? Infinity) - (last(b)?.median ?? Infinity)));
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

import { type Bars, BarChart, changeText } from "./bars.js";
import { Card } from "./card.js";
import { element, setText } from "./element.js";
import { facetsOf, runName } from "./facets.js";
import { FigureTable } from "./figures.js";
import type { History, Run } from "./messages.gen.js";
import { metricOf } from "./metric.js";
import { seriesColor } from "./palette.js";
import { countText, figureText, unitTexts } from "./units.js";

/** So many runs are compared at most: as many as there are colours. */
const mostRuns = 5;

/** The page of the runs that are kept: those of one kind, side by side. */
export class HistoryPage {
  readonly #ask: () => void;
  readonly #state = element("p", { class: "none" }, "Loading the runs…");
  readonly #fault = element("p", { class: "fault", role: "alert", hidden: true });
  readonly #kinds = element("div", { class: "segmented kinds", role: "group", "aria-label": "Kind of runs" });
  readonly #runs = element("tbody");
  readonly #changes = element("ul", { class: "changes" });
  readonly #all = element("input", { type: "checkbox", id: "all-figures" });
  readonly #charts = element("div");
  readonly #figures = new FigureTable();
  readonly #body: HTMLElement;
  readonly #seen = new Set<Card<Bars>>();
  readonly #observer = new IntersectionObserver((entries) => this.#saw(entries), { rootMargin: "120px" });
  readonly #resized = new ResizeObserver(() => this.recolor());
  #cards = new Map<Element, Card<Bars>>();
  #history: readonly Run[] = [];
  #kind = "";
  #chosen = new Set<string>();
  #visible = false;
  #open = false;
  #asked = false;

  constructor(place: HTMLElement, ask: () => void) {
    this.#ask = ask;
    this.#all.addEventListener("change", () => this.#compare());
    this.#body = element(
      "div",
      { hidden: true },
      element("div", { class: "head" }, this.#kinds),
      element("section", { class: "group", "aria-labelledby": "runs-title" }, element("h2", { id: "runs-title" }, "Runs"), this.#runTable()),
      element("section", { class: "group", "aria-labelledby": "changes-title" }, element("h2", { id: "changes-title" }, "Changes"), element("div", { class: "panel" }, this.#changes)),
      element("div", { class: "head" }, element("label", { class: "check" }, this.#all, "Also figures that say how it was measured, not how good it is")),
      this.#charts,
      this.#figures.element,
    );
    place.append(this.#state, this.#fault, this.#body);
    this.#resized.observe(place);
  }

  /** Asks for the runs when the page is looked at for the first time. */
  shown(): void {
    this.#visible = true;
    this.#request();
    this.recolor();
  }

  /** Asks again on another connection: it may be that of a newer server. */
  connected(): void {
    this.#open = true;
    this.#asked = false;
    if (this.#visible) this.#request();
  }

  /** Takes in the runs. */
  set({ runs, fault }: History): void {
    setText(this.#fault, fault);
    this.#fault.hidden = fault === "";
    this.#history = runs;
    this.#state.hidden = runs.length > 0;
    this.#body.hidden = runs.length === 0;
    setText(this.#state, "No runs are kept here: what loadgen and the benchmarks write with --results benchmarks/results shows up on this page.");
    if (runs.length > 0) this.#showKinds();
  }

  /** Draws again, in other colours or another width. */
  recolor(): void {
    for (const { drawing } of this.#seen) drawing.fit();
    for (const card of this.#seen) card.draw();
  }

  #request(): void {
    if (!this.#open || this.#asked) return;
    this.#asked = true;
    this.#ask();
  }

  #showKinds(): void {
    const kinds = [...new Set(this.#history.map(({ kind }) => kind))].sort((a, b) => Number(b === "rivals") - Number(a === "rivals") || a.localeCompare(b));
    this.#kinds.replaceChildren(
      ...kinds.map((kind) => {
        const count = this.#history.filter((run) => run.kind === kind).length;
        const button = element("button", { type: "button", "data-kind": kind }, kind, " ", element("small", {}, countText(count)));
        button.addEventListener("click", () => this.#choose(kind));
        return button;
      }),
    );
    this.#choose(kinds.includes(this.#kind) ? this.#kind : (kinds[0] ?? ""));
  }

  /** Shows the runs of a kind: the newest, beside the one that it is compared with. */
  #choose(kind: string): void {
    this.#kind = kind;
    const runs = this.#ofKind();
    const newest = runs.at(-1);
    this.#chosen = new Set(newest === undefined ? [] : [newest.name, newest.before].filter((name) => name !== ""));
    for (const button of this.#kinds.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.dataset.kind === kind));
    this.#runs.replaceChildren(...[...runs].reverse().map((run) => this.#runRow(run)));
    this.#compare();
  }

  #ofKind(): Run[] {
    return this.#history.filter(({ kind }) => kind === this.#kind);
  }

  #runTable(): HTMLElement {
    const heads = ["Taken", "What", "Commit", "Machine", "Against the run before"].map((title) => element("th", { scope: "col" }, title));
    const head = element("tr", {}, element("th", { scope: "col" }, element("span", { class: "hidden" }, "Compare")), ...heads);
    return element("div", { class: "panel" }, element("div", { class: "scroll", tabIndex: 0, role: "region", "aria-label": "Runs" }, element("table", { class: "runs" }, element("thead", {}, head), this.#runs)));
  }

  #runRow(run: Run): HTMLElement {
    const { name, title, takenMs, commit, command, machine, system, versions, worse, better, before } = run;
    const box = element("input", { type: "checkbox", checked: this.#chosen.has(name), "aria-label": `Compare the run of ${runName(run)}` });
    box.addEventListener("change", () => {
      if (box.checked) this.#chosen.add(name);
      else this.#chosen.delete(name);
      this.#compare();
    });
    const others = Object.entries(versions).map(([what, version]) => `${what} ${version}`).join(", ");
    const verdict = element("td", { class: "verdict" });
    if (before === "") verdict.append("nothing to compare it with");
    else if (worse + better === 0) verdict.append("no change beyond the rounds’ spread");
    if (worse > 0) verdict.append(element("b", { class: "worse" }, `${worse} worse`));
    if (better > 0) verdict.append(" ", element("b", { class: "better" }, `${better} better`));
    return element(
      "tr",
      { "data-run": name },
      element("td", {}, box, element("i", { class: "swatch", "aria-hidden": "true" })),
      element("td", {}, new Date(takenMs).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" })),
      element("td", { class: "what" }, title || name, element("code", {}, command)),
      element("td", {}, element("code", {}, commit === "" ? "unknown" : commit)),
      element("td", { title: others }, machine, element("small", {}, system)),
      verdict,
    );
  }

  /** Lays the chosen runs side by side, the oldest first. */
  #compare(): void {
    const runs = this.#ofKind().filter(({ name }) => this.#chosen.has(name)).slice(-mostRuns);
    const full = this.#chosen.size >= mostRuns;
    for (const row of this.#runs.querySelectorAll("tr")) {
      const at = runs.findIndex(({ name }) => name === row.dataset.run);
      const box = row.querySelector("input");
      const swatch = row.querySelector<HTMLElement>(".swatch");
      if (box !== null) box.disabled = full && !box.checked;
      if (swatch !== null) swatch.style.background = at < 0 ? "transparent" : seriesColor(runs.length - 1 - at);
    }
    this.#showChanges(runs.at(-1));
    this.#showCharts(runs);
    this.#figures.set(runs);
  }

  #showChanges(run: Run | undefined): void {
    if (run === undefined) return this.#changes.replaceChildren(element("li", { class: "none" }, "Choose a run."));
    const items = run.groups.flatMap(({ name, metrics }) =>
      metrics.filter(({ verdict }) => verdict !== "").map(({ name: metric, median, change, verdict }) => {
        const { title, unit, factor } = metricOf(metric);
        return element("li", { class: verdict }, element("b", {}, `${changeText(change)} ${verdict}`), ` ${name}: ${title} is ${figureText(median * factor, unit)}`);
      }),
    );
    const before = this.#history.find(({ name }) => name === run.before);
    const against = before === undefined ? "There is no run of this kind on this machine before it." : `${runName(run)} against ${runName(before)}: a figure is marked when the rounds of the two don’t overlap and the medians differ by more than a twentieth.`;
    this.#changes.replaceChildren(element("li", { class: "against" }, against), ...items);
    if (before !== undefined && items.length === 0) this.#changes.append(element("li", {}, "Nothing is marked."));
  }

  #showCharts(runs: readonly Run[]): void {
    this.#observer.disconnect();
    this.#seen.clear();
    this.#cards = new Map();
    const facets = facetsOf(runs, (i) => seriesColor(runs.length - 1 - i), this.#all.checked);
    const sections = facets.map(({ title, charts }, i) => {
      const cards = charts.map((bars, at) => this.#card(bars, `run-${i}-${at}`));
      const parts = title === "" ? [] : [element("h2", { id: `facet-${i}` }, title)];
      return element("section", { class: "group facet", ...(title === "" ? {} : { "aria-labelledby": `facet-${i}` }) }, ...parts, element("div", { class: "cards" }, ...cards));
    });
    this.#charts.replaceChildren(...sections);
    if (sections.length === 0) this.#charts.append(element("p", { class: "none" }, runs.length === 0 ? "Choose at least one run to see its figures." : "These runs have no figures that can be better or worse."));
    for (const target of this.#cards.keys()) this.#observer.observe(target);
  }

  #card(bars: Bars, id: string): HTMLElement {
    const { metric, name, title } = bars;
    const better = bars.bars.flatMap(({ values }) => values.map((value) => value?.better)).find((side) => side !== undefined && side !== "");
    const text = {
      id,
      title: title === "" ? metric.title : `${title}: ${metric.title}`,
      unit: [unitTexts[metric.unit], better === undefined ? "" : `${better} is better`].filter((part) => part !== "").join(", "),
      help: [[name, "Bars are medians of the rounds, whiskers go from the least to the most. ▲ and ▼ say how a figure differs from that of the run before, in red where it is worse and in green where it is better."]] as const,
    };
    const when = bars.runs.map((run) => run.name).join(" and ");
    const card = new Card(text, new BarChart(), () => ({ view: bars, when }));
    this.#cards.set(card.element, card);
    return card.element;
  }

  #saw(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const card = this.#cards.get(target);
      if (card === undefined) continue;
      if (!isIntersecting) this.#seen.delete(card);
      else if (!this.#seen.has(card)) {
        this.#seen.add(card);
        card.drawing.fit();
        card.draw();
      }
    }
  }
}

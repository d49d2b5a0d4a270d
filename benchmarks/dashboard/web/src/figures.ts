import { changeText } from "./bars.js";
import type { Table } from "./drawing.js";
import { element, setText } from "./element.js";
import { runName } from "./facets.js";
import type { Run, RunMetric } from "./messages.gen.js";
import { metricOf } from "./metric.js";
import { csv, download, fileName } from "./save.js";
import { figureText } from "./units.js";

/** So many rows are shown until all are asked for. */
const few = 60;

interface Row {
  readonly group: string;
  readonly metric: string;
  readonly values: readonly (RunMetric | undefined)[];
}

/** All figures of the runs that are compared, in a table. */
export class FigureTable {
  readonly element: HTMLElement;
  readonly #head = element("tr");
  readonly #body = element("tbody");
  readonly #search = element("input", { type: "search", id: "figure-search", placeholder: "Search figures…", autocomplete: "off", spellcheck: false });
  readonly #more = element("button", { type: "button", class: "more" }, "Show all");
  #runs: readonly Run[] = [];
  #rows: readonly Row[] = [];
  #all = false;

  constructor() {
    const save = element("button", { type: "button" }, "Save as CSV");
    save.addEventListener("click", () => this.#save());
    this.#search.addEventListener("input", () => this.#show());
    this.#more.addEventListener("click", () => {
      this.#all = true;
      this.#show();
    });
    this.element = element(
      "section",
      { class: "group", "aria-labelledby": "figures-title" },
      element("h2", { id: "figures-title" }, "All figures"),
      element(
        "div",
        { class: "panel" },
        element("div", { class: "tools" }, element("label", { for: "figure-search", class: "hidden" }, "Search figures"), this.#search, save),
        element("div", { class: "scroll", tabIndex: 0, role: "region", "aria-label": "All figures" }, element("table", { class: "figures" }, element("thead", {}, this.#head), this.#body)),
        this.#more,
      ),
    );
  }

  /** Shows runs beside each other. */
  set(runs: readonly Run[]): void {
    this.#runs = runs;
    this.#all = false;
    const rows = new Map<string, Row>();
    runs.forEach(({ groups }, at) => {
      for (const { name: group, metrics } of groups) {
        for (const metric of metrics) {
          const key = `${group}\n${metric.name}`;
          const row = rows.get(key) ?? { group, metric: metric.name, values: runs.map(() => undefined) };
          (row.values as (RunMetric | undefined)[])[at] = metric;
          rows.set(key, row);
        }
      }
    });
    this.#rows = [...rows.values()];
    this.#head.replaceChildren(...["What", "Figure", ...runs.map(runName), "Change"].map((title, i) => element("th", { scope: "col", class: i > 1 ? "number" : "" }, title)));
    this.#show();
  }

  #show(): void {
    const words = this.#search.value.toLowerCase().split(/\s+/);
    const matching = this.#rows.filter(({ group, metric }) => words.every((word) => `${group} ${metric}`.toLowerCase().includes(word)));
    const shown = this.#all ? matching : matching.slice(0, few);
    this.#body.replaceChildren(...shown.map(rowElement));
    if (shown.length === 0) this.#body.append(element("tr", {}, element("td", { colSpan: this.#runs.length + 3, class: "none" }, this.#rows.length === 0 ? "Choose a run." : "No figure is called that.")));
    this.#more.hidden = shown.length === matching.length;
    setText(this.#more, `Show all ${matching.length}`);
  }

  #save(): void {
    const heads = this.#runs.flatMap((run) => ["median", "min", "max", "rounds"].map((part) => `${runName(run)}: ${part}`));
    const rows = this.#rows.map(({ group, metric, values }) => [
      group,
      metric,
      ...values.flatMap((value): Table[number] => (value === undefined ? ["", "", "", ""] : [value.median, value.min, value.max, value.rounds])),
    ]);
    download(fileName(this.#runs[0]?.kind ?? "figures", "csv"), csv([["what", "figure, its ending is its unit", ...heads], ...rows]));
  }
}

function rowElement({ group, metric, values }: Row): HTMLElement {
  const { title, unit, factor } = metricOf(metric);
  const cells = values.map((value) => {
    if (value === undefined) return element("td", { class: "number" }, "–");
    const { median, min, max, rounds } = value;
    const cell = element("td", { class: "number", title: `${rounds} rounds` }, figureText(median * factor, unit));
    if (rounds > 1) cell.append(" ", element("small", {}, `${figureText(min * factor, unit)} … ${figureText(max * factor, unit)}`));
    return cell;
  });
  const last = values.at(-1);
  const verdict = last === undefined || last.verdict === "" ? "" : ` ${last.verdict}`;
  const change = element("td", { class: `number ${last?.verdict ?? ""}` }, changeText(last?.change ?? NaN) + verdict);
  return element("tr", {}, element("td", {}, group), element("td", { title: metric }, title), ...cells, change);
}

import type { AnyMessage, Playback } from "scenewire/playback";
import { byId } from "playground/page.js";
import { fields } from "./detail.js";
import { countText } from "./format.js";
import { type Row, StateTable } from "./table.js";

/** How many rows of one type are shown. */
const mostRows = 200;
const refreshMs = 250;

/** One type in the list: its summary, and its rows while it is unfolded. */
interface TypeView {
  readonly element: HTMLDetailsElement;
  readonly count: HTMLElement;
  readonly rate: HTMLElement;
  readonly rows: HTMLElement;
  readonly byKey: Map<string, HTMLButtonElement>;
  /** Messages per second, smoothed. */
  perSec: number;
}

/** The state of any recording as a table by type and key, and one message in full. */
export class Inspector {
  readonly #table = new StateTable();
  readonly #types = byId("types");
  readonly #filter = byId("filter") as HTMLInputElement;
  readonly #detail = byId("detail");
  readonly #views = new Map<string, TypeView>();
  #selected: { readonly type: string; readonly key: string } | undefined;
  #shown: Row | undefined;
  #dirty = true;
  #lastMs = performance.now();

  constructor(player: Playback<AnyMessage>) {
    let happened = false;
    player.onReset(() => {
      this.#table.clear();
      this.#dirty = true;
      happened = false;
    });
    player.onBatch(({ messages, timestampSec }) => {
      for (const message of messages) this.#table.add(message, timestampSec, happened);
      happened = true;
      this.#dirty = true;
    });
    this.#filter.addEventListener("input", () => {
      this.#dirty = true;
      this.#refresh();
    });
    setInterval(() => this.#refresh(), refreshMs);
  }

  /** The state, for tests. */
  get table(): StateTable {
    return this.#table;
  }

  #refresh(): void {
    const seconds = (performance.now() - this.#lastMs) / 1000;
    this.#lastMs = performance.now();
    const counts = this.#table.takeCounts();
    for (const [type, view] of this.#views) this.#showRate(view, (counts.get(type) ?? 0) / seconds);
    if (!this.#dirty) return;
    this.#dirty = false;
    byId("live-count").textContent = countText(this.#table.size);
    this.#showTypes();
    this.#showDetail();
  }

  #showTypes(): void {
    const types = this.#table.types();
    for (const [type, rows] of types) this.#showType(type, rows);
    const there = new Set(types.map(([type]) => type));
    for (const [type, { element }] of [...this.#views]) {
      if (there.has(type)) continue;
      element.remove();
      this.#views.delete(type);
    }
  }

  #showType(type: string, rows: ReadonlyMap<string, Row>): void {
    const view = this.#views.get(type) ?? this.#addType(type);
    const filter = this.#filter.value.trim().toLowerCase();
    const all = filter === "" || type.toLowerCase().includes(filter);
    const matching = all ? [...rows] : [...rows].filter(([key]) => key.toLowerCase().includes(filter));
    view.element.hidden = matching.length === 0;
    view.count.textContent = countText(matching.length);
    if (view.element.open) this.#showRows(type, view, matching);
  }

  #addType(type: string): TypeView {
    const element = document.createElement("details");
    const summary = document.createElement("summary");
    const [name, count, rate, rows] = [make("b"), make("span"), make("span"), make("div")];
    name.textContent = type;
    count.className = "count";
    rate.className = "rate";
    rows.className = "rows";
    summary.append(name, count, rate);
    element.append(summary, rows);
    element.addEventListener("toggle", () => {
      this.#dirty = true;
      this.#refresh();
    });
    const view = { element, count, rate, rows, byKey: new Map<string, HTMLButtonElement>(), perSec: 0 };
    const next = [...this.#views].filter(([other]) => other > type).sort(([a], [b]) => (a < b ? -1 : 1))[0];
    this.#types.insertBefore(element, next?.[1].element ?? null);
    this.#views.set(type, view);
    return view;
  }

  #showRows(type: string, view: TypeView, rows: readonly [string, Row][]): void {
    const shown = rows.slice(0, mostRows);
    const keys = new Set(shown.map(([key]) => key));
    for (const [key, element] of [...view.byKey]) {
      if (keys.has(key)) continue;
      element.remove();
      view.byKey.delete(key);
    }
    for (const [key, row] of shown) this.#showRow(type, view, key, row);
    const more = rows.length - shown.length;
    view.rows.dataset.more = more > 0 ? `… and ${countText(more)} more: use the filter` : "";
  }

  #showRow(type: string, view: TypeView, key: string, row: Row): void {
    let element = view.byKey.get(key);
    if (element === undefined) {
      element = document.createElement("button");
      element.type = "button";
      element.append(make("span"), make("small"));
      (element.firstChild as HTMLElement).textContent = key || "(newest)";
      element.addEventListener("click", () => this.#select(type, key));
      view.byKey.set(key, element);
      view.rows.append(element);
    }
    (element.lastChild as HTMLElement).textContent = `${row.timeSec.toFixed(2)} s`;
    const selected = this.#selected?.type === type && this.#selected.key === key;
    element.setAttribute("aria-pressed", String(selected));
  }

  #select(type: string, key: string): void {
    this.#selected = { type, key };
    this.#dirty = true;
    this.#refresh();
  }

  #showDetail(): void {
    if (this.#selected === undefined) return;
    const { type, key } = this.#selected;
    const row = this.#table.row(type, key);
    if (row !== undefined && row === this.#shown) return;
    this.#shown = row;
    byId("detail-title").textContent = key === "" ? type : `${type} · ${key}`;
    if (row === undefined) {
      this.#detail.textContent = "Not in the state at this time.";
      return;
    }
    const { type: _, ...rest } = row.message as AnyMessage & Record<string, unknown>;
    this.#detail.replaceChildren(fields(rest));
  }

  #showRate(view: TypeView, perSec: number): void {
    view.perSec += 0.4 * (perSec - view.perSec);
    const text = view.perSec < 0.5 ? "" : `${countText(Math.round(view.perSec))}/s`;
    if (view.rate.textContent !== text) view.rate.textContent = text;
  }
}

const make = (tag: string) => document.createElement(tag);

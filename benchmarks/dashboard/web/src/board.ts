import { Card, type CardText } from "./card.js";
import { chartGroups, type ChartSpec, type LinesSpec } from "./charts.js";
import type { View } from "./drawing.js";
import { element } from "./element.js";
import { Heat, heatHelp } from "./heat.js";
import { JoinTimes } from "./joins.js";
import { Lines } from "./lines.js";
import type { Marks } from "./marks.js";
import type { Joins, SeriesInfo, Welcome } from "./messages.gen.js";
import { Samples } from "./samples.js";
import { unitTexts } from "./units.js";

/** Longest time that can be looked back, in ms. */
export const longestSpanMs = 10 * 60_000;

/** All charts of the live page. Only those that can be seen are drawn. */
export class Board {
  readonly samples: Samples;
  readonly cards: readonly Card<View>[];
  readonly #place: HTMLElement;
  readonly #marks: Marks;
  readonly #ask: () => void;
  readonly #joins: JoinTimes;
  readonly #seen = new Set<Card<View>>();
  readonly #observer: IntersectionObserver;
  readonly #resized: ResizeObserver;
  readonly #shown = () => {
    const view = this.view;
    return { view, when: new Date(view.toSec * 1000).toLocaleString("en-GB") };
  };
  #spanSec: number;
  #held: { readonly samples: Samples; readonly marks: Marks["all"] } | undefined;
  #due = false;
  #unfit = true;
  #legendsDue = false;

  /** `ask` is called when there is something to {@link draw}. */
  constructor(place: HTMLElement, welcome: Welcome, marks: Marks, spanSec: number, ask: () => void) {
    this.#ask = ask;
    this.#place = place;
    this.#marks = marks;
    this.#spanSec = spanSec;
    this.samples = new Samples(welcome, longestSpanMs);
    this.#joins = new JoinTimes(welcome.join);
    const infos = new Map<string, SeriesInfo>(welcome.series.map((info) => [info.id, info]));
    const cards: Card<View>[] = [];
    this.#observer = new IntersectionObserver((entries) => this.#saw(entries), { rootMargin: "80px" });
    this.#resized = new ResizeObserver(() => this.#refit());
    const groups = chartGroups.map(({ id, title, charts }) => {
      const made = charts.filter((spec) => spec.kind === "heat" || spec.series.some(([id]) => infos.has(id)));
      const group = made.map((spec) => this.#card(spec, infos, welcome));
      if (id === "delay") group.push(this.#joinCard(welcome));
      cards.push(...group);
      return element("section", { class: "group", "aria-labelledby": `group-${id}` }, element("h2", { id: `group-${id}` }, title), element("div", { class: "cards" }, ...group.map((card) => card.element)));
    });
    this.cards = cards;
    place.replaceChildren(...groups);
    for (const { element } of cards) this.#observer.observe(element);
    this.#resized.observe(place);
  }

  /** The newest sample that is shown. */
  get view(): View {
    const { samples, marks } = this.#held ?? { samples: this.samples, marks: this.#marks.all };
    const toSec = Number.isNaN(samples.lastSec) ? Date.now() / 1000 : samples.lastSec;
    const fromSec = toSec - this.#spanSec;
    // One row more on the left: the curve comes in from outside.
    return { samples, marks, fromSec, toSec, fromRow: Math.max(samples.begin, samples.rowAt(fromSec) - 1), toRow: samples.end };
  }

  /** How much time is shown, in seconds. */
  set spanSec(sec: number) {
    this.#spanSec = sec;
    this.changed();
  }

  /** Whether the view stands still while samples go on to come. */
  get paused(): boolean {
    return this.#held !== undefined;
  }

  set paused(paused: boolean) {
    if (paused === this.paused) return;
    this.#held = paused ? { samples: this.samples.copy(), marks: this.#marks.all } : undefined;
    this.changed();
  }

  /** Takes in how long clients take to join. */
  setJoins(joins: Joins): void {
    this.#joins.set(joins);
  }

  /** Asks for the next {@link draw}. */
  changed(): void {
    this.#due = true;
    this.#ask();
  }

  /** Draws the cards that can be seen, if something has changed, and returns whether it has. */
  draw(): boolean {
    const due = this.#due;
    if (this.#unfit) for (const { drawing } of this.#seen) drawing.fit();
    this.#unfit = false;
    if (due) for (const card of this.#seen) card.draw();
    else if (this.#legendsDue) for (const card of this.#seen) card.showLegend();
    this.#due = this.#legendsDue = false;
    return due;
  }

  /** Draws all in the colours of another theme. */
  recolor(): void {
    for (const card of this.cards) card.drawing.recolor();
    this.changed();
  }

  destroy(): void {
    this.#observer.disconnect();
    this.#resized.disconnect();
    for (const { drawing } of this.cards) drawing.destroy();
    this.#place.replaceChildren();
  }

  #saw(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const card = this.cards.find(({ element }) => element === target);
      if (card === undefined) continue;
      if (isIntersecting) this.#seen.add(card);
      else this.#seen.delete(card);
    }
    this.#refit();
  }

  #refit(): void {
    this.#unfit = true;
    this.changed();
  }

  #card(spec: ChartSpec, infos: ReadonlyMap<string, SeriesInfo>, welcome: Welcome): Card<View> {
    const moved = () => {
      this.#legendsDue = true;
      this.#ask();
    };
    if (spec.kind === "heat") {
      const bins = welcome[spec.of];
      const help: CardText["help"] = [[bins.title, bins.note], ["How to read it", heatHelp]];
      return new Card({ id: spec.id, title: spec.title, unit: "clients that have it", help }, new Heat(spec, bins, moved), this.#shown);
    }
    const drawing = new Lines(spec, infos, moved);
    return new Card({ id: spec.id, title: spec.title, unit: unitTexts[drawing.unit], help: helpOf(spec, infos) }, drawing, this.#shown);
  }

  #joinCard({ join }: Welcome): Card<View> {
    return new Card({ id: "joins", title: join.title, unit: "clients since the start", help: [[join.title, join.note]] }, this.#joins, this.#shown);
  }
}

function helpOf(spec: LinesSpec, infos: ReadonlyMap<string, SeriesInfo>): CardText["help"] {
  return spec.series.flatMap(([id, label]): CardText["help"] => {
    const info = infos.get(id);
    return info === undefined ? [] : [[label, info.note || info.title]];
  });
}

import { element, setText } from "./element.js";
import type { EventKind, Mark } from "./messages.gen.js";
import { palette } from "./palette.js";
import { clockText, countText, durationText } from "./units.js";

const kindTexts: Readonly<Record<EventKind, string>> = {
  start: "start",
  connects: "connects",
  closes: "closes",
  refused: "refused",
  stall: "stall",
  lag: "lag",
  lost: "lost",
  panic: "panic",
  action: "admin",
  phase: "phase",
  note: "note",
};

/** The colour of an event on charts and in the list. */
export function markColor(kind: EventKind): string {
  const { accent, bad, good, soft, warn } = palette();
  switch (kind) {
    case "panic":
    case "lost":
      return bad;
    case "stall":
    case "lag":
    case "refused":
      return warn;
    case "start":
    case "connects":
      return good;
    case "phase":
    case "action":
      return accent;
    default:
      return soft;
  }
}

/** How many events are kept; the dashboard keeps as many. */
const keep = 512;

/** The events, and their list on the page, the newest first. */
export class Marks {
  #all: Mark[] = [];
  #changed = true;
  readonly #list: HTMLElement;
  readonly #count: HTMLElement;

  constructor(list: HTMLElement, count: HTMLElement) {
    this.#list = list;
    this.#count = count;
  }

  /** All, in the order in which they began. It isn't changed: the next one makes another. */
  get all(): readonly Mark[] {
    return this.#all;
  }

  /** Takes in an event, or what has become of it. */
  add(mark: Mark): void {
    const others = this.#all.filter(({ n }) => n !== mark.n);
    this.#all = [...others, mark].sort((a, b) => a.ms - b.ms || a.n - b.n).slice(-keep);
    this.#changed = true;
  }

  clear(): void {
    this.#all = [];
    this.#changed = true;
  }

  /** Writes the list again, if there is something new, or `anew` because colours changed. */
  show(anew = false): void {
    if (!this.#changed && !anew) return;
    this.#changed = false;
    setText(this.#count, countText(this.#all.length));
    this.#list.replaceChildren(...this.#all.map(item).reverse());
  }
}

function item({ ms, endMs, kind, text, count }: Mark): HTMLElement {
  const dot = element("i", { "aria-hidden": "true" });
  dot.style.background = markColor(kind);
  const more = [count > 1 ? `× ${countText(count)}` : "", endMs > ms ? `for ${durationText(endMs - ms)}` : ""].filter((part) => part !== "");
  return element(
    "li",
    {},
    element("time", { dateTime: new Date(ms).toISOString() }, clockText(ms)),
    dot,
    element("b", {}, kindTexts[kind] ?? kind),
    element("span", {}, text, " ", element("small", {}, more.join(" "))),
  );
}

import { element, setText } from "./element.js";
import type { HotKey, HotKeys } from "./messages.gen.js";
import type { Session } from "./session.js";
import { countText, figureText } from "./units.js";
import { whileSeen } from "./seen.js";

const limit = 12;

/** The keys that cost most: by the size of their message, and by how often it is sent. */
export class HotKeyTable {
  readonly #count: HTMLElement;
  readonly #byBytes: HTMLElement;
  readonly #byRate: HTMLElement;

  constructor(place: HTMLElement, count: HTMLElement, session: Session) {
    this.#count = count;
    this.#byBytes = body(place, "By size", "The largest messages in the log: what a client that joins pays for.");
    this.#byRate = body(place, "By rate", "The messages that are sent most often: what every client pays for.");
    whileSeen(place, (seen) => session.askKeys(seen ? limit : 0));
  }

  set({ keys, bytes, byBytes, byRate }: HotKeys): void {
    setText(this.#count, `${countText(keys)} in the log, ${figureText(bytes, "bytes")}`);
    fill(this.#byBytes, byBytes);
    fill(this.#byRate, byRate);
  }
}

function body(place: HTMLElement, title: string, note: string): HTMLElement {
  const rows = element("tbody", {}, element("tr", {}, element("td", { colSpan: 4, class: "none" }, "Waiting for figures…")));
  const column = (text: string, number = true) => element("th", { scope: "col", class: number ? "number" : "" }, text);
  place.append(
    element(
      "div",
      { class: "scroll", tabIndex: 0, role: "region", "aria-label": `Hot keys ${title.toLowerCase()}` },
      element("table", {}, element("caption", { title: note }, title), element("thead", {}, element("tr", {}, column("Key", false), column("Size"), column("Pushes"), column("Rate"))), rows),
    ),
  );
  return rows;
}

function fill(rows: HTMLElement, keys: readonly HotKey[]): void {
  if (keys.length === 0) return rows.replaceChildren(element("tr", {}, element("td", { colSpan: 4, class: "none" }, "Nothing is in the log.")));
  rows.replaceChildren(
    ...keys.map(({ key, bytes, pushes, rate }) => {
      const name = key === "" ? element("i", {}, "without a key") : key;
      const number = (text: string) => element("td", { class: "number" }, text);
      return element("tr", {}, element("td", { class: "key", title: key }, name), number(figureText(bytes, "bytes")), number(countText(pushes)), number(figureText(rate, "perSecond")));
    }),
  );
}

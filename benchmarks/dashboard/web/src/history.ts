import { element } from "./element.js";
import type { History } from "./messages.gen.js";

export class HistoryPage {
  readonly #place: HTMLElement;
  constructor(place: HTMLElement, ask: () => void) {
    this.#place = place;
    void ask;
  }
  set(_: History): void {
    this.#place.replaceChildren(element("p", {}, "history"));
  }
  connected(): void {}
  shown(): void {}
  recolor(): void {}
}

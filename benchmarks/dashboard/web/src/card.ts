import type { Drawing, LegendEntry, Table } from "./drawing.js";
import { element, icon, setText } from "./element.js";
import { csv, download, fileName, picture } from "./save.js";

/** What stands on a card beside the drawing. */
export interface CardText {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  /** What each figure means: its name, and a sentence. */
  readonly help: readonly (readonly [string, string])[];
}

const icons = {
  help: "M10 14.5v.01M7.6 7.6a2.5 2.5 0 1 1 3.4 2.3c-.7.3-1 .8-1 1.6v.5",
  picture: "M3.5 4.5h13v11h-13zM3.5 13l3.5-3.5 3 3 2.5-2.5 4 4M12.8 7.6v.01",
  table: "M3.5 4.5h13v11h-13zM3.5 8.2h13M3.5 11.8h13M9 4.5v11",
};

/** What is behind the drawing at a moment, and of when it is, for people. */
export interface Shown<V> {
  readonly view: V;
  readonly when: string;
}

/** A chart with its title, its legend, and buttons that save it. */
export class Card<V> {
  readonly element: HTMLElement;
  readonly drawing: Drawing<V>;
  readonly text: CardText;
  readonly #shown: () => Shown<V>;
  readonly #legend = element("dl", { class: "legend" });
  readonly #empty = element("p", { class: "empty", hidden: true });
  #entries: { label: HTMLElement; value: HTMLElement; swatch: HTMLElement }[] = [];

  constructor(text: CardText, drawing: Drawing<V>, shown: () => Shown<V>) {
    this.text = text;
    this.drawing = drawing;
    this.#shown = shown;
    const about = this.#about();
    const help = tool("What this means", icons.help, () => {
      about.hidden = !about.hidden;
      help.setAttribute("aria-expanded", String(!about.hidden));
    });
    help.setAttribute("aria-expanded", "false");
    help.setAttribute("aria-controls", about.id);
    const title = element("h3", { id: `${text.id}-title`, title: text.help.map(([name, note]) => `${name}: ${note}`).join("\n") }, text.title);
    if (text.unit !== "") title.append(" ", element("small", {}, text.unit));
    drawing.element.setAttribute("role", "img");
    drawing.element.setAttribute("aria-label", `Chart: ${text.title}. Its figures are in the legend, and in the CSV file.`);
    this.element = element(
      "section",
      { class: "card", id: `card-${text.id}`, "aria-labelledby": `${text.id}-title` },
      element(
        "header",
        {},
        title,
        help,
        tool(`Save “${text.title}” as a picture (PNG)`, icons.picture, () => void this.savePicture()),
        tool(`Save the figures of “${text.title}” (CSV)`, icons.table, () => this.saveTable()),
      ),
      element("div", { class: "drawn" }, drawing.element, this.#empty, about),
      this.#legend,
    );
  }

  /** Draws what the view shows. */
  draw(): void {
    const { view } = this.#shown();
    const reason = this.drawing.emptyText(view);
    this.#empty.hidden = reason === undefined;
    this.element.classList.toggle("without", reason !== undefined);
    if (reason !== undefined) setText(this.#empty, reason);
    this.drawing.draw(view);
    this.showLegend();
  }

  /** Writes the figures where the cursor is. */
  showLegend(): void {
    const entries = this.drawing.legend();
    if (entries.length !== this.#entries.length) this.#layLegend(entries.length);
    entries.forEach(({ label, value, color }, i) => {
      const at = this.#entries[i];
      if (at === undefined) return;
      setText(at.label, label);
      setText(at.value, value);
      if (at.swatch.dataset.color !== color) at.swatch.style.background = at.swatch.dataset.color = color;
    });
  }

  /** Hands the viewer the picture. */
  async savePicture(): Promise<void> {
    const { title, unit } = this.text;
    const detail = [unit, this.#shown().when, "Scenewire dashboard"].filter((part) => part !== "");
    const legend: readonly LegendEntry[] = this.drawing.legend();
    download(fileName(title, "png"), await picture(this.drawing.canvas, { title, detail: detail.join(" · "), legend }));
  }

  /** Hands the viewer the figures. */
  saveTable(): void {
    const table: Table = this.drawing.table(this.#shown().view);
    download(fileName(this.text.title, "csv"), csv(table));
  }

  #about(): HTMLElement {
    const list = element("dl", {});
    for (const [name, note] of this.text.help) list.append(element("dt", {}, name), element("dd", {}, note));
    return element("div", { class: "about", id: `${this.text.id}-about`, hidden: true, tabIndex: 0 }, list);
  }

  #layLegend(count: number): void {
    this.#entries = Array.from({ length: count }, () => ({
      swatch: element("i", { "aria-hidden": "true" }),
      label: element("span"),
      value: element("dd"),
    }));
    this.#legend.replaceChildren(
      ...this.#entries.map(({ swatch, label, value }) => element("div", {}, element("dt", {}, swatch, label), value)),
    );
  }
}

function tool(label: string, path: string, act: () => void): HTMLButtonElement {
  const button = element("button", { type: "button", class: "tool", title: label, "aria-label": label }, icon(path));
  button.addEventListener("click", act);
  return button;
}

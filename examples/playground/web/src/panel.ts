import type { ConnectionState, StateChange } from "scenewire";
import type { Viewer } from "./messages.gen.js";
import type { Rates } from "./meter.js";
import { byId } from "./page.js";
import { cssColor } from "./pointers.js";
import { drawsInSoftware } from "./quality.js";

/** What the viewer asks for through the panel. */
export interface PanelEvents {
  readonly add: () => void;
  readonly remove: () => void;
  readonly toggleTheme: () => void;
  readonly rename: (name: string) => void;
}

const stateTexts: Readonly<Record<ConnectionState, string>> = {
  connecting: "Connecting…",
  open: "Live",
  waiting: "Offline",
  closed: "Closed",
};

/** The page's controls and figures, as index.html lays them out. */
export class Panel {
  readonly #state = byId("state");
  readonly #notice = byId("notice");
  readonly #viewers = byId("viewers");
  readonly #viewerCount = byId("viewer-count");
  readonly #bodyCount = byId("body-count");
  readonly #add = byId("add") as HTMLButtonElement;
  readonly #remove = byId("remove") as HTMLButtonElement;
  readonly #name = byId("name") as HTMLInputElement;
  readonly #figures = {
    fps: byId("fps"),
    windows: byId("windows"),
    bytes: byId("bytes"),
    latency: byId("latency"),
  };

  constructor(name: string, events: PanelEvents) {
    this.#name.value = name;
    this.#name.addEventListener("change", () => events.rename(this.#name.value.trim()));
    this.#name.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.#name.blur();
    });
    this.#add.addEventListener("click", events.add);
    this.#remove.addEventListener("click", events.remove);
    byId("theme").addEventListener("click", events.toggleTheme);
    if (drawsInSoftware) byId("fps-label").textContent = "frames/s, no GPU";
    byId("fold").addEventListener("click", () => this.#fold());
  }

  /** Shows where the connection stands; `isFirst` while there was none before. */
  setState({ state, reason }: StateChange, isFirst: boolean): void {
    this.#state.textContent = state === "connecting" && !isFirst ? stateTexts.waiting : stateTexts[state];
    document.documentElement.dataset.connection = state;
    this.#notice.textContent = state === "closed" ? reason : isFirst ? "Is the server running?" : "Reconnecting…";
    this.#notice.hidden = state === "open" || (state === "connecting" && isFirst);
  }

  /** Shows a message until the state changes. */
  setNotice(text: string): void {
    this.#notice.textContent = text;
    this.#notice.hidden = false;
  }

  /** Lists the viewers; `self` is this page's. */
  setViewers(viewers: readonly Viewer[], self: number | undefined): void {
    this.#viewerCount.textContent = String(viewers.length);
    this.#viewers.replaceChildren(...viewers.filter(({ id }) => id !== self).map(viewerItem));
    const me = viewers.find(({ id }) => id === self);
    if (me !== undefined) byId("me").style.setProperty("--color", cssColor(me.color));
    if (me !== undefined && document.activeElement !== this.#name) this.#name.value = me.name;
  }

  /** Shows how many bodies there are, of at most `max`, and whether one can be removed. */
  setBodies(count: number, max: number, canRemove: boolean): void {
    this.#bodyCount.textContent = String(count);
    this.#add.disabled = count >= max;
    this.#remove.disabled = !canRemove;
  }

  /** Shows the figures. */
  setRates({ fps, windows, bytes, latencyMs }: Rates): void {
    this.#figures.fps.textContent = fps > 0 ? fps.toFixed(0) : "–";
    this.#figures.windows.textContent = windows.toFixed(0);
    this.#figures.bytes.textContent = (bytes / 1024).toFixed(bytes < 10240 ? 1 : 0);
    this.#figures.latency.textContent = latencyMs?.toFixed(latencyMs < 10 ? 1 : 0) ?? "–";
  }

  #fold(): void {
    const folded = byId("panel").classList.toggle("folded");
    byId("fold").setAttribute("aria-expanded", String(!folded));
  }
}

function viewerItem({ name, color }: Viewer): HTMLElement {
  const item = document.createElement("li");
  item.style.setProperty("--color", cssColor(color));
  item.textContent = name;
  return item;
}

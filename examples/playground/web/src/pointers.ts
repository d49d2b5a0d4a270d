import type { Color, SetPointer, Vector, Viewer } from "./messages.gen.js";
import { project, type Stage } from "./stage.js";

/** How fast a pointer follows: the time constant, in seconds. */
const followSec = 0.045;

/** One viewer's pointer. */
interface Pointer {
  readonly element: HTMLElement;
  readonly target: Vector;
  readonly shown: Vector;
  visible: boolean;
}

/** The other viewers' pointers: arrows with a name, at their places in the scene. */
export class Pointers {
  readonly #stage: Stage;
  readonly #layer: HTMLElement;
  readonly #pointers = new Map<number, Pointer>();
  #viewers = new Map<number, Viewer>();

  constructor(stage: Stage, layer: HTMLElement) {
    this.#stage = stage;
    this.#layer = layer;
  }

  /** Whether they are shown at all. */
  set visible(visible: boolean) {
    this.#layer.hidden = !visible;
  }

  /** Takes in who is there; the pointers of others are removed. */
  setViewers(viewers: readonly Viewer[]): void {
    this.#viewers = new Map(viewers.map((viewer) => [viewer.id, viewer]));
    for (const [id, { element }] of this.#pointers) {
      if (this.#viewers.has(id)) label(element, this.#viewers.get(id));
      else this.#remove(id);
    }
  }

  /** Takes in where a viewer points. It is shown once the viewer is known, too. */
  set({ viewer: id, position, visible }: SetPointer): void {
    const pointer = this.#pointers.get(id) ?? this.#add(id, position);
    if (visible && !pointer.visible) pointer.shown.splice(0, 3, ...position);
    if (visible) pointer.target.splice(0, 3, ...position);
    pointer.visible = visible;
  }

  /** Removes all. */
  clear(): void {
    for (const id of [...this.#pointers.keys()]) this.#remove(id);
  }

  /** The visible pointers: who points where. */
  snapshot(): { viewer: number; position: Vector }[] {
    return [...this.#pointers]
      .filter(([id, { visible }]) => visible && this.#viewers.has(id))
      .map(([viewer, { target }]) => ({ viewer, position: [...target] }));
  }

  /** Moves the arrows; `elapsedSec` since the last frame. */
  update(elapsedSec: number): void {
    const part = 1 - Math.exp(-elapsedSec / followSec);
    for (const [id, { element, target, shown, visible }] of this.#pointers) {
      for (let i = 0; i < 3; i++) shown[i] = (shown[i] as number) + ((target[i] as number) - (shown[i] as number)) * part;
      const at = visible && this.#viewers.has(id) ? project(this.#stage, shown) : undefined;
      element.classList.toggle("away", at === undefined);
      if (at !== undefined) element.style.transform = `translate3d(${at.x.toFixed(1)}px, ${at.y.toFixed(1)}px, 0)`;
    }
  }

  #add(id: number, position: Vector): Pointer {
    const element = document.createElement("div");
    element.className = "pointer";
    element.innerHTML = '<svg viewBox="0 0 16 18" width="18" height="20"><path d="M1.2 1.2 14 8.1 8.2 9.9 5.2 15.6Z"/></svg><span></span>';
    label(element, this.#viewers.get(id));
    this.#layer.append(element);
    const pointer: Pointer = { element, target: [...position], shown: [...position], visible: true };
    this.#pointers.set(id, pointer);
    return pointer;
  }

  #remove(id: number): void {
    this.#pointers.get(id)?.element.remove();
    this.#pointers.delete(id);
  }
}

function label(element: HTMLElement, viewer: Viewer | undefined): void {
  element.style.setProperty("--color", cssColor(viewer?.color ?? [128, 128, 128]));
  (element.lastElementChild as HTMLElement).textContent = viewer?.name ?? "";
}

/** Writes a colour as CSS does. */
export function cssColor([r, g, b]: Readonly<Color>): string {
  return `rgb(${r} ${g} ${b})`;
}

/** What the viewer asks for through a timeline. */
export interface TimelineEvents {
  /** Go to a time, in seconds; `dragging` while the viewer hasn't let go yet. */
  readonly seek: (sec: number, dragging: boolean) => void;
  /** Play or pause. */
  readonly toggle: () => void;
  readonly speed: (speed: number) => void;
  readonly loop: (on: boolean) => void;
}

/** What a timeline shows. Times are in seconds. */
export interface TimelineView {
  readonly beginSec: number;
  readonly endSec: number;
  readonly positionSec: number;
  readonly playing: boolean;
  /** It can't go on yet. */
  readonly waiting: boolean;
  /** The part that is played again and again. */
  readonly loop: { readonly fromSec: number; readonly toSec: number } | undefined;
  /** Where the present is, and how long it all is, for people. */
  readonly nowText: string;
  readonly endText: string;
}

const speeds = [0.1, 0.25, 0.5, 1, 2, 4, 8];
const stepSec = 1;
const pageSec = 10;

const icons = {
  play: '<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M6.5 4.2v11.6L15.8 10z" fill="currentColor"/></svg>',
  pause: '<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M7 4.5v11M13 4.5v11" stroke-width="2.6"/></svg>',
  loop: '<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M4 10V8.5A3.5 3.5 0 0 1 7.5 5H15M13 2.5 15.5 5 13 7.5M16 10v1.5a3.5 3.5 0 0 1-3.5 3.5H5M7 17.5 4.5 15 7 12.5"/></svg>',
};

/** A bar to play, pause, scrub, loop and change the speed with: mouse, finger or keyboard. */
export class Timeline {
  /** Where things go that lie behind the slider, as a picture of what there is. */
  readonly track = element("div", "track");
  readonly #play = button("icon play", "Play", icons.play);
  readonly #now = element("output", "time now");
  readonly #end = element("span", "time end");
  readonly #slider = document.createElement("input");
  readonly #speed = document.createElement("select");
  readonly #loop = button("icon loop", "Loop", icons.loop);
  readonly #events: TimelineEvents;
  #view: TimelineView | undefined;
  #dragging = false;

  /** Fills `parent`. */
  constructor(parent: HTMLElement, events: TimelineEvents) {
    this.#events = events;
    this.#slider.type = "range";
    this.#slider.step = "any";
    this.#slider.setAttribute("aria-label", "Position");
    this.#speed.className = "speed";
    this.#speed.setAttribute("aria-label", "Speed");
    this.#speed.title = "Speed";
    this.#speed.append(...speeds.map((speed) => new Option(`${speed}×`, String(speed), speed === 1, speed === 1)));
    this.#loop.setAttribute("aria-pressed", "false");
    this.track.append(this.#slider);
    parent.classList.add("timeline");
    parent.append(this.#play, this.#now, this.track, this.#end, this.#speed, this.#loop);
    this.#listen();
  }

  /** The speed that is chosen. */
  get speed(): number {
    return Number(this.#speed.value);
  }

  /** Goes some places up or down in the list of speeds. */
  changeSpeed(by: 1 | -1): void {
    const index = Math.min(speeds.length - 1, Math.max(0, this.#speed.selectedIndex + by));
    this.#speed.selectedIndex = index;
    this.#events.speed(this.speed);
  }

  /** Shows where it stands. */
  show(view: TimelineView): void {
    const before = this.#view;
    this.#view = view;
    const { beginSec, endSec, positionSec, nowText, endText } = view;
    if (before?.beginSec !== beginSec) this.#slider.min = String(beginSec);
    if (before?.endSec !== endSec) this.#slider.max = String(endSec);
    if (!this.#dragging) this.#slider.value = String(positionSec);
    this.track.style.setProperty("--now", this.#part(positionSec));
    if (before?.nowText !== nowText) {
      this.#now.textContent = nowText;
      this.#slider.setAttribute("aria-valuetext", nowText);
    }
    if (before?.endText !== endText) this.#end.textContent = endText;
    if (before?.playing !== view.playing) this.#showPlaying(view.playing);
    this.track.classList.toggle("waiting", view.waiting);
    this.#showLoop(view);
  }

  #showPlaying(playing: boolean): void {
    this.#play.innerHTML = playing ? icons.pause : icons.play;
    this.#play.setAttribute("aria-label", playing ? "Pause" : "Play");
    this.#play.title = playing ? "Pause" : "Play";
  }

  #showLoop({ loop }: TimelineView): void {
    const pressed = String(loop !== undefined);
    if (this.#loop.getAttribute("aria-pressed") !== pressed) this.#loop.setAttribute("aria-pressed", pressed);
    this.track.classList.toggle("looping", loop !== undefined);
    if (loop === undefined) return;
    this.track.style.setProperty("--loop-from", this.#part(loop.fromSec));
    this.track.style.setProperty("--loop-to", this.#part(loop.toSec));
  }

  /** Where a time is on the track, as CSS has it. */
  #part(sec: number): string {
    const { beginSec, endSec } = this.#view as TimelineView;
    const part = endSec > beginSec ? (sec - beginSec) / (endSec - beginSec) : 0;
    return `${(100 * Math.min(1, Math.max(0, part))).toFixed(2)}%`;
  }

  #listen(): void {
    this.#play.addEventListener("click", this.#events.toggle);
    this.#speed.addEventListener("change", () => this.#events.speed(this.speed));
    this.#loop.addEventListener("click", () => {
      this.#events.loop(this.#loop.getAttribute("aria-pressed") !== "true");
    });
    this.#slider.addEventListener("input", () => {
      this.#dragging = true;
      this.#events.seek(Number(this.#slider.value), true);
    });
    this.#slider.addEventListener("change", () => {
      this.#dragging = false;
      this.#events.seek(Number(this.#slider.value), false);
    });
    this.#slider.addEventListener("keydown", (event) => this.#key(event));
  }

  /** The slider's keys: they go by seconds, however long it all is. */
  #key(event: KeyboardEvent): void {
    if (this.#view === undefined) return;
    const { beginSec, endSec, positionSec } = this.#view;
    const to: Readonly<Record<string, number>> = {
      ArrowLeft: positionSec - stepSec,
      ArrowDown: positionSec - stepSec,
      ArrowRight: positionSec + stepSec,
      ArrowUp: positionSec + stepSec,
      PageDown: positionSec - pageSec,
      PageUp: positionSec + pageSec,
      Home: beginSec,
      End: endSec,
    };
    const toSec = to[event.key];
    if (event.key === " ") this.#events.toggle();
    else if (toSec === undefined) return;
    else {
      // The next key may come before the next frame.
      this.#view = { ...this.#view, positionSec: Math.min(endSec, Math.max(beginSec, toSec)) };
      this.#events.seek(this.#view.positionSec, false);
    }
    event.preventDefault();
  }
}

/** Writes seconds as minutes and seconds, or with hours. */
export function clockText(sec: number, digits = 1): string {
  const unit = 10 ** digits;
  const units = Math.floor(Math.abs(sec) * unit + 1e-6);
  const [hours, minutes] = [Math.floor(units / unit / 3600), Math.floor(units / unit / 60) % 60];
  const seconds = ((units / unit) % 60).toFixed(digits).padStart(digits > 0 ? 3 + digits : 2, "0");
  const sign = sec < 0 && units > 0 ? "−" : "";
  return hours > 0 ? `${sign}${hours}:${String(minutes).padStart(2, "0")}:${seconds}` : `${sign}${minutes}:${seconds}`;
}

function element(tag: string, className: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  return made;
}

/** Makes a button that is only a picture. */
export function button(className: string, label: string, icon: string): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = className;
  made.title = label;
  made.setAttribute("aria-label", label);
  made.innerHTML = icon;
  return made;
}

import { byId } from "./page.js";
import { recordingURL } from "./rewind.js";
import { button, clockText } from "./timeline.js";

/** What takes need. */
export interface TakesEvents {
  /** Returns the present, in seconds of the recording. */
  readonly presentSec: () => number;
  /** Returns when the recording began, in milliseconds since 1970. */
  readonly startMs: () => number;
  /** Plays a part of the recording again and again. */
  readonly replay: (fromSec: number, toSec: number) => void;
}

const replayIcon = '<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M6.5 4.2v11.6L15.8 10z" fill="currentColor"/></svg>';
const closeIcon = '<svg viewBox="0 0 20 20" aria-hidden="true"><path d="m5.5 5.5 9 9m0-9-9 9"/></svg>';

/**
 * The record button, and what was recorded with it. The server records all the time, so
 * a take is two times: where it begins and where it ends.
 */
export class Takes {
  readonly #button = byId("record");
  readonly #list = byId("takes");
  readonly #events: TakesEvents;
  #sinceSec: number | undefined;
  #count = 0;

  constructor(events: TakesEvents) {
    this.#events = events;
    this.#button.addEventListener("click", () => this.#toggle());
  }

  /** Shows how long it has been recording. */
  update(): void {
    const text = this.#sinceSec === undefined ? "Record" : clockText(this.#events.presentSec() - this.#sinceSec, 0);
    if (this.#button.textContent !== text) this.#button.textContent = text;
  }

  #toggle(): void {
    const nowSec = this.#events.presentSec();
    if (this.#sinceSec === undefined) this.#sinceSec = nowSec;
    else {
      this.#add(this.#sinceSec, Math.max(nowSec, this.#sinceSec + 0.1));
      this.#sinceSec = undefined;
    }
    const recording = this.#sinceSec !== undefined;
    this.#button.setAttribute("aria-pressed", String(recording));
    this.#button.setAttribute("aria-label", recording ? "Stop recording" : "Record");
  }

  #add(fromSec: number, toSec: number): void {
    const take = document.createElement("div");
    take.className = "take glass";
    const name = document.createElement("span");
    name.textContent = `Take ${++this.#count} · ${clockText(toSec - fromSec)}`;
    const replay = button("icon", `Play take ${this.#count}`, replayIcon);
    replay.addEventListener("click", () => this.#events.replay(fromSec, toSec));
    const close = button("icon", `Forget take ${this.#count}`, closeIcon);
    close.addEventListener("click", () => take.remove());
    const files = ["viser", "mcap"].map((kind) => this.#download(kind, fromSec, toSec));
    take.append(name, replay, ...files, close);
    this.#list.append(take);
    files[0]?.focus();
  }
  #download(kind: string, fromSec: number, toSec: number): HTMLAnchorElement {
    const time = (sec: number) => new Date(this.#events.startMs() + sec * 1000).toISOString();
    const link = document.createElement("a");
    link.href = `${recordingURL}take.${kind}?from=${time(fromSec)}&to=${time(toSec)}`;
    link.download = `playground-${this.#count}.${kind}`;
    link.textContent = `.${kind}`;
    link.setAttribute("aria-label", `Download take ${this.#count} as .${kind}`);
    return link;
  }
}

import type { ConnectionState, StateChange } from "scenewire";
import { byId } from "playground/page.js";
import { setText } from "./element.js";
import type { Welcome } from "./messages.gen.js";

const texts: Readonly<Record<ConnectionState, string>> = {
  connecting: "Connecting…",
  open: "Live",
  waiting: "Reconnecting…",
  closed: "Closed",
};

/** Samples that are so many times as late as they should be are missed. */
const patience = 12;

/** The line that says whether what is shown is true: connected, and getting samples. */
export class StateLine {
  #state: ConnectionState = "connecting";
  #hasBeenOpen = false;
  #refusal = "";
  #welcome: Welcome | undefined;
  #sampledMs = performance.now();
  #any = false;

  setState({ state, reason }: StateChange): void {
    this.#state = state;
    this.#hasBeenOpen ||= state === "open";
    this.#sampledMs = performance.now();
    if (state === "closed" && this.#refusal === "") this.#refusal = reason;
  }

  setWelcome(welcome: Welcome): void {
    this.#welcome = welcome;
    const name = welcome.name || "Scenewire";
    setText(byId("name"), name);
    document.title = `${name} · dashboard`;
    setText(byId("system"), welcome.system);
  }

  /** Says why the server lets nobody in. */
  refuse(reason: string): void {
    this.#refusal = reason;
  }

  /** Notes that a sample has come. */
  sampled(): void {
    this.#sampledMs = performance.now();
    this.#any = true;
  }

  /** Notes that everything begins again. */
  forget(): void {
    this.#any = false;
  }

  /** Writes the line. */
  show(): void {
    const late = performance.now() - this.#sampledMs > patience * (this.#welcome?.sampleMs ?? 250);
    const stale = this.#state === "open" && late;
    const again = this.#hasBeenOpen && this.#state === "connecting";
    setText(byId("state"), stale ? "No data" : again ? texts.waiting : texts[this.#state]);
    document.documentElement.dataset.connection = stale ? "stale" : this.#state;
    const text = this.#notice(stale);
    byId("notice").hidden = text === "";
    setText(byId("notice"), text);
  }

  #notice(stale: boolean): string {
    if (this.#state === "closed") return `The server closed the connection: ${this.#refusal || "no reason given"}. Reload to try again.`;
    if (this.#state !== "open" && this.#hasBeenOpen) return "The connection is lost. What is shown is the last that was known; it is being dialled again.";
    if (this.#state === "waiting") return "There is no answer. Is the server running? It is being dialled again.";
    if (!stale) return "";
    if (this.#welcome?.live === false) return "No server is watched here: there is the history, and what a load generator measures while it runs.";
    return this.#any ? "Connected, but no figures come: the server may be out of breath." : "Connected, but no figures have come yet.";
  }
}

import { element, setText } from "./element.js";
import type { Count, Totals } from "./messages.gen.js";
import { countText, durationText, figureText } from "./units.js";

type Row = readonly [label: string, note: string, text: (totals: Totals) => string];

const rows: readonly Row[] = [
  ["Clients", "that ever connected", (t) => countText(t.clientsTotal)],
  ["Deliveries", "messages times the clients that got them", (t) => countText(t.deliveries)],
  ["Windows", "WebSocket messages that were sent", (t) => countText(t.windows)],
  ["Sent", "bytes on the wire", (t) => figureText(t.bytesSent, "bytes")],
  ["Before compression", "bytes of the windows that were sent", (t) => figureText(t.payloadBytes, "bytes")],
  ["CPU time", "of the process", (t) => durationText(t.cpuSeconds * 1000)],
  ["Viewers", "of this dashboard", (t) => countText(t.viewers)],
  ["Came back", "by what they got", (t) => parts(t.resumes)],
  ["Refused", "handshakes, by what stood against them", (t) => parts(t.refused)],
  ["Closed", "connections, by close code", (t) => parts(t.closed)],
  ["Bad messages", "from clients", (t) => parts(t.badMessages)],
  ["Panics", "of callbacks", (t) => countText(t.panics)],
];

/** What has been counted since the server began. */
export class TotalsList {
  readonly #values: HTMLElement[];

  constructor(place: HTMLElement) {
    this.#values = rows.map(([label, note]) => {
      const value = element("dd", {}, "–");
      place.append(element("div", { title: `${label}: ${note}` }, element("dt", {}, label, " ", element("small", {}, note)), value));
      return value;
    });
  }

  set(totals: Totals): void {
    rows.forEach(([, , text], i) => {
      const value = this.#values[i];
      if (value !== undefined) setText(value, text(totals));
    });
  }
}

function parts(counts: { [key: string]: Count }): string {
  const some = Object.entries(counts).filter(([, count]) => count > 0);
  if (some.length === 0) return "none";
  return some.map(([name, count]) => `${name} ${countText(count)}`).join(" · ");
}

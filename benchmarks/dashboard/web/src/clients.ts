import { confirm } from "./admin.js";
import { element, icon, setText } from "./element.js";
import type { Action, AskClients, ClientColumn, ClientRow, Rows, Welcome } from "./messages.gen.js";
import { whileSeen } from "./seen.js";
import type { Rights, Session } from "./session.js";
import { countText, durationText, figureText } from "./units.js";

type Ask = Omit<AskClients, "type">;

interface Column {
  readonly id: ClientColumn;
  readonly title: string;
  readonly note: string;
  readonly text: (row: ClientRow) => string;
  readonly number?: boolean;
}

const columns: readonly Column[] = [
  { id: "id", title: "Client", note: "The number that the server knows it by", text: ({ id }) => String(id) },
  { id: "state", title: "State", note: "Live, catching up, paused, or away and may come back", text: ({ state }) => state },
  { id: "address", title: "Address", note: "Where it is connected from", text: ({ address }) => address },
  { id: "subprotocol", title: "Protocol", note: "The subprotocol that it speaks", text: ({ subprotocol }) => subprotocol },
  { id: "connectedMs", title: "Connected", note: "For how long", text: ({ connectedMs }) => durationText(connectedMs), number: true },
  { id: "rttMs", title: "RTT", note: "Round trip of the server’s last ping", text: ({ rttMs }) => figureText(rttMs, "ms"), number: true },
  { id: "rate", title: "Windows", note: "Windows per second, of late", text: ({ rate }) => figureText(rate, "perSecond"), number: true },
  { id: "lag", title: "Lag", note: "Sequences behind the newest broadcast", text: ({ lag }) => countText(lag), number: true },
  { id: "pendingKeys", title: "Pending", note: "Messages that it still has to get", text: ({ pendingKeys }) => countText(pendingKeys), number: true },
  { id: "pendingBytes", title: "Pending bytes", note: "Of these, before compression, and what its socket hasn’t taken", text: ({ pendingBytes }) => figureText(pendingBytes, "bytes"), number: true },
  { id: "oldestMs", title: "Oldest", note: "How long the oldest of these has been waiting", text: ({ oldestMs }) => (oldestMs === 0 ? "–" : figureText(oldestMs, "ms")), number: true },
  { id: "skipped", title: "Skipped", note: "Broadcasts that were superseded before it got them", text: ({ skipped }) => countText(skipped), number: true },
  { id: "deliveries", title: "Deliveries", note: "Messages that it got", text: ({ deliveries }) => countText(deliveries), number: true },
  { id: "bytesSent", title: "Sent", note: "Bytes on the wire, to it", text: ({ bytesSent }) => figureText(bytesSent, "bytes"), number: true },
];

const icons = {
  pause: "M7 5v10M13 5v10",
  unpause: "M7 4.5v11l8.5-5.5z",
  flush: "M10 3.5v9M6 9l4 4 4-4M4.5 16.5h11",
  close: "M5.5 5.5l9 9M14.5 5.5l-9 9",
};

/** One row of the table on the page; it is filled anew rather than made anew. */
interface Line {
  readonly row: HTMLTableRowElement;
  readonly cells: readonly HTMLElement[];
  readonly pause: HTMLButtonElement;
  readonly buttons: readonly HTMLButtonElement[];
  client: ClientRow | undefined;
}

/** The table of clients. The server sorts, searches and pages it: there may be thousands. */
export class ClientTable {
  readonly #session: Session;
  readonly #count: HTMLElement;
  readonly #heads = new Map<ClientColumn, HTMLTableCellElement>();
  readonly #body = element("tbody");
  readonly #search = element("input", { type: "search", id: "client-search", placeholder: "Search: id, address, state…", autocomplete: "off", spellcheck: false });
  readonly #size = element("select", { id: "client-size", title: "Rows on a page" });
  readonly #place = element("output", { class: "place" });
  readonly #reason = element("p", { class: "reason" });
  readonly #said = element("p", { class: "said", role: "status" });
  readonly #back = pageButton("Previous page", "M12 5l-5 5 5 5", () => this.#turn(-1));
  readonly #next = pageButton("Next page", "M8 5l5 5-5 5", () => this.#turn(1));
  readonly #none = element("p", { class: "none" }, "Waiting for figures…");
  #lines: Line[] = [];
  #ask: Ask = { sort: "id", descending: false, search: "", offset: 0, limit: 25 };
  #seen = false;
  #matching = 0;
  #rights: Rights = { canLogin: false, admin: false, fault: "" };

  constructor(place: HTMLElement, count: HTMLElement, session: Session) {
    this.#count = count;
    this.#session = session;
    place.append(this.#tools(), this.#reason, this.#table(), this.#none, this.#said);
    this.setRights(session.rights);
    whileSeen(place, (seen) => {
      this.#seen = seen;
      this.#send();
    });
  }

  setWelcome({ maxRows }: Welcome): void {
    const sizes = [25, 50, 100, 200].filter((size) => size <= maxRows);
    if (sizes.length === 0) sizes.push(maxRows);
    this.#size.replaceChildren(...sizes.map((size) => element("option", { value: String(size) }, `${size} rows`)));
    this.#ask.limit = sizes.includes(this.#ask.limit) ? this.#ask.limit : (sizes[0] ?? 25);
    this.#size.value = String(this.#ask.limit);
  }

  setRights(rights: Rights): void {
    this.#rights = rights;
    this.#reason.hidden = rights.admin;
    setText(this.#reason, reasonOf(rights));
    for (const line of this.#lines) this.#enable(line);
  }

  /** Shows the rows that were asked for; answers to older questions are passed over. */
  setRows({ ask, total, matching, rows }: Rows): void {
    const { sort, descending, search } = this.#ask;
    if (ask.sort !== sort || ask.descending !== descending || ask.search !== search) return;
    this.#matching = matching;
    this.#ask.offset = ask.offset;
    setText(this.#count, matching === total ? countText(total) : `${countText(matching)} of ${countText(total)}`);
    setText(this.#place, matching === 0 ? "none" : `${countText(ask.offset + 1)} – ${countText(ask.offset + rows.length)} of ${countText(matching)}`);
    this.#back.disabled = ask.offset === 0;
    this.#next.disabled = ask.offset + rows.length >= matching;
    this.#none.hidden = rows.length > 0;
    setText(this.#none, total === 0 ? "No clients are connected." : "No client is like that.");
    while (this.#lines.length < rows.length) this.#addLine();
    for (const { row } of this.#lines.splice(rows.length)) row.remove();
    rows.forEach((client, i) => this.#fill(this.#lines[i], client));
  }

  #tools(): HTMLElement {
    let waiting = 0;
    this.#search.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = window.setTimeout(() => this.#change({ search: this.#search.value.trim(), offset: 0 }), 150);
    });
    this.#size.addEventListener("change", () => this.#change({ limit: Number(this.#size.value), offset: 0 }));
    return element(
      "div",
      { class: "tools" },
      element("label", { for: "client-search", class: "hidden" }, "Search clients"),
      this.#search,
      element("label", { for: "client-size", class: "hidden" }, "Rows on a page"),
      this.#size,
      element("div", { class: "pages", role: "group", "aria-label": "Pages" }, this.#back, this.#place, this.#next),
    );
  }

  #table(): HTMLElement {
    const heads = columns.map((column) => {
      const button = element("button", { type: "button", title: `${column.note}. Click to sort.` }, column.title);
      button.addEventListener("click", () => this.#sort(column));
      const head = element("th", { scope: "col", class: column.number === true ? "number" : "" }, button);
      this.#heads.set(column.id, head);
      return head;
    });
    this.#showSort();
    const head = element("tr", {}, ...heads, element("th", { scope: "col", class: "acts" }, element("span", { class: "hidden" }, "Actions")));
    return element("div", { class: "scroll", tabIndex: 0, role: "region", "aria-label": "Table of clients" }, element("table", {}, element("thead", {}, head), this.#body));
  }

  /** Sorts by a column: figures the largest first, the same column again the other way. */
  #sort({ id, number }: Column): void {
    const { sort, descending } = this.#ask;
    this.#change({ sort: id, descending: sort === id ? !descending : number === true, offset: 0 });
    this.#showSort();
  }

  #showSort(): void {
    for (const [id, head] of this.#heads) {
      if (id === this.#ask.sort) head.setAttribute("aria-sort", this.#ask.descending ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  }

  #turn(pages: number): void {
    const { offset, limit } = this.#ask;
    const last = Math.max(0, Math.ceil(this.#matching / limit) - 1) * limit;
    this.#change({ offset: Math.min(last, Math.max(0, offset + pages * limit)) });
  }

  #change(ask: Partial<Ask>): void {
    this.#ask = { ...this.#ask, ...ask };
    this.#send();
  }

  #send(): void {
    this.#session.askClients({ ...this.#ask, limit: this.#seen ? this.#ask.limit : 0 });
  }

  #addLine(): void {
    const cells = columns.map(({ number }) => element("td", { class: number === true ? "number" : "" }));
    const act = (action: Action, path: string) => {
      const button = element("button", { type: "button", class: "tool", "data-action": action }, icon(path));
      button.addEventListener("click", () => void this.#act(button.dataset.action as Action, line.client));
      return button;
    };
    const [pause, flush, close] = [act("pause", icons.pause), act("flush", icons.flush), act("close", icons.close)];
    const row = element("tr", {}, ...cells, element("td", { class: "acts" }, pause, flush, close));
    const line: Line = { row, cells, pause, buttons: [pause, flush, close], client: undefined };
    this.#lines.push(line);
    this.#body.append(row);
  }

  #fill(line: Line | undefined, client: ClientRow): void {
    if (line === undefined) return;
    columns.forEach(({ text }, i) => setText(line.cells[i] as Node, text(client)));
    line.row.dataset.state = client.state;
    line.row.dataset.client = String(client.id);
    const action: Action = client.state === "paused" ? "unpause" : "pause";
    if (line.pause.dataset.action !== action) {
      line.pause.dataset.action = action;
      line.pause.replaceChildren(icon(icons[action]));
    }
    const renamed = line.client?.id !== client.id || line.client.state !== client.state;
    line.client = client;
    if (renamed) this.#enable(line);
  }

  #enable({ buttons, client }: Line): void {
    const { admin } = this.#rights;
    for (const button of buttons) {
      const what = `${actionTexts[button.dataset.action as Action]} client ${client?.id ?? ""}`;
      button.disabled = !admin;
      button.title = admin ? what : `${what}: ${reasonOf(this.#rights)}`;
      button.setAttribute("aria-label", what);
    }
  }

  async #act(action: Action, client: ClientRow | undefined): Promise<void> {
    if (client === undefined) return;
    let reason: string | undefined = "";
    if (action === "close") {
      reason = await confirm(`Close client ${client.id}?`, `It is connected from ${client.address || "an unknown address"}, and gets a close frame with this reason. It may come back.`, "Close the connection", "Reason (may be empty)");
    }
    if (reason === undefined) return;
    const done = await this.#session.act(action, [client.id], reason);
    const what = `${actionTexts[action]} client ${client.id}`;
    this.#said.classList.toggle("fault", done.fault !== "" || done.done === 0);
    setText(this.#said, done.fault !== "" ? `${what}: ${done.fault}` : done.done === 0 ? `${what}: it isn’t there any more.` : `${what}: done.`);
  }
}

const actionTexts: Readonly<Record<Action, string>> = {
  pause: "Pause",
  unpause: "Go on with",
  flush: "Flush",
  close: "Close",
};

function reasonOf({ canLogin, admin, fault }: Rights): string {
  if (admin) return "";
  if (fault !== "") return `Read-only, as the login failed. ${fault}`;
  return canLogin ? "Read-only: log in with the admin token to pause, flush or close clients." : "Read-only: this dashboard has no admin token.";
}

function pageButton(label: string, path: string, act: () => void): HTMLButtonElement {
  const button = element("button", { type: "button", class: "tool", title: label, "aria-label": label, disabled: true }, icon(path));
  button.addEventListener("click", act);
  return button;
}

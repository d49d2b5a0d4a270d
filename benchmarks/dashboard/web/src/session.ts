import { type Client, connect, type StateChange } from "scenewire";
import type { Access, Act, Action, AskClients, Done, FromServer, ToServer, Welcome } from "./messages.gen.js";

const tokenKey = "scenewire.dashboard.token";

/** What a page may do to clients. */
export interface Rights {
  /** The dashboard has an admin token, so that logging in may help. */
  readonly canLogin: boolean;
  readonly admin: boolean;
  /** Why not, after a login that failed. */
  readonly fault: string;
}

/**
 * The connection to the dashboard, with what this page has asked for and who it is: both
 * are the connection's own, so they are said again on every one.
 */
export class Session {
  readonly client: Client<FromServer, ToServer>;
  readonly #rightsChanged: (rights: Rights) => void;
  #rights: Rights = { canLogin: false, admin: false, fault: "" };
  #asks = new Map<string, ToServer>();
  #n = 0;
  readonly #waiting = new Map<number, (done: Done) => void>();

  constructor(rightsChanged: (rights: Rights) => void) {
    this.#rightsChanged = rightsChanged;
    this.client = connect<FromServer, ToServer>(new URL("ws", document.baseURI), {
      keys: { Totals: "totals", Joins: "joins" },
    });
    this.client.onState((change) => this.#stateChanged(change));
    this.client.on("Welcome", (welcome) => this.#welcomed(welcome));
    this.client.on("Access", (access) => this.#answered(access));
    this.client.on("Done", (done) => this.#done(done));
  }

  get rights(): Rights {
    return this.#rights;
  }

  /** Says which clients are shown; with a limit of 0, none. */
  askClients(ask: Omit<AskClients, "type">): void {
    this.#ask({ type: "AskClients", ...ask });
  }

  /** Asks for the `limit` dearest keys; with 0, for none. */
  askKeys(limit: number): void {
    this.#ask({ type: "AskKeys", limit });
  }

  /** Asks for the runs that are kept. */
  askHistory(): void {
    this.#send({ type: "AskHistory" });
  }

  /** Logs in, on this connection and those to come while the tab is open. */
  login(token: string): void {
    remember(token);
    this.#login();
  }

  /** Forgets the token. A connection stays what it is, so it is made anew. */
  logout(): void {
    remember("");
    location.reload();
  }

  /** Does something to clients, and resolves with what has become of it. */
  act(action: Action, clients: readonly number[], reason = ""): Promise<Done> {
    const n = ++this.#n;
    const act: Act = { type: "Act", n, action, clients: idBytes(clients), code: 0, reason };
    return new Promise((resolve) => {
      this.#waiting.set(n, resolve);
      this.#send(act);
    });
  }

  #ask(ask: ToServer): void {
    this.#asks.set(ask.type, ask);
    this.#send(ask);
  }

  /** Sends what is only of use now: what was asked for is asked again anyway. */
  #send(message: ToServer): void {
    this.client.send(message, { offline: "drop" });
  }

  #stateChanged({ state }: StateChange): void {
    if (state === "open") return this.#introduce();
    this.#setRights({ admin: false });
    for (const [n, resolve] of this.#waiting) resolve({ type: "Done", n, action: "flush", done: 0, gone: idBytes([]), fault: "The connection was lost: look whether it was done." });
    this.#waiting.clear();
  }

  #welcomed({ canLogin }: Welcome): void {
    this.#setRights({ canLogin });
    this.#introduce();
  }

  /** Says who this is and what it wants. */
  #introduce(): void {
    this.#login();
    for (const ask of this.#asks.values()) this.#send(ask);
  }

  #login(): void {
    const token = remembered();
    if (token !== "" && this.#rights.canLogin) this.#send({ type: "Login", n: ++this.#n, token });
  }

  #answered({ admin, fault }: Access): void {
    if (!admin) remember("");
    this.#setRights({ admin, fault });
  }

  #done(done: Done): void {
    this.#waiting.get(done.n)?.(done);
    this.#waiting.delete(done.n);
  }

  #setRights(rights: Partial<Rights>): void {
    this.#rights = { ...this.#rights, ...rights };
    this.#rightsChanged(this.#rights);
  }
}

/** Ids as they are on the wire: uint64, little-endian. */
function idBytes(ids: readonly number[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(BigUint64Array.from(ids, BigInt).buffer);
}

/** The token stays in this tab, and only until it is closed. */
function remembered(): string {
  try {
    return sessionStorage.getItem(tokenKey) ?? "";
  } catch {
    return fallback;
  }
}

let fallback = "";

function remember(token: string): void {
  fallback = token;
  try {
    if (token === "") sessionStorage.removeItem(tokenKey);
    else sessionStorage.setItem(tokenKey, token);
  } catch {
    // A browser that keeps nothing asks again after a reload.
  }
}

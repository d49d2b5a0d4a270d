import { nowhere, type Place, placeBehind, type Position, resumption } from "./bookmark.js";
import { type DecodedWindow, detachSmallBins } from "./envelope.js";
import type { WindowHead } from "./head.js";
import type { AnyMessage, SceneWindow } from "./message.js";
import { nowInMs, Playout } from "./playout.js";
import { Pulse } from "./pulse.js";
import { Shelf } from "./shelf.js";
import type { LinkSettings, Reporter } from "./thread.js";

/** The subprotocol whose servers greet, resume and take hints. */
export const sceneProtocol = "scenewire.v1";

/** What a client says to the server and not to the application; see docs/protocol.md. */
export interface Control {
  readonly seq?: number;
  readonly own?: number;
  readonly hidden?: boolean;
  readonly maxRate?: number;
  readonly resync?: number;
  readonly ping?: number;
}

/** What an intake needs of its connection. */
export interface Outlets {
  readonly report: Reporter;
  /** Sends a control message. */
  readonly say: (control: Control) => void;
  /** Ends the connection, for another one that brings everything. */
  readonly restart: () => void;
}

/**
 * What becomes of the broadcasts that arrive.
 *
 * - `live`: the page is given them.
 * - `holding`: nobody looks; they go on the shelf.
 * - `lost`: nobody looks, and the shelf was too small: they are thrown away.
 * - `waiting`: somebody looks again; they are thrown away until what was lost has come again.
 *
 * Messages to this client alone are in nobody's state, so the page is always given them.
 */
type Mode = "live" | "holding" | "lost" | "waiting";

/**
 * Takes windows in, and gives them to the page: at once, at their time, or when somebody
 * looks again. It knows up to where the page has everything, and so how the next
 * connection goes on.
 */
export class Intake {
  readonly #settings: LinkSettings;
  readonly #to: Outlets;
  readonly #playout: Playout;
  readonly #shelf: Shelf;
  readonly #pulse: Pulse;
  #hidden: boolean;
  #mode: Mode;
  /** Up to where everything is here or was given to the page. */
  #scene: Place;
  /** Up to where the page was given everything. */
  #page: Place;
  #own: number;
  #session: string;
  /** The page has something to forget. */
  #given: boolean;
  /** What is on the shelf comes behind a reset. */
  #resetWaits = false;
  /** The newest of the windows on the shelf. */
  #shelved: Omit<SceneWindow, "messages"> | undefined;
  #connection: "none" | "silent" | "to greet" | "greeted" = "none";

  constructor(settings: LinkSettings, to: Outlets, hidden = false, position?: Position) {
    this.#settings = settings;
    this.#to = to;
    this.#hidden = hidden;
    this.#mode = this.#restingMode;
    this.#scene = this.#page = position ?? nowhere;
    this.#own = position?.own ?? 0;
    this.#session = position?.session ?? "";
    this.#given = position !== undefined;
    this.#playout = new Playout(settings.smoothingMs);
    this.#shelf = new Shelf(settings.keys, settings.maxHiddenBytes);
    this.#pulse = new Pulse((ping) => this.#say({ ping }), (rttMs) => to.report({ kind: "rtt", rttMs }, []));
  }

  /** The subprotocols to offer in the next handshake. */
  get protocols(): string[] {
    const { protocols, resume } = this.#settings;
    if (!resume || !protocols.includes(sceneProtocol)) return [...protocols];
    return [...protocols, resumption(this.#at(this.#scene))];
  }

  /** A connection begins; `protocol` is what the server has chosen. */
  opened(protocol: string): void {
    const greets = this.#settings.resume && protocol === sceneProtocol;
    this.#connection = greets ? "to greet" : "silent";
    if (!greets) this.#startAnew();
  }

  /** The connection has ended. What has arrived is let out. */
  ended(): void {
    this.#pulse.stop();
    this.#playout.flush();
    this.#connection = "none";
  }

  /** Has the next connection bring everything. */
  forget(): void {
    this.#scene = nowhere;
  }

  /** Takes a window in. */
  take(window: DecodedWindow, wireBytes: number): void {
    const { head, messages, buffer } = window;
    if (head.pong !== undefined) return this.#pulse.answered(head.pong);
    if (this.#connection === "to greet") this.#greet(head);
    else if (!this.#expects(head)) return;
    else if (head.reset) this.#reset();
    this.#own = head.own ?? this.#own;
    this.#scene = placeBehind(head) ?? this.#scene;
    const about = { timestampSec: head.timestampSec, receivedMs: nowInMs(), wireBytes };
    if (head.own === undefined && this.#mode === "holding") return this.#shelve(messages, about);
    if (this.#mode === "live") this.#page = this.#scene;
    if (messages.length > 0) this.#deliver({ messages, ...about }, [buffer]);
  }

  /** Nobody looks at the page, or somebody does again. */
  hide(hidden: boolean): void {
    if (this.#hidden === hidden) return;
    this.#hidden = hidden;
    this.#say({ hidden });
    if (!hidden) return this.#show();
    this.#pulse.stop();
    this.#playout.flush();
    if (this.#mode === "live") this.#mode = this.#restingMode;
  }

  /** The page has handled everything up to a position. */
  applied({ epoch, seq, own }: Position): void {
    this.#say(epoch !== undefined && epoch === this.#scene.epoch ? { seq, own } : { own });
  }

  /** Takes in how the connection goes on from the one before it. */
  #greet(head: WindowHead): void {
    if (head.hello === undefined) {
      this.#connection = "silent";
      return this.#startAnew();
    }
    this.#connection = "greeted";
    // What was thrown away comes again: it was not part of what the handshake named.
    this.#goOn();
    if (head.reset) this.#startAnew();
    const { client, resumed, session } = head.hello;
    this.#own = 0;
    this.#session = session;
    this.#to.report({ kind: "hello", hello: { client, resumed } }, []);
    if (this.#hidden) this.#say({ hidden: true });
    else this.#pulse.start();
    if (this.#settings.maxRate > 0) this.#say({ maxRate: this.#settings.maxRate });
  }

  /** Tells whether a window is to be taken, now that the connection has begun. */
  #expects({ own, reset, resync }: WindowHead): boolean {
    if (own !== undefined) return true;
    if (this.#mode === "waiting" ? !resync : this.#mode === "lost" && !reset) return false;
    this.#goOn();
    return true;
  }

  /** What becomes of broadcasts while nothing is missing. */
  get #restingMode(): Mode {
    return this.#hidden && this.#settings.hold ? "holding" : "live";
  }

  /** Nothing is missing any more. */
  #goOn(): void {
    if (this.#mode === "lost" || this.#mode === "waiting") this.#mode = this.#restingMode;
  }

  /** Everything follows, perhaps by another clock. */
  #startAnew(): void {
    this.#playout.restart();
    this.#goOn();
    this.#reset();
  }

  /** Has the page forget what it has, at once or before it is shown what follows. */
  #reset(): void {
    this.#clear();
    this.#scene = this.#page = nowhere;
    this.#resetWaits = this.#given && this.#mode !== "live";
    if (!this.#resetWaits) this.#tellReset();
  }

  #tellReset(): void {
    this.#playout.flush();
    if (this.#given) this.#to.report({ kind: "reset" }, []);
    this.#given = this.#resetWaits = false;
  }

  #shelve(messages: readonly AnyMessage[], about: Omit<SceneWindow, "messages">): void {
    if (messages.length === 0) return;
    detachSmallBins(messages, Number.POSITIVE_INFINITY);
    this.#shelved = { ...about, wireBytes: about.wireBytes + (this.#shelved?.wireBytes ?? 0) };
    if (this.#shelf.put(messages)) return;
    this.#clear();
    this.#mode = "lost";
    this.#scene = this.#page;
  }

  #clear(): void {
    this.#shelf.clear();
    this.#shelved = undefined;
  }

  /** Gives the page what it was not shown, or asks for it. */
  #show(): void {
    if (this.#connection === "greeted") this.#pulse.start();
    if (this.#mode === "lost") {
      this.#mode = "waiting";
      if (this.#connection === "silent") return this.#to.restart();
      return this.#say({ resync: this.#page.epoch === undefined ? 0 : this.#page.seq });
    }
    if (this.#mode !== "holding") return;
    this.#mode = "live";
    this.#page = this.#scene;
    if (this.#resetWaits) this.#to.report({ kind: "reset" }, []);
    const messages = this.#shelf.take();
    if (this.#shelved !== undefined) this.#deliver({ messages, ...this.#shelved }, []);
    this.#shelved = undefined;
  }

  #deliver(window: SceneWindow, transfer: ArrayBuffer[]): void {
    this.#given = true;
    const position = this.#at(this.#page);
    const report = () => this.#to.report({ kind: "window", window, position }, transfer);
    if (this.#settings.smoothingMs === 0 || this.#hidden) report();
    else this.#playout.add(window.timestampSec, window.receivedMs, report);
  }

  #say(control: Control): void {
    if (this.#connection === "greeted") this.#to.say(control);
  }

  #at({ epoch, seq }: Place): Position {
    return { epoch, seq, own: this.#own, session: this.#session };
  }
}

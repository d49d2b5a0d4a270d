import { Encoder } from "@msgpack/msgpack";
import workerSource from "inline:./worker.ts";
import { defaultBackoff } from "./backoff.js";
import type { Greeting } from "./bookmark.js";
import { Clock, type Timing } from "./clock.js";
import { CloseCode } from "./closecodes.js";
import { Confirmations } from "./confirmations.js";
import { Handlers, type Unsubscribe } from "./handlers.js";
import { sceneProtocol } from "./intake.js";
import type { KeyRules } from "./keys.js";
import { closedByPage } from "./link.js";
import type { AnyMessage, SceneWindow } from "./message.js";
import type { Dropped, WhenFull } from "./outbox.js";
import { Receiver } from "./receiver.js";
import type {
  Command,
  ConnectionState,
  LinkSettings,
  OfflinePolicy,
  Report,
  StateChange,
} from "./thread.js";
import { spawnWorker, type WorkerSource } from "./spawn.js";

/** The subprotocol that a client offers unless told otherwise. */
export const defaultProtocol = sceneProtocol;

/** Options of {@link connect}. Every one may be left out. */
export interface ConnectOptions {
  /** Subprotocols to offer, best first. Default: `["scenewire.v1"]`. */
  readonly protocols?: readonly string[];
  /** The application's version, which the server compares with its own. Default: none. */
  readonly version?: string;
  /**
   * Whether a connection goes on where the last one broke, if the server still can. False
   * makes every one bring everything. Default: true.
   */
  readonly resume?: boolean;
  /** How many windows the server may send in a second. Default: as many as it does. */
  readonly maxRate?: number;
  /**
   * Evens out the time between windows: each waits until a late one would have come, at
   * most this many milliseconds. 100 suits most networks. Default: 0, none waits.
   */
  readonly smoothingMs?: number;
  /**
   * What becomes of broadcasts while the page is hidden. `hold` keeps them until it is
   * shown again, and then gives them to the handlers as one window; of messages with the
   * same type and key (see `keys`) only the newest. `deliver` makes no difference between
   * hidden and shown. In both cases the server is asked for one window a second. Messages
   * to this client alone are never kept back. Default: `hold`.
   */
  readonly hidden?: "hold" | "deliver";
  /** Which messages supersede each other while they are held. Default: none. */
  readonly keys?: KeyRules;
  /**
   * How much memory held messages may take. Beyond it they are thrown away, and when the
   * page is shown the server sends what has changed meanwhile. Default: 16 MiB.
   */
  readonly maxHiddenBytes?: number;
  /**
   * The worker: its address on the page's origin (see `scenewire/worker.js`), or
   * a function that makes it. Default: built in, which needs `worker-src blob:`
   * on pages with a content security policy.
   */
  readonly worker?: WorkerSource;
  /** Upper bound of the first retry's delay. Default: 250 ms, doubled each time. */
  readonly retryBaseMs?: number;
  /** Upper bound of every retry's delay. Default: 10 000 ms. */
  readonly retryCapMs?: number;
  /** How long opening a connection may take. Default: 5000 ms. */
  readonly connectTimeoutMs?: number;
  /** Largest decompressed window that is accepted. Default: 256 MiB. */
  readonly maxWindowBytes?: number;
  /** How many messages may wait to be sent. Default: 1024. */
  readonly maxOutboxMessages?: number;
  /** How many bytes may wait to be sent. Default: 4 MiB. */
  readonly maxOutboxBytes?: number;
  /**
   * Which messages are dropped beyond these bounds; `onDropped` says how many. `send` can't
   * throw instead: the messages wait in the worker. Default: `dropOldest`.
   */
  readonly whenFull?: WhenFull;
}

/** Why a server doesn't let a client in. */
export interface Refusal {
  /** `CloseCode.Unauthorized`: log in first. `CloseCode.Forbidden`: logging in again would not help. */
  readonly code: number;
  /** The application's, for people. */
  readonly reason: string;
}

/** Options of {@link Client.send}. */
export interface SendOptions {
  /** A waiting message with the same key is superseded by this one. Default: none. */
  readonly key?: string;
  /**
   * What happens while there is no connection: `queue` keeps the message for the
   * next one, `drop` forgets it (right for pointers and pings). Default: `queue`.
   */
  readonly offline?: OfflinePolicy;
}

/**
 * Connects to a Scenewire server and stays connected until `close()`, or until the
 * server closes with a code after which trying again is of no use ({@link CloseCode}).
 *
 * `url` may be relative to the page; `http` and `https` stand for `ws` and `wss`.
 * `In` is the union of the messages the server sends, `Out` of those it takes.
 */
export function connect<In extends AnyMessage, Out extends AnyMessage = In>(
  url: string | URL,
  options: ConnectOptions = {},
): Client<In, Out> {
  return new Client<In, Out>(url, options);
}

/**
 * A connection to a server, made by {@link connect}.
 *
 * Handlers run in the order in which the server sent. A connection that broke is replaced
 * by another one that goes on where it broke; `onReset` is called only if it can't, and
 * everything comes again. `onError` is called when a frame could not be decoded, or the
 * worker failed: a corrupt frame ends its connection, and the next one brings it again.
 */
export class Client<In extends AnyMessage, Out extends AnyMessage = In> extends Receiver<In> {
  readonly #source: WorkerSource | undefined;
  readonly #settings: LinkSettings;
  #worker: Worker;
  readonly #encoder = new Encoder({ ignoreUndefined: true });
  readonly #state = new Handlers<StateChange>();
  readonly #dropped = new Handlers<Dropped>();
  readonly #mismatch = new Handlers<string>();
  readonly #refused = new Handlers<Refusal>();
  readonly #greeting = new Handlers<Greeting>();
  readonly #clock = new Clock();
  readonly #confirmations = new Confirmations((position) => this.#command({ kind: "applied", position }));
  readonly #wakeUp = () => this.#wake();
  readonly #looked = () => this.#visibilityChanged();
  readonly #pageHidden = () => this.#putAside();
  readonly #pageShown = () => this.#takeUp();
  #current: ConnectionState = "connecting";
  #id: number | undefined;
  /** The page is kept for the way back, without a worker. */
  #aside = false;

  constructor(url: string | URL, options: ConnectOptions = {}) {
    super();
    this.#source = options.worker;
    this.#settings = linkSettings(url, options);
    this.#worker = this.#start();
    globalThis.addEventListener?.("online", this.#wakeUp);
    globalThis.addEventListener?.("pagehide", this.#pageHidden);
    globalThis.addEventListener?.("pageshow", this.#pageShown);
    globalThis.document?.addEventListener("visibilitychange", this.#looked);
  }

  /**
   * The number that the server knows this client by; undefined before it has said so.
   * Another one means that the server takes it for another client.
   */
  get id(): number | undefined {
    return this.#id;
  }

  /** The server's clock and the network, as the last seconds have shown them. */
  get timing(): Timing {
    return this.#clock.timing;
  }

  /** Where the connection stands. */
  get state(): ConnectionState {
    return this.#current;
  }

  /** Calls `handler` whenever {@link state} changes. */
  onState(handler: (change: StateChange) => void): Unsubscribe {
    return this.#state.add(handler);
  }

  /**
   * Calls `handler` when the server has said how a connection goes on from the one before
   * it: as the same client, in the same scene, or from the start.
   */
  onGreeting(handler: (greeting: Greeting) => void): Unsubscribe {
    return this.#greeting.add(handler);
  }

  /** Calls `handler` when messages were dropped because too many waited to be sent. */
  onDropped(handler: (dropped: Dropped) => void): Unsubscribe {
    return this.#dropped.add(handler);
  }

  /**
   * Calls `handler` with the server's reason when it speaks another version. The
   * client is then closed for good; reloading the page gets the matching one.
   */
  onVersionMismatch(handler: (reason: string) => void): Unsubscribe {
    return this.#mismatch.add(handler);
  }

  /**
   * Calls `handler` when the server doesn't let this client in (`Options.Authorize` of the
   * server). The client is then closed for good; another one may be made after a login.
   */
  onRefused(handler: (refusal: Refusal) => void): Unsubscribe {
    return this.#refused.add(handler);
  }

  /**
   * Sends a message. It is encoded at once, so later changes to it don't matter;
   * throws if it cannot be encoded. Never waits: see {@link SendOptions}.
   */
  send(message: Out, { key, offline = "queue" }: SendOptions = {}): void {
    if (this.#current === "closed") return;
    const bytes = this.#encoder.encode(message);
    this.#command({ kind: "send", message: bytes, key, offline }, [bytes.buffer]);
  }

  /** Closes the connection for good. What still waits to be sent is dropped. */
  close(): void {
    if (this.#aside) {
      this.#aside = false;
      return this.#changed({ state: "closed", code: CloseCode.Normal, reason: closedByPage });
    }
    this.#command({ kind: "close" });
  }

  #start(): Worker {
    const worker = spawnWorker(this.#source, workerSource);
    worker.onmessage = (event: MessageEvent<Report>) => this.#receive(event.data);
    worker.onerror = (event) => this.#workerFailed(event);
    const open = { settings: this.#settings, hidden: isHidden(), position: this.#confirmations.position };
    worker.postMessage({ kind: "open", ...open } satisfies Command, []);
    return worker;
  }

  #stop(): void {
    this.#worker.onmessage = this.#worker.onerror = null;
    this.#worker.terminate();
    this.#confirmations.stop();
  }

  /**
   * Ends the connection with the page. A browser that keeps the page for the way back
   * freezes its worker with the connection open, and the server would go on to count
   * its viewer. A frozen worker can't close it, so it is ended.
   */
  #putAside(): void {
    if (this.#aside || this.#current === "closed") return;
    this.#aside = true;
    this.#stop();
    this.#changed({ state: "waiting", reason: "the page was left" });
  }

  /** Connects again, when the way led back. */
  #takeUp(): void {
    if (!this.#aside) return;
    this.#aside = false;
    this.#worker = this.#start();
  }

  #receive(report: Report): void {
    switch (report.kind) {
      case "window":
        return this.#handle(report);
      case "reset":
        return this.#startAnew();
      case "hello":
        return this.#greet(report.hello);
      case "state":
        return this.#changed(report.change);
      case "rtt":
        return this.#clock.noteRoundTrip(report.rttMs);
      case "error":
        return this.emitError(report.reason);
      case "dropped":
        return this.#dropped.emit(report.dropped);
    }
  }

  #handle({ window, position }: Extract<Report, { kind: "window" }>): void {
    this.#clock.note(window);
    this.deliver(window as SceneWindow<In>);
    this.#confirmations.note(position, window.wireBytes);
  }

  #startAnew(): void {
    this.#clock.clear();
    this.emitReset();
  }

  #greet(greeting: Greeting): void {
    this.#id = greeting.client;
    this.#greeting.emit(greeting);
  }

  #changed(change: StateChange): void {
    this.#current = change.state;
    if (change.state === "closed") this.#dispose();
    this.#state.emit(change);
    if (change.state === "closed") this.#explain(change);
  }

  /** Tells those who want to know why the server closed. */
  #explain({ code, reason }: StateChange): void {
    if (code === CloseCode.ProtocolError) this.#mismatch.emit(reason);
    if (code === CloseCode.Unauthorized || code === CloseCode.Forbidden) this.#refused.emit({ code, reason });
  }

  #workerFailed(event: ErrorEvent): void {
    const reason = event.message || "it could not be loaded; a content security policy may forbid it";
    this.emitError(`worker: ${reason}`);
    this.#changed({ state: "closed", reason });
  }

  #wake(): void {
    if (!isHidden() && this.#current === "waiting") this.#command({ kind: "wake" });
  }

  #visibilityChanged(): void {
    this.#command({ kind: "hide", hidden: isHidden() });
    this.#wake();
  }

  #dispose(): void {
    globalThis.removeEventListener?.("online", this.#wakeUp);
    globalThis.removeEventListener?.("pagehide", this.#pageHidden);
    globalThis.removeEventListener?.("pageshow", this.#pageShown);
    globalThis.document?.removeEventListener("visibilitychange", this.#looked);
    this.#stop();
  }

  #command(command: Command, transfer: Transferable[] = []): void {
    if (this.#aside) return;
    this.#worker.postMessage(command, transfer);
  }
}

function linkSettings(url: string | URL, options: ConnectOptions): LinkSettings {
  return {
    url: webSocketURL(url),
    protocols: protocols(options),
    backoff: {
      baseMs: options.retryBaseMs ?? defaultBackoff.baseMs,
      capMs: options.retryCapMs ?? defaultBackoff.capMs,
    },
    connectTimeoutMs: options.connectTimeoutMs ?? 5_000,
    maxWindowBytes: options.maxWindowBytes ?? 256 << 20,
    maxOutboxMessages: options.maxOutboxMessages ?? 1024,
    maxOutboxBytes: options.maxOutboxBytes ?? 4 << 20,
    whenFull: options.whenFull ?? "dropOldest",
    resume: options.resume ?? true,
    maxRate: options.maxRate ?? 0,
    smoothingMs: options.smoothingMs ?? 0,
    hold: options.hidden !== "deliver",
    keys: options.keys ?? {},
    maxHiddenBytes: options.maxHiddenBytes ?? 16 << 20,
  };
}

function protocols({ protocols: offered = [defaultProtocol], version }: ConnectOptions): readonly string[] {
  return version === undefined ? offered : [...offered, `scenewire.version.${version}`];
}

function isHidden(): boolean {
  return globalThis.document?.visibilityState === "hidden";
}

/** Resolves `url` against the page and gives it a scheme that sockets take. */
export function webSocketURL(url: string | URL): string {
  const resolved = new URL(url, globalThis.location?.href);
  resolved.protocol = resolved.protocol.replace(/^http/, "ws");
  resolved.hash = "";
  return resolved.href;
}

import { Encoder } from "@msgpack/msgpack";
import workerSource from "inline:./worker.ts";
import { defaultBackoff } from "./backoff.js";
import { CloseCode } from "./closecodes.js";
import { Handlers, type Unsubscribe } from "./handlers.js";
import { closedByPage } from "./link.js";
import type { AnyMessage, SceneWindow } from "./message.js";
import type { Dropped } from "./outbox.js";
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
export const defaultProtocol = "scenewire.v1";

/** Options of {@link connect}. Every one may be left out. */
export interface ConnectOptions {
  /** Subprotocols to offer, best first. Default: `["scenewire.v1"]`. */
  readonly protocols?: readonly string[];
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
 * Handlers run in the order in which the server sent. `onReset` is called when a
 * connection was lost and another has taken its place, before the first window of the
 * new one. `onError` is called when a frame could not be decoded, or the worker failed:
 * a corrupt frame ends its connection, and the next one starts afresh.
 */
export class Client<In extends AnyMessage, Out extends AnyMessage = In> extends Receiver<In> {
  readonly #source: WorkerSource | undefined;
  readonly #settings: LinkSettings;
  #worker: Worker;
  readonly #encoder = new Encoder({ ignoreUndefined: true });
  readonly #state = new Handlers<StateChange>();
  readonly #dropped = new Handlers<Dropped>();
  readonly #mismatch = new Handlers<string>();
  readonly #wakeUp = () => this.#wake();
  readonly #pageHidden = () => this.#putAside();
  readonly #pageShown = () => this.#takeUp();
  #current: ConnectionState = "connecting";
  #hasBeenOpen = false;
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
    globalThis.document?.addEventListener("visibilitychange", this.#wakeUp);
  }

  /** Where the connection stands. */
  get state(): ConnectionState {
    return this.#current;
  }

  /** Calls `handler` whenever {@link state} changes. */
  onState(handler: (change: StateChange) => void): Unsubscribe {
    return this.#state.add(handler);
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
    worker.postMessage({ kind: "open", settings: this.#settings } satisfies Command, []);
    return worker;
  }

  #stop(): void {
    this.#worker.onmessage = this.#worker.onerror = null;
    this.#worker.terminate();
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
        return this.deliver(report.window as SceneWindow<In>);
      case "state":
        return this.#changed(report.change);
      case "error":
        return this.emitError(report.reason);
      case "dropped":
        return this.#dropped.emit(report.dropped);
    }
  }

  #changed(change: StateChange): void {
    this.#current = change.state;
    if (change.state === "closed") this.#dispose();
    if (change.state === "open") this.#opened();
    this.#state.emit(change);
    if (change.state === "closed" && change.code === CloseCode.ProtocolError) {
      this.#mismatch.emit(change.reason);
    }
  }

  #opened(): void {
    if (this.#hasBeenOpen) this.emitReset();
    this.#hasBeenOpen = true;
  }

  #workerFailed(event: ErrorEvent): void {
    const reason = event.message || "it could not be loaded; a content security policy may forbid it";
    this.emitError(`worker: ${reason}`);
    this.#changed({ state: "closed", reason });
  }

  #wake(): void {
    const hidden = globalThis.document?.visibilityState === "hidden";
    if (!hidden && this.#current === "waiting") this.#command({ kind: "wake" });
  }

  #dispose(): void {
    globalThis.removeEventListener?.("online", this.#wakeUp);
    globalThis.removeEventListener?.("pagehide", this.#pageHidden);
    globalThis.removeEventListener?.("pageshow", this.#pageShown);
    globalThis.document?.removeEventListener("visibilitychange", this.#wakeUp);
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
    protocols: options.protocols ?? [defaultProtocol],
    backoff: {
      baseMs: options.retryBaseMs ?? defaultBackoff.baseMs,
      capMs: options.retryCapMs ?? defaultBackoff.capMs,
    },
    connectTimeoutMs: options.connectTimeoutMs ?? 5_000,
    maxWindowBytes: options.maxWindowBytes ?? 256 << 20,
    maxOutboxMessages: options.maxOutboxMessages ?? 1024,
    maxOutboxBytes: options.maxOutboxBytes ?? 4 << 20,
  };
}

/** Resolves `url` against the page and gives it a scheme that sockets take. */
export function webSocketURL(url: string | URL): string {
  const resolved = new URL(url, globalThis.location?.href);
  resolved.protocol = resolved.protocol.replace(/^http/, "ws");
  resolved.hash = "";
  return resolved.href;
}

import { backoffDelay } from "./backoff.js";
import type { Position } from "./bookmark.js";
import { CloseCode, reconnectAfter } from "./closecodes.js";
import { type DecodedWindow, WindowError } from "./envelope.js";
import { type Control, Intake } from "./intake.js";
import { Outbox } from "./outbox.js";
import type { Command, LinkSettings, OfflinePolicy, Reporter, StateChange } from "./thread.js";

/** The reason of a connection that `close()` ended. */
export const closedByPage = "closed by the page";
/** A socket that holds more than this gets no more until it has drained. */
const maxBufferedBytes = 1 << 20;
const drainPollMs = 16;
/** A connection that lasted this long is taken as good: the backoff starts afresh. */
const stableMs = 5_000;

/** Turns frames into windows. It must be ready before the link dials. */
export interface FrameDecoder {
  /** Decodes one frame, synchronously, or throws a {@link WindowError}. */
  decode(frame: ArrayBuffer): DecodedWindow;
}

type Timer = ReturnType<typeof setTimeout>;

/**
 * One connection to a server and its successors: dials, decodes, redials.
 *
 * Frames are decoded synchronously where they arrive, so windows are reported
 * in order without any lock. Every socket belongs to a generation; events of a
 * past generation are ignored, so a late `close` cannot disturb its successor.
 */
export class Link {
  readonly #settings: LinkSettings;
  readonly #decoder: FrameDecoder;
  readonly #report: Reporter;
  readonly #outbox: Outbox;
  readonly #intake: Intake;
  #socket: WebSocket | undefined;
  #generation = 0;
  /** Retries since the last stable connection. */
  #attempt = 0;
  #closed = false;
  /** The last connection brought a corrupt window, and this one isn't stable yet. */
  #corrupted = false;
  /** Connect timeout, retry delay, or the wait for stability: one at a time. */
  #timer: Timer | undefined;
  #drainTimer: Timer | undefined;

  /** `hidden` and `position` are those of the page. */
  constructor(settings: LinkSettings, decoder: FrameDecoder, report: Reporter, hidden = false, position?: Position) {
    this.#settings = settings;
    this.#decoder = decoder;
    this.#report = report;
    this.#outbox = new Outbox(settings.maxOutboxMessages, settings.maxOutboxBytes, settings.whenFull);
    const say = (control: Control) => this.#say(control);
    const restart = () => this.#lost(CloseCode.ServiceRestart, "too much was missed");
    this.#intake = new Intake(settings, { report, say, restart }, hidden, position);
  }

  /** Carries out a command of the page. */
  handle(command: Exclude<Command, { kind: "open" }>): void {
    switch (command.kind) {
      case "send":
        return this.#send(command.message, command.key, command.offline);
      case "hide":
        return this.#intake.hide(command.hidden);
      case "applied":
        return this.#intake.applied(command.position);
      case "wake":
        return this.#wake();
      case "close":
        return this.#close({ state: "closed", code: CloseCode.Normal, reason: closedByPage });
    }
  }

  /** Opens the next socket. */
  dial(): void {
    const generation = ++this.#generation;
    this.#change({ state: "connecting", reason: "" });
    const socket = new WebSocket(this.#settings.url, this.#intake.protocols);
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    const current = <E>(act: (event: E) => void) => (event: E) => {
      if (generation === this.#generation) act(event);
    };
    socket.onopen = current(() => this.#opened());
    socket.onmessage = current((event: MessageEvent<unknown>) => this.#received(event.data));
    // An error is always followed by a close, which says more.
    socket.onclose = current((event: CloseEvent) => this.#lost(event.code, event.reason));
    this.#wait(this.#settings.connectTimeoutMs, () => this.#lost(CloseCode.Abnormal, "connecting took too long"));
  }

  #opened(): void {
    this.#wait(stableMs, () => {
      this.#attempt = 0;
      this.#corrupted = false;
    });
    this.#intake.opened(this.#socket?.protocol ?? "");
    this.#change({ state: "open", reason: "" });
    this.#pump();
  }

  #received(data: unknown): void {
    try {
      if (!(data instanceof ArrayBuffer)) throw new WindowError("text frame");
      this.#intake.take(this.#decoder.decode(data), data.byteLength);
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error));
    }
  }

  /** Ends a connection that brought what can't be decoded: nobody knows what it held. */
  #fail(reason: string): void {
    // It is asked for again, once. Then everything is.
    if (this.#corrupted) this.#intake.forget();
    this.#corrupted = true;
    this.#report({ kind: "error", reason }, []);
    this.#lost(CloseCode.CorruptWindow, reason);
  }

  /** Ends the current generation and schedules the next, or gives up. */
  #lost(code: number, reason: string): void {
    const reconnect = reconnectAfter(code);
    if (reconnect === "never") return this.#close({ state: "closed", code, reason });
    this.#drop(code);
    const atOnce = reconnect === "at once" && this.#attempt === 0;
    const retryMs = atOnce ? 0 : backoffDelay(this.#attempt, this.#settings.backoff);
    this.#attempt++;
    this.#wait(retryMs, () => this.dial());
    this.#change({ state: "waiting", code, reason, retryMs });
  }

  #close(change: StateChange): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#drop(CloseCode.Normal);
    this.#change(change);
  }

  /** Lets go of the socket: whatever it still reports belongs to the past. */
  #drop(code: number): void {
    this.#generation++;
    clearTimeout(this.#timer);
    clearTimeout(this.#drainTimer);
    this.#drainTimer = undefined;
    this.#intake.ended();
    // Pages may close with 1000 or 3000–4999 only.
    if (code >= 4000) this.#socket?.close(code);
    else this.#socket?.close();
    this.#socket = undefined;
  }

  /** Dials at once if the link waits to do so. */
  #wake(): void {
    if (this.#closed || this.#socket !== undefined) return;
    clearTimeout(this.#timer);
    this.dial();
  }

  #send(message: Uint8Array, key: string | undefined, offline: OfflinePolicy): void {
    if (this.#closed || (!this.#isOpen() && offline === "drop")) return;
    const dropped = this.#outbox.push(message, key);
    if (dropped !== undefined) this.#report({ kind: "dropped", dropped }, []);
    if (this.#drainTimer === undefined) this.#pump();
  }

  /** Gives the socket what it takes; polls while it is full. */
  #pump(): void {
    this.#drainTimer = undefined;
    const socket = this.#socket;
    if (socket === undefined || !this.#isOpen()) return;
    while (this.#outbox.length > 0) {
      if (socket.bufferedAmount > maxBufferedBytes) {
        this.#drainTimer = setTimeout(() => this.#pump(), drainPollMs);
        return;
      }
      socket.send(this.#outbox.shift() as Uint8Array<ArrayBuffer>);
    }
  }

  /** Tells the server something that isn't the application's. */
  #say(control: Control): void {
    if (this.#isOpen()) this.#socket?.send(JSON.stringify(control));
  }

  #isOpen(): boolean {
    return this.#socket?.readyState === 1; // WebSocket.OPEN
  }

  #change(change: StateChange): void {
    this.#report({ kind: "state", change }, []);
  }

  #wait(ms: number, then: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(then, ms);
  }
}

import { backoffDelay } from "./backoff.js";
import { CloseCode, reconnectAfter } from "./closecodes.js";
import { type DecodedWindow, WindowError } from "./envelope.js";
import { Outbox } from "./outbox.js";
import type { Command, LinkSettings, OfflinePolicy, Report, StateChange } from "./thread.js";

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

/** Delivers a report; `transfer` lists buffers that the link gives away with it. */
export type Reporter = (report: Report, transfer: Transferable[]) => void;

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
  #socket: WebSocket | undefined;
  #generation = 0;
  /** Retries since the last stable connection. */
  #attempt = 0;
  #closed = false;
  /** Connect timeout, retry delay, or the wait for stability: one at a time. */
  #timer: Timer | undefined;
  #drainTimer: Timer | undefined;

  constructor(settings: LinkSettings, decoder: FrameDecoder, report: Reporter) {
    this.#settings = settings;
    this.#decoder = decoder;
    this.#report = report;
    this.#outbox = new Outbox(settings.maxOutboxMessages, settings.maxOutboxBytes);
  }

  /** Carries out a command of the page. */
  handle(command: Exclude<Command, { kind: "open" }>): void {
    switch (command.kind) {
      case "send":
        return this.#send(command.message, command.key, command.offline);
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
    const socket = new WebSocket(this.#settings.url, [...this.#settings.protocols]);
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
    });
    this.#change({ state: "open", reason: "" });
    this.#pump();
  }

  #received(data: unknown): void {
    try {
      if (!(data instanceof ArrayBuffer)) throw new WindowError("text frame");
      const wireBytes = data.byteLength;
      const { messages, timestampSec, buffer } = this.#decoder.decode(data);
      const receivedMs = performance.timeOrigin + performance.now();
      const window = { messages, timestampSec, receivedMs, wireBytes };
      this.#report({ kind: "window", window }, [buffer]);
    } catch (error) {
      // What the lost window held is unknown, so only a fresh start is right.
      const reason = error instanceof Error ? error.message : String(error);
      this.#report({ kind: "error", reason }, []);
      this.#lost(CloseCode.CorruptWindow, reason);
    }
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

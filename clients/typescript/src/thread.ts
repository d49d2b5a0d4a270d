import type { Backoff } from "./backoff.js";
import type { Greeting, Position } from "./bookmark.js";
import type { KeyRules } from "./keys.js";
import type { AnyMessage, SceneWindow } from "./message.js";
import type { Dropped, WhenFull } from "./outbox.js";

/**
 * Where a client stands.
 *
 * - `connecting`: a socket is being opened.
 * - `open`: messages flow.
 * - `waiting`: the connection was lost; the next attempt is scheduled.
 * - `closed`: for good, by `close()` or because retrying cannot help.
 */
export type ConnectionState = "connecting" | "open" | "waiting" | "closed";

/** A change of {@link ConnectionState}, with why it happened. */
export interface StateChange {
  readonly state: ConnectionState;
  /** WebSocket close code of the connection that ended; absent while none has. */
  readonly code?: number;
  /** For people. Empty when there is nothing to say. */
  readonly reason: string;
  /** In state `waiting`: milliseconds until the next attempt. */
  readonly retryMs?: number;
}

/** What a link needs to know. Crosses to the worker, so it is plain data. */
export interface LinkSettings {
  readonly url: string;
  readonly protocols: readonly string[];
  readonly backoff: Backoff;
  readonly connectTimeoutMs: number;
  readonly maxWindowBytes: number;
  readonly maxOutboxMessages: number;
  readonly maxOutboxBytes: number;
  /** What is dropped beyond these. */
  readonly whenFull: WhenFull;
  /** Go on where the last connection broke, where the server can. */
  readonly resume: boolean;
  /** Windows per second at most; 0: no limit. */
  readonly maxRate: number;
  /** How long a window may wait for its time; 0: none does. */
  readonly smoothingMs: number;
  /** Keep broadcasts from the page while it is hidden. */
  readonly hold: boolean;
  /** What supersedes what then. */
  readonly keys: KeyRules;
  readonly maxHiddenBytes: number;
}

/** What becomes of a message that is sent while there is no connection. */
export type OfflinePolicy = "queue" | "drop";

/** From the page to the worker. */
export type Command =
  | {
      readonly kind: "open";
      readonly settings: LinkSettings;
      readonly hidden: boolean;
      /** Where the page stands that was connected before. */
      readonly position?: Position | undefined;
    }
  | {
      readonly kind: "send";
      readonly message: Uint8Array;
      readonly key?: string | undefined;
      readonly offline: OfflinePolicy;
    }
  | { readonly kind: "hide"; readonly hidden: boolean }
  | { readonly kind: "applied"; readonly position: Position }
  | { readonly kind: "wake" }
  | { readonly kind: "close" };

/** From the worker to the page, in the order in which things happened. */
export type Report =
  | { readonly kind: "state"; readonly change: StateChange }
  | { readonly kind: "hello"; readonly hello: Greeting }
  | { readonly kind: "reset" }
  | { readonly kind: "window"; readonly window: SceneWindow<AnyMessage>; readonly position: Position }
  | { readonly kind: "rtt"; readonly rttMs: number }
  | { readonly kind: "error"; readonly reason: string }
  | { readonly kind: "dropped"; readonly dropped: Dropped };

/** Delivers a report; `transfer` lists buffers that are given away with it. */
export type Reporter = (report: Report, transfer: Transferable[]) => void;

import type { Backoff } from "./backoff.js";
import type { AnyMessage, SceneWindow } from "./message.js";
import type { Dropped } from "./outbox.js";

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
}

/** What becomes of a message that is sent while there is no connection. */
export type OfflinePolicy = "queue" | "drop";

/** From the page to the worker. */
export type Command =
  | { readonly kind: "open"; readonly settings: LinkSettings }
  | {
      readonly kind: "send";
      readonly message: Uint8Array;
      readonly key?: string | undefined;
      readonly offline: OfflinePolicy;
    }
  | { readonly kind: "wake" }
  | { readonly kind: "close" };

/** From the worker to the page, in the order in which things happened. */
export type Report =
  | { readonly kind: "state"; readonly change: StateChange }
  | { readonly kind: "window"; readonly window: SceneWindow<AnyMessage> }
  | { readonly kind: "error"; readonly reason: string }
  | { readonly kind: "dropped"; readonly dropped: Dropped };

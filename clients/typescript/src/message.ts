/** Any message. Applications declare a union of interfaces with literal types. */
export interface AnyMessage {
  readonly type: string;
}

/** The member of union `M` whose `type` is `T`. */
export type MessageOf<M extends AnyMessage, T extends M["type"]> = Extract<M, { type: T }>;

/** One window: the messages that the server sent together, in order. */
export interface SceneWindow<M extends AnyMessage = AnyMessage> {
  readonly messages: readonly M[];
  /** The server's monotonic clock when it built the window, in seconds. Never falls within one connection. */
  readonly timestampSec: number;
  /** When the window had arrived and was decoded, in milliseconds since 1970. */
  readonly receivedMs: number;
  /** Size of the frame as it came over the network, in bytes. */
  readonly wireBytes: number;
}

/** A frame that cannot be trusted: truncated, corrupt, too large, or not a window. */
export class WindowError extends Error {
  override readonly name = "WindowError";
}

/**
 * How a connection goes on from the one before it.
 *
 * - `client`: nothing is missing. To the server it is the same client.
 * - `scene`: what changed in between follows. To the server it is a new client.
 * - the empty text: everything follows, behind a reset.
 */
export type Resumed = "client" | "scene" | "";

/** What a server says first. */
export interface Hello {
  /** The client's number. */
  readonly client: number;
  readonly resumed: Resumed;
  /** The secret by which the client comes back; empty if the server keeps none. */
  readonly session: string;
}

/** What a window has besides messages; docs/protocol.md says what it means. */
export interface WindowHead {
  /** The server's monotonic clock, in seconds. */
  readonly timestampSec: number;
  readonly epoch: number | undefined;
  readonly seq: number | undefined;
  readonly own: number | undefined;
  readonly reset: boolean;
  readonly resync: boolean;
  readonly pong: number | undefined;
  readonly hello: Hello | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads the head of a decoded window. Throws a {@link WindowError}. */
export function readHead(window: Fields): WindowHead {
  const { timestampSec } = window;
  if (typeof timestampSec !== "number") throw new WindowError("window without timestampSec");
  const head = {
    timestampSec,
    epoch: integer(window, "epoch"),
    seq: integer(window, "seq"),
    own: integer(window, "own"),
    reset: window["reset"] === true,
    resync: window["resync"] === true,
    pong: integer(window, "pong"),
    hello: readHello(window["hello"]),
  };
  if ((head.epoch === undefined) !== (head.seq === undefined)) throw new WindowError("window with one of epoch and seq");
  return head;
}

function readHello(value: unknown): Hello | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "object" || value === null) throw new WindowError("hello that is no map");
  const fields = value as Fields;
  const { resumed, session = "" } = fields;
  if (resumed !== "client" && resumed !== "scene" && resumed !== "") throw new WindowError("hello without resumed");
  if (typeof session !== "string") throw new WindowError("hello with a session that is no text");
  return { client: integer(fields, "client") ?? 0, resumed, session };
}

function integer(fields: Fields, name: string): number | undefined {
  const value = fields[name];
  if (value === undefined) return undefined;
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw new WindowError(`${name} that is no sequence`);
  return value as number;
}

import type { Resumed, WindowHead } from "./head.js";

/** A place in a scene: everything below `seq` is known. */
export interface Place {
  /** The life of the scene that `seq` belongs to; undefined: nothing is known. */
  readonly epoch: number | undefined;
  readonly seq: number;
}

/** Up to where a client has everything that the server has sent. */
export interface Position extends Place {
  /** How many of the messages to this client alone. */
  readonly own: number;
  /** A secret, by which the client comes back; empty if there is none. */
  readonly session: string;
}

/** Where nothing is known. */
export const nowhere: Place = { epoch: undefined, seq: 0 };

/** Returns the place behind a window, if it is of the scene. */
export function placeBehind({ epoch, seq }: WindowHead): Place | undefined {
  return epoch === undefined || seq === undefined ? undefined : { epoch, seq };
}

const prefix = "scenewire.resume";

/** Returns the subprotocol that asks for a connection that goes on at a position. */
export function resumption({ epoch, seq, own, session }: Position): string {
  return epoch === undefined ? prefix : [prefix, epoch, seq, own, session || "-"].join(".");
}

/** How a connection goes on from the one before it. */
export interface Greeting {
  /** The number that the server knows the client by. */
  readonly client: number;
  readonly resumed: Resumed;
}

import type { AnyMessage } from "scenewire/playback";

/** The newest message of one type and key. */
export interface Row {
  readonly message: AnyMessage;
  readonly timeSec: number;
  /** How many there were since the last seek. */
  readonly count: number;
}

/** Fields that tell which thing a message is about, the best first. */
const naming = ["name", "id", "uuid", "key", "path", "node", "viewer", "client"];

/** Returns which thing a message is about, or "" if it doesn't say. */
export function keyOf(message: AnyMessage): string {
  const fields = message as unknown as Record<string, unknown>;
  for (const name of naming) {
    const value = fields[name];
    if (typeof value === "string" || typeof value === "number") return String(value);
  }
  return "";
}

/** The newest message of each type and key: what a viewer at this time has. */
export class StateTable {
  readonly #types = new Map<string, Map<string, Row>>();
  #counts = new Map<string, number>();

  /** All types, sorted, with their rows. */
  types(): [string, ReadonlyMap<string, Row>][] {
    return [...this.#types].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** Number of rows. */
  get size(): number {
    let size = 0;
    for (const rows of this.#types.values()) size += rows.size;
    return size;
  }

  /** The row of a type and key. */
  row(type: string, key: string): Row | undefined {
    return this.#types.get(type)?.get(key);
  }

  /** Takes in a message; one of the state that a seek leads to didn't happen then. */
  add(message: AnyMessage, timeSec: number, happened: boolean): void {
    let rows = this.#types.get(message.type);
    if (rows === undefined) this.#types.set(message.type, (rows = new Map()));
    const key = keyOf(message);
    rows.set(key, { message, timeSec, count: (rows.get(key)?.count ?? 0) + 1 });
    if (happened) this.#counts.set(message.type, (this.#counts.get(message.type) ?? 0) + 1);
  }

  /** Returns how many messages of each type came since the last call. */
  takeCounts(): ReadonlyMap<string, number> {
    const counts = this.#counts;
    this.#counts = new Map();
    return counts;
  }

  /** Forgets all. */
  clear(): void {
    this.#types.clear();
    this.#counts.clear();
  }
}

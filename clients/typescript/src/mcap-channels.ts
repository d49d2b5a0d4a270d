import type { Fields } from "./mcap-records.js";

/**
 * What the messages of a channel are: pushed, or as the metadata of the channel says: sent
 * by clients, heads of steps, of keyframes or of gaps, or the messages of keyframes.
 */
export type Role = "push" | "in" | "step" | "keyframe" | "gap" | "state" | "unknown";

const roles: ReadonlySet<string> = new Set(["in", "step", "keyframe", "gap", "state"]);

/** The channels of a file, by their numbers. */
export class Channels {
  readonly #roles = new Map<number, Role>();
  readonly #names = new Map<number, string>();

  /** Takes in the content of a Channel record. */
  learn(content: Fields): void {
    const [id, schema, topic] = [content.uint16(), content.uint16(), content.text()];
    content.text();
    const role = content.pairs((list) => list.text(), (list) => list.text()).get("role");
    const known = role === undefined ? "push" : roles.has(role) ? (role as Role) : "unknown";
    this.#roles.set(id, known);
    if (known === "push" || known === "in") this.#names.set(id, nameOf(topic, schema, known));
  }

  roleOf(id: number): Role {
    return this.#roles.get(id) ?? "unknown";
  }

  /** Returns the wire name of the messages that were pushed or sent on a channel, "?" if it can't be told. */
  nameOf(id: number): string | undefined {
    return this.#names.get(id);
  }
}

function nameOf(topic: string, schema: number, role: "push" | "in"): string {
  if (schema === 0) return "?";
  return role === "in" ? topic.replace(/^in\//, "") : topic;
}

import type { AnyMessage } from "./message.js";

/**
 * Which messages of a file supersede each other: for each type a pattern of the key, in
 * which `{field}` stands for a field's value. `SetPose: "pose/{name}"` says that a pose
 * supersedes the one before of the same name; messages of other types with the same key
 * do so, too. Types that aren't listed supersede nothing.
 */
export type KeyRules = Readonly<Record<string, string>>;

/** The key of each message of a recording, as far as it was asked for. */
export class Keys {
  readonly #rules: ReadonlyMap<string, readonly string[]>;
  readonly #decode: (index: number) => AnyMessage;
  /** A number for each key, from 1 on; 0 is none. */
  readonly #numbers = new Map<string, number>();
  readonly #ofMessage: Uint32Array;
  #known = 0;

  /** `decode` returns the message with an index below `count`. */
  constructor(rules: KeyRules, count: number, decode: (index: number) => AnyMessage) {
    // Split at the braces, every second part is a field's name.
    this.#rules = new Map(Object.entries(rules).map(([type, pattern]) => [type, pattern.split(/[{}]/)]));
    this.#decode = decode;
    this.#ofMessage = new Uint32Array(this.#rules.size > 0 ? count : 0);
  }

  /** Returns which of the first `count` messages are not superseded by a later one of them, in order. */
  live(count: number): number[] {
    if (this.#rules.size === 0) return Array.from({ length: count }, (_, i) => i);
    this.#learn(count);
    const seen = new Uint8Array(this.#numbers.size + 1);
    const live: number[] = [];
    for (let i = count - 1; i >= 0; i--) {
      const key = this.#ofMessage[i] as number;
      if (seen[key] === 1) continue;
      if (key > 0) seen[key] = 1;
      live.push(i);
    }
    return live.reverse();
  }

  #learn(count: number): void {
    for (; this.#known < count; this.#known++) {
      this.#ofMessage[this.#known] = this.#number(this.#decode(this.#known));
    }
  }

  #number(message: AnyMessage): number {
    const pattern = this.#rules.get(message.type);
    if (pattern === undefined) return 0;
    const fields = message as unknown as Record<string, unknown>;
    const key = pattern.map((part, i) => (i % 2 === 0 ? part : String(fields[part]))).join("");
    let number = this.#numbers.get(key);
    if (number === undefined) this.#numbers.set(key, (number = this.#numbers.size + 1));
    return number;
  }
}

import type { AnyMessage } from "./message.js";

/**
 * Which messages supersede each other: for each type a pattern of the key, in
 * which `{field}` stands for a field's value. `SetPose: "pose/{name}"` says that a pose
 * supersedes the one before of the same name; messages of other types with the same key
 * do so, too. Types that aren't listed supersede nothing.
 */
export type KeyRules = Readonly<Record<string, string>>;

/** The patterns of rules, ready to be used. */
export class KeyPatterns {
  readonly #patterns: ReadonlyMap<string, readonly string[]>;

  constructor(rules: KeyRules) {
    // Split at the braces, every second part is a field's name.
    this.#patterns = new Map(Object.entries(rules).map(([type, pattern]) => [type, pattern.split(/[{}]/)]));
  }

  /** How many types have keys. */
  get size(): number {
    return this.#patterns.size;
  }

  /** Returns a message's key, or undefined if its type has none. */
  keyOf(message: AnyMessage): string | undefined {
    const fields = message as unknown as Record<string, unknown>;
    return this.#patterns
      .get(message.type)
      ?.map((part, i) => (i % 2 === 0 ? part : String(fields[part])))
      .join("");
  }
}

/** The key of each message of a recording, as far as it was asked for. */
export class Keys {
  readonly #patterns: KeyPatterns;
  readonly #decode: (index: number) => AnyMessage;
  /** A number for each key, from 1 on; 0 is none. */
  readonly #numbers = new Map<string, number>();
  readonly #ofMessage: Uint32Array;
  #known = 0;

  /** `decode` returns the message with an index below `count`. */
  constructor(rules: KeyRules, count: number, decode: (index: number) => AnyMessage) {
    this.#patterns = new KeyPatterns(rules);
    this.#decode = decode;
    this.#ofMessage = new Uint32Array(this.#patterns.size > 0 ? count : 0);
  }

  /** Returns which of the first `count` messages are not superseded by a later one of them, in order. */
  live(count: number): number[] {
    if (this.#patterns.size === 0) return Array.from({ length: count }, (_, i) => i);
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
    const key = this.#patterns.keyOf(message);
    if (key === undefined) return 0;
    let number = this.#numbers.get(key);
    if (number === undefined) this.#numbers.set(key, (number = this.#numbers.size + 1));
    return number;
  }
}

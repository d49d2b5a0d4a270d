import type { Entry, Step } from "./mcap-steps.js";

interface Live extends Entry {
  readonly seq: number;
}

/**
 * The live state that steps lead to: what a log of Go's package buffers makes of the same
 * pushes. Its documentation says what the claims of entries mean.
 */
export class LiveState {
  /** By sequence, in the order of the log. */
  readonly #entries = new Map<number, Live>();
  /** The newest entry of each key. */
  readonly #newest = new Map<string, Live>();
  readonly #followers = new Map<string, Set<Live>>();
  #next = 0;
  #bytes = 0;

  /** Size of what is live. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Returns the live messages in the order of the log. */
  payloads(): Uint8Array[] {
    return Array.from(this.#entries.values(), ({ payload }) => payload);
  }

  /** Does what a step says. */
  apply(step: Step): void {
    switch (step.kind) {
      case "keyframe":
        this.#clear();
        this.#pushAll(step, 0);
        this.#next = Math.max(this.#next, step.seq);
        return;
      case "push":
        return this.#pushAll(step, step.seq);
      case "remove":
        for (const seq of step.removed) this.#drop(this.#entries.get(seq));
    }
  }

  #clear(): void {
    this.#entries.clear();
    this.#newest.clear();
    this.#followers.clear();
    this.#next = this.#bytes = 0;
  }

  /** Pushes the entries of a step, whose sequences begin at `first` or above. */
  #pushAll({ entries, gaps }: Step, first: number): void {
    this.#next = Math.max(this.#next, first);
    let seq = first;
    for (const [i, entry] of entries.entries()) {
      const gap = gaps[i] ?? 0;
      seq += gap;
      if (gap > 0) this.#next = Math.max(this.#next, seq);
      this.#push(entry);
      seq++;
    }
  }

  #push(entry: Entry): void {
    // Nobody waits for them, but they take a sequence.
    if (entry.transient) {
      this.#next++;
      return;
    }
    if (entry.removal) {
      this.#cull(entry);
      this.#next++;
      return;
    }
    if (entry.key !== "") this.#drop(this.#newest.get(entry.key));
    if (entry.supersedes.length > 0) this.#cull(entry);
    // The payload is copied: it would keep all of its chunk.
    const payload = entry.payload.slice();
    const added = this.#append({ ...entry, payload, follows: entry.follows === entry.key ? "" : entry.follows });
    if (added.key !== "") this.#moveFollowers(added);
  }

  #append(entry: Entry): Live {
    const live = { ...entry, seq: this.#next++ };
    this.#entries.set(live.seq, live);
    this.#bytes += live.payload.byteLength;
    if (live.key !== "") this.#newest.set(live.key, live);
    if (live.follows !== "") {
      const followers = this.#followers.get(live.follows);
      if (followers === undefined) this.#followers.set(live.follows, new Set([live]));
      else followers.add(live);
    }
    return live;
  }

  #drop(live: Live | undefined): void {
    if (live === undefined || !this.#entries.delete(live.seq)) return;
    this.#bytes -= live.payload.byteLength;
    if (this.#newest.get(live.key) === live) this.#newest.delete(live.key);
    const followers = this.#followers.get(live.follows);
    followers?.delete(live);
    if (followers?.size === 0) this.#followers.delete(live.follows);
  }

  /** Drops what a removal removes, or what an entry supersedes besides its own key. */
  #cull(by: Entry): void {
    const victims = new Set<Live>();
    if (by.removal) {
      this.#addNewest(by.key, victims);
      this.#addFollowers(by.key, by.key, victims);
    }
    for (const key of this.#keysOf(by.supersedes)) {
      if (key === by.key) continue;
      this.#addNewest(key, victims);
      this.#addFollowers(key, by.key, victims);
    }
    for (const live of victims) this.#drop(live);
  }

  #addNewest(key: string, victims: Set<Live>): void {
    const live = this.#newest.get(key);
    if (live !== undefined) victims.add(live);
  }

  /** Adds what follows a key, and what follows that, without what has the key `own`. */
  #addFollowers(key: string, own: string, victims: Set<Live>): void {
    for (const live of this.#followersOf(key)) {
      if ((live.key !== "" && live.key === own) || victims.has(live)) continue;
      victims.add(live);
      this.#addFollowers(live.key, own, victims);
    }
  }

  #followersOf(key: string): Iterable<Live> {
    return (key !== "" && this.#followers.get(key)) || [];
  }

  /** Lists the keys that a prefix and keys stand for, with some that nobody has. */
  #keysOf([prefix = "", ...keys]: readonly string[]): string[] {
    if (prefix === "") return keys;
    const known = [...this.#newest.keys(), ...this.#followers.keys()];
    return [...known.filter((key) => key.startsWith(prefix)), ...keys];
  }

  /** Appends what follows an entry once more, behind it, with what has to stand behind that. */
  #moveFollowers(newest: Live): void {
    if (!this.#followers.has(newest.key)) return;
    const moving = new Set<Live>();
    for (const live of this.#followersOf(newest.key)) this.#addMoving(live, newest, moving);
    for (const live of [...moving].sort((a, b) => a.seq - b.seq)) {
      this.#drop(live);
      this.#append(live);
    }
  }

  #addMoving(live: Live | undefined, newest: Live, moving: Set<Live>): void {
    if (live === undefined || live === newest || moving.has(live)) return;
    moving.add(live);
    for (const follower of this.#followersOf(live.key)) this.#addMoving(follower, newest, moving);
    for (const key of this.#keysOf(live.supersedes)) {
      if (key === live.key) continue;
      this.#addMoving(this.#newest.get(key), newest, moving);
      for (const follower of this.#followersOf(key)) this.#addMoving(follower, newest, moving);
    }
  }
}

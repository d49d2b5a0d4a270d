import type { KeyRules } from "./keys.js";
import type { CutSource, FileSource, ServerSource } from "./playback-source.js";
import type { WorkerSource } from "./spawn.js";

/** What can be played: a recording on a server, a file, or whatever else has pieces. */
export type PlaybackSource = ServerSource | FileSource | CutSource;

/**
 * Where a playback stands.
 *
 * - `loading`: what there is to play is being asked for.
 * - `playing`: time passes, except while it waits for data.
 * - `paused`: time stands still.
 * - `ended`: everything was played; `play()` begins again.
 * - `failed`: nothing more could be loaded; `play()` and `seek()` try again.
 * - `closed`: for good, by `close()`.
 */
export type PlaybackState = "loading" | "playing" | "paused" | "ended" | "failed" | "closed";

/** A change of {@link PlaybackState}, or of whether it waits. */
export interface PlaybackChange {
  readonly state: PlaybackState;
  /** Data is being fetched, without which it can't go on. */
  readonly waiting: boolean;
  /** For people: why it failed. Else empty. */
  readonly reason: string;
}

/** A part of a recording that is played again and again. */
export interface LoopRange {
  readonly fromSec: number;
  readonly toSec: number;
}

/** Options of `playback`. Every one may be left out. */
export interface PlaybackOptions {
  /** Where to begin, in seconds. Default: the beginning. */
  readonly atSec?: number;
  /** Begin paused, showing the state there. Default: false. */
  readonly paused?: boolean;
  /** How fast time passes. Default: 1. */
  readonly speed?: number;
  /** Begin again at the end, or play a part again and again. Default: false. */
  readonly loop?: boolean | LoopRange;
  /**
   * For `.viser` files: which messages supersede each other, so that a seek hands out the newest
   * ones only. Default: none; then it hands out all up to there. A server and MCAP
   * files know theirs.
   */
  readonly keys?: KeyRules;
  /** The worker, as of `connect`: `scenewire/playback-worker.js`, or built in. */
  readonly worker?: WorkerSource;
  /** How far ahead data is fetched, in seconds of playing. Default: 2. */
  readonly aheadSec?: number;
  /** How many bytes of messages may wait to be played. Default: 32 MiB. */
  readonly maxBufferBytes?: number;
  /**
   * Largest decompressed file, or piece of a recording: of an MCAP file a chunk, or the state
   * at a time. Default: 1 GiB.
   */
  readonly maxFileBytes?: number;
}

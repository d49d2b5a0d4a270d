import workerSource from "inline:./playback-worker.ts";
import { DeskClient } from "./desk-client.js";
import { Handlers, type Unsubscribe } from "./handlers.js";
import type { AnyMessage } from "./message.js";
import { PlaybackClock } from "./playback-clock.js";
import { CutFeed, type Fed, type Feed, type FeedLimits, FileFeed } from "./playback-feed.js";
import type { LoopRange, PlaybackChange, PlaybackOptions, PlaybackSource, PlaybackState } from "./playback-options.js";
import { HTTPSource, type RecordingInfo } from "./playback-source.js";
import { Receiver } from "./receiver.js";
import type { RecordedBatch } from "./recording.js";
import { spawnWorker } from "./spawn.js";

export type { Unsubscribe } from "./handlers.js";
export type { KeyRules } from "./keys.js";
export type { AnyMessage, MessageOf, SceneWindow } from "./message.js";
export type { LoopRange, PlaybackChange, PlaybackOptions, PlaybackSource, PlaybackState } from "./playback-options.js";
export type { CutRange, CutSource, FileSource, RecordingInfo, ServerSource } from "./playback-source.js";
export { Receiver } from "./receiver.js";
export type { WorkerSource } from "./spawn.js";

/**
 * Plays a recording: the same messages in the same order as a connection would have
 * brought them. `In` is the union of them.
 */
export function playback<In extends AnyMessage>(source: PlaybackSource, options: PlaybackOptions = {}): Playback<In> {
  return new Playback<In>(source, options);
}

const stretchBytes = 4 << 20;
/** How often a live recording is asked how long it has become. */
const livePollMs = 1_000;
/** The longest time between two looks at the clock. */
const tickMs = 50;
/** How long messages are handed out without a pause; beyond that time stands still instead. */
const busyMs = 40;

/**
 * A recording that plays, made by {@link playback}.
 *
 * Messages that were recorded at one time come as one window; its `timestampSec` is that
 * time. A seek calls the handlers of `onReset`, then hands out the state there as one
 * window; so does the end of a gap. `onError` tells why something could not be loaded, or
 * which part of a file is damaged: then the rest is played.
 */
export class Playback<In extends AnyMessage> extends Receiver<In> {
  readonly #desk: DeskClient;
  readonly #feed: Feed;
  readonly #clock = new PlaybackClock(() => performance.now());
  readonly #options: PlaybackOptions;
  readonly #changes = new Handlers<PlaybackChange>();
  readonly #infos = new Handlers<RecordingInfo>();
  readonly #closed = new AbortController();
  /** Ends what is being fetched for the present time. */
  #abort = new AbortController();
  #info: (RecordingInfo & { readonly loopStartSec?: number }) | undefined;
  #state: PlaybackState = "loading";
  #waiting = true;
  /** What play() was called for, while it can't be done yet. */
  #wantsToPlay: boolean;
  #hasDelivered = false;
  #queue: RecordedBatch[] = [];
  #queueBytes = 0;
  /** Up to when nothing is missing in the queue. */
  #fedSec = 0;
  #wantedSec: number | undefined;
  /** Where it was last sought to. */
  #startedSec = 0;
  #seeking: Promise<void> | undefined;
  #reading: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #poll: ReturnType<typeof setTimeout> | undefined;

  /** Whether it begins again at the end, or which part it plays again and again once it gets there. */
  loop: boolean | LoopRange;

  constructor(source: PlaybackSource, options: PlaybackOptions = {}) {
    super();
    this.#options = options;
    this.#desk = new DeskClient(spawnWorker(options.worker, workerSource));
    this.#feed = feedOf(source, this.#desk, options);
    this.#wantsToPlay = options.paused !== true;
    this.loop = options.loop ?? false;
    this.speed = options.speed ?? 1;
    void this.#load();
  }

  /** Where it stands. */
  get state(): PlaybackState {
    return this.#state;
  }

  /** True while it can't go on without data that is being fetched. */
  get waiting(): boolean {
    return this.#waiting;
  }

  /** What there is to play, as far as it is known. */
  get info(): RecordingInfo | undefined {
    return this.#info;
  }

  /** Where the recording begins, in seconds; 0 unless the beginning was forgotten. */
  get beginSec(): number {
    return this.#info?.from ?? 0;
  }

  /** Where it ends, for now if it is live. */
  get endSec(): number {
    return this.#info?.duration ?? 0;
  }

  /** The time that is played, in seconds. */
  get positionSec(): number {
    if (this.#wantedSec !== undefined) return this.#wantedSec;
    return this.#clock.running ? Math.min(this.#clock.sec, this.#fedSec) : this.#clock.sec;
  }

  /** Up to when it could play without fetching anything. */
  get bufferedSec(): number {
    return this.#fedSec;
  }

  /** How fast time passes: 1 is as it was recorded. Must be more than 0. */
  get speed(): number {
    return this.#clock.speed;
  }

  set speed(speed: number) {
    if (!(speed > 0 && speed < Number.POSITIVE_INFINITY)) throw new RangeError(`${speed} is no speed`);
    this.#clock.speed = speed;
  }

  /** Calls `handler` whenever {@link state} or {@link waiting} changes. */
  onState(handler: (change: PlaybackChange) => void): Unsubscribe {
    return this.#changes.add(handler);
  }

  /** Calls `handler` when it is known what there is to play, and whenever a live recording has grown. */
  onInfo(handler: (info: RecordingInfo) => void): Unsubscribe {
    return this.#infos.add(handler);
  }

  /** Lets time pass, after the end from the beginning. */
  play(): void {
    if (this.#state === "closed") return;
    this.#wantsToPlay = true;
    if (this.#info === undefined) {
      if (this.#state === "failed") void this.#load();
    } else if (this.#state === "ended") void this.seek(this.beginSec);
    else if (this.#state === "failed") void this.seek(this.positionSec);
    else this.#go();
  }

  /** Lets time stand still. */
  pause(): void {
    this.#wantsToPlay = false;
    if (this.#state === "playing") this.#go();
  }

  /**
   * Goes to a time, or as near as there is something: resets, and hands out the state
   * there. Returns when that is done. Of several calls in a row those in between may be
   * passed over.
   */
  seek(sec: number): Promise<void> {
    if (this.#state === "closed" || this.#info === undefined) return Promise.resolve();
    this.#wantedSec = Math.min(this.endSec, Math.max(this.beginSec, Number.isNaN(sec) ? 0 : sec));
    this.#clock.running = false;
    // Reading ahead is of no use any more. A seek is left to end, so that something is
    // seen while a timeline is being dragged.
    if (this.#seeking === undefined) this.#abort.abort();
    this.#seeking ??= this.#seekAll().finally(() => {
      this.#seeking = undefined;
    });
    return this.#seeking;
  }

  /** Ends it for good. */
  close(): void {
    if (this.#state === "closed") return;
    this.#clock.running = false;
    this.#closed.abort();
    this.#abort.abort();
    clearTimeout(this.#timer);
    clearTimeout(this.#poll);
    this.#desk.close();
    this.#forget();
    this.#change("closed", false);
  }

  async #load(): Promise<void> {
    this.#change("loading", true);
    try {
      await this.#ask();
    } catch (error) {
      return this.#failed(error);
    }
    await this.seek(this.#options.atSec ?? this.beginSec);
  }

  /** Asks what there is. */
  async #ask(): Promise<void> {
    const info = await this.#feed.info(this.#closed.signal);
    if (this.#state === "closed") return;
    this.#info = info;
    this.#infos.emit(info);
  }

  /** Asks again and again how long a live recording has become. */
  #follow(): void {
    if (this.#info?.live !== true || this.#poll !== undefined) return;
    this.#poll = setTimeout(() => {
      this.#poll = undefined;
      this.#ask().then(
        () => {
          this.#follow();
          this.#tick();
        },
        (error: unknown) => this.#failed(error),
      );
    }, livePollMs);
  }

  /** Goes to the time that is wanted, until no other one is. */
  async #seekAll(): Promise<void> {
    await this.#reading;
    while (this.#wantedSec !== undefined && this.#state !== "closed") {
      const atSec = this.#wantedSec;
      this.#abort = new AbortController();
      if (this.#state !== "loading") this.#change(this.#wantsToPlay ? "playing" : "paused", true);
      try {
        this.#arrived(atSec, await this.#feed.seek(atSec, this.#abort.signal));
      } catch (error) {
        // Another time was wanted in the meantime: that was why.
        if (this.#wantedSec === atSec) this.#failed(error);
      }
    }
    if (this.#state === "closed" || this.#state === "failed") return;
    this.#follow();
    this.#go();
  }

  #arrived(atSec: number, { batches, damage }: Fed): void {
    if ((this.#state as PlaybackState) === "closed") return;
    this.#forget();
    this.#fedSec = this.#startedSec = atSec;
    this.#clock.set(atSec);
    if (this.#wantedSec === atSec) this.#wantedSec = undefined;
    if (this.#hasDelivered) this.emitReset();
    for (const batch of batches) this.#hand(batch);
    for (const reason of damage) this.emitError(reason);
  }

  /** Goes on in the way that is wanted. */
  #go(): void {
    if (this.#wantedSec !== undefined) return;
    this.#change(this.#wantsToPlay ? "playing" : "paused", false);
    this.#clock.running = this.#wantsToPlay;
    this.#tick();
  }

  /** Hands out what is due, and sees that there is more. */
  #tick(): void {
    clearTimeout(this.#timer);
    if (this.#info === undefined || this.#wantedSec !== undefined) return;
    if (this.#state === "playing") this.#playDue();
    if (this.#state !== "playing" && this.#state !== "paused") return;
    this.#prefetch();
    if (this.#state === "playing") this.#timer = setTimeout(() => this.#tick(), this.#nextMs());
  }

  #playDue(): void {
    const beganMs = performance.now();
    const nowSec = Math.min(this.#clock.sec, this.#fedSec, this.#loopRange?.toSec ?? this.#fedSec);
    let played = 0;
    for (const batch of this.#queue) {
      if (batch.timeSec > nowSec) break;
      played++;
      this.#queueBytes -= batch.bytes;
      this.#hand(batch);
      if (this.#state !== "playing" || this.#wantedSec !== undefined) break; // a handler has changed its mind
      if (performance.now() - beganMs < busyMs) continue;
      this.#clock.set(batch.timeSec);
      break;
    }
    this.#queue.splice(0, played);
    if (this.#state === "playing" && this.#wantedSec === undefined) this.#wait(nowSec);
  }

  /** Stops the clock where data is missing, or everything was played. */
  #wait(nowSec: number): void {
    const range = this.#loopRange;
    if (range !== undefined && nowSec >= range.toSec) {
      void this.seek(range.fromSec);
      return;
    }
    const atEnd = this.#clock.sec >= this.#fedSec && this.#queue.length === 0;
    if (atEnd && this.#fedSec >= this.endSec && this.#info?.live !== true) return this.#end();
    const waiting = atEnd && this.#fedSec <= nowSec;
    if (waiting) this.#clock.set(this.#fedSec);
    if (this.#clock.running === waiting) this.#clock.running = !waiting;
    if (waiting !== this.#waiting) this.#change("playing", waiting);
  }

  #end(): void {
    this.#clock.set(this.endSec);
    this.#clock.running = false;
    // What stands still has no end to come back from.
    if (this.loop !== false && this.endSec > this.beginSec) {
      const fromSec = typeof this.loop === "object" ? this.loop.fromSec : (this.#info?.loopStartSec ?? 0);
      void this.seek(fromSec);
      return;
    }
    this.#wantsToPlay = false;
    this.#change("ended", false);
  }

  /** The part that is looped, if time is before its end. */
  get #loopRange(): LoopRange | undefined {
    const { loop } = this;
    return typeof loop === "object" && this.#startedSec < loop.toSec && loop.fromSec < loop.toSec ? loop : undefined;
  }

  #prefetch(): void {
    if (this.#fedSec < this.beginSec) {
      void this.seek(this.beginSec); // what would come next was forgotten meanwhile
      return;
    }
    const aheadSec = (this.#options.aheadSec ?? 2) * Math.max(1, this.speed);
    const enough = this.#fedSec - this.#clock.sec >= aheadSec;
    const full = this.#queueBytes >= (this.#options.maxBufferBytes ?? 32 << 20);
    if (this.#reading !== undefined || enough || full || this.#fedSec >= this.endSec) return;
    this.#reading = this.#read(this.#abort.signal).finally(() => {
      this.#reading = undefined;
      this.#tick();
    });
  }

  async #read(signal: AbortSignal): Promise<void> {
    try {
      const { batches, toSec, damage } = await this.#feed.read(this.endSec, signal);
      if (signal.aborted) return;
      this.#queue.push(...batches);
      for (const { bytes } of batches) this.#queueBytes += bytes;
      this.#fedSec = toSec;
      for (const reason of damage) this.emitError(reason);
    } catch (error) {
      if (!signal.aborted) this.#failed(error);
    }
  }

  /** Milliseconds until something is due. */
  #nextMs(): number {
    const next = this.#queue[0];
    if (next === undefined || !this.#clock.running) return tickMs;
    return Math.min(tickMs, Math.max(0, ((next.timeSec - this.#clock.sec) / this.speed) * 1000));
  }

  #hand({ timeSec, messages, bytes, resets }: RecordedBatch): void {
    if (resets === true && this.#hasDelivered) this.emitReset();
    this.#hasDelivered = true;
    const receivedMs = performance.timeOrigin + performance.now();
    this.deliver({ messages: messages as unknown as In[], timestampSec: timeSec, receivedMs, wireBytes: bytes });
  }

  #forget(): void {
    this.#queue = [];
    this.#queueBytes = 0;
  }

  #failed(error: unknown): void {
    if (this.#state === "closed") return;
    const reason = error instanceof Error ? error.message : String(error);
    this.#clock.set(this.positionSec);
    this.#clock.running = false;
    this.#wantedSec = undefined;
    clearTimeout(this.#poll);
    this.#poll = undefined;
    this.#change("failed", false, reason);
    this.emitError(reason);
  }

  #change(state: PlaybackState, waiting: boolean, reason = ""): void {
    if (state === this.#state && waiting === this.#waiting && reason === "") return;
    this.#state = state;
    this.#waiting = waiting;
    this.#changes.emit({ state, waiting, reason });
  }
}

function feedOf(source: PlaybackSource, desk: DeskClient, options: PlaybackOptions): Feed {
  const limits: FeedLimits = { maxFileBytes: options.maxFileBytes ?? 1 << 30, stretchBytes };
  const keys = options.keys ?? {};
  if ("file" in source) return new FileFeed(source, desk, limits, keys);
  return new CutFeed("url" in source ? new HTTPSource(source) : source, desk, limits, keys);
}

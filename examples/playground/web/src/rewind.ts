import { type Playback, playback, type RecordingInfo } from "scenewire/playback";
import type { FromServer } from "./messages.gen.js";
import { byId } from "./page.js";
import { play } from "./play.js";
import { PlaybackHead } from "./playback-head.js";
import { Pointers } from "./pointers.js";
import type { Stage } from "./stage.js";
import { clockText, Timeline } from "./timeline.js";
import { World } from "./world.js";

/** Where the server keeps the last minutes of the scene. */
export const recordingURL = "recording/";

/** How much is played again and again, in seconds. */
const replaySec = 10;
/** Nearer to the present than this is the present. */
const presentSec = 1.5;

/** A scene as it was, and what draws it. */
interface Past {
  readonly player: Playback<FromServer>;
  readonly world: World;
  readonly pointers: Pointers;
  /** The present is in sight until there is something else to see. */
  shown: boolean;
}

/** What a rewind tells. */
export interface RewindEvents {
  /** The past is shown now, or the present again. */
  readonly changed: (past: boolean) => void;
  /** Bodies came or went in the past. */
  readonly bodies: () => void;
  /** Something can't be played, and why. */
  readonly failed: (reason: string) => void;
}

/**
 * The way back in a live scene: its last minutes, from the server's flight recorder, in
 * the place of the present, which goes on meanwhile for everybody else.
 */
export class Rewind {
  readonly #stage: Stage;
  readonly #events: RewindEvents;
  readonly #timeline: Timeline;
  readonly #bar = byId("timeline");
  readonly #live = byId("live");
  readonly #layer: HTMLElement;
  #info: RecordingInfo | undefined;
  #askedMs = 0;
  #past: Past | undefined;
  /** Whether the past plays, or will when the viewer lets go of the slider. */
  #playing = true;

  constructor(stage: Stage, events: RewindEvents) {
    this.#stage = stage;
    this.#events = events;
    this.#layer = byId("pointers").cloneNode() as HTMLElement;
    this.#layer.id = "past-pointers";
    byId("pointers").after(this.#layer);
    this.#timeline = new Timeline(byId("controls"), {
      seek: (sec, dragging) => this.#seek(sec, dragging),
      toggle: () => this.#toggle(),
      speed: (speed) => {
        if (this.#past !== undefined) this.#past.player.speed = speed;
      },
      loop: (on) => this.#loop(on),
    });
    this.#live.addEventListener("click", () => this.leave());
    for (const event of ["pointerenter", "focusin"]) this.#bar.addEventListener(event, () => void this.ask());
  }

  /** The world of the past, while it is shown. */
  get world(): World | undefined {
    return this.#past?.shown ? this.#past.world : undefined;
  }

  /** The pointers of the past, while it is shown. */
  get pointers(): Pointers | undefined {
    return this.#past?.shown ? this.#past.pointers : undefined;
  }

  /** The time that is shown, in seconds of the recording; undefined in the present. */
  get positionSec(): number | undefined {
    return this.#past?.shown ? this.#past.player.positionSec : undefined;
  }

  /** When the recording began; undefined if there is none. */
  get startMs(): number | undefined {
    return this.#info?.start === undefined ? undefined : Date.parse(this.#info.start);
  }

  /** The present, in seconds of the recording. */
  get presentSec(): number {
    const passedSec = (performance.now() - this.#askedMs) / 1000;
    return this.#info === undefined ? 0 : this.#info.duration + passedSec;
  }

  /** Shows a part of the past again and again. */
  replay(fromSec: number, toSec: number): void {
    this.#playing = true;
    this.#enter(fromSec, true).loop = { fromSec, toSec };
  }

  /** Returns to the present. */
  leave(): void {
    if (this.#past === undefined) return;
    this.#past.player.close();
    this.#past.world.clear();
    this.#past.world.visible = false;
    this.#past.pointers.clear();
    this.#past = undefined;
    this.#playing = true;
    this.#events.changed(false);
  }

  /** Draws the past, and the timeline. */
  update(elapsedSec: number): void {
    this.#past?.world.update();
    this.#past?.pointers.update(elapsedSec);
    if (this.#hasCaughtUp()) this.leave();
    if (this.#info !== undefined) this.#show(this.#info);
  }

  /**
   * Asks the server what it keeps. Without an answer there is no way back. The present
   * goes on by itself, so this is only needed when the viewer may want to go back.
   */
  async ask(): Promise<void> {
    try {
      const response = await fetch(`${recordingURL}info.json`, { cache: "no-store" });
      this.#info = response.ok ? ((await response.json()) as RecordingInfo) : undefined;
    } catch {
      this.#info = undefined; // The connection's state is told elsewhere.
    }
    this.#askedMs = performance.now();
    this.#bar.hidden = this.#info === undefined;
  }

  #enter(atSec: number, playing: boolean): Playback<FromServer> {
    if (this.#past === undefined) this.#past = this.#open(atSec, playing);
    else {
      void this.#past.player.seek(atSec);
      if (playing) this.#past.player.play();
      else this.#past.player.pause();
    }
    return this.#past.player;
  }

  #open(atSec: number, playing: boolean): Past {
    const { scene, quality } = this.#stage;
    const player = playback<FromServer>({ url: recordingURL }, { atSec, paused: !playing, speed: this.#timeline.speed });
    const world = new World(scene, quality.fine, new PlaybackHead(player), false);
    const pointers = new Pointers(this.#stage, this.#layer);
    play(player, world, pointers, this.#events.bodies);
    const past = { player, world, pointers, shown: false };
    const stop = player.onAny(() => {
      stop();
      past.shown = true;
      this.#events.changed(true);
    });
    player.onError((reason) => {
      this.leave();
      this.#events.failed(reason);
    });
    return past;
  }

  #seek(sec: number, dragging: boolean): void {
    if (!dragging && sec >= this.presentSec - presentSec / 3) return this.leave();
    const player = this.#enter(sec, this.#playing && !dragging);
    if (typeof player.loop === "object" && (sec < player.loop.fromSec || sec > player.loop.toSec)) player.loop = false;
  }

  #toggle(): void {
    this.#playing = !this.#playing;
    if (this.#past === undefined) this.#enter(this.presentSec, this.#playing);
    else if (this.#playing) this.#past.player.play();
    else this.#past.player.pause();
  }

  /** Plays the last seconds before what is shown again and again. */
  #loop(on: boolean): void {
    if (!on) {
      if (this.#past !== undefined) this.#past.player.loop = false;
      return;
    }
    const toSec = this.#past?.player.positionSec ?? this.presentSec - presentSec / 3;
    this.replay(Math.max(this.#info?.from ?? 0, toSec - replaySec), toSec);
  }

  #hasCaughtUp(): boolean {
    if (this.#past === undefined) return false;
    const { state, waiting, positionSec } = this.#past.player;
    return state === "playing" && waiting && positionSec >= this.presentSec - presentSec;
  }

  #show({ from = 0 }: RecordingInfo): void {
    const endSec = this.presentSec;
    const player = this.#past?.player;
    const positionSec = player?.positionSec ?? endSec;
    const behindSec = Math.max(0, endSec - positionSec);
    this.#timeline.show({
      beginSec: Math.min(from, endSec),
      endSec,
      positionSec,
      playing: this.#playing,
      waiting: player?.waiting ?? false,
      loop: typeof player?.loop === "object" ? player.loop : undefined,
      nowText: player === undefined ? "now" : clockText(-behindSec),
      endText: "",
    });
    const pressed = String(player === undefined);
    if (this.#live.getAttribute("aria-pressed") !== pressed) this.#live.setAttribute("aria-pressed", pressed);
  }
}

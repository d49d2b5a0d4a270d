import type { Playhead } from "./world.js";

/** How far behind the recording's time a world is drawn: two ticks of its server, so that there is a pose to go to. */
const delaySec = 2 / 60;

/** The moment to draw of a recording: its own time, however fast or slow that passes. */
export class PlaybackHead implements Playhead {
  readonly #player: { readonly positionSec: number };

  constructor(player: { readonly positionSec: number }) {
    this.#player = player;
  }

  observe(): void {
    // A recording knows its time without looking at what comes.
  }

  playhead(): number {
    return this.#player.positionSec - delaySec;
  }
}

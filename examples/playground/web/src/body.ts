import { identity, type Pose, PoseTrack } from "./poses.js";

const growSec = 0.5;

/** One thing in the scene: what the server said about it, and what is drawn. */
export class Body {
  /** What the server sent, with its times. */
  readonly track = new PoseTrack();
  /** What is drawn in this frame. */
  readonly shown: Pose = identity();
  /** True while this page drags it: `shown` is then what the hand does. */
  held = false;

  /**
   * `radius` is that of the sphere around it, in metres; `bornSec` when it
   * begins to grow to its size, on the page's clock.
   */
  constructor(
    readonly name: string,
    readonly radius: number,
    readonly bornSec: number,
  ) {}

  /** False until the server has said where it is. */
  get isPlaced(): boolean {
    return this.track.newest !== undefined;
  }

  /** Sets `shown` to the moment `playhead` of the server's clock. */
  update(playhead: number): void {
    if (!this.held) this.track.sample(playhead, this.shown);
  }

  /** How much of its size it has at `nowSec`: 0 … 1, with a slight overshoot. */
  scale(nowSec: number): number {
    if (!this.isPlaced) return 0;
    const t = (nowSec - this.bornSec) / growSec;
    if (t >= 1) return 1;
    if (t <= 0) return 0;
    return 1 + 2.4 * (t - 1) ** 3 + 1.4 * (t - 1) ** 2;
  }
}

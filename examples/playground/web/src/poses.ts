import type { Quaternion, Vector } from "./messages.gen.js";

/** Where a body is and how it is turned. */
export interface Pose {
  readonly position: Vector;
  readonly wxyz: Quaternion;
}

/** A fresh pose at the origin. */
export const identity = (): Pose => ({ position: [0, 0, 0], wxyz: [1, 0, 0, 0] });

/** Copies `from` into `to`. */
export function copyPose(to: Pose, position: Readonly<Vector>, wxyz: Readonly<Quaternion>): void {
  for (let i = 0; i < 3; i++) to.position[i] = position[i] as number;
  for (let i = 0; i < 4; i++) to.wxyz[i] = wxyz[i] as number;
}

/** Returns a·b: first b, then a. */
export function multiply(a: Readonly<Quaternion>, b: Readonly<Quaternion>): Quaternion {
  return [
    a[0] * b[0] - a[1] * b[1] - a[2] * b[2] - a[3] * b[3],
    a[0] * b[1] + a[1] * b[0] + a[2] * b[3] - a[3] * b[2],
    a[0] * b[2] - a[1] * b[3] + a[2] * b[0] + a[3] * b[1],
    a[0] * b[3] + a[1] * b[2] - a[2] * b[1] + a[3] * b[0],
  ];
}

/** Returns the rotation by `angle` radians about a unit axis. */
export function rotation(axis: Readonly<Vector>, angle: number): Quaternion {
  const s = Math.sin(angle / 2);
  return [Math.cos(angle / 2), axis[0] * s, axis[1] * s, axis[2] * s];
}

const samples = 4;

/**
 * The last few poses of one body with the server's time of each, from which the
 * page draws a moment of the near past: motion stays even though windows don't
 * arrive evenly.
 */
export class PoseTrack {
  readonly #times: number[] = [];
  readonly #poses: Pose[] = [];

  /** The newest pose, or undefined. */
  get newest(): Pose | undefined {
    return this.#poses.at(-1);
  }

  /** Appends a pose (copied) at a server time in seconds; the oldest makes room. */
  push(time: number, position: Readonly<Vector>, wxyz: Readonly<Quaternion>): void {
    const replaces = time <= (this.#times.at(-1) ?? Number.NEGATIVE_INFINITY);
    const pose = this.#slot(replaces);
    copyPose(pose, position, wxyz);
    this.#poses.push(pose);
    this.#times.push(replaces ? (this.#times.pop() as number) : time);
  }

  /** Forgets everything, then starts from one pose. */
  restart(time: number, pose: Pose): void {
    this.clear();
    this.push(time, pose.position, pose.wxyz);
  }

  /** Forgets everything. */
  clear(): void {
    this.#times.length = 0;
    this.#poses.length = 0;
  }

  /** Writes the pose at `time` into `out`; before the oldest and after the newest it stands still. */
  sample(time: number, out: Pose): void {
    let after = this.#times.length - 1;
    if (after < 0) return;
    while (after > 0 && (this.#times[after - 1] as number) > time) after--;
    const to = this.#poses[after] as Pose;
    const from = this.#poses[Math.max(0, after - 1)] as Pose;
    const start = this.#times[Math.max(0, after - 1)] as number;
    const span = (this.#times[after] as number) - start;
    const part = span > 0 ? Math.min(1, Math.max(0, (time - start) / span)) : 1;
    blend(from, to, part, out);
  }

  #slot(replaces: boolean): Pose {
    if (replaces) return this.#poses.pop() as Pose;
    if (this.#poses.length < samples) return identity();
    this.#times.shift();
    return this.#poses.shift() as Pose;
  }
}

/** Writes the pose `part` of the way between two into `out`. */
function blend(from: Pose, to: Pose, part: number, out: Pose): void {
  for (let i = 0; i < 3; i++) {
    const start = from.position[i] as number;
    out.position[i] = start + ((to.position[i] as number) - start) * part;
  }
  const [a, b] = [from.wxyz, to.wxyz];
  // q and -q are the same rotation; take the shorter way.
  const sign = a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3] < 0 ? -1 : 1;
  let norm = 0;
  for (let i = 0; i < 4; i++) {
    const x = (a[i] as number) * (1 - part) + (b[i] as number) * sign * part;
    out.wxyz[i] = x;
    norm += x * x;
  }
  for (let i = 0; i < 4; i++) out.wxyz[i] = (out.wxyz[i] as number) / Math.sqrt(norm || 1);
}

const memorySec = 5;
/** Twice the server's tick: a drag's windows come oftener, what moves by itself does not. */
const minDelaySec = 2 / 60;
const maxDelaySec = 0.15;

/**
 * The server's clock as far as the page can know it, and the moment to draw.
 *
 * The offset is the smallest difference seen lately between arrival and stamp:
 * that window had the least delay. It forgets, as clocks drift and laptops sleep.
 */
export class ServerClock {
  #offset = Number.POSITIVE_INFINITY;
  #recent = Number.POSITIVE_INFINITY;
  #recentSince = 0;
  #lastStamp = 0;
  /** Smoothed time between windows, and how late one typically is. */
  #interval = 1 / 60;
  #jitter = 0.005;

  /** Takes in one window's stamp and arrival, both in seconds of their own clock. */
  observe(stamp: number, arrival: number): void {
    const difference = arrival - stamp;
    if (arrival - this.#recentSince > memorySec) {
      this.#offset = this.#recent;
      this.#recent = difference;
      this.#recentSince = arrival;
    }
    this.#recent = Math.min(this.#recent, difference);
    this.#offset = Math.min(this.#offset, this.#recent);
    this.#interval += 0.05 * (Math.min(0.2, stamp - this.#lastStamp) - this.#interval);
    this.#jitter += 0.05 * (Math.min(0.2, difference - this.#offset) - this.#jitter);
    this.#lastStamp = stamp;
  }

  /** The moment to draw at local time `now`, on the server's clock: recent, but safely behind the newest window. */
  playhead(now: number): number {
    const delay = this.#interval * 1.2 + this.#jitter * 2;
    return now - this.#offset - Math.min(maxDelaySec, Math.max(minDelaySec, delay));
  }
}

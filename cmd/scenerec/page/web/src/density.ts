import type { RecordingInfo } from "scenewire/playback";

const bins = 240;

/**
 * How many messages there are at each time, drawn behind the timeline. Where the
 * recording itself doesn't say it, what was played so far is counted.
 */
export class Density {
  readonly #canvas = document.createElement("canvas");
  #info: RecordingInfo | undefined;
  /** The most that was seen in each slice, and what the present pass has counted. */
  #most = new Float64Array(bins);
  #pass = new Float64Array(bins);
  #dirty = true;

  constructor(parent: HTMLElement) {
    this.#canvas.setAttribute("aria-hidden", "true");
    parent.prepend(this.#canvas);
    new ResizeObserver(() => {
      this.#dirty = true;
    }).observe(this.#canvas);
  }

  /** Takes in what is known of the recording. */
  setInfo(info: RecordingInfo): void {
    const before = this.#info;
    this.#info = info;
    this.#dirty = true;
    // A recording that grows, or forgets, has other slices.
    if (before !== undefined && (before.duration !== info.duration || before.from !== info.from)) {
      this.#most = move(this.#most, before, info);
      this.#pass = move(this.#pass, before, info);
    }
  }

  /** Begins another pass: what was counted may come once more. */
  restart(): void {
    this.#pass.fill(0);
  }

  /** Counts some messages at a time. */
  add(timeSec: number, count: number): void {
    if (this.#info === undefined || this.#info.density !== undefined) return;
    const { from = 0, duration } = this.#info;
    const bin = Math.min(bins - 1, Math.max(0, Math.floor(((timeSec - from) / (duration - from || 1)) * bins)));
    this.#pass[bin] = (this.#pass[bin] as number) + count;
    this.#most[bin] = Math.max(this.#most[bin] as number, this.#pass[bin] as number);
    this.#dirty = true;
  }

  /** Draws it, if anything has changed. */
  draw(): void {
    const context = this.#canvas.getContext("2d");
    if (!this.#dirty || context === null || this.#info === undefined) return;
    this.#dirty = false;
    const [width, height] = [this.#canvas.clientWidth * devicePixelRatio, this.#canvas.clientHeight * devicePixelRatio];
    this.#canvas.width = width;
    this.#canvas.height = height;
    const style = getComputedStyle(this.#canvas);
    context.fillStyle = style.getPropertyValue("--density");
    const slices = this.#info.density ?? [...this.#most];
    const top = Math.max(1, ...slices);
    slices.forEach((count, i) => {
      if (count <= 0) return;
      // The root keeps what is rare in sight beside what is frequent.
      const tall = Math.max(2, Math.sqrt(count / top) * height);
      context.fillRect((i / slices.length) * width, height - tall, Math.max(1, width / slices.length - 0.5), tall);
    });
    context.fillStyle = style.getPropertyValue("--gap");
    for (const { from, to } of this.#info.gaps ?? []) this.#drawGap(context, from, to, width, height);
  }

  #drawGap(context: CanvasRenderingContext2D, fromSec: number, toSec: number, width: number, height: number): void {
    const { from = 0, duration } = this.#info as RecordingInfo;
    const scale = width / (duration - from || 1);
    context.fillRect((fromSec - from) * scale, 0, Math.max(2, (toSec - fromSec) * scale), height);
  }
}

/** Counts by the slices of one time, as counts by those of another. */
function move(counts: Float64Array, before: RecordingInfo, after: RecordingInfo): Float64Array<ArrayBuffer> {
  const moved = new Float64Array(bins);
  const [from, span] = [before.from ?? 0, before.duration - (before.from ?? 0)];
  const [toFrom, toSpan] = [after.from ?? 0, after.duration - (after.from ?? 0)];
  counts.forEach((count, i) => {
    const sec = from + ((i + 0.5) / bins) * span;
    const bin = Math.floor(((sec - toFrom) / (toSpan || 1)) * bins);
    if (bin >= 0 && bin < bins) moved[bin] = (moved[bin] as number) + count;
  });
  return moved;
}

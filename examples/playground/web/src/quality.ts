/** How much work a frame may be. */
export interface Quality {
  /** Device pixels per CSS pixel. */
  readonly pixelRatio: number;
  readonly shadows: boolean;
  /** True if shapes may have many triangles. */
  readonly fine: boolean;
}

/** True if this browser has no graphics card to draw with, and counts every triangle. */
export const drawsInSoftware = detectSoftware();

const high: Quality = { pixelRatio: Math.min(devicePixelRatio, 2), shadows: true, fine: true };
const low: Quality = { pixelRatio: 1, shadows: false, fine: false };

/**
 * Returns what `?quality=high` or `low` in the page's address says, else what this
 * machine can bear.
 */
export function chooseQuality(): Quality {
  const asked = new URLSearchParams(location.search).get("quality");
  if (asked === "high") return high;
  return asked === "low" || drawsInSoftware ? low : high;
}

function detectSoftware(): boolean {
  const gl = document.createElement("canvas").getContext("webgl2");
  const info = gl?.getExtension("WEBGL_debug_renderer_info");
  const renderer = info ? String(gl?.getParameter(info.UNMASKED_RENDERER_WEBGL)) : "";
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return /swiftshader|llvmpipe|software/i.test(renderer);
}

const slowFrameMs = 45;
const patienceFrames = 90;

/** Watches how long frames take, and tells when they are too slow. */
export class Watch {
  #slow = 0;

  /** Takes in one frame; returns true if something should be simplified now. */
  isTooSlow(frameMs: number): boolean {
    // A gap of a second is a hidden page, not a slow one.
    if (frameMs < 1000) this.#slow = Math.max(0, this.#slow + (frameMs > slowFrameMs ? 1 : -2));
    if (this.#slow < patienceFrames) return false;
    this.#slow = 0;
    return true;
  }
}

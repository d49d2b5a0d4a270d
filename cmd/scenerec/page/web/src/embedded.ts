import type { CutRange, CutSource, RecordingInfo } from "scenewire/playback";

/** A piece of the recording inside the page: its element, and the times that it has. */
interface Piece {
  readonly element: Element;
  readonly fromSec: number;
  readonly toSec: number;
}

/**
 * The recording that a page carries within itself: an element with what `info.json`
 * says, and one for each piece, a `.viser` file as base64 that begins with the state.
 */
class EmbeddedSource implements CutSource {
  readonly #info: RecordingInfo;
  readonly #pieces: readonly Piece[];

  constructor(info: RecordingInfo, pieces: readonly Piece[]) {
    this.#info = info;
    this.#pieces = pieces;
  }

  async info(): Promise<RecordingInfo> {
    return this.#info;
  }

  async cut({ fromSec, state }: CutRange): Promise<Uint8Array> {
    // What is at the border of two belongs to the first; what follows it is in the second.
    const piece =
      this.#pieces.find(({ toSec }) => (state ? toSec >= fromSec : toSec > fromSec)) ?? this.#pieces.at(-1);
    if (piece === undefined) throw new Error("this page has no recording");
    return bytesOf(piece.element.textContent ?? "");
  }
}

/** Returns the recording inside this page, or undefined if it has none. */
export function embedded(): CutSource | undefined {
  const info = document.getElementById("recording-info");
  if (info === null) return undefined;
  const pieces = [...document.querySelectorAll<HTMLElement>("script.piece")].map((element) => ({
    element,
    fromSec: Number(element.dataset.from),
    toSec: Number(element.dataset.to),
  }));
  return new EmbeddedSource(JSON.parse(info.textContent ?? "") as RecordingInfo, pieces);
}

function bytesOf(base64: string): Uint8Array {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

import { type FileInput, get } from "./byte-source.js";

/** What is known of a recording. Times are seconds from its beginning. */
export interface RecordingInfo {
  /** When it began, as RFC 3339 has it; absent if nobody knows. */
  readonly start?: string;
  /** Up to when it goes. */
  readonly duration: number;
  /** From when on it can be played, if not from 0: a flight recorder has forgotten what was before. */
  readonly from?: number;
  /** It is still being recorded, so `duration` grows. */
  readonly live?: boolean;
  /** Where something was lost. */
  readonly gaps?: readonly { readonly from: number; readonly to: number }[];
  /** How many messages there are in each of so many equal parts of the time. */
  readonly density?: readonly number[];
  /** How many messages of each type it has. */
  readonly types?: Readonly<Record<string, number>>;
  readonly name?: string;
  readonly viserVersion?: string;
  /** Size of the file, or of what is kept. */
  readonly bytes?: number;
  /** Names of files to be downloaded, beside `info.json`. */
  readonly files?: readonly string[];
  /** Why it isn't whole; absent if it is. What is damaged before its end is met when it is played. */
  readonly damage?: string;
}

/** Which part of a recording is asked for. */
export interface CutRange {
  readonly fromSec: number;
  readonly toSec: number;
  /** The state at `fromSec` comes first. */
  readonly state: boolean;
}

/**
 * Where a recording comes from, piece by piece. It is what a server's `info.json` and
 * `cut.viser?from=&to=&state=1` answer.
 */
export interface CutSource {
  /** Tells what there is. It is asked again and again while the recording is live. */
  info(signal: AbortSignal): Promise<RecordingInfo>;
  /**
   * Returns a `.viser` file with times from the beginning of the whole: the state at
   * `fromSec` if asked for (all its messages up to then, together), and what came behind
   * it up to `toSec`. It may have less or more than that, and says by its
   * `durationSeconds` up to when it is complete. The bytes are handed over.
   */
  cut(range: CutRange, signal: AbortSignal): Promise<Uint8Array>;
}

/**
 * One file: its address, the file, or its bytes (borrowed). It may be a `.viser` file,
 * which is loaded whole, or an MCAP file of scenewire, which is read piece by piece, by
 * range requests; its content tells.
 */
export interface FileSource {
  readonly file: string | URL | Blob | ArrayBuffer | Uint8Array;
}

/** The address of a recording on a server, below which `info.json` and `cut.viser` are. */
export interface ServerSource {
  readonly url: string | URL;
}

/** Asks a server. */
export class HTTPSource implements CutSource {
  readonly #base: string;

  constructor({ url }: ServerSource) {
    const base = new URL(url, globalThis.location?.href).href;
    this.#base = base.endsWith("/") ? base : `${base}/`;
  }

  async info(signal: AbortSignal): Promise<RecordingInfo> {
    const response = await get(`${this.#base}info.json`, { signal });
    const info = (await response.json()) as RecordingInfo;
    if (typeof info.duration !== "number") throw new Error(`${this.#base}info.json has no duration`);
    return info;
  }

  async cut({ fromSec, toSec, state }: CutRange, signal: AbortSignal): Promise<Uint8Array> {
    const query = `from=${fromSec}&to=${toSec}${state ? "&state=1" : ""}`;
    const response = await get(`${this.#base}cut.viser?${query}`, { signal });
    return new Uint8Array(await response.arrayBuffer());
  }
}

/** Returns a file as the worker opens it: an address whole, bytes as a copy. */
export function inputOf({ file }: FileSource): FileInput {
  if (file instanceof Uint8Array) return file.slice();
  if (file instanceof ArrayBuffer) return new Uint8Array(file.slice(0));
  if (file instanceof Blob) return file;
  return new URL(file, globalThis.location?.href).href;
}

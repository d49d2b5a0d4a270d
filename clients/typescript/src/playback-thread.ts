import type { FileInput } from "./byte-source.js";
import type { KeyRules } from "./keys.js";
import type { RecordingInfo } from "./playback-source.js";
import type { Stretch } from "./recording.js";
import type { RecordingHeader } from "./viser-file.js";

/** What the worker tells of a file that it has opened. */
export interface OpenedFile extends RecordingHeader {
  /** Size of the decompressed content; of an MCAP file: of the file. */
  readonly bytes: number;
  /** What an MCAP file says beyond that. */
  readonly info: RecordingInfo | undefined;
}

/** Batches in a row, as the worker hands them over. */
export type Batches = Omit<Stretch, "buffer">;

/** From the page to the worker. Each has a number; so has the file that it is about. */
export type PlaybackCommand = { readonly request: number; readonly file: number } & (
  | { readonly kind: "open"; readonly input: FileInput; readonly maxBytes: number; readonly keys: KeyRules }
  | { readonly kind: "state"; readonly atSec: number }
  | { readonly kind: "read"; readonly afterSec: number | undefined; readonly maxBytes: number }
  | { readonly kind: "close" }
);

/** From the worker to the page: the answer to the command with that number. */
export type PlaybackReport = { readonly request: number } & (
  | { readonly kind: "opened"; readonly opened: OpenedFile }
  | { readonly kind: "batches"; readonly batches: Batches }
  | { readonly kind: "closed" }
  | { readonly kind: "failed"; readonly reason: string }
);

import type { Mark } from "./messages.gen.js";
import type { Samples } from "./samples.js";

/** What is shown at a moment: charts draw it, and files are written from it. */
export interface View {
  readonly samples: Samples;
  /** The rows that are shown. */
  readonly fromRow: number;
  readonly toRow: number;
  /** The times that are shown, in seconds since 1970. */
  readonly fromSec: number;
  readonly toSec: number;
  readonly marks: readonly Mark[];
}

/** A line of a legend. */
export interface LegendEntry {
  readonly label: string;
  readonly color: string;
  readonly value: string;
}

/** Rows of a table, the first with the columns' names. */
export type Table = (string | number)[][];

/** What a card has inside: something that is drawn from a `V`, and that can be saved. */
export interface Drawing<V> {
  /** What the card shows. */
  readonly element: HTMLElement;
  /** Takes the width of its place. Apart from {@link draw}, so that a layout does for all. */
  fit(): void;
  /** Draws the view. Only called while the card can be seen. */
  draw(view: V): void;
  /** Tells why there is nothing to see, or undefined if there is something. */
  emptyText(view: V): string | undefined;
  /** The picture as it is, without title and legend. */
  readonly canvas: HTMLCanvasElement;
  /** The figures where the cursor is, or the newest. */
  legend(): readonly LegendEntry[];
  /** What the picture shows, in numbers. */
  table(view: V): Table;
  /** Draws again in other colours. */
  recolor(): void;
  destroy(): void;
}

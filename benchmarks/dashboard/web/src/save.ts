import type { LegendEntry, Table } from "./drawing.js";
import { palette } from "./palette.js";

/** What a picture says beside what is drawn. */
export interface Caption {
  readonly title: string;
  /** The figure's unit, the time, where it is from. */
  readonly detail: string;
  readonly legend: readonly LegendEntry[];
}

/** Hands a file to the viewer. */
export function download(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Writes a table as CSV, as RFC 4180 says, in UTF-8. Figures that aren't known are empty. */
export function csv(table: Table): Blob {
  const cell = (value: string | number) => {
    if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
    return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  };
  return new Blob([table.map((row) => `${row.map(cell).join(",")}\r\n`).join("")], { type: "text/csv;charset=utf-8" });
}

const margin = 16;
const lineHeight = 18;

/** Makes a picture of what is drawn on a canvas, with title, legend and background. */
export async function picture(drawn: HTMLCanvasElement, caption: Caption): Promise<Blob> {
  const ratio = devicePixelRatio;
  const [width, height] = [drawn.width / ratio + 2 * margin, drawn.height / ratio];
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("this browser has no canvas");
  const lines = legendLines(context, caption.legend, width - 2 * margin);
  const top = margin + 22 + lineHeight;
  canvas.width = width * ratio;
  canvas.height = (top + height + lines.length * lineHeight + margin) * ratio;
  context.scale(ratio, ratio);
  const { card, ink, soft, font } = palette();
  context.fillStyle = card;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.textBaseline = "top";
  write(context, caption.title, margin, margin, ink, font.replace("11px", "600 15px"));
  write(context, caption.detail, margin, margin + 21, soft, font);
  context.drawImage(drawn, margin, top, drawn.width / ratio, height);
  lines.forEach((line, i) => writeLegend(context, line, top + height + 6 + i * lineHeight));
  return await new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob === null ? reject(new Error("the picture is too large")) : resolve(blob)), "image/png"),
  );
}

type Placed = LegendEntry & { x: number };

/** Breaks a legend into lines of at most `width`. */
function legendLines(context: CanvasRenderingContext2D, legend: readonly LegendEntry[], width: number): Placed[][] {
  context.font = palette().font;
  const lines: Placed[][] = [];
  let x = width + 1;
  for (const entry of legend) {
    const needed = context.measureText(`${entry.label} ${entry.value}`).width + 34;
    if (x + needed > width) {
      lines.push([]);
      x = 0;
    }
    lines.at(-1)?.push({ ...entry, x });
    x += needed;
  }
  return lines;
}

function writeLegend(context: CanvasRenderingContext2D, line: readonly Placed[], y: number): void {
  const { soft, font } = palette();
  for (const { label, value, color, x } of line) {
    context.fillStyle = color;
    context.fillRect(margin + x, y + 2, 9, 9);
    write(context, `${label} ${value}`, margin + x + 14, y, soft, font);
  }
}

function write(context: CanvasRenderingContext2D, text: string, x: number, y: number, color: string, font: string): void {
  context.fillStyle = color;
  context.font = font;
  context.fillText(text, x, y);
}

/** Returns a file's name: what it shows and when it was written. */
export function fileName(what: string, extension: string): string {
  const slug = what.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "");
  const at = new Date().toISOString().slice(0, 19).replaceAll(":", "");
  return `scenewire-${slug}-${at}.${extension}`;
}

/** The page's colours, for what is drawn: CSS says what they are. */
export interface Palette {
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly card: string;
  readonly accent: string;
  readonly good: string;
  readonly warn: string;
  readonly bad: string;
  /** Of the curves of a chart, in their order. */
  readonly series: readonly string[];
  readonly font: string;
}

let current: Palette | undefined;

/** The colours of the theme that is shown. */
export function palette(): Palette {
  return (current ??= read());
}

/** Looks the colours up again, as another theme is shown. */
export function forgetPalette(): void {
  current = undefined;
}

/** Returns the i-th colour of curves; they begin again after the last. */
export function seriesColor(i: number): string {
  const { series, accent } = palette();
  return series[i % series.length] ?? accent;
}

/** Returns a colour, written as #rrggbb, of which `share` is left (0 … 1). */
export function seeThrough(color: string, share: number): string {
  return color + Math.round(share * 255).toString(16).padStart(2, "0");
}

function read(): Palette {
  const style = getComputedStyle(document.documentElement);
  const value = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: value("ink"),
    soft: value("soft"),
    line: value("grid"),
    card: value("card"),
    accent: value("accent"),
    good: value("good"),
    warn: value("warn"),
    bad: value("bad"),
    series: ["s1", "s2", "s3", "s4", "s5"].map(value),
    font: `11px ${style.fontFamily}`,
  };
}

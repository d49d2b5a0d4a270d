package chart

import (
	"bytes"
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"
)

// canvas is the SVG's elements so far.
type canvas struct {
	out     bytes.Buffer
	classes []string // names of series: the index of each is its colour
}

// What a text's x is of it.
const (
	start  = "start"
	middle = "middle"
	end    = "end"
)

// colours is how many series have one of their own.
const colours = 6

// style is what classes look like: c0 to c5 are the series' colours.
const style = `
    svg { --ground: #ffffff; --edge: #d8dee4; --ink: #1f2328; --muted: #59636e; --grid: #e6eaef; --bar: #aeb8c4;
      --c0: #0969da; --c1: #bc4c00; --c2: #1a7f37; --c3: #8250df; --c4: #b3286e; --c5: #7a6200; }
    @media (prefers-color-scheme: dark) {
      svg { --ground: #0d1117; --edge: #30363d; --ink: #e6edf3; --muted: #9198a1; --grid: #21262d; --bar: #586270;
        --c0: #58a6ff; --c1: #f0883e; --c2: #3fb950; --c3: #bc8cff; --c4: #f778ba; --c5: #d9b23a; }
    }
    text { font: 12px -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; fill: var(--ink); }
    .title { font-size: 17px; font-weight: 600; }
    .panel { font-size: 13px; font-weight: 600; }
    .muted { fill: var(--muted); }
    .note, .tick { font-size: 11px; fill: var(--muted); }
    .strong { font-weight: 600; }
    .ground { fill: var(--ground); stroke: var(--edge); }
    .grid { stroke: var(--grid); stroke-width: 1; }
    .axis { stroke: var(--muted); stroke-width: 1; }
    .whisker { stroke: var(--ink); stroke-width: 1.2; opacity: 0.75; }
    .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
    .gap { fill: var(--ground); }
    .plain { fill: var(--bar); }
`

func writeHead(b *bytes.Buffer, f *Figure, height float64) {
	size := fmt.Sprintf(`width="%d" height="%s"`, figureWidth, number(height))
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" %s viewBox="0 0 %d %s" role="img" aria-labelledby="title desc">`+"\n",
		size, figureWidth, number(height))
	fmt.Fprintf(b, "  <title id=\"title\">%s</title>\n  <desc id=\"desc\">%s</desc>\n", html.EscapeString(f.Title), html.EscapeString(f.Description))
	b.WriteString("  <style>" + style)
	for i := range colours {
		fmt.Fprintf(b, "    .fill.c%d { fill: var(--c%d); } .line.c%d { stroke: var(--c%d); }\n", i, i, i, i)
	}
	b.WriteString("  </style>\n")
	fmt.Fprintf(b, `  <rect class="ground" x="0.5" y="0.5" width="%d" height="%s" rx="8"/>`+"\n", figureWidth-1, number(height-1))
}

// class returns the class of a series' colour.
func (c *canvas) class(name string) string {
	return "c" + strconv.Itoa(max(slices.Index(c.classes, name), 0)%colours)
}

func (c *canvas) text(x, y float64, class, anchor, text string) {
	attributes := ""
	if class != "" {
		attributes += ` class="` + class + `"`
	}
	if anchor != start {
		attributes += ` text-anchor="` + anchor + `"`
	}
	fmt.Fprintf(&c.out, "  <text x=\"%s\" y=\"%s\"%s>%s</text>\n", number(x), number(y), attributes, html.EscapeString(text))
}

// textUp writes a text that is read from bottom to top, with its middle at x, y.
func (c *canvas) textUp(x, y float64, class, text string) {
	fmt.Fprintf(&c.out, "  <text class=\"%s\" text-anchor=\"middle\" transform=\"translate(%s %s) rotate(-90)\">%s</text>\n",
		class, number(x), number(y), html.EscapeString(text))
}

func (c *canvas) rect(at box, class string, radius float64) {
	fmt.Fprintf(&c.out, "  <rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%s\"/>\n",
		class, number(at.x), number(at.y), number(at.width), number(at.height), number(radius))
}

func (c *canvas) line(x1, y1, x2, y2 float64, class string) {
	fmt.Fprintf(&c.out, "  <line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n",
		class, number(x1), number(y1), number(x2), number(y2))
}

func (c *canvas) dot(x, y float64, class string) {
	fmt.Fprintf(&c.out, "  <circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"3\"/>\n", class, number(x), number(y))
}

// path draws lines from each point to the next.
func (c *canvas) path(points []place, class string) {
	var d strings.Builder
	for i, p := range points {
		letter := "L"
		if i == 0 {
			letter = "M"
		}
		fmt.Fprintf(&d, "%s%s %s", letter, number(p.x), number(p.y))
	}
	fmt.Fprintf(&c.out, "  <path class=\"%s\" d=\"%s\"/>\n", class, d.String())
}

func (c *canvas) polygon(class string, corners ...place) {
	var points strings.Builder
	for i, p := range corners {
		if i > 0 {
			points.WriteByte(' ')
		}
		points.WriteString(number(p.x) + "," + number(p.y))
	}
	fmt.Fprintf(&c.out, "  <polygon class=\"%s\" points=\"%s\"/>\n", class, points.String())
}

// place is a point of the figure.
type place struct{ x, y float64 }

// number writes a coordinate, to a tenth of a pixel.
func number(v float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(v, 'f', 1, 64), ".0")
}

// textWidth estimates how wide a text is: fonts differ.
func textWidth(text string, size float64) float64 {
	return 0.56 * size * float64(len([]rune(text)))
}

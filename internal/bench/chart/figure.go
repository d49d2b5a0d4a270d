package chart

import (
	"bytes"
	"slices"
)

// Figure is one SVG file.
type Figure struct {
	Title    string
	Subtitle string // a line below the title; "" is none
	Note     string // a small line at the bottom; "" is none
	// Description says in words what is to be seen.
	Description string
	Columns     int // of panels; 0 is one
	Panels      []Panel
}

// Panel is one chart of a figure.
type Panel struct {
	Title string
	Body  Body
}

// Body is what a panel shows: [Bars] or [Lines].
type Body interface {
	// height is what it needs at this width.
	height(width float64) float64
	draw(c *canvas, at box)
	// names are of its series, for the figure's legend.
	names() []string
}

// What is where, in pixels of the SVG's own.
const (
	figureWidth   = 860
	margin        = 24
	gap           = 28 // between panels
	titleHeight   = 24
	subHeight     = 20
	legendHeight  = 26
	panelTitle    = 24
	noteHeight    = 22
	titleSize     = 17
	textSize      = 12
	smallSize     = 11
	legendSwatch  = 14
	legendSpacing = 20
)

// box is a place in a figure.
type box struct{ x, y, width, height float64 }

// SVG draws the figure.
func (f *Figure) SVG() []byte {
	c := &canvas{classes: f.legend()}
	bottom := f.drawAll(c)
	var b bytes.Buffer
	writeHead(&b, f, bottom)
	b.Write(c.out.Bytes())
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// drawAll draws from the top, and returns where the bottom is.
func (f *Figure) drawAll(c *canvas) (bottom float64) {
	y := float64(margin)
	c.text(margin, y+titleSize-2, "title", start, f.Title)
	y += titleHeight
	if f.Subtitle != "" {
		c.text(margin, y+textSize, "muted", start, f.Subtitle)
		y += subHeight
	}
	if len(c.classes) > 1 {
		c.drawLegend(margin, y+legendSwatch)
		y += legendHeight
	}
	y = f.drawPanels(c, y+margin/2)
	if f.Note != "" {
		c.text(margin, y+smallSize, "note", start, f.Note)
		y += noteHeight
	}
	return y + margin/2
}

// drawPanels draws rows of panels from y on, and returns where the next row would be.
func (f *Figure) drawPanels(c *canvas, y float64) float64 {
	columns := max(f.Columns, 1)
	width := (figureWidth - 2*margin - gap*float64(columns-1)) / float64(columns)
	for row := range slices.Chunk(f.Panels, columns) {
		height := 0.0
		for _, p := range row {
			height = max(height, p.Body.height(width))
		}
		for i, p := range row {
			x := margin + float64(i)*(width+gap)
			top := y
			if p.Title != "" {
				c.text(x, y+textSize+1, "panel", start, p.Title)
				top += panelTitle
			}
			p.Body.draw(c, box{x, top, width, height})
		}
		y += height + gap*0.6
		if row[0].Title != "" {
			y += panelTitle
		}
	}
	return y
}

// legend returns the names of all series, each once, in the order of their colours.
func (f *Figure) legend() (names []string) {
	for _, p := range f.Panels {
		for _, name := range p.Body.names() {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

func (c *canvas) drawLegend(x, y float64) {
	for _, name := range c.classes {
		c.rect(box{x, y - legendSwatch + 4, legendSwatch, legendSwatch - 4}, "fill "+c.class(name), 2)
		x += legendSwatch + 6
		c.text(x, y, "", start, name)
		x += textWidth(name, textSize) + legendSpacing
	}
}

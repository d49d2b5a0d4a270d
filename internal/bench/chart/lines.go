package chart

import "math"

// Lines is series of points over two axes.
type Lines struct {
	X, Y   Axis
	Series []Series
	// Tall is the height of the panel in pixels; 0 is 190.
	Tall float64
}

// Series is one line. Series of the same name have one colour in all of a figure.
type Series struct {
	Name   string
	Points []Point
	// Dots leaves the line out, and Line the dots.
	Dots, Line bool
}

// Point is a place on a line. Low and High are extremes of Y; none are shown if both are 0.
type Point struct{ X, Y, Low, High float64 }

const (
	defaultTall = 190
	tickSpace   = 44 // left of the plot
	axisSpace   = 36 // below it
)

func (l Lines) height(float64) float64 {
	if l.Tall > 0 {
		return l.Tall
	}
	return defaultTall
}

func (l Lines) names() (names []string) {
	for _, s := range l.Series {
		names = append(names, s.Name)
	}
	return names
}

func (l Lines) draw(c *canvas, at box) {
	left, bottom := at.x+tickSpace, at.y+at.height-axisSpace
	if l.Y.Label != "" {
		left += 12
	}
	var xs, ys []float64
	for _, s := range l.Series {
		for _, p := range s.Points {
			xs = append(xs, p.X)
			ys = append(ys, p.Y, p.High)
		}
	}
	x := scaleOf(l.X, xs, left, at.x+at.width-10)
	y := scaleOf(l.Y, ys, bottom, at.y+6)
	l.drawAxes(c, x, y, at)
	for _, s := range l.Series {
		s.draw(c, x, y)
	}
}

func (l Lines) drawAxes(c *canvas, x, y scale, at box) {
	for _, v := range y.ticks() {
		c.line(x.low, y.at(v), x.high, y.at(v), "grid")
		c.text(x.low-6, y.at(v)+4, "tick", end, format(l.Y, v))
	}
	for _, v := range x.ticks() {
		c.line(x.at(v), y.low, x.at(v), y.low+4, "axis")
		c.text(x.at(v), y.low+16, "tick", middle, format(l.X, v))
	}
	c.line(x.low, y.low, x.high, y.low, "axis")
	c.text((x.low+x.high)/2, y.low+31, "tick", middle, l.X.Label)
	if l.Y.Label != "" {
		c.textUp(at.x+8, (y.low+y.high)/2, "tick", l.Y.Label)
	}
}

func format(a Axis, v float64) string {
	if a.Format != nil {
		return a.Format(v)
	}
	return Short(v)
}

func (s Series) draw(c *canvas, x, y scale) {
	class := c.class(s.Name)
	var places []place
	for _, p := range s.Points {
		if !x.shows(p.X) || !y.shows(p.Y) {
			continue
		}
		at := place{x.at(p.X), y.at(p.Y)}
		places = append(places, at)
		if (p.Low != 0 || p.High != 0) && y.shows(p.Low) {
			c.line(at.x, y.at(p.Low), at.x, y.at(math.Max(p.High, p.Y)), "whisker")
		}
	}
	if !s.Dots && len(places) > 1 {
		c.path(places, "line "+class)
	}
	if s.Line {
		return
	}
	for _, at := range places {
		c.dot(at.x, at.y, "fill "+class)
	}
}

package chart

import "math"

// Bars is horizontal bars below each other, each with its value.
type Bars struct {
	Unit string // behind the values
	Bars []Bar
	// Max is the longest that is drawn: a longer bar is cut, and has a gap to show it. 0
	// is the longest bar.
	Max float64
}

// Bar is one of them. Low and High are the extremes of what Value is the median of; none
// are shown if they are 0.
type Bar struct {
	Label            string
	Value, Low, High float64
	Strong           bool // it is what the figure is about
	// Text stands in the place of the value; "" is the value itself. A bar without a value
	// has only that.
	Text string
}

const (
	barHeight  = 16
	barPitch   = 24
	labelSpace = 10
	capHeight  = 7
	gapWidth   = 7 // of a bar that is cut
)

func (b Bars) height(float64) float64 { return float64(len(b.Bars)) * barPitch }

func (b Bars) names() []string { return nil }

func (b Bars) draw(c *canvas, at box) {
	labels, texts := 0.0, 0.0
	var values []float64
	for _, bar := range b.Bars {
		labels = math.Max(labels, textWidth(bar.Label, textSize))
		texts = math.Max(texts, textWidth(b.text(bar), textSize))
		values = append(values, bar.Value, bar.High)
	}
	left := at.x + labels + labelSpace
	s := scaleOf(Axis{}, values, left, at.x+at.width-texts-labelSpace)
	s.trim(b)
	for i, bar := range b.Bars {
		b.drawBar(c, bar, s, at.y+float64(i)*barPitch)
	}
	c.line(left, at.y-2, left, at.y+b.height(0)-barPitch+barHeight+2, "axis")
}

// trim has the scale end with the longest bar: nothing but bars is read from it.
func (s *scale) trim(b Bars) {
	s.max = b.Max
	if b.Max > 0 {
		return
	}
	for _, bar := range b.Bars {
		s.max = math.Max(s.max, math.Max(bar.Value, bar.High))
	}
	if s.max == 0 {
		s.max = 1
	}
}

func (b Bars) drawBar(c *canvas, bar Bar, s scale, y float64) {
	class, label := "plain", ""
	if bar.Strong {
		class, label = "fill c0", "strong"
	}
	const baseline = barHeight/2 + 4
	c.text(s.low-labelSpace, y+baseline, label, end, bar.Label)
	right := s.low
	cut := bar.Value > s.max
	if cut {
		bar.Value, bar.High, bar.Text = s.max, 0, b.text(bar)
	}
	if s.shows(bar.Value) {
		right = math.Max(s.at(bar.Value), s.low+1)
		c.rect(box{s.low, y, right - s.low, barHeight}, class, 2)
	}
	if bar.High > 0 && s.shows(bar.Low) {
		low, high, mid := math.Max(s.at(bar.Low), s.low), s.at(bar.High), y+barHeight/2
		c.line(low, mid, high, mid, "whisker")
		c.line(low, mid-capHeight/2, low, mid+capHeight/2, "whisker")
		c.line(high, mid-capHeight/2, high, mid+capHeight/2, "whisker")
		right = math.Max(right, high)
	}
	if cut {
		c.gap(right-3*gapWidth, y)
	}
	c.text(right+6, y+baseline, label, start, b.text(bar))
}

// gap draws a slanted gap into a bar.
func (c *canvas) gap(x, y float64) {
	top, bottom := y-1, y+barHeight+1
	c.polygon("gap", place{x + 4, top}, place{x + 4 + gapWidth, top}, place{x + gapWidth, bottom}, place{x, bottom})
}

func (b Bars) text(bar Bar) string {
	if bar.Text != "" {
		return bar.Text
	}
	if b.Unit == "" {
		return Short(bar.Value)
	}
	return Short(bar.Value) + " " + b.Unit
}

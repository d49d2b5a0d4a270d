package chart

import "math"

// Bars is horizontal bars below each other, each with its value.
type Bars struct {
	Unit string // behind the values
	Log  bool   // of the lengths; the shortest bar keeps some
	Bars []Bar
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
	s := scaleOf(Axis{Log: b.Log}, values, left, at.x+at.width-texts-labelSpace)
	s.trim(b.Bars)
	for i, bar := range b.Bars {
		b.drawBar(c, bar, s, at.y+float64(i)*barPitch)
	}
	c.line(left, at.y-2, left, at.y+b.height(0)-barPitch+barHeight+2, "axis")
}

// trim has a linear scale of bars end with the longest: nothing but bars is read from it.
func (s *scale) trim(bars []Bar) {
	if s.log {
		return
	}
	s.max = 0
	for _, bar := range bars {
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
	if s.shows(bar.Value) {
		right = math.Max(s.at(bar.Value), s.low+1)
		c.rect(box{s.low, y, right - s.low, barHeight}, class, 2)
	}
	if bar.High > 0 && s.shows(bar.Low) {
		low, high, mid := s.at(bar.Low), s.at(bar.High), y+barHeight/2
		c.line(low, mid, high, mid, "whisker")
		c.line(low, mid-capHeight/2, low, mid+capHeight/2, "whisker")
		c.line(high, mid-capHeight/2, high, mid+capHeight/2, "whisker")
		right = math.Max(right, high)
	}
	c.text(right+6, y+baseline, label, start, b.text(bar))
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

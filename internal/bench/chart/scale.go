package chart

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// Axis says how values are shown along one direction.
type Axis struct {
	Label string
	Log   bool
	// Format writes the value at a tick; nil is [Short].
	Format func(float64) string
	// Max is at least shown; 0 leaves it to the values.
	Max float64
	// Ticks are the values that are named; nil leaves it to the axis.
	Ticks []float64
}

// scale maps values to pixels, from min at low to max at high.
type scale struct {
	log       bool
	min, max  float64
	low, high float64
	named     []float64 // nil: see ticks
}

// scaleOf covers the values, of which those that an axis can't show (below or at 0, if it
// is logarithmic) are left out. A linear axis begins at 0.
func scaleOf(a Axis, values []float64, low, high float64) scale {
	s := scale{log: a.Log, min: math.Inf(1), max: a.Max, low: low, high: high, named: a.Ticks}
	for _, v := range slices.Concat(values, a.Ticks) {
		if s.shows(v) {
			s.min, s.max = math.Min(s.min, v), math.Max(s.max, v)
		}
	}
	if math.IsInf(s.min, 1) || s.max <= 0 {
		s.min, s.max = 1, 10
	}
	if !a.Log {
		s.min = 0
		if a.Ticks != nil {
			return s
		}
		s.max = math.Ceil(s.max/step(s.max)) * step(s.max)
		return s
	}
	if a.Ticks == nil {
		s.min, s.max = roundDown(s.min), 1/roundDown(1/s.max)
	}
	if s.max <= s.min*(1+1e-9) {
		s.max *= 10
	}
	return s
}

// roundDown returns the next of …, 0.1, 0.2, 0.5, 1, 2, 5, 10, … that isn't above v.
func roundDown(v float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(v)+1e-9))
	for _, first := range []float64{5, 2} {
		if v >= first*power*(1-1e-9) {
			return first * power
		}
	}
	return power
}

func (s scale) shows(v float64) bool {
	return !math.IsNaN(v) && !math.IsInf(v, 0) && (v > 0 || !s.log)
}

func (s scale) at(v float64) float64 {
	share := (v - s.min) / (s.max - s.min)
	if s.log {
		share = math.Log(v/s.min) / math.Log(s.max/s.min)
	}
	return s.low + share*(s.high-s.low)
}

// ticks returns the values that the axis names: five or so, or powers of ten with what
// lies between where they are few.
func (s scale) ticks() (values []float64) {
	if s.named != nil {
		return s.named
	}
	if !s.log {
		by := step(s.max)
		for i := 0; float64(i)*by <= s.max*(1+1e-9); i++ {
			values = append(values, float64(i)*by)
		}
		return values
	}
	parts, every := []float64{1}, 1
	switch decades := math.Log10(s.max / s.min); {
	case decades < 2:
		parts = []float64{1, 2, 5}
	case decades > 6:
		every = 2
	}
	for d := math.Floor(math.Log10(s.min)); d <= math.Log10(s.max); d += float64(every) {
		for _, part := range parts {
			v := part * math.Pow(10, d)
			if v >= s.min*(1-1e-9) && v <= s.max*(1+1e-9) {
				values = append(values, v)
			}
		}
	}
	return values
}

// step is a round number of which four to eight reach max.
func step(maximum float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(maximum)))
	for _, part := range []float64{0.2, 0.25, 0.5, 1} {
		if maximum/(part*power) <= 5+1e-9 {
			return part * power
		}
	}
	return 2 * power
}

// Short writes a number with at most three digits that tell: 0.05, 1.5, 20, 19k, 1.2M.
func Short(v float64) string {
	for _, unit := range []struct {
		from float64
		name string
	}{{1e9, "G"}, {1e6, "M"}, {1e4, "k"}} {
		if math.Abs(v) >= unit.from {
			size := unit.from
			if unit.name == "k" {
				size = 1e3
			}
			return digits(v/size) + unit.name
		}
	}
	return digits(v)
}

// Bytes writes a number of bytes: 64 B, 16 KB, 4 MB, in powers of 1024.
func Bytes(v float64) string {
	for _, unit := range []struct {
		size float64
		name string
	}{{1 << 30, "GB"}, {1 << 20, "MB"}, {1 << 10, "KB"}} {
		if v >= unit.size {
			return digits(v/unit.size) + " " + unit.name
		}
	}
	return digits(v) + " B"
}

// digits writes three significant digits, without zeros behind the point.
func digits(v float64) string {
	if v == 0 {
		return "0"
	}
	decimals := max(0, 2-int(math.Floor(math.Log10(math.Abs(v))+1e-9)))
	text := strconv.FormatFloat(v, 'f', min(decimals, 6), 64)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}

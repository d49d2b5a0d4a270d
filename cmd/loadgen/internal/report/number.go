package report

import (
	"encoding/json"
	"math"
)

// Number is a figure that may be unknown, which is NaN, and null in JSON.
type Number float64

// Unknown is a figure that nobody could measure.
var Unknown = Number(math.NaN())

// Known reports whether it was measured.
func (n Number) Known() bool { return !math.IsNaN(float64(n)) && !math.IsInf(float64(n), 0) }

// MarshalJSON writes the number, or null.
func (n Number) MarshalJSON() ([]byte, error) {
	if !n.Known() {
		return []byte("null"), nil
	}
	return json.Marshal(rounded(float64(n)))
}

// UnmarshalJSON reads a number, or null.
func (n *Number) UnmarshalJSON(text []byte) error {
	var v *float64
	if err := json.Unmarshal(text, &v); err != nil {
		return err
	}
	*n = Unknown
	if v != nil {
		*n = Number(*v)
	}
	return nil
}

// rounded leaves six significant digits: the others would say nothing.
func rounded(v float64) float64 {
	if v == 0 || math.Abs(v) >= 1e6 {
		return math.Round(v)
	}
	scale := math.Pow(10, 5-math.Floor(math.Log10(math.Abs(v))))
	return math.Round(v*scale) / scale
}

// ratio is a/b, unknown where that says nothing.
func ratio(a, b Number) Number {
	if !a.Known() || !b.Known() || b == 0 {
		return Unknown
	}
	return a / b
}

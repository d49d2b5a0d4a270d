// Package shapes has types that another package's messages use.
package shapes

// Box has the name of another package's type.
type Box struct {
	Size [3]float64 `msgpack:"size"`
}

// Level is a number with names.
type Level int

// The levels don't make a union, as they may be combined.
const (
	Low Level = iota
	High
)

// Mode has a constant that isn't exported.
type Mode string

const (
	Fast Mode = "fast"
	// Slow takes its time.
	Slow Mode = "slow" // but not too much
	lazy Mode = "lazy"
	Same Mode = Slow
)

// Use uses it.
func (m Mode) Use() bool { return m == lazy }

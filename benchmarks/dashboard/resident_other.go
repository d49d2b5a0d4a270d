//go:build !linux

package dashboard

import "math"

// residentBytes isn't known here.
func residentBytes() float64 { return math.NaN() }

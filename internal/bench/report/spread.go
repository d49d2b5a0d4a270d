package report

import "slices"

// Spread is what a few rounds gave.
type Spread struct{ Min, Median, Max float64 }

// SpreadOf returns the spread of values, which may be in any order. Of an even number
// the median is the mean of the two in the middle; of none everything is 0.
func SpreadOf(values []float64) Spread {
	if len(values) == 0 {
		return Spread{}
	}
	sorted := slices.Sorted(slices.Values(values))
	middle := len(sorted) / 2
	median := sorted[middle]
	if len(sorted)%2 == 0 {
		median = (sorted[middle-1] + sorted[middle]) / 2
	}
	return Spread{Min: sorted[0], Median: median, Max: sorted[len(sorted)-1]}
}

// Ratios divides the values of two subjects that were measured in the same rounds,
// round by round, so that what the machine did meanwhile falls out. Rounds that only
// one of them has, and divisors of 0, are left out.
func Ratios(values, limits []float64) []float64 {
	var ratios []float64
	for i := range min(len(values), len(limits)) {
		if limits[i] != 0 {
			ratios = append(ratios, values[i]/limits[i])
		}
	}
	return ratios
}

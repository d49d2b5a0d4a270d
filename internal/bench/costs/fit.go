package costs

import (
	"slices"

	"github.com/scenewire/scenewire/internal/bench/report"
)

// Model is a sum: each term's number of something, times what one of it costs.
type Model struct {
	Terms []Term
	// Fit is how well the model tells what it was made from.
	Fit Fit
}

// Term is one part of a cost.
type Term struct {
	Name string
	Cost float64 // of one; never negative
}

// Fit compares what was measured with what the model says.
type Fit struct {
	R2 float64 // 1: everything that differs between the points is explained
	// Median and Worst are of how far the model is off, as a share of what was measured.
	Median, Worst float64
	Points        []Residual
}

// Residual is one point.
type Residual struct {
	Name               string
	Measured, Modelled float64
}

// Off is by what share of the measured the model is off; positive: it says too much.
func (r Residual) Off() float64 { return (r.Modelled - r.Measured) / r.Measured }

// Point is one measurement: what it cost, and how many of each term there were.
type Point struct {
	Name    string
	Numbers []float64
	Cost    float64
}

// Of returns what so many of each term cost together.
func (m *Model) Of(numbers []float64) (sum float64) {
	for i, n := range numbers {
		sum += n * m.Terms[i].Cost
	}
	return sum
}

// fit finds the costs of the terms for which the points are off the least, each as a
// share of its own cost, or of floor if it costs less: so that small points count as
// much as large ones, and what is too small to be measured doesn't.
func fit(names []string, points []Point, floor float64) *Model {
	var rows [][]float64
	var ones []float64
	scales := columnScales(points, len(names))
	for _, p := range points {
		weight := 1 / max(p.Cost, floor)
		row := make([]float64, len(names))
		for j, n := range p.Numbers {
			row[j] = n * weight / scales[j]
		}
		rows = append(rows, row)
		ones = append(ones, p.Cost*weight)
	}
	m := &Model{}
	for j, cost := range leastSquares(rows, ones) {
		m.Terms = append(m.Terms, Term{names[j], cost / scales[j]})
	}
	m.Fit = m.judge(points)
	return m
}

// columnScales returns the largest number of each term, so that the solver's numbers are
// all of one size.
func columnScales(points []Point, n int) []float64 {
	scales := make([]float64, n)
	for j := range n {
		for _, p := range points {
			scales[j] = max(scales[j], p.Numbers[j]/max(p.Cost, 1))
		}
		if scales[j] == 0 {
			scales[j] = 1
		}
	}
	return scales
}

func (m *Model) judge(points []Point) (f Fit) {
	var costs, offs []float64
	for _, p := range points {
		r := Residual{p.Name, p.Cost, m.Of(p.Numbers)}
		f.Points = append(f.Points, r)
		costs = append(costs, p.Cost)
		offs = append(offs, abs(r.Off()))
	}
	mean := sum(costs) / float64(len(costs))
	var explained, all float64
	for _, r := range f.Points {
		explained += (r.Measured - r.Modelled) * (r.Measured - r.Modelled)
		all += (r.Measured - mean) * (r.Measured - mean)
	}
	f.R2 = 1 - explained/max(all, 1e-300)
	f.Median, f.Worst = report.SpreadOf(offs).Median, slices.Max(offs)
	return f
}

func sum(values []float64) (sum float64) {
	for _, v := range values {
		sum += v
	}
	return sum
}

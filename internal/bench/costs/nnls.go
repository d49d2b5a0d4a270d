package costs

// maxSweeps bounds the solver's work, and enough is when a sweep no longer changes
// anything, relative to the largest change so far.
const (
	maxSweeps = 200_000
	enough    = 1e-13
)

// leastSquares returns the x ≥ 0 for which the sum of the squares of a·x − y is the least.
// Each row of a belongs to a value of y. It minimises along one coordinate after the
// other, which finds the only minimum of a convex function.
func leastSquares(a [][]float64, y []float64) []float64 {
	n := len(a[0])
	normal, right := normalEquations(a, y, n)
	x := make([]float64, n)
	largest := 0.0
	for range maxSweeps {
		moved := 0.0
		for j := range x {
			if normal[j][j] == 0 {
				continue // nothing depends on it
			}
			gradient := -right[j]
			for k := range x {
				gradient += normal[j][k] * x[k]
			}
			next := max(0, x[j]-gradient/normal[j][j])
			moved = max(moved, abs(next-x[j])*normal[j][j])
			x[j] = next
		}
		largest = max(largest, moved)
		if moved <= enough*largest {
			break
		}
	}
	return x
}

// normalEquations returns aᵀa and aᵀy.
func normalEquations(a [][]float64, y []float64, n int) (normal [][]float64, right []float64) {
	normal, right = make([][]float64, n), make([]float64, n)
	for j := range n {
		normal[j] = make([]float64, n)
		for i, row := range a {
			right[j] += row[j] * y[i]
			for k := range n {
				normal[j][k] += row[j] * row[k]
			}
		}
	}
	return normal, right
}

func abs(v float64) float64 { return max(v, -v) }

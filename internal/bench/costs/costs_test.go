package costs

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/scenewire/scenewire/internal/bench/result"
)

func TestLeastSquaresFindsWhatIsThere(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	want := []float64{3, 0, 0.02, 7}
	var a [][]float64
	var y []float64
	for range 30 {
		row := make([]float64, len(want))
		sum := 0.0
		for j := range row {
			row[j] = random.Float64()
			sum += row[j] * want[j]
		}
		a, y = append(a, row), append(y, sum)
	}
	for j, got := range leastSquares(a, y) {
		if math.Abs(got-want[j]) > 1e-6 {
			t.Errorf("x[%d] is %v, want %v", j, got, want[j])
		}
	}
}

// What would be below 0 is 0, and the others are then the best without it.
func TestLeastSquaresIsNeverNegative(t *testing.T) {
	a := [][]float64{{1, 1}, {1, 2}, {1, 3}}
	x := leastSquares(a, []float64{3, 2, 1}) // without the bound it is 4 − x
	if x[1] != 0 || math.Abs(x[0]-2) > 1e-9 {
		t.Errorf("%v, want [2 0]", x)
	}
}

func TestLeastSquaresOfNothing(t *testing.T) {
	if x := leastSquares([][]float64{{0, 2}, {0, 4}}, []float64{1, 2}); x[0] != 0 || math.Abs(x[1]-0.5) > 1e-9 {
		t.Errorf("%v", x)
	}
}

// madeUp has rows of a server that costs exactly what it is said to, times 1 ± noise.
func madeUp(noise float64) (rows []result.Row) {
	random := rand.New(rand.NewPCG(3, 4))
	for _, clients := range []float64{1, 100, 1000, 19_000} {
		for i, objects := range []float64{1, 100, 10_000} {
			for _, bytes := range []float64{64, 65_536} {
				changes := []float64{40, 2, 15}[i]
				kb := objects * bytes / KB
				row := result.Row{
					"clients": clients, "objects": objects, "message_bytes": bytes, "hz": 20.0, "servers": 1.0,
					"broadcast_messages": changes * objects, "broadcast_kb": changes * kb,
					"built_windows": changes, "delivered_windows": changes * clients,
					"delivered_kb": changes * clients * kb / 2, "client_seconds": 2 * clients,
					"log_bytes": kb * KB, "rss_bytes_before": 12e6 + 10*kb,
				}
				cost := changes * (0.8*objects + 5*kb + 100 + 1.5*clients + 0.2*clients*kb/2)
				row["cpu_us"] = (cost + 2*clients) * (1 + noise*random.NormFloat64())
				recent := min(changes*kb/2, cacheKB)
				row["sent_kb_per_server"] = changes * kb / 2
				kept := 1e6 + 2000*clients + 300*objects + 1500*kb + 1000*recent
				row["settled_rss_bytes"] = 12e6 + 10*kb + kept
				row["peak_rss_bytes"] = 12e6 + 10*kb + 3*kept
				rows = append(rows, row)
			}
		}
	}
	return rows
}

func TestScalingFindsTheCosts(t *testing.T) {
	for _, c := range []struct{ noise, off float64 }{{0, 1e-3}, {0.05, 0.5}} {
		s, err := OfScaling(madeUp(c.noise))
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range []float64{0.8, 5, 100, 1.5, 0.2, 1} {
			if got := s.CPU.Terms[i].Cost; c.noise == 0 && math.Abs(got-want) > c.off*want {
				t.Errorf("%s costs %v µs, want %v", s.CPU.Terms[i].Name, got, want)
			}
		}
		for i, want := range []float64{1e6, 2000, 300, 1500, 1000} {
			if got := s.Memory.Terms[i].Cost; math.Abs(got-want) > c.off*want {
				t.Errorf("%s takes %v B, want %v", s.Memory.Terms[i].Name, got, want)
			}
		}
		if s.CPU.Fit.R2 < 0.98 || s.CPU.Fit.Median > 3*c.noise+1e-3 || s.CPU.Fit.Worst < s.CPU.Fit.Median {
			t.Errorf("noise %v: %+v", c.noise, s.CPU.Fit)
		}
		if math.Abs(s.Base-12e6) > 1e4 || s.Working != 3 || s.WorkingMost != 3 {
			t.Errorf("base %v, working %v, at most %v", s.Base, s.Working, s.WorkingMost)
		}
	}
}

func TestScalingRefusesTooFewPoints(t *testing.T) {
	if _, err := OfScaling(madeUp(0)[:6]); err == nil {
		t.Error("six points are enough for six terms")
	}
}

func ExampleLoad() {
	l := Load{Clients: 100, Objects: 10, MessageBytes: 200, Hz: 20, Compressed: 0.5}
	fmt.Println(l.CPUNumbers(), l.MemoryNumbers())
	// Output: [200 40 20 2000 2000 100] [1 100 10 2 256]
}

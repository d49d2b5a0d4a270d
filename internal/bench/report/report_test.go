package report

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestSpreadOf(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   Spread
	}{
		{nil, Spread{}},
		{[]float64{3}, Spread{3, 3, 3}},
		{[]float64{3, 1, 2}, Spread{1, 2, 3}},
		{[]float64{4, 1, 2, 3}, Spread{1, 2.5, 4}},
	} {
		if got := SpreadOf(c.values); got != c.want {
			t.Errorf("%v: %+v, want %+v", c.values, got, c.want)
		}
	}
	values := []float64{2, 1}
	SpreadOf(values)
	if !slices.Equal(values, []float64{2, 1}) {
		t.Errorf("SpreadOf has sorted its argument: %v", values)
	}
}

func TestRatiosArePaired(t *testing.T) {
	got := Ratios([]float64{2, 9, 5, 7}, []float64{4, 3, 0})
	if want := []float64{0.5, 3}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestHistogramBucketsAreInOrder(t *testing.T) {
	last := -1
	for _, v := range []uint64{0, 1, 31, 32, 33, 63, 64, 65, 66, 127, 128, 1 << 20, 1<<20 + 1<<15, 1 << 62, 1<<63 - 1, 1<<64 - 1} {
		i := bucketOf(v)
		if i < last {
			t.Errorf("%d is in bucket %d, behind a smaller value's %d", v, i, last)
		}
		last = i
		top := bucketTop(i)
		if top < v || top-v > v>>subBits {
			t.Errorf("%d is in bucket %d, whose top is %d", v, i, top)
		}
	}
	if n := len(Histogram{}.counts); last >= n {
		t.Errorf("the largest value has bucket %d of %d", last, n)
	}
}

func TestHistogramQuantiles(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var halves [2]Histogram
	values := make([]time.Duration, 10_000)
	for i := range values {
		values[i] = time.Duration(random.ExpFloat64() * float64(time.Millisecond))
		halves[i%2].Record(values[i])
	}
	all := &halves[0]
	all.Add(&halves[1])
	slices.Sort(values)
	if all.Count() != uint64(len(values)) {
		t.Errorf("%d recorded, %d counted", len(values), all.Count())
	}
	for _, q := range []float64{0, 0.5, 0.9, 0.99, 1} {
		want := values[min(int(q*float64(len(values))), len(values)-1)]
		got := all.Quantile(q)
		if got < want || got > want+want/32+1 {
			t.Errorf("quantile %g is %v, want %v", q, got, want)
		}
	}
}

func TestHistogramEmptyAndNegative(t *testing.T) {
	var h Histogram
	if got := h.Quantile(0.5); got != 0 {
		t.Errorf("empty: %v", got)
	}
	h.Record(-time.Second)
	if got := h.Quantile(1); got != 0 || h.Count() != 1 {
		t.Errorf("negative: %v of %d", got, h.Count())
	}
}

func TestTable(t *testing.T) {
	table := Table{Title: "Title", Columns: []string{"name", "a", "long heading"}}
	ratio := 0.94567
	table.Add("x", 1234.5, &ratio)
	table.Add("longer name", 0.0, (*float64)(nil))
	table.Add("y", 1500*time.Microsecond, nil)
	table.Add("z", 12.345, 7)
	var b strings.Builder
	if err := table.Write(&b); err != nil {
		t.Fatal(err)
	}
	want := `Title
  name             a  long heading
  x             1234         0.946
  longer name  0.000             -
  y             1.50             -
  z             12.3             7

`
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
}

func TestOutputWritesJSONLines(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.json")
	out, err := OpenOutput(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 2 {
		if err := out.Line(map[string]int{"n": i}); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	if len(lines) != 2 {
		t.Fatalf("%d lines: %q", len(lines), text)
	}
	for _, line := range lines {
		if !json.Valid([]byte(line)) {
			t.Errorf("%q is no JSON", line)
		}
	}
}

func TestOutputNamesTheFileItCannotMake(t *testing.T) {
	if _, err := OpenOutput(filepath.Join(t.TempDir(), "no", "such", "directory")); err == nil || !strings.Contains(err.Error(), "--json") {
		t.Errorf("error: %v", err)
	}
}

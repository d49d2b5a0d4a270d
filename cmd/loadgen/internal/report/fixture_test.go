package report

import (
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"

	"github.com/scenewire/scenewire/internal/bench/result"
)

var update = flag.Bool("update", false, "write the expected outputs in testdata anew")

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// golden compares an output with that in testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		must(t, os.WriteFile(path, []byte(got), 0o666))
		return
	}
	want, err := os.ReadFile(path)
	must(t, err)
	if got != string(want) {
		t.Errorf("%s changed:\n%s\nif that is meant: go test ./cmd/loadgen/internal/report -update", name, got)
	}
}

// histogram has n values spread evenly up to most.
func histogram(n int, most time.Duration) *hdrhistogram.Histogram {
	h := hdrhistogram.New(1, int64(time.Minute), 3)
	for i := range n {
		_ = h.RecordValue(int64(most) * int64(i+1) / int64(n))
	}
	return h
}

// wave is a factor near 1 that differs from second to second.
func wave(i int, noise float64) Number {
	return Number(1 + noise*math.Sin(float64(i)*2.399963))
}

// made makes a report of so many seconds, whose figures vary by a share of noise.
func made(seconds int, noise float64) *Report {
	r := &Report{
		Form: Form, Scenario: "fan-out", Settings: map[string]string{"clients": "1000", "produce.rate": "60/s"},
		Target: Embedded, Subprotocol: "scenewire.v1", Command: "go run ./cmd/loadgen", Commit: "0123456789ab",
		Taken:   time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
		Machine: result.Machine{CPU: "Example", Cores: 2, MemoryBytes: 4 << 30, Kernel: "6.1", System: "linux/amd64", Go: "go1.26"},
		Clients: 1000, Connected: 1000, Seconds: float64(seconds),
		Deliveries: 60_000 * int64(seconds), DeliveriesPerS: 60_000, Windows: 60_000 * int64(seconds), WindowHz: 60,
		WireBytes: 6_000_000 * int64(seconds), BytesPerS: 6_000_000, BytesPerMessage: 100, CompressRatio: 1.75,
		Converged: Convergence{Compared: 100, Slow: 10, Seconds: 0.25},
		Latency:   SpreadOf(histogram(1000, 20*time.Millisecond)), UpdateGap: SpreadOf(histogram(1000, 40*time.Millisecond)),
		Connect: SpreadOf(histogram(1000, 5*time.Millisecond)),
		Server: Server{
			CPUSeconds: 6, ResidentBytes: 40e6, PeakBytes: 50e6, CPUMicros: 10, Cores: 0.6,
			ProducerLateMS: 0.4, ProducedPerS: 60, ProducedOfWished: 1, HandledPerS: Unknown,
		},
		Generator: Generator{
			Processes: 1, Threads: 2, CPUSeconds: 3, ResidentBytes: 60e6, BusiestThread: 0.25, LagMS: 0.5, SentLate: Unknown,
		},
		Storms: []Storm{{
			Kind: "reconnect", At: 2, Clients: 500, Resume: true, Back: 500, Seconds: 0.75, CatchUp: SpreadOf(histogram(500, 700*time.Millisecond)), BytesEach: 3500, Resumed: 500,
		}},
		Dashboard: "http://127.0.0.1:40123/dashboard/",
		Histograms: []Histogram{
			{"latency", histogram(1000, 20*time.Millisecond)},
		},
	}
	for i := range seconds {
		w := wave(i, noise)
		r.Samples = append(r.Samples, Sample{
			Second: float64(i + 1), Clients: 1000, DeliveriesPerS: 60_000 * w, WindowHz: 60 * w, BytesPerS: 6_000_000 * w,
			CompressRatio: 1.75, P50: 10 * w, P99: 19.8 * w, P999: 19.98 * w, Max: 20 * w, UpdateGapP99: 39 * w, EchoP99: Unknown,
			ServerCores: 0.6 * w * wave(i+3, noise/2), ServerBytes: 40e6, GeneratorCores: 0.3,
		})
		second := time.Duration(i) * time.Second
		r.Intervals = append(r.Intervals, Interval{second, second + time.Second, Histogram{"latency", histogram(100, 20*time.Millisecond)}})
	}
	return r
}

// foreign is a run of which much isn't known and much is wrong.
func foreign() *Report {
	r := made(3, 0)
	r.Target, r.Subprotocol = "ws://127.0.0.1:8080/", "viser-v1.1.1"
	r.Interrupted = true
	r.Connected = 998
	r.Latency, r.Converged = nil, Convergence{}
	r.Server = Server{Unknown, Unknown, Unknown, Unknown, Unknown, Unknown, Unknown, Unknown, Unknown}
	r.NotChecked = []string{"gaps", "latency", "end state"}
	r.Errors, r.ErrorCauses = 2, map[string]int64{"refused": 2}
	r.Closes = map[string]int64{"1006": 1, "1001": 7}
	r.Remarks = []string{"loadgen was the bottleneck."}
	r.Dashboard = ""
	for i := range r.Samples {
		r.Samples[i].P50 = Unknown
	}
	return r
}

// with returns a copy that was changed, its samples, too.
func with(r *Report, change func(*Report), each func(*Sample)) *Report {
	c := *r
	c.Samples = append([]Sample(nil), r.Samples...)
	if change != nil {
		change(&c)
	}
	for i := range c.Samples {
		if each != nil {
			each(&c.Samples[i])
		}
	}
	return &c
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	must(t, os.WriteFile(path, []byte(text), 0o666))
	return path
}

func format(v any) string { return fmt.Sprintf("%+v", v) }

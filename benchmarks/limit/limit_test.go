//go:build linux

package main

import (
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/command"
	"github.com/scenewire/scenewire/internal/bench/receiver"
	"github.com/scenewire/scenewire/internal/bench/report"
	"github.com/scenewire/scenewire/internal/bench/scene"
)

func TestMain(m *testing.M) { scene.TestMain(m, serve) }

// newTrial has a server that needed so many microseconds for the messages of frames.
func newTrial(cpuMicros float64, frames, messagesPerFrame int64) *trial {
	return &trial{
		server:   child.Mark{CPUMicros: cpuMicros, Writes: frames, Mallocs: 2 * frames},
		received: receiver.Counts{Frames: frames, Bytes: 100 * frames, Reads: frames / 2},
		elapsed:  2 * time.Second,
		samples:  &receiver.Samples{Frames: 10, Messages: 10 * messagesPerFrame},
	}
}

func TestResultPairsRounds(t *testing.T) {
	limit := &series{subject: &subject{name: limitName}, trials: []*trial{
		newTrial(1000, 100, 1), // 10 µs
		newTrial(2000, 100, 1), // 20 µs: the machine was busy
		newTrial(1000, 100, 1),
	}}
	ours := &series{subject: &subject{name: "x", inGo: true}, mode: modeBurst, load: load{5, 64}, trials: []*trial{
		newTrial(3200, 100, 4), // 8 µs
		newTrial(8000, 100, 4), // 20 µs
		newTrial(4800, 100, 4), // 12 µs
	}}
	r := ours.result(limit, nil)
	if r.CPU != 12 || r.CPUMin != 8 || r.CPUMax != 20 {
		t.Errorf("CPU: %v, %v…%v", r.CPU, r.CPUMin, r.CPUMax)
	}
	if *r.Ratio != 1 || *r.RatioMin != 0.8 || math.Abs(*r.RatioMax-1.2) > 1e-9 {
		t.Errorf("ratio: %v, %v…%v", *r.Ratio, *r.RatioMin, *r.RatioMax)
	}
	if r.Deliveries != 1200 || r.PerSecond != 200 || r.FrameBytes != 100 || r.Seconds != 2 {
		t.Errorf("counts: %+v", r)
	}
	if *r.AllocationsPer != 0.5 || r.WritesPer != 0.25 || r.ReadsPer != 0.125 {
		t.Errorf("per delivery: %+v, allocations %v", r, *r.AllocationsPer)
	}
	if r := ours.result(nil, nil); r.Ratio != nil {
		t.Errorf("a ratio to nothing: %v", *r.Ratio)
	}
}

func TestParse(t *testing.T) {
	o, err := parse([]string{"--clients", "10,20", "--size", "128", "--mode", "burst", "--seconds", "0.5", "--pin=false"})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(o.clients, command.Ints{10, 20}) || o.duration != time.Second/2 || !o.modes.Has(modeBurst) || o.serverCPUs != nil {
		t.Errorf("%+v", o)
	}
	for _, args := range [][]string{{"--rounds", "0"}, {"--clients", "1000000000"}, {"left over"}} {
		if _, err := parse(args); err == nil {
			t.Errorf("%q is taken", args)
		}
	}
}

// The whole way, with servers as processes, in a fraction of a second each.
func TestCompareInSmall(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.json")
	o, err := parse([]string{
		"--clients", "4", "--size", "200", "--mode", "full,60hz,burst", "--rounds", "1", "--servers", "c-epoll,scenewire-write,scenewire-write-capture,scenewire-write-dashboard",
		"--seconds", "0.5", "--warmup", "0.1", "--json", path,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := compare(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	lines, err := report.ReadLines[result](path)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, r := range lines {
		seen[r.Name+" "+r.Mode] = true
		if r.Clients != 4 || r.CPU <= 0 || r.P50 <= 0 || r.P99 < r.P50 || r.Deliveries < 4 {
			t.Errorf("%+v", r)
		}
		if more := r.Name == "scenewire-write-capture" || r.Name == "scenewire-write-dashboard"; more != (r.Plain != nil) {
			t.Errorf("%s, %s: the ratio to the same without what it does besides is %v", r.Name, r.Mode, r.Plain)
		}
		if r.Mode != modeBurst && (r.FrameBytes < 204 || r.FrameBytes > 204+sequenceGrowth) {
			t.Errorf("%s, %s: frames of %v bytes, want 204 … %d", r.Name, r.Mode, r.FrameBytes, 204+sequenceGrowth)
		}
	}
	for _, want := range []string{"scenewire-write full", "scenewire-write-capture full", "scenewire-write 60hz", "scenewire-write burst"} {
		if !seen[want] {
			t.Errorf("no result for %s", want)
		}
	}
}

func TestResultsOfServersThatDoMoreAreOfAKindOfTheirOwn(t *testing.T) {
	for servers, want := range map[string]string{
		"c-epoll,scenewire-uring":                   "limit",
		"scenewire-uring,scenewire-uring-capture":   "capture",
		"scenewire-write,scenewire-uring-dashboard": "dashboard",
	} {
		if got := kindOf(strings.Split(servers, ",")); got != want {
			t.Errorf("%s: kind %s, want %s", servers, got, want)
		}
	}
}

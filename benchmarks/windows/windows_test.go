//go:build linux

package main

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/receiver"
	"github.com/scenewire/scenewire/internal/bench/report"
	"github.com/scenewire/scenewire/internal/bench/scene"
)

func TestMain(m *testing.M) { scene.TestMain(m, serve) }

func TestSearchFindsTheLimit(t *testing.T) {
	for _, c := range []struct{ from, to, limit int }{
		{200, 10_000, 1500},
		{200, 10_000, 200},
		{200, 10_000, 210},
		{1, 100, 3},
		{10, 100, 100},
		{10, 100, 1000},
		{50, 50, 60},
		{10, 100, 5},
		{10, 100, 0},
	} {
		tries := 0
		got, err := search(c.from, c.to, func(n int) (bool, error) {
			tries++
			if n < 1 || n > c.to {
				t.Errorf("%+v: %d clients are tried", c, n)
			}
			return n <= c.limit, nil
		})
		want := min(c.limit, c.to)
		if err != nil || got > want || got < want-max(want/20, 1) {
			t.Errorf("%+v: found %d, %v", c, got, err)
		}
		if tries > 25 {
			t.Errorf("%+v: %d tries", c, tries)
		}
	}
	failed := errors.New("failed")
	if _, err := search(1, 9, func(int) (bool, error) { return false, failed }); !errors.Is(err, failed) {
		t.Errorf("error: %v", err)
	}
}

// newInterval has a client rate of windows per second, each with 200 messages, on one
// fully used processor.
func newInterval(rate, slowest int64, latency time.Duration) *interval {
	v := &interval{
		clients: 10,
		server:  child.Mark{CPUMicros: 2e6},
		counts:  receiver.Counts{Frames: 10 * 2 * rate, Bytes: 10 * 2 * rate * 9000},
		slowest: 2 * slowest,
		samples: &receiver.Samples{Frames: 5, Messages: 1000},
		elapsed: 2 * time.Second,
	}
	for range 100 {
		v.samples.Latency.Record(latency)
	}
	return v
}

func TestHeld(t *testing.T) {
	o := &options{hz: 60, objects: 100}
	for _, c := range []struct {
		name string
		v    *interval
		want bool
	}{
		{"all is well", newInterval(60, 59, 10*time.Millisecond), true},
		{"too few windows", newInterval(58, 58, 10*time.Millisecond), false},
		{"one client gets too few", newInterval(60, 56, 10*time.Millisecond), false},
		{"late", newInterval(60, 60, 60*time.Millisecond), false},
	} {
		r := newWindowsResult(c.v, o)
		if r.Held != c.want {
			t.Errorf("%s: held is %v", c.name, r.Held)
		}
	}
	r := newWindowsResult(newInterval(60, 60, time.Millisecond), o)
	if r.Rate != 60 || r.CPUShare != 1 || r.MessagesPerWindow != 200 || r.MessagesPerCPU != 10*60*200 || r.FrameBytes != 9000 {
		t.Errorf("%+v", r)
	}
}

func TestExcludeResultPairsRounds(t *testing.T) {
	all := &excludeCase{name: "poses", got: []*interval{newInterval(60, 60, 1), newInterval(30, 30, 1)}}
	others := &excludeCase{name: "poses-excluded", got: []*interval{newInterval(40, 40, 1), newInterval(20, 20, 1)}}
	r := others.result(all, &options{senders: 10, hz: 60})
	if r.RatioPerMessage != 1.5 || r.RatioPerMessageMin != 1.5 || r.RatioPerMessageMax != 1.5 || r.RatioPerClient != 1 {
		t.Errorf("%+v", r)
	}
	if r.Rounds != 2 || r.CPUPerClient != 1e5 || r.MessagesPerSecond != 30*200 {
		t.Errorf("%+v", r)
	}
}

func TestMeasureInSmall(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.json")
	o, err := parse([]string{
		"--clients", "4", "--objects", "10", "--senders", "5", "--rounds", "1",
		"--seconds", "1", "--warmup", "0.2", "--json", path,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := measure(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	type result struct {
		Name              string  `json:"name"`
		MessagesPerWindow float64 `json:"messages_per_window"`
		WindowRate        float64 `json:"windows_per_second"`
		P50               float64 `json:"p50_ms"`
	}
	lines, err := report.ReadLines[result](path)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, r := range lines {
		names = append(names, r.Name)
		if r.WindowRate <= 0 || r.P50 <= 0 || (r.Name == "windows" && r.MessagesPerWindow != 20) {
			t.Errorf("%+v", r)
		}
	}
	if got := strings.Join(names, " "); got != "windows poses poses-excluded" {
		t.Errorf("lines: %s", got)
	}
}

func TestParseRefuses(t *testing.T) {
	for _, args := range [][]string{{"--hz", "0"}, {"--from", "20", "--to", "10"}, {"--senders", "1000000000"}, {"more"}} {
		if _, err := parse(args); err == nil {
			t.Errorf("%q is taken", args)
		}
	}
}

//go:build linux

package main

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/report"
	"github.com/scenewire/scenewire/internal/bench/scene"
)

func TestMain(m *testing.M) { scene.TestMain(m, serve) }

func TestSharesAreEvenAndHaveEverybody(t *testing.T) {
	for _, c := range []struct {
		clients, perServer int
		want               []int
	}{
		{100, 19_000, []int{100}},
		{19_000, 19_000, []int{19_000}},
		{19_001, 19_000, []int{9500, 9501}},
		{40_000, 19_000, []int{13333, 13333, 13334}},
	} {
		if got := shares(c.clients, c.perServer); !slices.Equal(got, c.want) {
			t.Errorf("%d clients, %d for each: %v, want %v", c.clients, c.perServer, got, c.want)
		}
	}
}

func TestPointsAskForNoMoreThanIsOffered(t *testing.T) {
	o, err := parse(nil)
	if err != nil {
		t.Fatal(err)
	}
	points := o.points()
	if want := len(o.clients) + len(o.objects) + len(o.sizes) + 6; len(points) != want {
		t.Errorf("%d points, want %d", len(points), want)
	}
	slowed := 0
	for _, p := range points {
		if p.hz > 1 && p.hz*p.clients*p.objects*p.size > o.offered {
			t.Errorf("%v asks for more than %d B/s", p, o.offered)
		}
		if p.hz > 0 && p.hz < o.hz {
			slowed++
		}
	}
	if slowed == 0 {
		t.Error("no point is slowed down")
	}
}

func TestMedianIsTheTrialInTheMiddle(t *testing.T) {
	trials := make([]*trial, 3)
	for i, cpu := range []float64{30, 10, 20} {
		trials[i] = &trial{clients: 1, parts: []*part{{
			ran: ran{Nanoseconds: 1e9}, received: received{Frames: 10}, server: child.Mark{CPUMicros: cpu},
		}}}
	}
	if got := median(trials); got != trials[2] {
		t.Errorf("%v µs", got.cpu())
	}
	r := newRow(point{clients: 1}, trials)
	if r.CPU != 2 || r.CPUMin != 1 || r.CPUMax != 3 || r.Rounds != 3 || r.CPUMicros != 20 {
		t.Errorf("%+v", r)
	}
}

func TestRowSumsServersUp(t *testing.T) {
	one := &part{
		ran: ran{Nanoseconds: 2e9, Due: 40}, totals: totals{Changes: 40, Built: 40, LogBytes: 2000},
		received: received{Frames: 400, Bytes: 80_000, Slowest: 40, Messages: 2, P99: 5},
		server:   child.Mark{CPUMicros: 1e6}, settled: child.Mark{ResidentBytes: 100},
	}
	other := *one
	other.Slowest, other.P99 = 30, 7
	r := newRow(point{clients: 20, objects: 2}, []*trial{{clients: 20, parts: []*part{one, &other}}})
	for name, got := range map[string][2]float64{
		"windows/s": {r.WindowRate, 20}, "slowest": {r.SlowestRate, 15}, "CPUs": {r.CPUShare, 1}, "changes/s": {r.ChangeRate, 20},
		"µs/window": {r.CPU, 2500}, "frame": {r.FrameBytes, 200}, "messages": {r.MessagesPer, 2}, "p99": {r.P99, 7},
		"settled": {r.ResidentSettled, 200}, "broadcast": {r.Broadcast, 160}, "broadcast KB": {r.BroadcastKB, 160},
		"delivered KB": {r.DeliveredKB, 160}, "client seconds": {r.ClientSecond, 40},
	} {
		if got[0] != got[1] {
			t.Errorf("%s: %v, want %v", name, got[0], got[1])
		}
	}
}

func TestMeasureInSmall(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.json")
	o, err := parse([]string{
		"--axes", "clients,objects", "--clients", "5", "--objects", "20", "--hz", "50",
		"--rounds", "1", "--seconds", "0.3", "--warmup", "0.1", "--json", path,
	})
	if err != nil {
		t.Fatal(err)
	}
	o.perServer = 60 // so that the 100 clients of the second point have two servers
	if err := measureAll(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	rows, err := report.ReadLines[row](path)
	if err != nil || len(rows) != 2 {
		t.Fatal(rows, err)
	}
	for i, want := range []row{{Clients: 5, Objects: 10, Servers: 1}, {Clients: 100, Objects: 20, Servers: 2}} {
		r := rows[i]
		if r.Clients != want.Clients || r.Objects != want.Objects || r.Servers != want.Servers || r.MessagesPer != float64(want.Objects) {
			t.Errorf("%+v", r)
		}
		if min(r.WindowRate, r.SlowestRate, r.CPUMicros, r.Built, r.BroadcastKB, r.DeliveredKB, r.P99, r.ResidentSettled, r.HeapSettled) <= 0 {
			t.Errorf("something is missing: %+v", r)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, args := range [][]string{{"--hz", "0"}, {"--seconds", "-1"}, {"more"}} {
		if _, err := parse(args); err == nil {
			t.Errorf("%q is taken", args)
		}
	}
}

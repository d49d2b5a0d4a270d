package swarm

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/scenewire/scenewire/cmd/loadgen/internal/wire"
)

func newProcesses(t *testing.T, url string, n int) Fleet {
	t.Helper()
	f, err := NewProcesses(t.Context(), Options{URL: url}, n, workerCommand)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

// TestProcessesAreAFleet does with worker processes what others do in this one.
func TestProcessesAreAFleet(t *testing.T) {
	s := newScene(t, nil)
	f := newProcesses(t, s.url, 3)
	add(t, f, Group{Name: "single", Clients: 1, Subprotocol: SubprotocolScenewire, Resume: true, Watch: -1})
	add(t, f, Group{Name: "all", Clients: 10, Subprotocol: SubprotocolScenewire, Resume: true, Watch: 5})
	for range 5 {
		s.change(t, 100, 1, 2)
		s.Flush()
	}
	stop, err := f.Stream(Stream{Group: "all", Kind: wire.KindEcho, Rate: 300})
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	awaitStates(t, f, 5, 2)
	if n, err := f.Drop(Drop{Group: "all"}); n != 10 || err != nil {
		t.Fatalf("%d dropped, %v", n, err)
	}
	if n, err := f.Return(t.Context(), Return{Group: "all", Resume: true, Rate: 1000}); n != 10 || err != nil {
		t.Fatalf("%d are back, %v", n, err)
	}
	if err := f.SetPace("all", Pace{}); err != nil {
		t.Error(err)
	}
	single, err := f.Stream(Stream{Group: "single", Kind: wire.KindEcho, Rate: 100})
	if err != nil {
		t.Fatal(err)
	}
	defer single()
	got := await(t, f, "echoes", func(st *Stats) bool {
		return st.Groups["all"].Echo.Count() > 20 && st.Groups["single"].Sent > 0
	})
	clean(t, got)
	g := got.Groups["all"]
	if g.Resumed != 10 || g.Clients != 10 || g.Open != 10 || len(got.Processes) != 3 || len(got.Threads) < 3 {
		t.Errorf("%+v", g)
	}
	states, err := f.States()
	if err != nil || len(states) != 5 || states[0].Client < 1 || states[4].Client > 10 {
		t.Errorf("%+v, %v", states, err)
	}
	if _, err := f.Drop(Drop{Group: "other"}); !errors.Is(err, ErrGroup) {
		t.Errorf("%v", err)
	}
}

func TestErrorsOfWorkers(t *testing.T) {
	if _, err := NewProcesses(t.Context(), Options{URL: "wss://127.0.0.1"}, 2, workerCommand); !errors.Is(err, ErrTLS) {
		t.Errorf("%v", err)
	}
	s := newScene(t, nil)
	f := newProcesses(t, s.url, 2)
	add(t, f, Group{Name: "all", Clients: 3})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	var failed *ConnectError
	await(t, f, "the end", func(s *Stats) bool { return s.Groups["all"].Open == 0 })
	err := f.Add(t.Context(), Group{Name: "more", Clients: 4})
	if !errors.As(err, &failed) || failed.Cause != CauseRefused || failed.Wanted != 7 || failed.Reached != 0 {
		t.Errorf("%+v", err)
	}
	if err := f.(*Processes).workers[1].cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Snapshot(); err == nil || !strings.Contains(err.Error(), "worker 2 of 2") {
		t.Errorf("%v", err)
	}
	if err := f.Close(); err == nil {
		t.Error("a killed worker is no error")
	}
	f.(*Processes).workers = nil // for the second Close
}

func TestStatsAreSummedAndSubtracted(t *testing.T) {
	make1 := func(k int64) *Stats {
		g := &GroupStats{Clients: k, Open: k}
		for _, list := range [][]*int64{g.Traffic.counters(), g.Connections.counters(), g.Checks.counters()} {
			for i, n := range list {
				*n = k * int64(i+1)
			}
		}
		for _, list := range [][]*Histogram{g.Traffic.histograms(), g.Connections.histograms()} {
			for i, h := range list {
				h.Record(int64(1000*(i+1)), k)
			}
		}
		g.Failed, g.Closed = map[Cause]int64{CauseRefused: k}, map[int]int64{1006: k}
		s := &Stats{
			At: k, Groups: map[string]*GroupStats{"all": g}, Faults: []Fault{{At: k}},
			Threads:   []ThreadStats{{Wall: time.Duration(k), Busy: time.Duration(k)}},
			Processes: []ProcessStats{{CPU: time.Duration(k), Resident: 1}},
		}
		s.Threads[0].Lag.Record(5, k)
		return s
	}
	asJSON := func(s *Stats) string {
		b, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	five := make1(5)
	before := asJSON(five)
	diff := five.Sub(make1(2))
	diff.At, diff.Groups["all"].Clients, diff.Groups["all"].Open, diff.Faults = 3, 3, 3, []Fault{{At: 3}}
	if got, want := asJSON(diff), asJSON(make1(3)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if asJSON(five) != before {
		t.Error("Sub has changed what it was called on")
	}
	both := make1(3)
	both.Merge(make1(2))
	if total := both.Groups["all"]; total.Latency.Count() != 5 || total.Failed[CauseRefused] != 5 || len(both.Threads) != 2 {
		t.Errorf("%+v", total)
	}
	var back Stats
	if err := json.Unmarshal([]byte(before), &back); err != nil {
		t.Fatal(err)
	}
	if asJSON(&back) != before || back.Groups["all"].Latency.Max() != five.Groups["all"].Latency.Max() {
		t.Error("JSON doesn't bring all back")
	}
	if n := fields(reflect.TypeFor[Traffic]()); n != len(five.Total().Traffic.counters())+len(five.Total().Traffic.histograms()) {
		t.Errorf("%d fields of Traffic, not all are summed", n)
	}
	if n := fields(reflect.TypeFor[Connections]()); n != len(five.Total().Connections.counters())+len(five.Total().Connections.histograms())+2 {
		t.Errorf("%d fields of Connections, not all are summed", n)
	}
	if n := fields(reflect.TypeFor[Checks]()); n != len(five.Total().Checks.counters()) {
		t.Errorf("%d fields of Checks, not all are summed", n)
	}
}

func fields(t reflect.Type) int { return t.NumField() }

func TestBottlenecks(t *testing.T) {
	idle := ThreadStats{Wall: time.Second, Busy: 100 * time.Millisecond}
	busy, starved, late := idle, idle, idle
	busy.Busy = 900 * time.Millisecond
	starved.Delayed = 200 * time.Millisecond
	late.Lag.Record(int64(20*time.Millisecond), 1)
	for _, c := range []struct {
		thread ThreadStats
		want   string
	}{
		{idle, ""},
		{busy, "was busy for 90 % of the time"},
		{starved, "waited for a processor for 20 % of the time"},
		{late, "one socket in a hundred after 20ms"},
	} {
		found := strings.Join((&Stats{Threads: []ThreadStats{idle, c.thread}}).Bottleneck(), "\n")
		if !strings.Contains(found, c.want) || (c.want == "") != (found == "") {
			t.Errorf("%q, want %q", found, c.want)
		}
	}
}

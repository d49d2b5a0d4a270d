package swarm

import (
	"context"
	"testing"
	"time"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/cmd/loadgen/internal/wire"
)

func TestClientsGetWhatIsBroadcast(t *testing.T) {
	for _, c := range []struct {
		subprotocol string
		resume      bool
		unchecked   bool
	}{
		{SubprotocolScenewire, true, false},
		{SubprotocolScenewire, false, false},
		{SubprotocolViser, false, true},
		{"viser-v1.0.3", false, true},
		{"", false, true},
	} {
		t.Run(c.subprotocol, func(t *testing.T) {
			const clients, rounds = 40, 20
			s := newScene(t, nil)
			f := newFleet(t, Options{URL: s.url, Threads: 2})
			add(t, f, Group{Name: "all", Clients: clients, Subprotocol: c.subprotocol, Resume: c.resume, Watch: 3})
			for range rounds {
				s.change(t, 200, 1, 2, 3)
				s.Flush()
			}
			got := await(t, f, "all ticks", func(s *Stats) bool {
				g := s.Groups["all"]
				return g.Messages >= clients*rounds && g.Latency.Count() == g.Messages
			})
			clean(t, got)
			g := got.Groups["all"]
			if g.Opened != clients || g.Open != clients || g.Clients != clients || g.Connect.Count() != clients {
				t.Errorf("%+v", g)
			}
			if unchecked := g.UncheckedOrder > 0; unchecked != c.unchecked {
				t.Errorf("%d windows weren't checked", g.UncheckedOrder)
			}
			if longest := g.Latency.Duration(1); longest <= 0 || longest > time.Minute {
				t.Errorf("latency up to %v", longest)
			}
			awaitStates(t, f, 3, 3)
		})
	}
}

// awaitStates waits until n watched clients have the same state of that many objects.
func awaitStates(t *testing.T, f Fleet, n, objects int) {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for {
		states, err := f.States()
		if err != nil {
			t.Fatal(err)
		}
		same := len(states) == n
		for i := range states {
			same = same && states[i].Digest == states[0].Digest && states[i].Digest.Objects == objects
		}
		if same {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("states: %+v", states)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func TestClientsReturn(t *testing.T) {
	for _, c := range []struct {
		how    Break
		resume bool
		kind   func(*GroupStats) int64
	}{
		{BreakReset, true, func(g *GroupStats) int64 { return g.Resumed }},
		{BreakFIN, true, func(g *GroupStats) int64 { return g.Resumed }},
		{BreakSilent, true, func(g *GroupStats) int64 { return g.Resumed }},
		{BreakClose, true, func(g *GroupStats) int64 { return g.Scene }},
		{BreakReset, false, func(g *GroupStats) int64 { return g.Fresh - 10 }},
	} {
		t.Run(string(c.how), func(t *testing.T) {
			s := newScene(t, nil)
			for range 3 {
				s.change(t, 100, 1, 2, 3, 4)
			}
			f := newFleet(t, Options{URL: s.url})
			add(t, f, Group{Name: "all", Clients: 10, Subprotocol: SubprotocolScenewire, Resume: true})
			awaitStates(t, f, 10, 4)
			if n, err := f.Drop(Drop{Group: "all", Break: c.how, Clients: 7}); n != 7 || err != nil {
				t.Fatalf("%d dropped, %v", n, err)
			}
			s.change(t, 100, 2, 5)
			n, err := f.Return(t.Context(), Return{Resume: c.resume})
			if n != 7 || err != nil {
				t.Fatalf("%d are back, %v", n, err)
			}
			s.change(t, 100, 3)
			awaitStates(t, f, 10, 5)
			got := await(t, f, "all to catch up", func(s *Stats) bool {
				g := s.Groups["all"]
				return g.Comeback.Count() == 7
			})
			clean(t, got)
			g := got.Groups["all"]
			if g.Opened != 17 || g.Returned != 7 || g.Dropped != 7 || g.Open != 10 || c.kind(g) != 7 {
				t.Errorf("%d resumed, %+v", c.kind(g), g.Connections)
			}
			if g.BackBytes.Quantile(0) <= 0 {
				t.Error("to come back cost nothing")
			}
		})
	}
}

func TestSlowReadersLose(t *testing.T) {
	s := newScene(t, func(o *scenewire.Options) { o.MaxTransientMessages = 8 })
	f := newFleet(t, Options{URL: s.url})
	add(t, f, Group{Name: "never", Clients: 2, Subprotocol: SubprotocolScenewire, Resume: true, Pace: Pace{Stopped: true}})
	add(t, f, Group{Name: "slow", Clients: 2, Subprotocol: SubprotocolScenewire, Resume: true, Pace: Pace{BytesPerSecond: 20_000}})
	add(t, f, Group{Name: "fast", Clients: 4, Subprotocol: SubprotocolScenewire, Resume: true})
	for range 300 {
		s.change(t, 60_000, 1, 2)
		s.Flush()
		time.Sleep(time.Millisecond)
	}
	got := await(t, f, "the fast ones", func(st *Stats) bool { return st.Groups["fast"].Latency.Count() > 300 })
	// What came together with the answer to the handshake has been read.
	if n := got.Groups["never"].Frames; n > 2 {
		t.Errorf("who never reads has got %d frames", n)
	}
	if err := f.SetPace("never", Pace{}); err != nil {
		t.Fatal(err)
	}
	if err := f.SetPace("slow", Pace{}); err != nil {
		t.Fatal(err)
	}
	awaitStates(t, f, 8, 2)
	s.change(t, 100, 1)
	got = await(t, f, "lost ticks", func(s *Stats) bool { return s.Groups["never"].LostTicks > 0 })
	if g := got.Groups["never"]; g.Errors() != 0 || !g.Slow {
		t.Errorf("%+v", g.Checks)
	}
	if g := got.Groups["slow"]; g.Errors() != 0 {
		t.Errorf("%+v", g.Checks)
	}
}

func TestFlappingClientsComeAndGo(t *testing.T) {
	s := newScene(t, nil)
	f := newFleet(t, Options{URL: s.url})
	flap := Flap{Live: 10 * time.Millisecond, Away: 5 * time.Millisecond, Resume: true}
	add(t, f, Group{Name: "flap", Clients: 5, Subprotocol: SubprotocolScenewire, Resume: true, Flap: flap})
	got := await(t, f, "some lives", func(st *Stats) bool {
		s.change(t, 100, 1, 2)
		g := st.Groups["flap"]
		return g.Returned > 30 && g.Resumed > 10
	})
	clean(t, got)
}

func TestStreamsAreSentOnTime(t *testing.T) {
	s := newScene(t, nil)
	f := newFleet(t, Options{URL: s.url, Threads: 2})
	add(t, f, Group{Name: "all", Clients: 10, Subprotocol: SubprotocolScenewire, Resume: true})
	for _, st := range []Stream{
		{Group: "all", Kind: wire.KindEcho, Rate: 500, Bytes: 100},
		{Group: "all", Kind: wire.KindPointer, Rate: 100, Clients: 3},
		{Group: "all", Kind: wire.KindFlood, Rate: -1, Bytes: 1000, Clients: 2},
	} {
		stop, err := f.Stream(st)
		if err != nil {
			t.Fatal(err)
		}
		defer stop()
	}
	got := await(t, f, "echoes and pointers", func(s *Stats) bool {
		g := s.Groups["all"]
		return g.Echo.Count() > 100 && g.Latency.Count() > 100 && g.SentBytes > 1e6
	})
	clean(t, got)
	if g := got.Groups["all"]; g.Echoed > g.Echoes || g.Echo.Duration(0.5) <= 0 {
		t.Errorf("%+v", g.Traffic)
	}
	if _, err := f.Stream(Stream{Group: "all", Kind: wire.KindObject, Rate: 1}); err == nil {
		t.Error("clients may send objects")
	}
}

func TestPingsAreAnswered(t *testing.T) {
	s := newScene(t, nil)
	f := newFleet(t, Options{URL: s.url, PingInterval: time.Millisecond})
	add(t, f, Group{Name: "all", Clients: 3, Subprotocol: SubprotocolScenewire, Resume: true})
	got := await(t, f, "pongs", func(s *Stats) bool { return s.Groups["all"].RoundTrip.Count() >= 3 })
	clean(t, got)
}

func TestAddEndsWithItsContext(t *testing.T) {
	s := newScene(t, nil)
	f := newFleet(t, Options{URL: s.url})
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	if err := f.Add(ctx, Group{Name: "all", Clients: 1000, Rate: 100}); err != context.DeadlineExceeded {
		t.Errorf("%v", err)
	}
	got := await(t, f, "the others to be given up", func(s *Stats) bool { return s.Groups["all"].Open > 0 })
	if got.Groups["all"].Open == 1000 {
		t.Error("all are open")
	}
}

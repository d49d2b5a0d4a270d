package dashboard

import (
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/wsproto"
)

func TestActionsNeedTheToken(t *testing.T) {
	logs, seen := observer.New(zap.DebugLevel)
	s := newStage(t, func(o *Options) { o.Logger = zap.New(logs) })
	s.viewers(t, 1)
	g := s.watch(t)
	id := s.server.Clients()[0].ID()
	for _, action := range []Action{actionPause, actionUnpause, actionFlush, actionClose} {
		if done := g.act(Act{Action: action, Clients: []scenewire.ClientID{id}}); done.Fault == "" || done.Done != 0 {
			t.Errorf("%s without the token: %+v", action, done)
		}
	}
	g.send(Measured{Clients: 99})
	g.send(Note{Text: "not let in"})
	if access := g.login("a wrong token, as it happens"); access.Admin || access.Fault == "" {
		t.Errorf("%+v", access)
	}
	if access := g.login(token); !access.Admin || access.Fault != "" {
		t.Fatalf("%+v", access)
	}
	if _, ok := s.dashboard.measured.get(time.Now()); ok {
		t.Error("somebody without the token says what is measured")
	}
	if done := g.act(Act{Action: actionPause, Clients: []scenewire.ClientID{id, 77}}); done.Fault != "" || done.Done != 1 || !slices.Equal(done.Gone, []scenewire.ClientID{77}) {
		t.Errorf("%+v", done)
	}
	if !s.server.Clients()[0].Stats().Paused {
		t.Error("the client isn't paused")
	}
	g.until("it is on the timeline", func() bool {
		for _, m := range g.marks {
			if m.Text == "not let in" {
				t.Error("somebody without the token writes on the timeline")
			}
			if m.Kind == EventAction && strings.Contains(m.Text, "paused") {
				return true
			}
		}
		return false
	})
	for _, entry := range seen.All() {
		for _, secret := range []string{token, "a wrong token"} {
			if strings.Contains(entry.Message, secret) || strings.Contains(strings.Join(fields(entry), " "), secret) {
				t.Errorf("a token is logged: %v", entry)
			}
		}
	}
	// Another page isn't an admin by that.
	if done := s.watch(t).act(Act{Action: actionPause, Clients: []scenewire.ClientID{id}}); done.Fault == "" {
		t.Error("another page is an admin, too")
	}
}

func fields(e observer.LoggedEntry) (all []string) {
	for _, v := range e.ContextMap() {
		if s, ok := v.(string); ok {
			all = append(all, s)
		}
	}
	return all
}

func TestGuessesAreLimited(t *testing.T) {
	s := newStage(t, nil)
	g := s.watch(t)
	for i := range guessBurst {
		if access := g.login("wrong"); access.Admin || strings.Contains(access.Fault, "Too many") {
			t.Errorf("guess %d: %+v", i, access)
		}
	}
	other := s.watch(t) // the same address
	for _, guess := range []string{"wrong", token} {
		if access := other.login(guess); access.Admin || !strings.Contains(access.Fault, "Too many") {
			t.Errorf("after %d guesses: %+v", guessBurst, access)
		}
	}
}

func TestGuessesComeBackWithTime(t *testing.T) {
	var g guesses
	now := time.Unix(1000, 0)
	a, b := netip.MustParsePrefix("10.0.0.1/32"), netip.MustParsePrefix("10.0.0.2/32")
	for range guessBurst {
		if g.wait(a, now) > 0 {
			t.Fatal("has to wait too early")
		}
		g.count(a, now)
	}
	if wait := g.wait(a, now); wait != guessInterval {
		t.Errorf("waits for %v", wait)
	}
	if g.wait(b, now) > 0 {
		t.Error("another address has to wait")
	}
	if g.wait(a, now.Add(guessInterval)) > 0 {
		t.Error("has to wait for longer than one guess takes")
	}
	for i := range maxGuessers {
		g.count(netip.PrefixFrom(netip.AddrFrom4([4]byte{11, 0, byte(i >> 8), byte(i)}), 32), now)
	}
	if g.wait(b, now) == 0 {
		t.Error("memory for guessers grows without bounds")
	}
	if later := now.Add(guessBurst * guessInterval); g.wait(b, later) > 0 || len(g.free) > 1 {
		t.Errorf("%d addresses are remembered", len(g.free))
	}
	g.forget(a)
	if g.wait(a, now) > 0 {
		t.Error("has to wait after the right token")
	}
}

func TestPauseAndUnpause(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	c := s.viewers(t, 1)[0]
	server := s.server.Clients()[0]
	must(t, s.server.Broadcast(pose{Name: "a", X: 1}))
	unzip := wsproto.NewDecompressor()
	next := func() (all []pose) {
		e, err := c.Window(wsproto.GenerationZstd, unzip)
		must(t, err)
		for _, body := range e.Messages {
			m, err := poses.Decode(body)
			must(t, err)
			all = append(all, m.(pose))
		}
		return all
	}
	next()
	g := s.watch(t)
	g.login(token)
	g.send(AskClients{Limit: 10})
	g.act(Act{Action: actionPause, Clients: []scenewire.ClientID{server.ID()}})
	for i := range 20 {
		must(t, s.server.Broadcast(pose{Name: "a", X: float64(i)}))
		must(t, s.server.Broadcast(pose{Name: "b", X: float64(i)}))
		time.Sleep(time.Millisecond)
	}
	g.act(Act{Action: actionFlush, Clients: []scenewire.ClientID{server.ID()}})
	rows := await(g, func(m Rows) bool { return len(m.Rows) == 1 && m.Rows[0].PendingKeys == 2 && m.Rows[0].OldestMs > 0 })
	if r := rows.Rows[0]; r.State != statePaused || r.Lag != 40 || r.PendingBytes == 0 || r.Deliveries != 1 {
		t.Errorf("%+v", r)
	}
	g.act(Act{Action: actionUnpause, Clients: []scenewire.ClientID{server.ID()}})
	last := map[string]float64{}
	for last["a"] != 19 || last["b"] != 19 {
		for _, p := range next() {
			last[p.Name] = p.X
		}
	}
	if n := server.Stats().Windows; n > 3 {
		t.Errorf("%d windows", n)
	}
	rows = await(g, func(m Rows) bool {
		return len(m.Rows) == 1 && m.Rows[0].State == stateLive && m.Rows[0].PendingKeys == 0
	})
	if r := rows.Rows[0]; r.Skipped == 0 {
		t.Errorf("%+v", r)
	}
}

func TestCloseSendsItsCode(t *testing.T) {
	s := newStage(t, nil)
	clients := s.viewers(t, 2)
	ids := []scenewire.ClientID{s.server.Clients()[0].ID(), s.server.Clients()[1].ID()}
	g := s.watch(t)
	g.login(token)
	for _, act := range []Act{
		{Action: actionClose, Code: 1000},
		{Action: actionClose, Code: 4007},
		{Action: actionClose, Code: 4401},
		{Action: actionClose, Code: 5000},
		{Action: actionClose, Reason: strings.Repeat("x", 124)},
		{Action: "explode"},
		{Action: actionPause, Clients: make([]scenewire.ClientID, maxActClients+1)},
	} {
		act.Clients = append(act.Clients, ids...)
		if done := g.act(act); done.Fault == "" || done.Done != 0 {
			t.Errorf("%+v: %+v", act, done)
		}
	}
	if done := g.act(Act{Action: actionClose, Clients: ids[:1], Code: 4321, Reason: "go home"}); done.Done != 1 {
		t.Errorf("%+v", done)
	}
	if done := g.act(Act{Action: actionClose, Clients: ids[1:]}); done.Done != 1 {
		t.Errorf("%+v", done)
	}
	var got []string
	for _, c := range clients {
		reason, err := c.AwaitClose()
		must(t, err)
		got = append(got, reason.Error())
	}
	slices.Sort(got)
	if !strings.Contains(got[0], "4000") || !strings.Contains(got[1], "4321") || !strings.Contains(got[1], "go home") {
		t.Errorf("the clients see %q", got)
	}
}

func TestLoadGeneratorFeedsOverTheWire(t *testing.T) {
	s := newStage(t, nil)
	feeder := s.watch(t)
	feeder.login(token)
	feeder.send(Note{Kind: EventPhase, Text: "warm-up", Count: 3})
	feeder.send(Measured{Clients: 12, Latency: Quantiles{1, 2, 3, 4}, Gap: noQuantiles(), Join: noQuantiles()})
	d := s.dashboard
	eventually(t, "a feeder alone is no reason to collect", func() bool {
		d.mu.Lock()
		defer d.mu.Unlock()
		return d.watch == nil
	})
	g := s.watch(t)
	feeder.send(Measured{Clients: 13, Latency: Quantiles{1, 2, 3, 4}, Gap: noQuantiles(), Join: noQuantiles()})
	await(g, func(m Sample) bool { return m.value(seriesMeasuredClients) == 13 })
	g.until("the phase", func() bool {
		for _, m := range g.marks {
			if m.Kind == EventPhase && m.Text == "warm-up" && m.Count == 3 {
				return true
			}
		}
		return false
	})
}

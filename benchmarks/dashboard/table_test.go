package dashboard

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/scenewire/scenewire/buffers"
)

func TestTableOfAThousandClients(t *testing.T) {
	s := newStage(t, nil)
	const n = 1000
	s.viewers(t, n)
	clients := s.server.Clients()
	for i := range 7 {
		clients[100*i].SetPaused(true)
		must(t, clients[100*i].Send(pose{Name: "own", Blob: make([]byte, 1000*(i+1))}))
	}
	g := s.watch(t)
	ask := func(a AskClients) Rows {
		t.Helper()
		g.send(a)
		return await(g, func(m Rows) bool {
			return m.Total == n && m.Ask.Sort == a.Sort && m.Ask.Search == a.Search && m.Ask.Descending == a.Descending && m.Ask.Limit == min(a.Limit, maxRows) &&
				(m.Ask.Offset == a.Offset || m.Ask.Offset < a.Offset && m.Matching <= a.Offset)
		})
	}
	ids := func(m Rows) (all []int) {
		for _, r := range m.Rows {
			all = append(all, int(r.ID))
		}
		return all
	}
	for _, c := range []struct {
		what string
		ask  AskClients
		ids  []int
		left int
	}{
		{"by id", AskClients{Sort: byID, Limit: 3}, []int{0, 1, 2}, n},
		{"the last ones", AskClients{Sort: byID, Descending: true, Limit: 2}, []int{999, 998}, n},
		{"a page", AskClients{Sort: byID, Offset: 500, Limit: 2}, []int{500, 501}, n},
		{"behind the last page", AskClients{Sort: byID, Offset: 5000, Limit: 400}, seq(800, 1000), n},
		{"what waits", AskClients{Sort: byPendingBytes, Descending: true, Limit: 8}, []int{600, 500, 400, 300, 200, 100, 0, 1}, n},
		{"paused ones", AskClients{Sort: byState, Search: "PAUSED", Limit: 10}, []int{0, 100, 200, 300, 400, 500, 600}, 7},
		{"two words", AskClients{Sort: byPendingBytes, Search: "scenewire paused", Limit: 2}, []int{0, 100}, 7},
		{"nobody", AskClients{Sort: byID, Search: "no such client", Offset: 30, Limit: 10}, nil, 0},
		{"by subprotocol", AskClients{Sort: bySubprotocol, Search: "scenewire", Limit: 2}, []int{0, 1}, n},
	} {
		// On a busy machine some of those who have just come still wait for something.
		eventually(t, c.what, func() bool {
			m := ask(c.ask)
			return slices.Equal(ids(m), c.ids) && m.Matching == c.left
		})
	}
	m := ask(AskClients{Sort: byAddress, Limit: 1000})
	if len(m.Rows) != maxRows {
		t.Errorf("%d rows at once", len(m.Rows))
	}
}

func seq(from, to int) (all []int) {
	for i := from; i < to; i++ {
		all = append(all, i)
	}
	return all
}

func TestRowsStopWhenNobodyShowsThem(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.viewers(t, 1)
	g := s.watch(t)
	g.send(AskClients{Sort: "no such column", Limit: 5})
	await(g, func(m Rows) bool { return len(m.Rows) == 1 && m.Ask.Sort == byID })
	g.send(AskClients{})
	d := s.dashboard
	eventually(t, "it has understood", func() bool { return d.viewersNow()[0].ask.Limit == 0 })
	n := len(g.samples)
	g.until("two samples more", func() bool { return len(g.samples) >= n+2 })
	delete(g.newest, fmt.Sprintf("%T", Rows{}))
	g.until("two samples more", func() bool { return len(g.samples) >= n+6 })
	if m, ok := newest[Rows](g); ok {
		t.Errorf("rows come: %+v", m)
	}
}

func TestHotKeysByBytesAndByRate(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	for i := range 50 {
		must(t, s.server.Broadcast(pose{Name: fmt.Sprint("still ", i), Blob: make([]byte, 100+i)}))
	}
	stop := produce(s.server, time.Millisecond)
	defer stop()
	g := s.watch(t)
	g.send(AskKeys{Limit: 3})
	m := await(g, func(m HotKeys) bool { return len(m.ByRate) == 3 && m.ByRate[0].Rate > 1 })
	if m.Keys != 51 || m.ByRate[0].Key != "pose/moving" || m.ByRate[1].Rate != 0 || m.ByRate[0].Pushes < 2 {
		t.Errorf("%+v", m)
	}
	if m.ByBytes[0].Key != "pose/still 49" || m.ByBytes[1].Key != "pose/still 48" || m.Bytes < 50*100 {
		t.Errorf("by bytes: %+v of %d", m.ByBytes, m.Bytes)
	}
}

func TestRateOfAKeyCountsItsPushes(t *testing.T) {
	server := newStage(t, nil).server
	push := func(name string, n int) {
		for range n {
			must(t, server.Broadcast(pose{Name: name}))
		}
	}
	var h hotKeys
	now := time.Unix(1000, 0)
	look := func(after time.Duration) map[string]float64 {
		t.Helper()
		now = now.Add(after)
		if !h.look(server.Log(), now) {
			t.Fatal("it isn't time")
		}
		rates := map[string]float64{}
		for _, k := range h.message(10).ByRate {
			rates[k.Key] = k.Rate
		}
		return rates
	}
	push("a", 5)
	if got := look(time.Second)["pose/a"]; got == got {
		t.Errorf("%v at the first look, want NaN", got)
	}
	push("a", 6)
	push("new", 4)
	if got := look(2 * time.Second); got["pose/a"] != 3 || got["pose/new"] != 2 {
		t.Errorf("%v", got)
	}
	server.RemoveEntries(func(e *buffers.Entry) bool { return e.Key == "pose/a" })
	push("a", 2)
	if got := look(time.Second); got["pose/a"] != 2 || got["pose/new"] != 0 {
		t.Errorf("after a removal: %v", got)
	}
	if h.look(server.Log(), now) {
		t.Error("it looks without a pause")
	}
}

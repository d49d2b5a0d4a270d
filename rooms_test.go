package scenewire

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/loop"
	"github.com/scenewire/scenewire/wsproto"
)

// newRooms makes servers that share a loop and a registry, mounted at /0/, /1/, …
func newRooms(t testing.TB, n int) (shared *loop.Loop, rooms []*Server, addr string) {
	t.Helper()
	shared, err := loop.New(nil)
	must(t, err)
	t.Cleanup(func() { _ = shared.Close() })
	registry := testRegistry()
	mux := http.NewServeMux()
	for i := range n {
		s, err := New(&Options{Loop: shared, Registry: registry, Logger: zap.NewNop(), WindowInterval: -1})
		must(t, err)
		t.Cleanup(func() { _ = s.Close() })
		mux.Handle(fmt.Sprintf("/%d/", i), s)
		rooms = append(rooms, s)
	}
	front := httptest.NewServer(mux)
	t.Cleanup(front.Close)
	return shared, rooms, front.Listener.Addr().String()
}

func enter(t testing.TB, addr string, room int) *viewer {
	t.Helper()
	v := visit(t, addr, room)
	t.Cleanup(func() { _ = v.Conn.Close() })
	return v
}

// visit is enter for a test that keeps many rooms in view: it leaves nothing behind.
func visit(t testing.TB, addr string, room int) *viewer {
	t.Helper()
	c, err := wstest.Dial(addr, wstest.Options{Path: fmt.Sprintf("/%d/", room), Subprotocols: []string{Subprotocol}})
	must(t, err)
	return &viewer{Client: c, t: t, generation: wsproto.GenerationZstd, registry: testRegistry(), unzip: wsproto.NewDecompressor()}
}

// Draining one of several rooms ends its own clients, after what is queued for them,
// and nobody else notices.
func TestOneRoomDrainsAndTheOthersGoOn(t *testing.T) {
	shared, rooms, addr := newRooms(t, 3)
	var inside [3][2]*viewer
	for room := range rooms {
		for i := range inside[room] {
			inside[room][i] = enter(t, addr, room)
		}
		clientOf(t, rooms[room], 1)
	}
	for room, s := range rooms {
		must(t, s.Broadcast(note{N: room}))
	}
	done := make(chan error, 1)
	go func() { done <- rooms[1].Shutdown(t.Context()) }()
	for _, v := range inside[1] {
		v.expect(note{N: 1})
		_, err := v.next()
		if closed := new(wsproto.CloseError); !errors.As(err, &closed) || closed.Code != wsproto.CloseGoingAway {
			t.Errorf("%v, want 1001", err)
		}
		_ = v.Conn.Close()
	}
	must(t, <-done)
	for _, room := range []int{0, 2} {
		must(t, rooms[room].Broadcast(note{N: 10}))
		for _, v := range inside[room] {
			v.expect(note{N: room}, note{N: 10})
		}
	}
	if n := shared.Stats().Conns; n != 4 {
		t.Errorf("%d connections on the loop, want 4", n)
	}
	if _, err := wstest.Dial(addr, wstest.Options{Path: "/1/"}); err == nil || !strings.Contains(err.Error(), "503") {
		t.Errorf("a client came into the closed room: %v", err)
	}
	enter(t, addr, 2).expect(note{N: 2}, note{N: 10})
}

// The memory of a server that shares a loop: fresh, after a broadcast, and after a
// client has come, got it and left.
func TestIdleServerIsSmall(t *testing.T) {
	if testing.Short() {
		t.Skip("makes thousands of servers")
	}
	const n, limit = 2000, 20 << 10 // bytes for each
	before := heapInUse()
	shared, rooms, addr := newRooms(t, n)
	each := func() int64 { return (heapInUse() - before) / n }
	fresh := each()
	for _, s := range rooms {
		must(t, s.Broadcast(note{N: 1}))
	}
	spoken := each()
	for room := range rooms[:n/4] {
		v := visit(t, addr, room)
		v.expect(note{N: 1})
		_ = v.Conn.Close()
	}
	eventually(t, "all clients leave", func() bool { return shared.Stats().Conns == 0 })
	visited := each()
	t.Logf("bytes for each server: fresh %d, after a broadcast %d, a quarter visited %d", fresh, spoken, visited)
	if fresh > limit || spoken > limit || visited > limit {
		t.Errorf("more than %d", limit)
	}
	runtime.KeepAlive(rooms)
}

// Servers that come and go leave nothing on their loop: no memory, no timers that hold
// them, no goroutines.
func TestClosedServersLeaveNothingOnTheirLoop(t *testing.T) {
	const n = 10_000
	shared, err := loop.New(nil)
	must(t, err)
	defer func() { _ = shared.Close() }()
	registry, logger := testRegistry(), zap.NewNop()
	generation := func() {
		for i := range n {
			s, err := New(&Options{Loop: shared, Registry: registry, Logger: logger})
			must(t, err)
			must(t, s.Broadcast(note{N: i}))
			if i%2 == 0 {
				must(t, s.Close())
			} else {
				must(t, s.Shutdown(t.Context()))
			}
		}
	}
	generation() // what is made only once
	before, goroutines := heapInUse(), runtime.NumGoroutine()
	generation()
	const limit = 200 * n // bytes; a server that stays has 3 KB
	eventually(t, "memory and goroutines are back", func() bool {
		return heapInUse()-before < limit && runtime.NumGoroutine() <= goroutines
	})
}

// What a server without clients has cached for them goes after a while.
func TestFramesGoWhenNobodyIsThere(t *testing.T) {
	_, rooms, addr := newRooms(t, 1)
	s := rooms[0]
	must(t, s.Broadcast(note{N: 1}))
	v := enter(t, addr, 0)
	v.expect(note{N: 1})
	clientOf(t, s, 0)
	s.doChores()
	if s.Stats().FramesLive == 0 {
		t.Error("no frame is kept while a client is there")
	}
	_ = v.Conn.Close()
	eventually(t, "the client leaves", func() bool { return len(s.Clients()) == 0 })
	s.doChores()
	if n := s.Stats().FramesLive; n != 0 {
		t.Errorf("%d frames are kept for nobody", n)
	}
}

func heapInUse() int64 {
	runtime.GC()
	runtime.GC() // a sync.Pool lets go only then
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

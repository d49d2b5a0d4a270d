package main

import (
	"context"
	"errors"
	"io"
	"math"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/wsproto"
)

// start serves a house until the test's end, or until stop.
func start(t *testing.T, l limits) (addr string, stop func() error) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- serve(ctx, ln, l) }()
	stopped := false
	stop = func() error {
		if stopped {
			return nil
		}
		stopped = true
		cancel()
		return <-served
	}
	t.Cleanup(func() {
		if err := stop(); err != nil {
			t.Error("serve returned", err)
		}
	})
	return ln.Addr().String(), stop
}

func roomy() limits { return limits{rooms: 10, people: 10, clients: 100, empty: time.Minute} }

// person is somebody in a room, or before the list.
type person struct {
	*wstest.Client
	t       *testing.T
	unzip   *wsproto.Decompressor
	pending []messages.Message
}

func visit(t *testing.T, addr, path string) *person {
	t.Helper()
	c, err := wstest.Dial(addr, wstest.Options{Path: path, Subprotocols: []string{scenewire.Subprotocol}})
	must(t, err)
	t.Cleanup(func() { _ = c.Conn.Close() })
	return &person{Client: c, t: t, unzip: wsproto.NewDecompressor()}
}

func (p *person) next() (messages.Message, error) {
	for len(p.pending) == 0 {
		window, err := p.Window(wsproto.GenerationZstd, p.unzip)
		if err != nil {
			return nil, err
		}
		for _, body := range window.Messages {
			m, err := registry.Decode(body)
			must(p.t, err)
			p.pending = append(p.pending, m)
		}
	}
	m := p.pending[0]
	p.pending = p.pending[1:]
	return m, nil
}

// await returns the next message that is accepted, and passes over the others.
func await[M messages.Message](p *person, ok func(M) bool) M {
	p.t.Helper()
	for {
		m, err := p.next()
		must(p.t, err)
		if m, is := m.(M); is && ok(m) {
			return m
		}
	}
}

func (p *person) point(x, y float64) {
	p.t.Helper()
	body, err := registry.Append(nil, SetPointer{X: x, Y: y})
	must(p.t, err)
	must(p.t, p.Write(wsproto.OpBinary, body))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func get(t *testing.T, url string) (*http.Response, string) {
	t.Helper()
	response, err := http.Get(url)
	must(t, err)
	body, err := io.ReadAll(response.Body)
	must(t, errors.Join(err, response.Body.Close()))
	return response, string(body)
}

func TestPagesAreServed(t *testing.T) {
	addr, _ := start(t, roomy())
	types := map[string]string{
		"/": "text/html", "/room/kitchen": "text/html", "/style.css": "text/css",
		"/list.js": "text/javascript", "/room.js": "text/javascript", "/client/scenewire.js": "text/javascript",
	}
	for path, want := range types {
		response, body := get(t, "http://"+addr+path)
		if got := response.Header.Get("Content-Type"); response.StatusCode != 200 || !strings.HasPrefix(got, want) || body == "" {
			t.Errorf("%s: %s, %s, %d bytes", path, response.Status, got, len(body))
		}
	}
	for _, path := range []string{"/room/", "/room/No%20Way", "/room/..%2f", "/room/" + strings.Repeat("x", 33), "/house.go"} {
		if response, _ := get(t, "http://"+addr+path); response.StatusCode != 404 {
			t.Errorf("%s: %s", path, response.Status)
		}
	}
}

// What is pointed at in one room is seen there, by all but the one who points, and in
// no other room.
func TestRoomsDoNotSeeEachOther(t *testing.T) {
	addr, _ := start(t, roomy())
	a1, a2, b := visit(t, addr, "/room/a"), visit(t, addr, "/room/a"), visit(t, addr, "/room/b")
	for _, p := range []*person{a1, a2} {
		await(p, func(m People) bool { return m.Count == 2 })
	}
	me := await(b, func(Welcome) bool { return true }).Viewer
	a1.point(math.NaN(), 0.5)
	a1.point(0.5, 1.5)
	a1.point(0.25, 0.75)
	got := await(a2, func(SetPointer) bool { return true })
	if got.X != 0.25 || got.Y != 0.75 {
		t.Errorf("the pointer is at %v, %v", got.X, got.Y)
	}
	// b would have been told before it hears of somebody new in its room.
	b2 := visit(t, addr, "/room/b")
	b2.point(0.1, 0.1)
	if first := await(b, func(SetPointer) bool { return true }); first.X != 0.1 || first.Viewer == me {
		t.Errorf("room b got %+v first", first)
	}
	must(t, a1.CloseNormally())
	await(a2, func(m RemovePointer) bool { return m.Viewer == got.Viewer })
	await(a2, func(m People) bool { return m.Count == 1 })
}

func TestListFollowsRooms(t *testing.T) {
	addr, _ := start(t, roomy())
	visit(t, addr, "/room/old")
	list := visit(t, addr, "/")
	await(list, func(m SetRoom) bool { return m == SetRoom{Name: "old", People: 1} })
	first := visit(t, addr, "/room/new")
	await(list, func(m SetRoom) bool { return m == SetRoom{Name: "new", People: 1} })
	visit(t, addr, "/room/new")
	await(list, func(m SetRoom) bool { return m == SetRoom{Name: "new", People: 2} })
	must(t, first.CloseNormally())
	await(list, func(m SetRoom) bool { return m == SetRoom{Name: "new", People: 1} })
}

// A room that is empty for so long goes, one that somebody is in stays, and a name can
// be used again: for a new room, without what was in the old one.
func TestEmptyRoomIsRemoved(t *testing.T) {
	l := roomy()
	l.empty = 20 * time.Millisecond
	addr, _ := start(t, l)
	list := visit(t, addr, "/")
	stays := visit(t, addr, "/room/stays")
	leaves := visit(t, addr, "/room/goes")
	leaves.point(0.5, 0.5)
	await(list, func(m SetRoom) bool { return m == SetRoom{Name: "goes", People: 1} })
	must(t, leaves.CloseNormally())
	await(list, func(m RemoveRoom) bool {
		if m.Name == "stays" {
			t.Error("a room with somebody in it was removed")
		}
		return m.Name == "goes"
	})
	back := visit(t, addr, "/room/goes")
	if who := await(back, func(Welcome) bool { return true }); who.Viewer != 0 {
		t.Errorf("client %d of a new room", who.Viewer)
	}
	stays.point(0.1, 0.1) // it is served still
	visit(t, addr, "/room/stays")
	await(stays, func(m People) bool { return m.Count == 2 })
}

// Whoever fails the handshake makes a room, too; it goes as well.
func TestRoomThatNobodyCameIntoIsRemoved(t *testing.T) {
	l := roomy()
	l.empty = 20 * time.Millisecond
	addr, _ := start(t, l)
	list := visit(t, addr, "/")
	_, err := wstest.Dial(addr, wstest.Options{Path: "/room/x", Header: map[string][]string{"Origin": {"https://elsewhere.example"}}})
	if err == nil || !strings.Contains(err.Error(), "403") {
		t.Fatalf("a page from elsewhere: %v", err)
	}
	await(list, func(m RemoveRoom) bool { return m.Name == "x" })
}

func TestRoomsBeyondTheLimitAreRefused(t *testing.T) {
	l := roomy()
	l.rooms = 2
	addr, _ := start(t, l)
	visit(t, addr, "/room/a")
	visit(t, addr, "/room/b")
	_, err := wstest.Dial(addr, wstest.Options{Path: "/room/c"})
	if err == nil || !strings.Contains(err.Error(), "503") {
		t.Errorf("a third room: %v", err)
	}
	response, body := get(t, "http://"+addr+"/room/c")
	if response.StatusCode != 503 || !strings.Contains(body, "all 2 rooms are in use") || response.Header.Get("Retry-After") == "" {
		t.Errorf("%s: %s", response.Status, body)
	}
	visit(t, addr, "/room/b") // there is room in those that there are
	if response, _ := get(t, "http://"+addr+"/room/a"); response.StatusCode != 200 {
		t.Error(response.Status)
	}
}

func TestPeopleBeyondTheLimitsAreRefused(t *testing.T) {
	l := roomy()
	l.people, l.clients = 2, 3
	addr, _ := start(t, l)
	for range l.people {
		visit(t, addr, "/room/a")
	}
	refused := func(path string) {
		t.Helper()
		if _, err := wstest.Dial(addr, wstest.Options{Path: path}); err == nil || !strings.Contains(err.Error(), "503") {
			t.Errorf("%s: %v", path, err)
		}
	}
	refused("/room/a")
	visit(t, addr, "/room/b")
	refused("/room/b")
	refused("/")
}

func TestShutdownLetsEverybodyOut(t *testing.T) {
	addr, stop := start(t, roomy())
	people := []*person{visit(t, addr, "/"), visit(t, addr, "/room/a"), visit(t, addr, "/room/b")}
	for _, p := range people[1:] {
		await(p, func(m People) bool { return m.Count == 1 })
	}
	ended := make(chan error, 1)
	go func() { ended <- stop() }()
	for _, p := range people {
		for {
			_, err := p.next()
			if err == nil {
				continue
			}
			if closed := new(wsproto.CloseError); !errors.As(err, &closed) || closed.Code != wsproto.CloseGoingAway {
				t.Errorf("ended with %v, want 1001", err)
			}
			_ = p.Conn.Close()
			break
		}
	}
	must(t, <-ended)
	ln, err := net.Listen("tcp", addr)
	must(t, err)
	_ = ln.Close()
}

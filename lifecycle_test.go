package scenewire

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/loop"
	"github.com/scenewire/scenewire/wsproto"
)

func TestShutdownDrainsAndFreesThePort(t *testing.T) {
	s := serve(t, func(o *Options) { o.WindowInterval = 50 * time.Millisecond })
	v := join(t, s)
	c := clientOf(t, s, 0)
	const n = 1000
	for i := range n {
		must(t, s.Broadcast(note{N: i}))
	}
	must(t, c.Send(pose{Name: "private"}))
	must(t, c.Send(pose{Name: "private 2"}))
	addr := s.Addr().String()
	done := make(chan error, 2)
	for range 2 {
		go func() { done <- s.Shutdown(t.Context()) }()
	}
	var state applied
	closed := &wsproto.CloseError{}
	for {
		m, err := v.next()
		if errors.As(err, &closed) {
			break
		}
		must(t, err)
		state.apply(m)
	}
	if closed.Code != wsproto.CloseGoingAway {
		t.Errorf("closed with %v, want 1001", closed)
	}
	if len(state.notes) != n || len(state.poses) != 2 {
		t.Errorf("%d of %d broadcasts and %d of 2 private messages came", len(state.notes), n, len(state.poses))
	}
	_ = v.Conn.Close()
	for range 2 {
		if err := <-done; err != nil {
			t.Errorf("Shutdown returned %v", err)
		}
	}
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		t.Fatal("the port isn't free:", err)
	}
	_ = ln.Close()
	if err := s.Broadcast(note{}); !errors.Is(err, ErrServerClosed) {
		t.Errorf("Broadcast after Shutdown: %v", err)
	}
	if err := s.ListenAndServe(); !errors.Is(err, ErrServerClosed) {
		t.Errorf("ListenAndServe after Shutdown: %v", err)
	}
}

func TestShutdownIsBoundedByItsContext(t *testing.T) {
	s := serve(t, nil)
	release := make(chan struct{})
	defer close(release)
	Handle(s, func(*Client, note) { <-release })
	v := join(t, s)
	v.send(note{})
	clientOf(t, s, 0)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := s.Shutdown(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Shutdown returned %v", err)
	}
}

func TestServerThatNeverListenedCanBeClosed(t *testing.T) {
	s, err := New(&Options{Logger: zap.NewNop()})
	must(t, err)
	must(t, s.Shutdown(t.Context()))
	must(t, s.Close())
	if s.Addr() != nil {
		t.Error("a server that doesn't listen has an address")
	}
}

func TestTakenPortIsAClearError(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer func() { _ = taken.Close() }()
	s, err := New(&Options{Addr: taken.Addr().String(), Logger: zap.NewNop()})
	must(t, err)
	defer func() { _ = s.Close() }()
	err = s.ListenAndServe()
	for _, part := range []string{"address already in use", taken.Addr().String(), "ListenNext"} {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%v doesn't say %q", err, part)
		}
	}
}

func TestListenNextTakesAFollowingPort(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer func() { _ = taken.Close() }()
	s := serve(t, func(o *Options) {
		o.Addr = taken.Addr().String()
		o.ListenNext = 999
	})
	first, got := taken.Addr().(*net.TCPAddr).Port, s.Addr().(*net.TCPAddr).Port
	if got <= first || got > first+999 {
		t.Errorf("port %d, want one of the 999 behind %d", got, first)
	}
}

func TestBadOptionsAreAllNamed(t *testing.T) {
	_, err := New(&Options{
		Root:              os.DirFS("does-not-exist"),
		ListenNext:        -1,
		MaxWindowMessages: -1,
		AllowedOrigins:    []string{"example.org"},
		Protocol:          Protocol{ViserVersion: "one"},
	})
	if err == nil {
		t.Fatal("no error")
	}
	for _, field := range []string{"Root", "no such file", "ListenNext", "MaxWindowMessages", "AllowedOrigins", "Protocol"} {
		if !strings.Contains(err.Error(), field) {
			t.Errorf("%q is missing in %v", field, err)
		}
	}
}

func TestBadLoopOptionIsAnError(t *testing.T) {
	if _, err := New(&Options{Workers: -1}); err == nil || !strings.Contains(err.Error(), "Workers") {
		t.Errorf("got %v", err)
	}
}

func TestServersShareALoopAndOneClosesAlone(t *testing.T) {
	shared, err := loop.New(nil)
	must(t, err)
	defer func() { _ = shared.Close() }()
	mount := func(s *Server) *Server { return s }
	share := func(o *Options) { o.Loop = shared }
	a, b := mount(serve(t, share)), mount(serve(t, share))
	va, vb := join(t, a), join(t, b)
	clientOf(t, a, 0)
	clientOf(t, b, 0)
	must(t, a.Broadcast(note{N: 1}))
	must(t, b.Broadcast(note{N: 2}))
	va.expect(note{N: 1})
	vb.expect(note{N: 2})
	must(t, a.Close())
	if _, err := va.next(); err == nil {
		t.Error("the closed server's client got a message")
	}
	must(t, b.Broadcast(note{N: 3}))
	vb.expect(note{N: 3})
}

func TestServerIsAnOrdinaryHandler(t *testing.T) {
	s, err := New(&Options{Registry: testRegistry(), Logger: zap.NewNop()})
	must(t, err)
	defer func() { _ = s.Close() }()
	mux := http.NewServeMux()
	mux.Handle("/scene/", http.StripPrefix("/scene", s))
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("mine")) })
	server := httptest.NewServer(mux)
	defer server.Close()
	must(t, s.Broadcast(note{N: 1}))
	c, err := wstest.Dial(server.Listener.Addr().String(), wstest.Options{Path: "/scene/", Subprotocols: []string{Subprotocol}})
	must(t, err)
	defer func() { _ = c.Conn.Close() }()
	v := &viewer{Client: c, t: t, generation: wsproto.GenerationZstd, registry: s.opts.Registry, unzip: wsproto.NewDecompressor()}
	v.expect(note{N: 1})
	if status, _, body := get(t, "http://"+server.Listener.Addr().String()+"/other", nil); status != 200 || body != "mine" {
		t.Errorf("%d %q", status, body)
	}
}

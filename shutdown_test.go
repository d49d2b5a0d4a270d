package scenewire

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/loop"
	"github.com/scenewire/scenewire/wsproto"
)

// soon bounds what takes no time at all.
const soon = 4 * time.Second

func within(t *testing.T, d time.Duration) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), d)
	t.Cleanup(cancel)
	return ctx
}

func expectFree(t *testing.T, addr net.Addr) {
	t.Helper()
	ln, err := net.Listen("tcp", addr.String())
	if err != nil {
		t.Fatal("the port isn't free:", err)
	}
	_ = ln.Close()
}

func expectGoingAway(t *testing.T, v *viewer) {
	t.Helper()
	for {
		_, err := v.next()
		if err == nil {
			continue
		}
		if closed := new(wsproto.CloseError); !errors.As(err, &closed) || closed.Code != wsproto.CloseGoingAway {
			t.Errorf("ended with %v, want 1001", err)
		}
		_ = v.Conn.Close()
		return
	}
}

// neverReading joins and has more waiting for it than the kernel takes.
func neverReading(t *testing.T, s *Server) {
	t.Helper()
	joinAs(t, s, wsproto.GenerationZstd, wstest.Options{ReceiveBufferBytes: 4096, Subprotocols: []string{Subprotocol}})
	clientOf(t, s, 0)
	noise := make([]byte, 8<<20)
	_, _ = rand.Read(noise)
	must(t, s.Broadcast(pose{Name: strings.ToValidUTF8(string(noise), "")}))
	eventually(t, "the socket is full", func() bool { return s.Stats().WriteStalls > 0 })
}

func TestShutdownCutsOffAClientThatNeverReads(t *testing.T) {
	s := serve(t, nil)
	neverReading(t, s)
	reason := make(chan error, 1)
	s.OnDisconnect(func(_ *Client, err error) { reason <- err })
	if err := s.Shutdown(within(t, 100*time.Millisecond)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Shutdown returned %v", err)
	}
	expectFree(t, s.Addr())
	if closed := new(CloseError); !errors.As(<-reason, &closed) {
		t.Error("the client's end has no reason")
	}
}

func TestCloseEndsAShutdownThatWaits(t *testing.T) {
	s := serve(t, nil)
	neverReading(t, s)
	done := make(chan error, 2)
	for range 2 {
		go func() { done <- s.Shutdown(within(t, wstest.Timeout)) }()
	}
	eventually(t, "the server drains", s.isStopping)
	select {
	case err := <-done:
		t.Fatalf("Shutdown returned %v while a client was there", err)
	case <-time.After(20 * time.Millisecond):
	}
	must(t, s.Close())
	first, second := <-done, <-done
	if !errors.Is(errors.Join(first, second), ErrServerClosed) || (first != nil && second != nil) {
		t.Errorf("the calls of Shutdown returned %v and %v", first, second)
	}
	expectFree(t, s.Addr())
	must(t, s.Close())
	must(t, s.Shutdown(within(t, soon)))
}

func TestShutdownAwaitsHandlersAndTheirAnswers(t *testing.T) {
	s := serve(t, nil)
	entered, release := make(chan struct{}), make(chan struct{})
	ended := false // read after Shutdown: the race detector sees whether it waited
	Handle(s, func(*Client, note) {
		close(entered)
		<-release
		ended = true
	})
	v := join(t, s)
	v.send(note{})
	<-entered
	done := make(chan error, 1)
	go func() { done <- s.Shutdown(within(t, wstest.Timeout)) }()
	expectGoingAway(t, v)
	select {
	case err := <-done:
		t.Fatalf("Shutdown returned %v while a handler ran", err)
	case <-time.After(20 * time.Millisecond):
	}
	close(release)
	must(t, <-done)
	if !ended {
		t.Error("Shutdown didn't wait for the handler")
	}
}

// Clients don't wait for requests, and a request that has begun is answered whole.
func TestShutdownLetsRequestsFinish(t *testing.T) {
	entered, release := make(chan struct{}), make(chan struct{})
	s := serve(t, func(o *Options) {
		o.Handler = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "begun ")
			_ = http.NewResponseController(w).Flush()
			close(entered)
			<-release
			_, _ = io.WriteString(w, "ended")
		})
	})
	v := join(t, s)
	answer := make(chan string, 1)
	go func() {
		_, _, body := get(t, "http://"+s.Addr().String()+"/slow", nil)
		answer <- body
	}()
	<-entered
	done := make(chan error, 1)
	go func() { done <- s.Shutdown(within(t, wstest.Timeout)) }()
	expectGoingAway(t, v)
	if _, err := net.DialTimeout("tcp", s.Addr().String(), soon); err == nil {
		t.Error("a connection is accepted while the server drains")
	}
	close(release)
	must(t, <-done)
	if body := <-answer; body != "begun ended" {
		t.Errorf("the answer is %q", body)
	}
}

// Browsers open connections in advance, and keep used ones; net/http alone would wait
// for the former for 5 s.
func TestShutdownDoesNotWaitForConnectionsWithoutRequest(t *testing.T) {
	s := serve(t, nil)
	for _, text := range []string{"", "GET / HT", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"} {
		c, err := net.Dial("tcp", s.Addr().String())
		must(t, err)
		defer func() { _ = c.Close() }()
		_, err = io.WriteString(c, text)
		must(t, err)
		if strings.HasSuffix(text, "\r\n\r\n") {
			_, err = bufio.NewReader(c).ReadString('\n')
			must(t, err)
		}
	}
	eventually(t, "the server has the connections", func() bool { return s.Stats().HTTPConns == 3 })
	if err := s.Shutdown(within(t, soon)); err != nil {
		t.Errorf("Shutdown returned %v", err)
	}
}

// A server that goes on to be broadcast to drains nevertheless.
func TestShutdownDrainsUnderBroadcasts(t *testing.T) {
	s := serve(t, nil)
	v := join(t, s)
	clientOf(t, s, 0)
	stopped := make(chan int)
	go func() {
		n := 0
		for ; s.Broadcast(note{N: n}) == nil; n++ {
			time.Sleep(100 * time.Microsecond)
		}
		stopped <- n
	}()
	v.expect(note{N: 0}, note{N: 1})
	done := make(chan error, 1)
	go func() { done <- s.Shutdown(within(t, wstest.Timeout)) }()
	expectGoingAway(t, v)
	must(t, <-done)
	<-stopped
}

// A mounted server ends by itself: the HTTP server before it and the loop go on.
func TestShutdownOfAMountedServer(t *testing.T) {
	for _, ownLoop := range []bool{true, false} {
		var o Options
		if !ownLoop {
			shared, err := loop.New(nil)
			must(t, err)
			defer func() { _ = shared.Close() }()
			o.Loop = shared
		}
		o.Registry, o.Logger = testRegistry(), zap.NewNop()
		s, err := New(&o)
		must(t, err)
		front := httptest.NewServer(s)
		defer front.Close()
		addr := front.Listener.Addr().String()
		c, err := wstest.Dial(addr, wstest.Options{Subprotocols: []string{Subprotocol}})
		must(t, err)
		v := &viewer{Client: c, t: t, generation: wsproto.GenerationZstd, registry: o.Registry, unzip: wsproto.NewDecompressor()}
		clientOf(t, s, 0)
		must(t, s.Broadcast(note{N: 1}))
		done := make(chan error, 1)
		go func() { done <- s.Shutdown(within(t, wstest.Timeout)) }()
		v.expect(note{N: 1})
		expectGoingAway(t, v)
		must(t, <-done)
		if status, _, _ := get(t, front.URL+"/", nil); status != http.StatusNotFound {
			t.Errorf("status %d of the front", status)
		}
		if _, err := wstest.Dial(addr, wstest.Options{}); err == nil || !strings.Contains(err.Error(), "503") {
			t.Errorf("a late client: %v", err)
		}
		if !ownLoop && o.Loop.Stats().Conns != 0 {
			t.Error("the loop has connections left")
		}
	}
}

func TestShutdownFreesAllPorts(t *testing.T) {
	s := serve(t, nil)
	second, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	served := make(chan error, 1)
	go func() { served <- s.Serve(second) }()
	eventually(t, "the second listener is served", func() bool {
		c, err := wstest.Dial(second.Addr().String(), wstest.Options{})
		if err != nil {
			return false
		}
		_ = c.Conn.Close()
		return true
	})
	must(t, s.Shutdown(within(t, wstest.Timeout)))
	expectFree(t, s.Addr())
	expectFree(t, second.Addr())
	if err := <-served; !errors.Is(err, ErrServerClosed) {
		t.Errorf("Serve returned %v", err)
	}
}

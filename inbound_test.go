package scenewire

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

// transcript collects what callbacks saw, in order.
type transcript struct {
	mu    sync.Mutex
	lines []string
}

func (tr *transcript) add(format string, args ...any) {
	tr.mu.Lock()
	tr.lines = append(tr.lines, fmt.Sprintf(format, args...))
	tr.mu.Unlock()
}

func (tr *transcript) String() string {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	return strings.Join(tr.lines, "; ")
}

func (tr *transcript) expect(t *testing.T, want string) {
	t.Helper()
	if !wstest.Eventually(func() bool { return tr.String() == want }) {
		t.Fatalf("got  %s\nwant %s", tr, want)
	}
}

func TestCallbacksOfAClientRunInOrder(t *testing.T) {
	s := serve(t, nil)
	var tr transcript
	s.OnConnect(func(c *Client) {
		tr.add("connect %d", c.ID())
		Handle(c, func(_ *Client, m note) { tr.add("own %d", m.N) })
		must(t, c.Send(note{Text: "welcome"}))
		time.Sleep(20 * time.Millisecond)
		tr.add("connected")
	})
	Handle(s, func(_ *Client, m note) { tr.add("first %d", m.N) })
	Handle(s, func(_ *Client, m note) { tr.add("second %d", m.N) })
	s.OnDisconnect(func(c *Client, reason error) {
		known := len(s.Clients()) == 1 && s.Clients()[0] == c
		tr.add("disconnect %d known=%v gone=%v", c.ID(), known, errors.Is(c.Send(note{}), ErrClientGone))
	})
	v := join(t, s)
	v.send(note{N: 1})
	v.expect(note{Text: "welcome"})
	v.send(note{N: 2})
	must(t, v.CloseNormally())
	tr.expect(t, "connect 0; connected; first 1; second 1; own 1; first 2; second 2; own 2; "+
		"disconnect 0 known=true gone=true")
	eventually(t, "the client leaves the table", func() bool { return len(s.Clients()) == 0 })
}

func TestHandlersCanBeTakenOut(t *testing.T) {
	s := serve(t, nil)
	var tr transcript
	stop := Handle(s, func(_ *Client, m note) { tr.add("a%d", m.N) })
	Handle(s, func(_ *Client, m note) { tr.add("b%d", m.N) })
	Handle(s, func(_ *Client, m pose) { tr.add("%s", m.Name) })
	v := join(t, s)
	v.send(note{N: 1})
	tr.expect(t, "a1; b1")
	stop()
	stop()
	v.send(note{N: 2})
	tr.expect(t, "a1; b1; b2")
	must(t, Unhandle[note](s))
	v.send(note{N: 3})
	v.send(pose{Name: "end"})
	tr.expect(t, "a1; b1; b2; end")
	must(t, Unhandle[note](s))
	if err := Unhandle[broken](s); err == nil || !strings.Contains(err.Error(), "broken") {
		t.Errorf("Unhandle of a type that was never handled: %v", err)
	}
}

func TestConnectCallbacksCanBeTakenOut(t *testing.T) {
	s := serve(t, nil)
	var tr transcript
	var stop func()
	stop = s.OnConnect(func(*Client) {
		tr.add("once")
		stop()
	})
	s.OnConnect(func(c *Client) { tr.add("always %d", c.ID()) })
	join(t, s)
	tr.expect(t, "once; always 0")
	join(t, s)
	tr.expect(t, "once; always 0; always 1")
}

func TestHandlingAnUnregisteredTypePanics(t *testing.T) {
	s := serve(t, nil)
	type stranger struct{ note }
	defer func() {
		if v := recover(); v == nil || !strings.Contains(fmt.Sprint(v), "stranger") {
			t.Errorf("panic %v, want one that names the type", v)
		}
	}()
	Handle(s, func(*Client, stranger) {})
}

func TestPanickingHandlerIsLoggedAndTheClientLivesOn(t *testing.T) {
	core, logs := observer.New(zap.ErrorLevel)
	s := serve(t, func(o *Options) { o.Logger = zap.New(core) })
	Handle(s, func(c *Client, m note) {
		if m.N == 1 {
			panic("boom")
		}
		must(t, c.Send(m))
	})
	v := join(t, s)
	v.send(note{N: 1})
	v.send(note{N: 2})
	v.expect(note{N: 2})
	entries := logs.FilterField(zap.String("message", "scenewire.note")).All()
	if len(entries) != 1 {
		t.Errorf("%d log entries name the message", len(entries))
	}
	if got := s.Stats().Panics; got != 1 {
		t.Errorf("%d panics are counted", got)
	}
}

func TestPanicsDoNotFillTheLog(t *testing.T) {
	core, logs := observer.New(zap.ErrorLevel)
	s := serve(t, func(o *Options) { o.Logger = zap.New(core) })
	Handle(s, func(*Client, note) { panic("boom") })
	Handle(s, func(c *Client, m pose) { must(t, c.Send(m)) })
	v := join(t, s)
	begin := time.Now()
	const n = 1000
	for i := range n {
		v.send(note{N: i})
	}
	v.send(pose{Name: "end"})
	v.expect(pose{Name: "end"})
	if got := s.Stats().Panics; got != n {
		t.Errorf("%d panics are counted of %d", got, n)
	}
	most := maxPanicsLogged * (int(time.Since(begin)/time.Second) + 2)
	if got := logs.Len(); got < maxPanicsLogged || got > most {
		t.Errorf("%d of %d panics are logged, want at most %d", got, n, most)
	}
}

func TestOversizedMessageClosesOnlyItsClient(t *testing.T) {
	s := serve(t, func(o *Options) { o.MaxMessageBytes = 1000 })
	Handle(s, func(c *Client, m note) { must(t, c.Send(m)) })
	bad, good := join(t, s), join(t, s)
	bad.send(note{Text: strings.Repeat("x", 2000)})
	closed, err := bad.AwaitClose()
	if err != nil || closed.Code != wsproto.CloseMessageTooBig {
		t.Errorf("%v, %v; want 1009", closed, err)
	}
	good.send(note{N: 1})
	good.expect(note{N: 1})
}

func TestVanishedClientIsDisconnectedOnce(t *testing.T) {
	s := serve(t, nil)
	var tr transcript
	s.OnDisconnect(func(c *Client, reason error) {
		var closed *CloseError
		tr.add("%d %v", c.ID(), errors.As(reason, &closed) && closed.Code == wsproto.CloseAbnormal)
	})
	v, other := join(t, s), join(t, s)
	clientOf(t, s, 1)
	id := clientByAddr(t, s, v).ID()
	must(t, v.Reset())
	for range 50 {
		must(t, s.Broadcast(note{}))
		other.expect(note{})
	}
	tr.expect(t, fmt.Sprintf("%d true", id))
}

func TestBlockedHandlerDelaysOnlyItsOwnClient(t *testing.T) {
	s := serve(t, nil)
	release := make(chan struct{})
	Handle(s, func(c *Client, m note) {
		if m.N == 0 {
			<-release
		}
		must(t, c.Send(m))
	})
	slow, fast := join(t, s), join(t, s)
	slow.send(note{N: 0})
	for i := 1; i < 10; i++ {
		fast.send(note{N: i})
		fast.expect(note{N: i})
	}
	close(release)
	slow.expect(note{N: 0})
}

func TestFullInboxHoldsTheClientBackAndLosesNothing(t *testing.T) {
	const n = 10_000 // more than the inbox and the kernel's buffers take
	s := serve(t, func(o *Options) { o.MaxMessagesPerSecond = -1 })
	release := make(chan struct{})
	var server, own atomic.Int64
	Handle(s, func(_ *Client, m note) {
		<-release
		if got := server.Add(1); got != int64(m.N) || own.Load() != got-1 {
			t.Errorf("message %d is the server's %d, behind %d of the client's own", m.N, got, own.Load())
		}
	})
	s.OnConnect(func(c *Client) {
		Handle(c, func(_ *Client, m note) {
			if got := own.Add(1); got != int64(m.N) || server.Load() != got {
				t.Errorf("message %d is the client's %d, behind %d of the server's", m.N, got, server.Load())
			}
		})
	})
	blocked, other := join(t, s), join(t, s)
	sent := make(chan struct{})
	go func() {
		defer close(sent)
		for i := range n {
			blocked.send(note{N: i + 1, Text: strings.Repeat("x", 1000)})
		}
	}()
	eventually(t, "reading pauses", func() bool { return s.Stats().Inbound.Pauses > 0 })
	other.send(pose{Name: "other"})
	eventually(t, "the other client's message is handled", func() bool { return s.Stats().Inbound.Handled == 1 })
	if in := s.Stats().Inbound; in.Messages > 1000 {
		t.Errorf("%d messages were taken in while the first was handled", in.Messages)
	}
	select {
	case <-sent:
		t.Error("the client could send everything: TCP didn't hold it back")
	default:
	}
	close(release)
	<-sent
	eventually(t, "all are handled", func() bool { return own.Load() == n })
}

func TestContextEndsWhileAHandlerRuns(t *testing.T) {
	s := serve(t, nil)
	ended := make(chan struct{})
	Handle(s, func(c *Client, _ note) {
		<-c.Context().Done()
		close(ended)
	})
	v := join(t, s)
	v.send(note{})
	must(t, v.Reset())
	select {
	case <-ended:
	case <-time.After(wstest.Timeout):
		t.Fatal("the context wasn't cancelled")
	}
	ctx := clientContextAfterwards(t, s)
	if ctx.Err() == nil {
		t.Error("a context taken after the end isn't cancelled")
	}
}

// clientContextAfterwards takes the context of a client that has disconnected.
func clientContextAfterwards(t *testing.T, s *Server) context.Context {
	t.Helper()
	v := join(t, s)
	var c *Client
	eventually(t, "the client connects", func() bool {
		for _, x := range s.Clients() {
			c = x
		}
		return c != nil && c.ID() == 1
	})
	must(t, v.Reset())
	eventually(t, "the client leaves", func() bool { return len(s.Clients()) == 0 })
	return c.Context()
}

func TestServerClosesAClientWithItsCode(t *testing.T) {
	s := serve(t, nil)
	v := join(t, s)
	var tr transcript
	s.OnDisconnect(func(_ *Client, reason error) { tr.add("%v", reason) })
	clientOf(t, s, 0).Close(4000, "no hard feelings")
	closed, err := v.AwaitClose()
	if err != nil || closed.Code != 4000 || closed.Reason != "no hard feelings" {
		t.Errorf("%v, %v", closed, err)
	}
	_ = v.Conn.Close()
	eventually(t, "OnDisconnect", func() bool { return strings.Contains(tr.String(), "4000") })
}

// TestHandlingAllocatesOnlyTheMessage is about everything between the bytes of a small
// message and its handlers.
func TestHandlingAllocatesOnlyTheMessage(t *testing.T) {
	s := serve(t, nil)
	handled := 0
	Handle(s, func(_ *Client, m pose) { handled += len(m.Name) })
	join(t, s)
	c := clientOf(t, s, 0)
	Handle(c, func(_ *Client, m pose) { handled += len(m.Name) })
	body, err := s.opts.Registry.Append(nil, pose{Name: "/robot/arm", Position: [3]float64{1, 2, 3}})
	must(t, err)
	receive := func() { (*endpoint)(c).Receive(wsproto.OpBinary, body) }
	if n := testing.AllocsPerRun(100, receive); n > 2 {
		t.Errorf("%v allocations; the message and its string are 2", n)
	}
	if want := 101 * 2 * len("/robot/arm"); handled != want {
		t.Errorf("the handlers saw %d, want %d", handled, want)
	}
}

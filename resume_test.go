package scenewire

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

// life counts the callbacks of a server's clients.
type life struct {
	connects, disconnects atomic.Int32

	mu      sync.Mutex
	reasons []error
}

func watchLife(s *Server) *life {
	l := &life{}
	s.OnConnect(func(*Client) { l.connects.Add(1) })
	s.OnDisconnect(func(_ *Client, reason error) {
		l.mu.Lock()
		l.reasons = append(l.reasons, reason)
		l.mu.Unlock()
		l.disconnects.Add(1)
	})
	return l
}

func (l *life) expect(t *testing.T, connects, disconnects int32) {
	t.Helper()
	eventually(t, fmt.Sprintf("%d connects and %d disconnects", connects, disconnects), func() bool {
		return l.connects.Load() == connects && l.disconnects.Load() == disconnects
	})
}

func (s *Server) suspendedNow() int { return int(s.suspended.Load()) }

func TestOutageCostsWhatHasChanged(t *testing.T) {
	s := serve(t, nil)
	scene := make([]byte, 100<<20)
	_, _ = rand.Read(scene)
	const meshes = 50
	size := len(scene) / meshes
	for i := range meshes {
		must(t, s.Broadcast(note{N: i, Text: fmt.Sprintf("%x", scene[i*size:][:size/2])}))
	}
	p := openPage(t, s)
	p.catchUp(t)
	if p.received < 50<<20 {
		t.Fatalf("the scene took %d bytes only", p.received)
	}
	id := p.hello.Client
	p.drop()
	eventually(t, "the server notices", func() bool { return s.suspendedNow() == 1 })
	for i := range 120 { // two seconds of something that moves
		must(t, s.Broadcast(pose{Name: "arm", Position: [3]float64{float64(i)}}))
	}
	must(t, s.Broadcast(note{N: 1000}))
	p.comeBack(t)
	p.catchUp(t)
	if p.received > 4<<10 {
		t.Errorf("%d bytes after an outage", p.received)
	}
	if p.hello.Resumed != "client" || p.hello.Client != id || p.resets != 1 || len(p.notes) != meshes+1 || p.poses["arm"].Position[0] != 119 {
		t.Errorf("%+v, %d resets, %d notes, %v", p.hello, p.resets, len(p.notes), p.poses)
	}
}

func TestClientComesBackAsItself(t *testing.T) {
	s := serve(t, nil)
	l := watchLife(s)
	p := openPage(t, s)
	if p.hello.Resumed != "" || p.hello.GraceSec != 10 || len(p.hello.Session) < 20 || p.resets != 1 {
		t.Errorf("the first hello: %+v", p.hello)
	}
	c := clientOf(t, s, 0)
	must(t, s.Broadcast(note{N: 1}))
	p.catchUp(t)
	for range 3 {
		p.drop()
		eventually(t, "the server notices", func() bool { return s.suspendedNow() == 1 })
		if stats := s.Stats(); stats.Clients != 0 || stats.Suspended != 1 || len(s.Clients()) != 1 {
			t.Errorf("while it is away: %+v", stats)
		}
		must(t, c.Send(note{N: 7}))
		must(t, s.BroadcastTransient(note{N: 8}))
		p.comeBack(t)
		p.until(t, "what waited", func() bool { return slices.Contains(p.ownNotes, 7) && slices.Contains(p.notes, 8) })
		p.ownNotes, p.notes = nil, nil
		if s.suspendedNow() != 0 || s.Stats().Clients != 1 {
			t.Error("it isn't back")
		}
	}
	if p.hello.Client != uint64(c.ID()) || p.resets != 1 {
		t.Errorf("%+v, %d resets", p.hello, p.resets)
	}
	if got := s.Stats().Resumes; got["client"] != 3 || got["scene"]+got["reset"]+got["in_band"] != 0 {
		t.Errorf("counted %v", got)
	}
	l.expect(t, 1, 0)
	p.leave(t, wsproto.CloseNormal)
	l.expect(t, 1, 1)
}

func TestGraceEnds(t *testing.T) {
	s := serve(t, func(o *Options) { o.ResumeGrace = 50 * time.Millisecond })
	l := watchLife(s)
	p := openPage(t, s)
	c := clientOf(t, s, 0)
	ctx := c.Context()
	must(t, s.Broadcast(note{N: 1}))
	p.catchUp(t)
	p.drop()
	l.expect(t, 1, 1)
	<-ctx.Done()
	if err := c.Send(note{}); !errors.Is(err, ErrClientGone) {
		t.Errorf("Send: %v", err)
	}
	var closed *CloseError
	if !errors.As(l.reasons[0], &closed) || closed.Code != wsproto.CloseAbnormal {
		t.Errorf("the reason is %v", l.reasons[0])
	}
	must(t, s.Broadcast(note{N: 2}))
	p.comeBack(t)
	p.catchUp(t)
	if p.hello.Resumed != "scene" || p.resets != 1 || !slices.Equal(p.notes, []int{1, 2}) {
		t.Errorf("%+v, %d resets, %v", p.hello, p.resets, p.notes)
	}
	l.expect(t, 2, 1)
}

func TestWhatEndsASession(t *testing.T) {
	for _, tt := range []struct {
		name string
		end  func(t *testing.T, s *Server, p *page, c *Client)
		kept bool
	}{
		{"the connection breaks", func(_ *testing.T, _ *Server, p *page, _ *Client) { p.drop() }, true},
		{"a window can't be decoded", func(t *testing.T, _ *Server, p *page, _ *Client) {
			p.leave(t, closeCorruptWindow)
		}, true},
		{"the page is left", func(t *testing.T, _ *Server, p *page, _ *Client) {
			p.leave(t, wsproto.CloseGoingAway)
		}, false},
		{"the page closes", func(t *testing.T, _ *Server, p *page, _ *Client) {
			p.leave(t, wsproto.CloseNormal)
		}, false},
		{"the application closes", func(_ *testing.T, _ *Server, p *page, c *Client) {
			c.Close(4007, "enough")
			_, _ = p.AwaitClose()
			p.drop()
		}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := serve(t, nil)
			l := watchLife(s)
			p := openPage(t, s)
			tt.end(t, s, p, clientOf(t, s, 0))
			if !tt.kept {
				l.expect(t, 1, 1)
			} else {
				eventually(t, "it is kept", func() bool { return s.suspendedNow() == 1 })
			}
			p.comeBack(t)
			if kept := p.hello.Resumed == "client"; kept != tt.kept {
				t.Errorf("got %+v", p.hello)
			}
		})
	}
}

func TestSuspendedClientCanBeClosed(t *testing.T) {
	for _, tt := range []struct {
		name string
		end  func(t *testing.T, s *Server, c *Client)
		code CloseCode
	}{
		{"Client.Close", func(_ *testing.T, _ *Server, c *Client) { c.Close(4001, "kicked"); c.Close(4002, "again") }, 4001},
		{"too much waits", func(t *testing.T, _ *Server, c *Client) {
			for range 4 {
				_ = c.Send(note{})
			}
			if err := c.Send(note{}); err == nil {
				t.Error("nothing is full")
			}
		}, wsproto.CloseTryAgainLater},
		{"Shutdown", func(t *testing.T, s *Server, _ *Client) { must(t, s.Shutdown(t.Context())) }, wsproto.CloseGoingAway},
		{"Close", func(t *testing.T, s *Server, _ *Client) { must(t, s.Close()) }, wsproto.CloseAbnormal},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := serve(t, func(o *Options) { o.MaxQueueMessages = 3 })
			l := watchLife(s)
			p := openPage(t, s)
			c := clientOf(t, s, 0)
			p.drop()
			eventually(t, "it is kept", func() bool { return s.suspendedNow() == 1 })
			tt.end(t, s, c)
			l.expect(t, 1, 1)
			var closed *CloseError
			if !errors.As(l.reasons[0], &closed) || closed.Code != tt.code {
				t.Errorf("the reason is %v", l.reasons[0])
			}
			if n := s.suspendedNow(); n != 0 {
				t.Errorf("%d are kept", n)
			}
		})
	}
}

func TestNoMoreThanSomeAreKept(t *testing.T) {
	s := serve(t, func(o *Options) { o.MaxSuspended, o.MaxClients = 2, 4 })
	l := watchLife(s)
	var pages []*page
	for range 4 {
		pages = append(pages, openPage(t, s))
	}
	for i, p := range pages {
		p.drop()
		eventually(t, "it is away", func() bool { return s.suspendedNow()+int(l.disconnects.Load()) == i+1 })
	}
	l.expect(t, 4, 2)
	for range 4 { // those who are kept take nobody's place
		openPage(t, s)
	}
	if n := s.suspendedNow(); n != 2 {
		t.Errorf("%d are kept", n)
	}
}

func TestConnectionThatLooksAliveIsTakenOver(t *testing.T) {
	s := serve(t, nil)
	l := watchLife(s)
	release := make(chan struct{})
	var handled atomic.Int32
	Handle(s, func(_ *Client, _ note) {
		<-release
		handled.Add(1)
	})
	p := openPage(t, s)
	must(t, s.Broadcast(note{N: 1}))
	p.catchUp(t)
	p.send(note{N: 5})
	c := clientOf(t, s, 0)
	eventually(t, "a handler runs", func() bool { return s.Stats().Inbound.Messages == 1 })
	old := p.viewer
	time.AfterFunc(20*time.Millisecond, func() { close(release) })
	p.dial(t, p.token()) // while the other one is open
	if p.hello.Resumed != "client" || p.hello.Client != uint64(c.ID()) || handled.Load() != 1 {
		t.Errorf("%+v, %d handled", p.hello, handled.Load())
	}
	if _, _, err := old.Message(); err == nil {
		t.Error("the old connection goes on")
	}
	must(t, c.Send(note{N: 2}))
	p.until(t, "it is sent to the new one", func() bool { return len(p.ownNotes) == 1 })
	l.expect(t, 1, 0)
}

func TestHandlerThatDoesNotEndCostsTheSession(t *testing.T) {
	s := serve(t, func(o *Options) { o.ResumeGrace = 20 * time.Millisecond })
	l := watchLife(s)
	Handle(s, func(c *Client, _ note) { <-c.Context().Done() })
	p := openPage(t, s)
	p.send(note{N: 5})
	p.drop()
	l.expect(t, 1, 1) // the context ends with the grace
}

func TestSessionsNeedTheirSecretAndIdentity(t *testing.T) {
	who := atomic.Pointer[string]{}
	alice, bob := "alice", "bob"
	who.Store(&alice)
	s := serve(t, func(o *Options) {
		o.Authorize = func(*http.Request) (any, error) { return *who.Load(), nil }
	})
	p := openPage(t, s)
	must(t, s.Broadcast(note{N: 1}))
	p.catchUp(t)
	p.drop()
	eventually(t, "it is kept", func() bool { return s.suspendedNow() == 1 })
	for _, tt := range []struct {
		name    string
		token   func() string
		user    *string
		resumed string
	}{
		{"another secret", func() string { return p.token() + "x" }, &alice, "scene"},
		{"another epoch", func() string { return fmt.Sprintf("scenewire.resume.%d.%d.0.-", p.ticket.Epoch+1, p.ticket.Seq) }, &alice, ""},
		{"the future", func() string { return fmt.Sprintf("scenewire.resume.%d.%d.0.-", p.ticket.Epoch, p.ticket.Seq+1) }, &alice, ""},
		{"nothing", func() string { return "scenewire.resume" }, &alice, ""},
		{"no number", func() string { return "scenewire.resume.1.2.x.y" }, &alice, ""},
		{"too few parts", func() string { return "scenewire.resume.1" }, &alice, ""},
		{"somebody else", p.token, &bob, "scene"},
		{"itself", p.token, &alice, "client"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			who.Store(tt.user)
			q := &page{server: s}
			q.dial(t, tt.token())
			if q.hello.Resumed != tt.resumed || (q.resets == 1) != (tt.resumed == "") {
				t.Errorf("%+v, %d resets", q.hello, q.resets)
			}
		})
	}
}

func TestOwnMessagesOfABrokenConnectionComeAgain(t *testing.T) {
	s := serve(t, nil)
	p := openPage(t, s)
	c := clientOf(t, s, 0)
	var want []int
	n := 0
	send := func(count int) {
		must(t, c.Atomic(func(b *Batch) error {
			for range count {
				n++
				want = append(want, n)
				must(t, b.Send(note{N: n}))
			}
			return nil
		}))
		c.Flush()
	}
	for round := range 8 {
		send(3)
		send(200)
		if round%2 == 0 { // else all of it is under way
			p.until(t, "some of it", func() bool { return p.ticket.Own > 0 && int(p.ticket.Own) > round*203 })
			p.tell(t, `{"own":%d,"seq":%d}`, p.ticket.Own, p.ticket.Seq)
		}
		p.comeBack(t)
	}
	p.until(t, "all of it", func() bool { return len(p.ownNotes) >= len(want) })
	if !slices.Equal(p.ownNotes, want) {
		t.Errorf("got %v", p.ownNotes)
	}
	if p.hello.Resumed != "client" {
		t.Errorf("%+v", p.hello)
	}
	p.tell(t, `{"own":%d}`, p.ticket.Own)
	eventually(t, "nothing is kept that is confirmed", func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		return c.session.sent.bytes == 0 && c.session.sent.base == p.ticket.Own
	})
}

func TestTooOldTokenGetsAReset(t *testing.T) {
	s := serveNodes(t, func(o *Options) { o.WindowInterval, o.ResumeHorizon, o.ResumeGrace = 0, -1, -1 })
	p := openPage(t, s)
	if p.hello.Session != "" || p.hello.GraceSec >= 0.001 {
		t.Errorf("without sessions: %+v", p.hello)
	}
	must(t, s.Broadcast(note{N: 1}))
	must(t, s.Broadcast(node{Name: "a"}))
	p.until(t, "the node", func() bool { return p.ticket.Seq == 2 })
	p.drop()
	eventually(t, "it is gone", func() bool { return len(s.Clients()) == 0 })
	must(t, s.Broadcast(gone{Name: "a"}))
	eventually(t, "the next client reads up to here", func() bool { return s.pace.cut.Load() == s.log.Next() })
	s.log.Expire(s.loop.Now()+time.Hour, s.log.Next())
	must(t, s.Broadcast(note{N: 2}))
	p.comeBack(t)
	p.until(t, "all of it", func() bool { return p.ticket.Seq == s.log.Next() })
	if p.hello.Resumed != "" || p.resets != 2 || !slices.Equal(p.notes, []int{1, 2}) {
		t.Errorf("%+v, %d resets, %v", p.hello, p.resets, p.notes)
	}
	if n := s.Stats().Resumes["reset"]; n != 1 {
		t.Errorf("%d resets are counted", n)
	}
}

func TestReplacedSceneResetsInBand(t *testing.T) {
	s := serveNodes(t, func(o *Options) { o.WindowInterval = 0 })
	p := openPage(t, s)
	must(t, s.Broadcast(node{Name: "a"}))
	must(t, s.Broadcast(note{N: 1}))
	p.catchUp(t)
	must(t, s.ReplaceEntries(entriesOf(t, s, note{N: 2})))
	p.until(t, "the new scene", func() bool { return slices.Contains(p.notes, 2) })
	if p.resets != 2 || !slices.Equal(p.notes, []int{2}) || s.Stats().Resumes["in_band"] != 1 {
		t.Errorf("%d resets, %v, %v", p.resets, p.notes, s.Stats().Resumes)
	}
	p.comeBack(t)
	if p.hello.Resumed != "client" || p.resets != 2 {
		t.Errorf("%+v, %d resets", p.hello, p.resets)
	}
}

func TestSecretsAreNotLogged(t *testing.T) {
	core, logs := observer.New(zapcore.DebugLevel)
	s := serve(t, func(o *Options) { o.Logger = zap.New(core) })
	p := openPage(t, s)
	p.comeBack(t)
	p.tell(t, `{"seq":"%s"}`, p.hello.Session)
	p.leave(t, wsproto.CloseNormal)
	must(t, s.Shutdown(t.Context()))
	for _, e := range logs.All() {
		for _, field := range e.Context {
			if text := fmt.Sprint(field.String, field.Interface); len(p.hello.Session) == 0 || slices.Contains([]string{p.hello.Session, p.token()}, text) {
				t.Errorf("%s: %s=%s", e.Message, field.Key, text)
			}
		}
	}
}

// Clients of other kinds see nothing of it, and don't stay.
func TestOthersDoNotComeBack(t *testing.T) {
	s := serve(t, nil)
	l := watchLife(s)
	for i, offers := range [][]string{{Subprotocol}, {"viser-v1.0.21", "scenewire.resume"}, nil} {
		v := joinAs(t, s, wsproto.GenerationArray, wstest.Options{Subprotocols: offers})
		clientOf(t, s, 0)
		_ = v.Conn.Close()
		l.expect(t, int32(i+1), int32(i+1))
	}
	if n := len(s.sessions); n != 0 {
		t.Errorf("%d sessions", n)
	}
}

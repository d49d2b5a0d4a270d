package chaos

import (
	"errors"
	"math/rand/v2"
	"time"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

// maxAway is how long a guest whose connection broke is away: sometimes too long.
const maxAway = 8 * time.Second

// grace is Options.ResumeGrace: those who stay mostly get in again in this time, although
// the server is full. In a short run it is short, as its end is waited for.
func (c *crowd) grace() time.Duration {
	return max(2*time.Second, min(c.length/10, 5*time.Second))
}

// comeAndGo breaks its connection again and again, and comes back as it says that it may,
// or as if it were somebody else. It has each answer once as long as it is the same.
func comeAndGo(c *crowd, rng *rand.Rand) {
	g := comer{crowd: c, rng: rng, unzip: wsproto.NewDecompressor()}
	for left := rng.IntN(6); left >= 0; left-- {
		if !g.visit(left == 0) {
			return
		}
		time.Sleep(upTo(rng, min(maxAway, c.length/5)))
		if rng.IntN(8) == 0 {
			g.ticket.Session += "x"
		}
	}
}

// comer is a guest that comes back.
type comer struct {
	crowd  *crowd
	rng    *rand.Rand
	unzip  *wsproto.Decompressor
	ticket wstest.Ticket
	client uint64
	called int
	answer int // the newest, and 1
}

// visit connects, calls, reads for a while, and breaks the connection, but seldom the
// last one. False: that's it.
func (g *comer) visit(last bool) bool {
	conn, err := wstest.Dial(g.crowd.addr, wstest.Options{Subprotocols: g.ticket.Offers()})
	if err != nil {
		return false // it is full, or too busy for one that isn't counted on
	}
	until := time.Now().Add(g.crowd.stay(g.rng) / 2)
	for time.Now().Before(until) {
		if g.rng.IntN(4) == 0 {
			err = errors.Join(writeMessage(conn, call{N: g.called}), conn.Write(wsproto.OpText, g.ticket.Confirmation()))
			g.called++
		}
		window, readErr := conn.Window(wsproto.GenerationZstd, g.unzip)
		if err = errors.Join(err, readErr); err != nil {
			_ = conn.Conn.Close()
			return isGone(err)
		}
		g.take(&window)
	}
	if often := g.rng.IntN(8); often == 0 || last && often > 1 {
		_ = conn.CloseNormally()
		return false
	}
	_ = conn.Reset()
	return true
}

func (g *comer) take(e *wsproto.Envelope) {
	if h := e.Hello; h != nil {
		if h.Resumed == wsproto.ResumedClient != (h.Client == g.client && g.ticket.Session != "") {
			g.crowd.fault("client %d came back as %+v", g.client, *h)
		}
		if h.Resumed != wsproto.ResumedClient {
			g.client, g.answer = h.Client, 0
		}
	}
	g.crowd.check("a guest that comes back", g.ticket.Take(e))
	for _, body := range e.Messages {
		m, err := registry.Decode(body)
		g.crowd.check("decode", err)
		if a, ok := m.(answer); ok {
			if a.N < g.answer || uint64(a.Client) != g.client {
				g.crowd.fault("answer %d to client %d came to client %d behind answer %d", a.N, a.Client, g.client, g.answer-1)
			}
			g.answer = a.N + 1
		}
	}
}

// breakNowAndThen breaks the connection of one that stays, until the guests go, and as
// long as it is there.
func (s *stayer) breakNowAndThen(rng *rand.Rand) {
	for {
		select {
		case <-s.ended:
			return
		case <-time.After(200*time.Millisecond + upTo(rng, s.crowd.length/4)):
		}
		if time.Now().After(s.crowd.until) {
			return
		}
		_ = s.link().Reset()
	}
}

// comeBack dials again when the connection broke, and again while the server is full, which
// it is until the guests go. False: it is over.
func (s *stayer) comeBack(err error) bool {
	if closed := new(wsproto.CloseError); !s.comesBack || errors.As(err, &closed) {
		return false
	}
	_ = s.link().Conn.Close()
	broke := time.Now()
	s.mu.Lock()
	offers := s.ticket.Offers()
	s.mu.Unlock()
	deadline := broke
	if s.crowd.until.After(broke) {
		deadline = s.crowd.until
	}
	for time.Now().Before(deadline.Add(wstest.Timeout)) {
		conn, err := wstest.Dial(s.crowd.addr, wstest.Options{Subprotocols: offers})
		if err == nil {
			s.mu.Lock()
			s.conn, s.locked = conn, time.Since(broke) > s.crowd.grace()/2
			s.mu.Unlock()
			return true
		}
		time.Sleep(20 * time.Millisecond)
	}
	return false
}

// link is the newest connection.
func (s *stayer) link() *wstest.Client {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.conn
}

// takeHead takes what a window says beside its messages, of one that stays and comes
// back.
func (s *stayer) takeHead(e *wsproto.Envelope) error {
	if h := e.Hello; h != nil && s.ticket.Session != "" && (h.Resumed != wsproto.ResumedClient || e.Reset) {
		s.comeAnew(e)
	}
	if e.Reset {
		clear(s.scene)
	}
	return s.ticket.Take(e)
}

// comeAnew begins to count anew what the server owns up to, for one that was locked out for
// so long that it is a new client.
func (s *stayer) comeAnew(e *wsproto.Envelope) {
	if !s.locked {
		s.crowd.overdue("a client that stays came back as %+v, reset %v", *e.Hello, e.Reset)
	}
	s.missed, s.beat = 0, -1
}

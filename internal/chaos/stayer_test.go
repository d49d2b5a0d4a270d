package chaos

import (
	"errors"
	"fmt"
	"maps"
	"sync"
	"time"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

// stayer is a client that behaves, stays, and must not notice the others: its calls are
// answered in order, its beats have no gaps but those that the server owns up to, and at
// last it has the log's state.
type stayer struct {
	crowd     *crowd
	comesBack bool // its connection breaks now and then
	unzip     *wsproto.Decompressor
	ended     chan struct{} // closed when nothing is read any more

	mu      sync.Mutex // guards all below
	conn    *wstest.Client
	ticket  wstest.Ticket
	scene   scene
	id      scenewire.ClientID
	answers int // the number of the next one
	beat    int // of the newest; -1: none yet
	missed  int // beats that were left out
	called  int
	stamp   float64 // timestampSec of the newest window
	leaving bool
	locked  bool // the server was full for so long that its grace may have been over
}

func (c *crowd) joinStayer(comesBack bool) *stayer {
	c.t.Helper()
	offers := []string{scenewire.Subprotocol}
	if comesBack {
		offers = (&wstest.Ticket{}).Offers()
	}
	conn, err := wstest.Dial(c.addr, wstest.Options{Subprotocols: offers})
	must(c.t, err)
	s := &stayer{crowd: c, conn: conn, comesBack: comesBack, unzip: wsproto.NewDecompressor(), ended: make(chan struct{}), scene: scene{}, beat: -1}
	go s.read()
	go s.callNowAndThen()
	return s
}

func (s *stayer) read() {
	defer close(s.ended)
	defer func() { _ = s.link().Conn.Close() }()
	for {
		window, err := s.link().Window(wsproto.GenerationZstd, s.unzip)
		s.mu.Lock()
		leaving := s.leaving
		if err == nil {
			s.crowd.check("a client that stays", s.apply(window))
		}
		s.mu.Unlock()
		if err != nil && !leaving && s.comeBack(err) {
			continue
		}
		if err != nil {
			if closed := new(wsproto.CloseError); !leaving || !errors.As(err, &closed) || closed.Code != wsproto.CloseGoingAway {
				s.crowd.overdue("a client that stays was lost: %v", err)
			}
			return
		}
	}
}

func (s *stayer) apply(window wsproto.Envelope) error {
	if window.TimestampSec < s.stamp {
		return fmt.Errorf("timestampSec went back from %v to %v", s.stamp, window.TimestampSec)
	}
	s.stamp = window.TimestampSec
	if err := s.takeHead(&window); err != nil {
		return err
	}
	for _, body := range window.Messages {
		m, err := registry.Decode(body)
		if err != nil {
			return err
		}
		switch m := m.(type) {
		case answer:
			if m.N != s.answers && !(s.comesBack && m.N > s.answers) { // what it called may be lost
				return fmt.Errorf("answer %d came, %d was due", m.N, s.answers)
			}
			s.answers = m.N + 1
			s.id = m.Client
		case beat:
			if m.N <= s.beat {
				return fmt.Errorf("beat %d came behind %d", m.N, s.beat)
			}
			if s.beat >= 0 {
				s.missed += m.N - s.beat - 1
			}
			s.beat = m.N
		default:
			s.scene.apply(m)
		}
	}
	return nil
}

// callNowAndThen calls until the connection ends.
func (s *stayer) callNowAndThen() {
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-s.ended:
			return
		case <-tick.C:
		}
		s.mu.Lock()
		n := s.called
		s.called++
		leaving := s.leaving
		confirmation := s.ticket.Confirmation()
		s.mu.Unlock()
		if leaving {
			return
		}
		err := writeMessage(s.link(), call{N: n})
		if s.comesBack {
			_ = s.link().Write(wsproto.OpText, confirmation)
		} else if err != nil {
			return // read tells why
		}
	}
}

// leaveWhenTold lets the server end the connection.
func (s *stayer) leaveWhenTold() {
	s.mu.Lock()
	s.leaving = true
	s.mu.Unlock()
}

// checkStayer waits until s has what the log has, and compares what it missed with what
// the server says that it dropped.
func (c *crowd) checkStayer(s *stayer) {
	want := scene{}
	for _, e := range c.server.Log().Entries() {
		m, err := registry.Decode(e.Payload)
		must(c.t, err)
		want.apply(m)
	}
	if !wstest.Eventually(func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return maps.Equal(s.scene, want)
	}) {
		c.overdue("client %d hasn't converged: %d of %d keys", s.id, len(s.scene), len(want))
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, client := range c.server.Clients() {
		if lost := client.Lag().Lost; client.ID() == s.id && uint64(s.missed) > lost {
			c.fault("client %d missed %d beats, the server says %d", s.id, s.missed, lost)
		}
	}
	if s.answers == 0 || s.beat < 0 {
		c.overdue("client %d got %d answers, and beats up to %d", s.id, s.answers, s.beat)
	}
}

package scenewire

import (
	"fmt"
	"slices"
	"testing"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

// page is a client that comes back: what the browser's client keeps, and applies.
type page struct {
	*viewer
	server          *Server
	offers          []string // beside the subprotocol and the resumption
	ticket          wstest.Ticket
	hello           wsproto.Hello // the last one
	resets          int
	received        int64 // bytes of windows on this connection
	poses           map[string]pose
	notes, ownNotes []int
}

// openPage connects a page for the first time, up to its hello.
func openPage(t testing.TB, s *Server, offers ...string) *page {
	t.Helper()
	p := &page{server: s, offers: offers}
	p.dial(t, p.token())
	return p
}

// joinWith connects a client that offers more than the subprotocol.
func joinWith(t testing.TB, s *Server, offers ...string) *viewer {
	t.Helper()
	return joinAs(t, s, wsproto.GenerationZstd, wstest.Options{Subprotocols: append([]string{Subprotocol}, offers...)})
}

// ownEntries are n entries of so many bytes each.
func ownEntries(n, size int) (entries []*buffers.Entry) {
	for range n {
		entries = append(entries, &buffers.Entry{Payload: make([]byte, size)})
	}
	return entries
}

// token is what the page offers when it comes back.
func (p *page) token() string { return p.ticket.Offers()[1] }

// dial opens a connection, and takes the hello.
func (p *page) dial(t testing.TB, resumption string) {
	t.Helper()
	p.viewer = joinWith(t, p.server, append([]string{resumption}, p.offers...)...)
	p.received = 0
	e, err := p.take()
	if err != nil || e.Hello == nil || len(e.Messages) > 0 {
		t.Fatalf("the first window is %+v, %v", e, err)
	}
}

// comeBack breaks the connection, if it isn't broken, and opens the next.
func (p *page) comeBack(t testing.TB) {
	t.Helper()
	p.drop()
	p.dial(t, p.token())
}

// drop breaks the connection without a close frame.
func (p *page) drop() { _ = p.Conn.Close() }

// leave closes with a close frame.
func (p *page) leave(t testing.TB, code CloseCode) {
	t.Helper()
	must(t, p.Write(wsproto.OpClose, wsproto.AppendClosePayload(nil, code, "")))
	_, _ = p.AwaitClose()
	p.drop()
}

// take takes one window as a page does.
func (p *page) take() (wsproto.Envelope, error) {
	op, payload, err := p.Message()
	if err != nil {
		return wsproto.Envelope{}, err
	}
	p.received += int64(len(payload))
	e, err := wsproto.DecodeWindow(wsproto.GenerationZstd, payload, wsproto.WindowLimits{}, p.unzip)
	if err != nil || op != wsproto.OpBinary {
		return e, fmt.Errorf("a window in %v: %w", op, err)
	}
	p.apply(&e)
	return e, nil
}

func (p *page) apply(e *wsproto.Envelope) {
	if e.TimestampSec < p.timestamp {
		p.t.Errorf("timestampSec went back from %v to %v", p.timestamp, e.TimestampSec)
	}
	p.timestamp = e.TimestampSec
	if e.Reset {
		p.resets++
		p.poses, p.notes = nil, nil
	}
	if e.Hello != nil {
		p.hello = *e.Hello
	}
	if err := p.ticket.Take(e); err != nil {
		p.t.Error(err)
	}
	for i, body := range e.Messages {
		if p.isEcho(e.Except, i) {
			continue
		}
		m, err := p.registry.Decode(body)
		if err != nil {
			p.t.Error(err)
		}
		p.applyMessage(m, e.Epoch == 0)
	}
}

func (p *page) isEcho(except []uint64, i int) bool {
	for pair := range slices.Chunk(except, 2) {
		if pair[0] == uint64(i) && pair[1] == p.hello.Client {
			return true
		}
	}
	return false
}

func (p *page) applyMessage(m Message, own bool) {
	switch m := m.(type) {
	case pose:
		if p.poses == nil {
			p.poses = map[string]pose{}
		}
		p.poses[m.Name] = m
	case note:
		if own {
			p.ownNotes = append(p.ownNotes, m.N)
			return
		}
		p.notes = append(p.notes, m.N)
	}
}

// until takes windows until ok.
func (p *page) until(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for !ok() {
		if _, err := p.take(); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
	}
}

// catchUp takes windows until the page has all of the log.
func (p *page) catchUp(t testing.TB) {
	t.Helper()
	end := p.server.log.Next()
	p.until(t, "it catches up", func() bool { return p.ticket.Seq >= end })
}

// tell sends a control message.
func (p *page) tell(t testing.TB, format string, args ...any) {
	t.Helper()
	must(t, p.Write(wsproto.OpText, fmt.Appendf(nil, format, args...)))
}

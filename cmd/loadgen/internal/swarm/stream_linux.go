package swarm

import (
	"fmt"
	"sync/atomic"
	"time"

	"github.com/scenewire/scenewire/cmd/loadgen/internal/wire"
	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/wsproto"
)

const (
	// lateSending is from when on a message counts as sent late.
	lateSending = time.Millisecond
	// streamTurn bounds what a stream sends before the thread does something else.
	streamTurn = 256
	// floodStep and floodBytes bound a stream without a rate, for each client.
	floodStep  = time.Millisecond
	floodBytes = 64 << 10
)

// stream is what the clients of one thread send.
type stream struct {
	Stream
	clients []*client
	places  []int   // of the clients in the whole stream
	spacing float64 // ns between two messages of the whole stream
	all     int     // clients of the whole stream
	start   int64
	next    int
	stopped *atomic.Bool

	registry *messages.Registry
	filler   *wire.Filler
	data     []byte
	body     []byte
}

func (s *Stream) validate() error {
	switch {
	case s.Kind != wire.KindEcho && s.Kind != wire.KindPointer && s.Kind != wire.KindFlood:
		return fmt.Errorf("a stream of kind %d: clients send echoes, pointers and floods", s.Kind)
	case s.Rate == 0 || s.Rate < 0 && s.Kind != wire.KindFlood:
		return fmt.Errorf("a stream of %v messages a second", s.Rate)
	}
	return nil
}

// due returns when the stream's next message is scheduled.
func (s *stream) due() int64 {
	place := s.places[s.next%len(s.clients)] + s.next/len(s.clients)*s.all
	return s.start + int64(float64(place)*s.spacing)
}

// begin starts a stream of this thread's clients.
func (t *thread) begin(s *stream) {
	if len(s.clients) == 0 {
		return
	}
	s.registry = wire.NewRegistry()
	s.filler = wire.NewFiller(s.Compressible, uint64(s.clients[0].number))
	s.data = make([]byte, wire.DataBytes(s.Bytes))
	if s.Rate < 0 {
		t.flood(s, t.now())
		return
	}
	t.at(s.due(), func(now int64) { t.flow(s, now) })
}

// flow sends what is due.
func (t *thread) flow(s *stream, now int64) {
	for range streamTurn {
		if s.stopped.Load() {
			return
		}
		due := s.due()
		if due > now {
			break
		}
		c := s.clients[s.next%len(s.clients)]
		s.next++
		t.say(s, c, due, now)
	}
	t.at(s.due(), func(now int64) { t.flow(s, now) })
}

// flood sends what the sockets take.
func (t *thread) flood(s *stream, now int64) {
	if s.stopped.Load() {
		return
	}
	for _, c := range s.clients {
		for sent := 0; sent < floodBytes && len(c.out) == 0 && c.phase == phaseOpen; sent += len(s.body) {
			at := t.tick()
			t.say(s, c, at, at)
		}
	}
	t.at(now+int64(floodStep), func(now int64) { t.flood(s, now) })
}

// say sends a message of a client that was due then.
func (t *thread) say(s *stream, c *client, due, now int64) {
	if c.phase != phaseOpen {
		return
	}
	g := t.count(c)
	if len(c.out)+len(s.data) > t.swarm.options.MaxOwedBytes {
		g.Refused++
		return
	}
	c.sent++
	s.filler.Fill(s.data, due)
	body, err := s.registry.Append(s.body[:0], s.message(c))
	if err != nil {
		panic("swarm: " + err.Error()) // the messages are wire's own
	}
	s.body = body
	if now-due >= int64(lateSending) {
		g.SentLate++
	}
	g.Sent++
	if s.Kind == wire.KindEcho {
		g.Echoes++
	}
	t.send(c, wsproto.OpBinary, body)
}

func (s *stream) message(c *client) messages.Message {
	switch s.Kind {
	case wire.KindEcho:
		return wire.Echo{Client: uint32(c.number), N: c.sent, Data: s.data}
	case wire.KindPointer:
		return wire.Pointer{Client: uint32(c.number), N: c.sent, X: float64(c.sent%1000) / 1000, Y: 0.5, Data: s.data}
	default:
		return wire.Flood{N: c.sent, Data: s.data}
	}
}

package loop

import (
	"time"

	"github.com/scenewire/scenewire/wsproto"
)

// rest is what was read but not parsed when reading had to pause. The chunk is held.
type rest struct {
	chunk *chunk
	at    int // where in the chunk it begins
}

// parseRestLocked parses what was read before the pause.
func (c *Conn) parseRestLocked() (more bool) {
	r := c.rest
	if r.chunk == nil {
		return true
	}
	c.rest = rest{}
	c.limit.refill(c.loop.Now())
	return c.parseFrom(source{b: r.chunk.bytes, pos: r.at, chunk: r.chunk})
}

// parseLocked handles the frames in b, which is borrowed. It returns false when
// reading must pause, and keeps what is left of b.
func (c *Conn) parseLocked(b []byte) (more bool) {
	c.limit.refill(time.Duration(c.lastRead.Load()))
	c.limit.read(len(b))
	return c.parseFrom(source{b: b})
}

// source is bytes that are being parsed.
type source struct {
	b     []byte
	pos   int
	chunk *chunk // of which b is the memory; nil: b is borrowed
	added int    // messages that got a reference of the chunk
	fresh bool   // the chunk's memory isn't charged to a message yet
}

// parseFrom parses s as far as there is room for messages, and adds them to the inbox
// together: one lock for all that a read has brought (benchmarks/inbound).
func (c *Conn) parseFrom(s source) (more bool) {
	var arrived parcels
	left := c.inbox.room(c)
	for {
		if !c.drainsReceiveBuffer {
			left.messages = c.limit.allow(left.messages)
		}
		done, fault := c.parseSome(&s, &arrived, left)
		if arrived.count > 0 {
			c.limit.spend(arrived.count)
			c.lastMessage.Store(c.lastRead.Load())
		}
		s.share(&arrived)
		left = c.inbox.add(c, &arrived)
		if fault != nil {
			c.failProtocol(fault)
		}
		switch {
		case c.discard:
			s.chunk.release(1)
			return true
		case left.none():
			c.count(func(to *inboundCounters) { to.pauses.Add(1) })
			c.keep(&s)
			return false
		case c.throttleLocked():
			c.keep(&s)
			return false
		case done:
			s.chunk.release(1)
			return true
		}
	}
}

// parseSome parses until the source is used up (done), the room is, or there is a fault.
func (c *Conn) parseSome(s *source, arrived *parcels, left room) (done bool, fault error) {
	c.discard = c.discard || c.deaf.Load()
	for !c.discard && arrived.count < left.messages && arrived.held < left.bytes {
		ev, n, err := c.parser.Next(s.b[s.pos:])
		s.pos += n
		if err != nil {
			return true, err
		}
		switch ev.Opcode {
		case 0:
			return true, nil
		case wsproto.OpPing:
			c.queueControl(wsproto.OpPong, ev.Payload)
		case wsproto.OpPong:
			c.ponged(ev.Payload)
		case wsproto.OpClose:
			c.discard = true
			c.peerClosed(ev.Payload)
		default:
			arrived.add(s.message(ev))
		}
	}
	return false, nil
}

// message makes a message of an event. The first one that is a part of borrowed memory
// moves the source into a chunk, from that message on.
func (s *source) message(ev wsproto.Event) received {
	if ev.Owned {
		return received{op: ev.Opcode, payload: ev.Payload, held: len(ev.Payload)}
	}
	if s.chunk == nil {
		start := s.pos - len(ev.Payload) // a payload ends where the parser has stopped
		s.chunk = newChunk(s.b[start:])
		s.b, s.pos = s.chunk.bytes, len(ev.Payload)
		s.fresh = true
		ev.Payload = s.b[:s.pos]
	}
	s.added++
	return received{op: ev.Opcode, payload: ev.Payload, chunk: s.chunk}
}

// share gives the messages that were added since the last call their references, before
// a worker may give them back. The memory of a chunk is charged once, to the last of the
// messages that came with it.
func (s *source) share(arrived *parcels) {
	if s.added == 0 {
		return
	}
	s.chunk.refs.Add(int32(s.added))
	s.added = 0
	if s.fresh {
		arrived.charge(cap(s.chunk.bytes))
		s.fresh = false
	}
}

// keep keeps the rest of a source, and its reference.
func (c *Conn) keep(s *source) {
	switch {
	case s.pos == len(s.b):
		s.chunk.release(1)
	case s.chunk == nil:
		c.rest = rest{chunk: newChunk(s.b[s.pos:])}
	default:
		c.rest = rest{chunk: s.chunk, at: s.pos}
	}
}

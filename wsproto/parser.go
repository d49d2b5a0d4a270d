package wsproto

import (
	"encoding/binary"
	"math"
	"unicode/utf8"
)

// DefaultMaxMessageBytes is the message limit of a Parser that is given 0.
const DefaultMaxMessageBytes = 50 << 20

// Event is a whole message or a control frame.
type Event struct {
	// Opcode is OpText, OpBinary, OpClose, OpPing or OpPong. 0 means none: the
	// input is used up.
	Opcode Opcode
	// Payload is unmasked. Text is valid UTF-8; of a close frame the code and
	// the reason are valid (ParseClose).
	Payload []byte
	// Owned says that Payload is handed over. Otherwise it is a part of the
	// input, and lives as long as that.
	Owned bool
}

// Parser turns the bytes of one connection into events. It is a value to embed
// in a connection, and takes 88 bytes while no message is under way. Call Init
// before use. It belongs to one goroutine at a time, and may be moved but not
// used as two copies.
//
// How the input is split makes no difference to the events and the error. A
// frame that the input holds whole costs no copy and no allocation.
type Parser struct {
	buf       []byte      // the message so far; nil while nothing waits
	control   *controlBuf // the control payload so far; nil while nothing waits
	err       *CloseError // set in phaseFailed
	max       int         // limit of a message in bytes
	remaining int         // payload bytes of this frame still to come
	key       [4]byte
	head      [MaxHeaderBytes]byte // of a header that the input cut
	headLen   uint8
	text      textChecker
	role      Role
	phase     phase
	op        Opcode // of this frame
	message   Opcode // of the message under way, 0 if none
	fin       bool
	keyPos    uint8 // which byte of key comes next
}

// phase is what the parser expects next.
type phase uint8

const (
	phaseHeader phase = iota
	phasePayload
	phaseClosed // a close frame came: whatever follows is skipped
	phaseFailed
)

// controlBuf collects a control payload that the input cut. Control frames may
// come between fragments, so this can't be the message's buffer.
type controlBuf struct {
	n int
	b [MaxControlPayload]byte
}

// Init makes p ready for a new connection. maxMessageBytes limits the payload
// of a message, summed over its fragments: 0 = DefaultMaxMessageBytes,
// negative = no limit.
func (p *Parser) Init(role Role, maxMessageBytes int) {
	switch {
	case maxMessageBytes == 0:
		maxMessageBytes = DefaultMaxMessageBytes
	case maxMessageBytes < 0:
		maxMessageBytes = math.MaxInt
	}
	*p = Parser{role: role, max: maxMessageBytes}
}

// Next reads up to the end of the next event and returns how many bytes of in
// it took. An Event with Opcode 0 means that all of in is taken and nothing is
// complete. Masked payloads are unmasked in place, so in is changed; it must
// not be given again.
//
// The error is a *CloseError with 1002, 1007 or 1009, found at the first byte
// that proves it: a message over the limit at its header, bad UTF-8 inside a
// frame. From then on Next returns the same error. After a close event all
// input is skipped (RFC 6455 section 1.4).
//
// Memory held for a message is at most twice what has arrived of it, whatever
// its header says, and none between messages.
func (p *Parser) Next(in []byte) (Event, int, error) {
	n := 0
	for {
		switch p.phase {
		case phaseFailed:
			return Event{}, n, p.err
		case phaseClosed:
			return Event{}, len(in), nil
		case phaseHeader:
			n += p.takeHeader(in[n:])
			if p.phase == phaseHeader {
				return Event{}, n, nil
			}
		case phasePayload:
			ev, used := p.takePayload(in[n:])
			n += used
			if ev.Opcode != 0 || p.phase == phasePayload {
				return ev, n, nil
			}
		}
	}
}

// fail ends the parsing for good and drops what was held.
func (p *Parser) fail(err *CloseError) {
	p.err, p.phase = err, phaseFailed
	p.buf, p.control = nil, nil
}

func (p *Parser) protocolError(reason string) {
	p.fail(&CloseError{CloseProtocolError, reason})
}

// takeHeader reads the rest of a header. The phase says whether it got to the
// end of it: phaseHeader means that in is used up.
func (p *Parser) takeHeader(in []byte) (used int) {
	if p.headLen == 0 {
		if n := p.readHeader(in); n > 0 || p.phase == phaseFailed {
			return n
		}
		p.headLen = uint8(copy(p.head[:], in))
		return len(in)
	}
	for i, c := range in {
		p.head[p.headLen] = c
		p.headLen++
		if n := p.readHeader(p.head[:p.headLen]); n > 0 || p.phase == phaseFailed {
			p.headLen = 0
			return i + 1
		}
	}
	return len(in)
}

// readHeader reads the header at the start of b and returns its size, or 0 if b
// ends before it does or it is wrong. Each byte is checked as soon as it is
// there, so that a cut header fails as early as a whole one.
func (p *Parser) readHeader(b []byte) int {
	if len(b) > 0 && !p.checkFirst(b[0]) || len(b) > 1 && !p.checkSecond(b[0], b[1]) || len(b) < 2 {
		return 0
	}
	size := 2
	length := uint64(b[1] & lengthMap)
	switch length {
	case length16:
		if size = 4; len(b) < size {
			return 0
		}
		length = uint64(binary.BigEndian.Uint16(b[2:]))
	case length64:
		if size = 10; len(b) < size {
			return 0
		}
		length = binary.BigEndian.Uint64(b[2:])
	}
	op := Opcode(b[0] & opcodeMap)
	if !p.checkLength(op, size, length) {
		return 0
	}
	if p.role == Server {
		if len(b) < size+4 {
			return 0
		}
		p.key = [4]byte(b[size:])
		size += 4
	}
	p.begin(op, b[0]&finBit != 0, int(length))
	return size
}

// checkFirst checks what the first byte of a header says.
func (p *Parser) checkFirst(b0 byte) bool {
	op := Opcode(b0 & opcodeMap)
	switch {
	case b0&reservedMap != 0:
		p.protocolError("reserved bits set") // no extension is ever agreed on
	case op.isReserved():
		p.protocolError("reserved opcode")
	case op.IsControl() && b0&finBit == 0:
		p.protocolError("fragmented control frame")
	case op == OpContinuation && p.message == 0:
		p.protocolError("continuation of no message")
	case (op == OpText || op == OpBinary) && p.message != 0:
		p.protocolError("new message inside a fragmented one")
	default:
		return true
	}
	return false
}

// checkSecond checks what the second byte of a header says.
func (p *Parser) checkSecond(b0, b1 byte) bool {
	masked := b1&maskBit != 0
	switch {
	case p.role == Server && !masked:
		p.protocolError("unmasked frame from a client")
	case p.role == Client && masked:
		p.protocolError("masked frame from a server")
	case Opcode(b0&opcodeMap).IsControl() && b1&lengthMap > MaxControlPayload:
		p.protocolError("control frame over 125 bytes")
	default:
		return true
	}
	return false
}

// checkLength checks the payload's length, which was read from a header of that
// size without its key.
func (p *Parser) checkLength(op Opcode, size int, length uint64) bool {
	switch {
	case size == 4 && length < length16, size == 10 && length <= math.MaxUint16:
		p.protocolError("length not in its shortest form")
	case length > math.MaxInt64:
		p.protocolError("length over 63 bits")
	case !op.IsControl() && length > uint64(p.max-len(p.buf)):
		p.fail(&CloseError{CloseMessageTooBig, "message too big"})
	default:
		return true
	}
	return false
}

// begin starts the payload of a frame.
func (p *Parser) begin(op Opcode, fin bool, length int) {
	p.phase = phasePayload
	p.op, p.fin, p.remaining, p.keyPos = op, fin, length, 0
	if op == OpText || op == OpBinary {
		p.message = op
	}
}

// takePayload reads the rest of a frame's payload. The event is empty if in
// ends first (still phasePayload), if the message goes on, or on failure.
func (p *Parser) takePayload(in []byte) (Event, int) {
	part := in[:min(len(in), p.remaining)]
	p.remaining -= len(part)
	switch {
	case p.op.IsControl():
		return p.takeControl(part), len(part)
	case p.remaining == 0 && p.fin && p.buf == nil: // nothing of it came before
		return p.takeWhole(part), len(part)
	}
	return p.takePart(part), len(part)
}

// takeWhole is the fast path: the input holds all of a message.
func (p *Parser) takeWhole(payload []byte) Event {
	p.unmask(payload)
	op := p.message
	if op == OpText && !utf8.Valid(payload) {
		p.failText()
		return Event{}
	}
	p.message, p.phase = 0, phaseHeader
	return Event{Opcode: op, Payload: payload}
}

// takePart adds to a message that comes in pieces. remaining is already that
// after the part.
func (p *Parser) takePart(part []byte) Event {
	start := len(p.buf)
	p.reserve(len(part))
	p.buf = append(p.buf, part...)
	p.unmask(p.buf[start:])
	if p.message == OpText && !p.text.feed(p.buf[start:]) {
		p.failText()
		return Event{}
	}
	if p.remaining > 0 {
		return Event{}
	}
	p.phase = phaseHeader
	if !p.fin {
		return Event{}
	}
	if !p.text.atBoundary() {
		p.failText()
		return Event{}
	}
	ev := Event{Opcode: p.message, Payload: p.buf, Owned: true}
	p.buf, p.message = nil, 0
	return ev
}

// reserve makes room for n more bytes of the message: twice what is there, but
// not more than the message can still need.
func (p *Parser) reserve(n int) {
	need := len(p.buf) + n
	if need <= cap(p.buf) {
		return
	}
	limit := p.max
	if p.fin {
		limit = need + p.remaining
	}
	size := max(need, min(2*cap(p.buf), limit))
	p.buf = append(make([]byte, 0, size), p.buf...)
}

// takeControl reads a part of a control payload, mostly all of it.
func (p *Parser) takeControl(part []byte) Event {
	p.unmask(part)
	ev := Event{Opcode: p.op, Payload: part}
	if p.remaining > 0 || p.control != nil {
		if p.control == nil {
			p.control = new(controlBuf)
		}
		c := p.control
		c.n += copy(c.b[c.n:], part)
		if p.remaining > 0 {
			return Event{}
		}
		ev.Payload, ev.Owned = c.b[:c.n], true
		p.control = nil
	}
	p.phase = phaseHeader
	if p.op == OpClose {
		if err := checkClose(ev.Payload); err != nil {
			p.fail(err)
			return Event{}
		}
		p.phase, p.buf = phaseClosed, nil
	}
	return ev
}

func (p *Parser) unmask(b []byte) {
	if p.role == Server {
		p.keyPos = uint8(Mask(b, p.key, int(p.keyPos)))
	}
}

func (p *Parser) failText() {
	p.fail(&CloseError{CloseInvalidPayload, "text is not UTF-8"})
}

package wsproto

import (
	"encoding/binary"
	"fmt"
	"slices"
	"unicode/utf8"
)

// referenceEvent is an event with a payload of its own.
type referenceEvent struct {
	op      Opcode
	payload string
}

func (e referenceEvent) String() string { return fmt.Sprintf("%v %q", e.op, e.payload) }

// reference is a slow, obvious parser: it takes one byte after the other and
// keeps everything. The real one must give the same events and the same code
// for every input, however it is split.
type reference struct {
	in     []byte
	role   Role
	max    int // negative = no limit
	events []referenceEvent
	rune   []byte // of a text message, what came of the last rune
}

// endOfInput and violation end a reference parse from any depth.
type (
	endOfInput struct{}
	violation  struct{ code CloseCode }
)

// referenceParse returns all events in in and the code it fails with, 0 if none.
func referenceParse(role Role, maxMessageBytes int, in []byte) (events []referenceEvent, code CloseCode) {
	r := &reference{in: in, role: role, max: maxMessageBytes}
	defer func() {
		events = r.events
		switch stop := recover().(type) {
		case nil, endOfInput:
		case violation:
			code = stop.code
		default:
			panic(stop)
		}
	}()
	for r.message() {
	}
	return nil, 0
}

func (r *reference) byte() byte {
	if len(r.in) == 0 {
		panic(endOfInput{})
	}
	b := r.in[0]
	r.in = r.in[1:]
	return b
}

func (r *reference) number(bytes int) (n uint64) {
	for range bytes {
		n = n<<8 | uint64(r.byte())
	}
	return n
}

func must(ok bool, code CloseCode) {
	if !ok {
		panic(violation{code})
	}
}

// message reads one message and the control frames inside it. It reports false
// after a close frame.
func (r *reference) message() bool {
	var op Opcode
	var payload []byte
	r.rune = nil
	for {
		b0 := r.byte()
		fin, frameOp := b0 >= 128, Opcode(b0%16)
		must(b0/16%8 == 0, CloseProtocolError)
		must(slices.Contains([]Opcode{0, 1, 2, 8, 9, 10}, frameOp), CloseProtocolError)
		if frameOp >= 8 {
			must(fin, CloseProtocolError)
			control := r.payload(frameOp, nil)
			if frameOp == OpClose {
				checkReferenceClose(control)
			}
			r.events = append(r.events, referenceEvent{frameOp, string(control)})
			if frameOp == OpClose {
				return false
			}
			continue
		}
		must((frameOp == 0) == (op != 0), CloseProtocolError)
		if frameOp != 0 {
			op = frameOp
		}
		payload = r.payload(op, payload)
		if fin {
			must(op != OpText || utf8.Valid(payload), CloseInvalidPayload)
			r.events = append(r.events, referenceEvent{op, string(payload)})
			return true
		}
	}
}

// payload reads a frame from its second byte on, and appends what it carries to
// what came before.
func (r *reference) payload(op Opcode, before []byte) []byte {
	b1 := r.byte()
	must((b1 >= 128) == (r.role == Server), CloseProtocolError)
	n := uint64(b1 % 128)
	if op >= 8 {
		must(n <= 125, CloseProtocolError)
	}
	if n == 126 {
		n = r.number(2)
		must(n > 125, CloseProtocolError)
	} else if n == 127 {
		n = r.number(8)
		must(n > 65535 && n < 1<<63, CloseProtocolError)
	}
	if op < 8 && r.max >= 0 {
		must(uint64(len(before))+n <= uint64(r.max), CloseMessageTooBig)
	}
	var key [4]byte
	if r.role == Server {
		binary.BigEndian.PutUint32(key[:], uint32(r.number(4)))
	}
	all := before
	for i := range n {
		b := r.byte() ^ key[i%4]
		all = append(all, b)
		if op == OpText {
			r.text(b)
		}
	}
	return all
}

// text takes the next byte of a text message.
func (r *reference) text(b byte) {
	r.rune = append(r.rune, b)
	if utf8.Valid(r.rune) {
		r.rune = nil
		return
	}
	must(couldBecomeRune(r.rune), CloseInvalidPayload)
}

// couldBecomeRune reports whether some bytes after b could make it valid UTF-8.
func couldBecomeRune(b []byte) bool {
	if len(b) > utf8.UTFMax {
		return false
	}
	if utf8.Valid(b) {
		return true
	}
	for _, next := range []byte{0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf} {
		if couldBecomeRune(append(slices.Clone(b), next)) {
			return true
		}
	}
	return false
}

func checkReferenceClose(payload []byte) {
	if len(payload) == 0 {
		return
	}
	must(len(payload) >= 2, CloseProtocolError)
	code := int(payload[0])*256 + int(payload[1])
	registered := []int{1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014}
	must(slices.Contains(registered, code) || code >= 3000 && code < 5000, CloseProtocolError)
	must(utf8.Valid(payload[2:]), CloseInvalidPayload)
}

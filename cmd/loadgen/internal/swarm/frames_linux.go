package swarm

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/scenewire/scenewire/wsproto"
)

// maxMessageBytes bounds one message.
const maxMessageBytes = 1 << 30

var errMasked = errors.New("a masked frame")

// feed takes bytes that a client has read at that time. wsproto's Parser isn't used, as
// it holds every message that comes in pieces, for each client.
func (t *thread) feed(c *client, b []byte, now int64) error {
	for {
		if !c.inPayload {
			n, err := c.readHeader(b)
			if err != nil {
				return err
			}
			b = b[n:]
			if !c.inPayload {
				return nil
			}
		}
		part := b[:min(len(b), c.left)]
		if len(part) == 0 && c.left > 0 {
			return nil
		}
		b = b[len(part):]
		whole := len(part) == c.size
		c.left -= len(part)
		if err := t.payload(c, part, whole, now); err != nil {
			return err
		}
		if c.phase != phaseOpen && c.phase != phaseClosing {
			return nil // a close frame has ended it
		}
	}
}

// payload takes the next part of a frame's payload.
func (t *thread) payload(c *client, part []byte, whole bool, now int64) error {
	done := c.left == 0
	c.inPayload = !done
	if c.op.IsControl() || !c.fin || c.op == wsproto.OpContinuation {
		return t.pieces(c, part, whole, now)
	}
	switch {
	case c.op == wsproto.OpText:
		if done {
			t.text(c)
		}
	case whole:
		t.binary(c, t.wholePayload(c, part), now)
	default:
		if len(part) > 0 {
			t.partOfContent(c, part)
		}
		if done {
			content := c.content
			c.content = nil
			t.complete(c, content)
			t.binary(c, content, now)
		}
	}
	if done {
		c.message = 0
	}
	return nil
}

// pieces takes control frames, and frames of fragmented messages.
func (t *thread) pieces(c *client, part []byte, whole bool, now int64) error {
	done := c.left == 0
	if c.op.IsControl() {
		if whole {
			return t.control(c, part)
		}
		// A control frame may stand inside of a fragmented message, but not inside of its
		// frames: what it has so far is behind the message's bytes.
		c.pieces = append(c.pieces, part...)
		if !done {
			return nil
		}
		at := len(c.pieces) - c.size
		payload := c.pieces[at:]
		c.pieces = c.pieces[:at]
		return t.control(c, payload)
	}
	if len(c.pieces)+len(part) > maxMessageBytes {
		return fmt.Errorf("a message over %d bytes", maxMessageBytes)
	}
	c.pieces = append(c.pieces, part...)
	if !done || !c.fin {
		return nil
	}
	message, op := c.pieces, c.message
	c.pieces, c.message = nil, 0
	if op == wsproto.OpText {
		t.text(c)
		return nil
	}
	t.binary(c, t.wholePayload(c, message), now)
	return nil
}

// readHeader takes bytes of a frame's header, and says how many. inPayload says that it is
// complete.
func (c *client) readHeader(b []byte) (n int, err error) {
	for n < len(b) {
		c.head[c.headLen] = b[n]
		c.headLen++
		n++
		if c.headLen < 2 || int(c.headLen) < headerBytes(c.head[1]) {
			continue
		}
		c.headLen = 0
		return n, c.begin(c.head[0], c.head[1])
	}
	return n, nil
}

func headerBytes(b1 byte) int {
	switch b1 & 0x7f {
	case 126:
		return 4
	case 127:
		return 10
	}
	return 2
}

// begin begins the payload of a frame, with the first two bytes of its header.
func (c *client) begin(b0, b1 byte) error {
	size := uint64(b1 & 0x7f)
	switch size {
	case 126:
		size = uint64(binary.BigEndian.Uint16(c.head[2:]))
	case 127:
		size = binary.BigEndian.Uint64(c.head[2:])
	}
	op, fin := wsproto.Opcode(b0&0x0f), b0&0x80 != 0
	if err := c.checkHeader(b0, b1, op, fin, size); err != nil {
		return err
	}
	if op == wsproto.OpText || op == wsproto.OpBinary {
		c.message = op
	}
	c.op, c.fin, c.size, c.left, c.inPayload = op, fin, int(size), int(size), true
	return nil
}

// checkHeader checks what RFC 6455 section 5.2 demands of a server.
func (c *client) checkHeader(b0, b1 byte, op wsproto.Opcode, fin bool, size uint64) error {
	data := op == wsproto.OpText || op == wsproto.OpBinary
	switch {
	case b1&0x80 != 0:
		return errMasked
	case b0&0x70 != 0:
		return errors.New("reserved bits are set")
	case op.IsControl() && op != wsproto.OpClose && op != wsproto.OpPing && op != wsproto.OpPong,
		!op.IsControl() && !data && op != wsproto.OpContinuation:
		return fmt.Errorf("the reserved opcode %d", op)
	case op.IsControl() && (!fin || size > wsproto.MaxControlPayload):
		return errors.New("a control frame that is fragmented or over 125 bytes")
	case op == wsproto.OpContinuation && c.message == 0:
		return errors.New("a continuation of no message")
	case data && c.message != 0:
		return errors.New("a new message inside of a fragmented one")
	case size > math.MaxInt64 || size > maxMessageBytes:
		return fmt.Errorf("a frame of %d bytes", size)
	}
	return nil
}

// wholePayload finds or makes the content of a message that is there whole. b is borrowed
// until return.
func (t *thread) wholePayload(c *client, b []byte) *content {
	found := t.contents.find(len(b), nil, b)
	if found == nil {
		w := t.reader.read(b, c.group.strict)
		if w.own() {
			return &content{size: len(b), window: w}
		}
		found = t.contents.add(len(b), nil, b)
		found.window = w
		return found
	}
	found = t.contents.take(found, 0, b)
	t.complete(c, found)
	return found
}

// partOfContent takes a part of a binary frame that comes in pieces.
func (t *thread) partOfContent(c *client, part []byte) {
	if c.content == nil {
		c.content = t.contents.find(c.size, nil, part)
	}
	if c.content == nil {
		c.content = t.contents.add(c.size, nil, part)
		return
	}
	c.content = t.contents.take(c.content, c.size-c.left-len(part), part)
}

// complete looks at a content that is whole, unless that is done.
func (t *thread) complete(c *client, content *content) {
	if content.window == nil {
		content.window = t.reader.read(content.buf, c.group.strict)
	}
}

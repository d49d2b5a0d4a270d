package loop

import (
	"errors"
	"io"

	"github.com/scenewire/scenewire/wsproto"
)

// readBufferBytes is the size of the buffers that sockets are read into.
const readBufferBytes = 16 << 10

func (c *Conn) readingPaused() bool {
	c.inbox.mu.Lock()
	defer c.inbox.mu.Unlock()
	return c.inbox.paused
}

// receivedLocked takes bytes that were read. It returns false when the inbox is full:
// nothing is read until the transport is told to resume.
func (c *Conn) receivedLocked(b []byte) (more bool) {
	c.lastRead.Store(int64(c.loop.Now()))
	c.loop.stats.bytesRead.Add(uint64(len(b)))
	return c.parseLocked(b)
}

// lost ends a connection whose socket can't be read any more.
func (c *Conn) lost(err error) {
	c.setReason(lostReason(err))
	c.hangUp()
}

// lostReason describes the end of a connection that had no closing handshake.
func lostReason(err error) *wsproto.CloseError {
	text := "connection lost"
	if err != nil && !errors.Is(err, io.EOF) {
		text += ": " + err.Error()
	}
	return &wsproto.CloseError{Code: wsproto.CloseAbnormal, Reason: text}
}

// parseRestLocked parses what was read before the pause.
func (c *Conn) parseRestLocked() (more bool) {
	if len(c.rest) == 0 {
		return true
	}
	rest := c.rest
	c.rest = nil
	return c.parseLocked(rest)
}

// parseLocked handles the frames in b. It returns false when the inbox is full,
// and keeps what is left of b.
func (c *Conn) parseLocked(b []byte) (more bool) {
	for !c.discard {
		ev, n, err := c.parser.Next(b)
		b = b[n:]
		if err != nil {
			c.failProtocol(err)
			return true
		}
		if ev.Opcode == 0 {
			return true
		}
		if !c.handleEventLocked(ev) {
			c.loop.stats.pauses.Add(1)
			c.rest = append([]byte(nil), b...)
			return false
		}
	}
	return true
}

func (c *Conn) handleEventLocked(ev wsproto.Event) (more bool) {
	switch ev.Opcode {
	case wsproto.OpPing:
		c.queueControl(wsproto.OpPong, ev.Payload)
	case wsproto.OpPong:
	case wsproto.OpClose:
		c.discard = true
		c.peerClosed(ev.Payload)
	default:
		c.loop.stats.messages.Add(1)
		c.lastMessage.Store(c.lastRead.Load())
		return c.inbox.add(c, received{op: ev.Opcode, payload: newPayload(ev.Payload, ev.Owned)})
	}
	return true
}

// peerClosed answers the peer's close frame with the same code (RFC 6455 section 5.5.1).
func (c *Conn) peerClosed(payload []byte) {
	code, reason := wsproto.ParseClose(payload)
	c.setReason(&wsproto.CloseError{Code: code, Reason: reason})
	c.requestClose(closeRequest{code: code})
}

// failProtocol closes with the code of the fault that the parser found. What came
// before the fault is handled first, and answered.
func (c *Conn) failProtocol(err error) {
	c.discard = true
	var fault *wsproto.CloseError
	if !errors.As(err, &fault) {
		fault = &wsproto.CloseError{Code: wsproto.CloseProtocolError, Reason: err.Error()}
	}
	c.setReason(fault)
	c.inbox.closeBehind(c, closeRequest{code: fault.Code, text: fault.Reason, drain: true})
}

package loop

import (
	"errors"
	"sync"
	"syscall"

	"github.com/scenewire/scenewire/wsproto"
)

// readBufferBytes is the size of the buffers that sockets are read into: one for
// each poller, and pooled ones for workers that resume a connection.
const readBufferBytes = 16 << 10

var resumeBuffers = sync.Pool{New: func() any { return new([readBufferBytes]byte) }}

// onReadable runs on the connection's poller when there is something to read.
func (c *Conn) onReadable(buf []byte) {
	c.readMu.Lock()
	defer c.readMu.Unlock()
	if !c.readingPaused() && c.readLocked(buf) {
		return
	}
	// nbio closes the socket after this event if the peer has closed its side, and what
	// the kernel still holds would be lost. It is bounded by the receive buffer.
	if peerHasShut(c.socket.Hash()) {
		c.drainsReceiveBuffer = true
		c.readLocked(buf)
	}
}

// resumeReading continues where a full inbox stopped. It runs on a worker.
func (c *Conn) resumeReading() {
	buf := resumeBuffers.Get().(*[readBufferBytes]byte)
	defer resumeBuffers.Put(buf)
	c.readMu.Lock()
	defer c.readMu.Unlock()
	c.readLocked(buf[:])
}

func (c *Conn) readingPaused() bool {
	c.inbox.mu.Lock()
	defer c.inbox.mu.Unlock()
	return c.inbox.paused
}

// readLocked reads until the socket has no more (true) or the inbox is full (false).
// Edge-triggered epoll tells of new data only after a read that found none.
func (c *Conn) readLocked(buf []byte) bool {
	if !c.parseRestLocked() {
		return false
	}
	for {
		n, err := c.socket.Read(buf)
		switch {
		case n > 0:
			c.lastRead.Store(int64(c.loop.Now()))
			c.loop.stats.bytesRead.Add(uint64(n))
			if !c.parseLocked(buf[:n]) {
				return false
			}
		case errors.Is(err, syscall.EINTR):
		case errors.Is(err, syscall.EAGAIN):
			return true
		default:
			c.setReason(lostReason(err))
			c.hangUp()
			return true
		}
	}
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

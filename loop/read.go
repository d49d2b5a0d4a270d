package loop

import (
	"errors"
	"io"
	"sync"

	"github.com/scenewire/scenewire/wsproto"
)

// readBufferBytes is the size of the buffers that sockets are read into.
const readBufferBytes = 16 << 10

// readBuffers are for those who read a socket and have no buffer of their own.
var readBuffers = sync.Pool{New: func() any { return new([readBufferBytes]byte) }}

// receivedLocked takes bytes that were read. It returns false when reading must
// pause: nothing is read until the transport is told to resume.
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

package loop

import (
	"time"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/wsproto"
)

// Endpoint is the application's half of a connection.
//
// Open, Receive and Closed run on the worker pool, one at a time and in this
// order: Open once, Receive for each message in order of arrival, Closed once
// after everything else. They may block; that holds back only this connection.
// Pull runs on the shard's goroutine and must not block.
type Endpoint interface {
	// Open is the first call. Nothing is pulled before it has returned.
	Open()

	// Receive handles one text or binary message. The payload is borrowed until return.
	Receive(op wsproto.Opcode, payload []byte)

	// Pull appends the frames that may leave at time now to dst, handing over one
	// reference of each, and returns dst. dst has room for [MaxPull] frames, and Pull
	// must not return more. It is called after [Conn.Wake] and [Group.Wake], and at the
	// time `again` on the clock of [Loop.Now]: 0 means only when woken, a time that has
	// come means as soon as the socket has taken all these frames. It is never called
	// while frames of an earlier call wait.
	Pull(now time.Duration, dst []*buffers.Frame) (frames []*buffers.Frame, again time.Duration)

	// Closed is the last call. The reason is never nil: it has the code that the
	// peer or the server gave, or 1006 with a text when there was no handshake.
	Closed(reason *wsproto.CloseError)
}

// MaxPull is the number of frames that one [Endpoint.Pull] may return.
const MaxPull = 2

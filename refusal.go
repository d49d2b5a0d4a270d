package scenewire

import (
	"time"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/loop"
	"github.com/scenewire/scenewire/wsproto"
)

// refusal is the endpoint of a client that isn't let in. It is told so after the
// handshake, because a page can't see why a handshake fails.
type refusal struct {
	kind   refusalKind
	code   CloseCode
	reason string
	conn   *loop.Conn
	closed func(CloseCode)
}

func (r *refusal) Open() { r.conn.Close(r.code, r.reason) }

func (*refusal) Receive(wsproto.Opcode, []byte) {}

func (*refusal) Pull(_ time.Duration, dst []*buffers.Frame) ([]*buffers.Frame, time.Duration) {
	return dst, 0
}

func (r *refusal) Closed(reason *wsproto.CloseError) { r.closed(reason.Code) }

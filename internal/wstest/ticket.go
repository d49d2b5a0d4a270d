package wstest

import (
	"cmp"
	"fmt"

	"github.com/scenewire/scenewire/wsproto"
)

// Ticket is what a client of scenewire.v1 keeps to come back where it was
// (docs/protocol.md). The zero value is that of a client that comes for the first time.
type Ticket struct {
	Epoch, Seq, Own uint64
	Session         string // secret
}

// Offers returns the subprotocols of the next handshake.
func (k *Ticket) Offers() []string {
	resume := "scenewire.resume"
	if k.Epoch > 0 {
		resume = fmt.Sprintf("%s.%d.%d.%d.%s", resume, k.Epoch, k.Seq, k.Own, cmp.Or(k.Session, "-"))
	}
	return []string{"scenewire.v1", resume}
}

// Take notes what a window says that the client has applied. The error is of one that
// isn't as the server promises.
func (k *Ticket) Take(e *wsproto.Envelope) error {
	if e.Hello != nil {
		k.Session = e.Hello.Session
		if e.Hello.Resumed != wsproto.ResumedClient {
			k.Own = 0
		}
	}
	switch {
	case e.Epoch == 0:
		k.Own += uint64(len(e.Messages))
	case e.Epoch == k.Epoch && e.Seq < k.Seq && !e.Reset && !e.Resync:
		return fmt.Errorf("sequence %d behind %d", e.Seq, k.Seq)
	default:
		k.Epoch, k.Seq = e.Epoch, e.Seq
	}
	if e.Own > 0 && e.Own != k.Own {
		return fmt.Errorf("the server counts %d own messages, the client %d", e.Own, k.Own)
	}
	return nil
}

// Confirmation is the control message that tells the server of it.
func (k *Ticket) Confirmation() []byte { return fmt.Appendf(nil, `{"seq":%d,"own":%d}`, k.Seq, k.Own) }

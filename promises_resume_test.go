package scenewire

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

// comings is what a watcher that comes back keeps. Guarded by the watcher's mu.
type comings struct {
	ticket       wstest.Ticket
	windowsSince int             // the last that was confirmed
	asked        bool            // for a resync that hasn't come
	repeat       map[uint64]bool // what was asked for again and hasn't come
	keepsUpSince uint64          // the clock; never: it doesn't
	up           bool            // it has had the hello of a connection that isn't broken
	away         atomic.Int64    // nanoseconds before it comes back

	writing sync.Mutex // held while it writes
}

const never = math.MaxUint64

// link is the watcher's connection.
func (w *watcher) link() *wstest.Client {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.conn
}

// write sends a message or a close frame.
func (w *watcher) write(op wsproto.Opcode, payload []byte) error {
	w.writing.Lock()
	defer w.writing.Unlock()
	return w.link().Write(op, payload)
}

func (w *watcher) tellServer(format string, args ...any) {
	_ = w.write(wsproto.OpText, fmt.Appendf(nil, format, args...)) // if it breaks, that's noticed
}

// giveHints tells the server how the client wants its windows.
func (w *watcher) giveHints() {
	if w.Echoes || w.MaxRate > 0 {
		w.tellServer(`{"echoes":%v,"maxRate":%d}`, w.Echoes, w.MaxRate)
	}
}

// breakUp breaks the connection, if there is one. Its reader comes back after a while.
func (w *watcher) breakUp(pause time.Duration) {
	w.run.mu.Lock()
	defer w.run.mu.Unlock()
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.left != "" || !w.up {
		return
	}
	w.away.Store(int64(pause))
	w.up, w.keepsUpSince = false, never
	_ = w.conn.Reset()
}

// isUp reports whether the client is connected, as far as it knows.
func (w *watcher) isUp() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.up || !w.Resumes
}

// askAgain has the server send what the client has had already.
func (w *watcher) askAgain(all bool) {
	if w.Subprotocol != Subprotocol {
		return
	}
	w.mu.Lock()
	seq, one := w.ticket.Seq/2, !w.asked && (w.up || !w.Resumes)
	w.asked = w.asked || one
	w.mu.Unlock()
	if !one {
		return
	}
	if all {
		seq = 0
	}
	w.tellServer(`{"resync":%d}`, seq)
}

// settled reports whether nothing is under way but what is sent.
func (w *watcher) settled() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return !w.asked && (w.up || !w.Resumes)
}

// comeBack dials again when the connection broke that ended with err. False: it is over.
func (w *watcher) comeBack(err error) bool {
	var closed *wsproto.CloseError
	if !w.Resumes || errors.As(err, &closed) || w.isLeaving() {
		return false
	}
	time.Sleep(time.Duration(w.away.Swap(0)))
	w.mu.Lock()
	offers := w.ticket.Offers()
	old := w.conn
	w.mu.Unlock()
	_ = old.Conn.Close()
	conn, err := wstest.Dial(w.run.server.Addr().String(), wstest.Options{
		ReceiveBufferBytes: w.ReceiveBuffer, Subprotocols: offers,
	})
	if err != nil {
		return false // the server stops
	}
	w.mu.Lock()
	w.conn = conn
	w.mu.Unlock()
	return true
}

func (w *watcher) isLeaving() bool {
	w.run.mu.Lock()
	defer w.run.mu.Unlock()
	return w.left != ""
}

// takeHeadLocked takes what a window says beside its messages, and reports whether that
// is all that there is.
func (w *watcher) takeHeadLocked(e *wsproto.Envelope) (done bool) {
	if e.Hello != nil {
		if w.ticket.Session != "" && (e.Hello.Resumed != wsproto.ResumedClient || e.Hello.Client != uint64(w.seat.client.ID())) {
			w.fault("came back as %+v", e.Hello)
		}
		w.up, w.asked = true, false
		w.keepsUpSince = w.run.now()
	}
	if e.Reset {
		w.forgetLocked()
	}
	if e.Resync {
		w.repeat = maps.Clone(w.seen)
		w.newest[0], w.keepsUpSince, w.asked = 0, w.run.now(), false
	}
	if err := w.ticket.Take(e); err != nil {
		w.fault("%w", err)
	}
	if w.Resumes {
		w.confirmLocked()
	}
	return e.Hello != nil || e.Reset || e.Resync
}

// forgetLocked forgets all broadcasts.
func (w *watcher) forgetLocked() {
	maps.DeleteFunc(w.state, func(key string, _ uint64) bool { return !strings.HasPrefix(key, "private ") })
	w.newest[0] = 0
	w.repeat = maps.Clone(w.seen)
	w.present = w.run.now()
	w.keepsUpSince = w.present
}

// confirmLocked tells the server now and then what has come.
func (w *watcher) confirmLocked() {
	const often = 5
	if w.windowsSince++; w.windowsSince < often {
		return
	}
	w.windowsSince = 0
	confirmation := w.ticket.Confirmation()
	go w.tellServer("%s", confirmation)
}

// mayRepeatLocked reports whether an item may come once more.
func (w *watcher) mayRepeatLocked(n uint64) bool {
	repeats := w.repeat[n]
	delete(w.repeat, n)
	return repeats
}

func (w *watcher) isEcho(except []uint64, i int) bool {
	for pair := range slices.Chunk(except, 2) {
		if pair[0] == uint64(i) && pair[1] == uint64(w.seat.client.ID()) {
			return true
		}
	}
	return false
}

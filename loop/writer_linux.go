package loop

import (
	"fmt"
	"syscall"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire/internal/uring"
)

// sender sends to many sockets. What Send and SendVectors queue is sent by Submit, with
// flags that have a full socket say EAGAIN and not wait; user comes back in the
// Completion. [uring.Ring] says what is borrowed until when.
type sender interface {
	Send(fd int, b []byte, user uint64)
	SendVectors(fd int, v [][]byte, user uint64)
	Submit() ([]uring.Completion, error)
}

// minRingBatch is the batch from which on one call to the ring is cheaper than a call
// for each connection (BenchmarkWriteBatch).
const minRingBatch = 3

// batchWriter writes the rings of a batch of connections: it first gathers what is to be
// sent, and then sends it all, through an io_uring or with a system call for each. So
// nothing of the connections is touched between two calls: where entering the kernel
// costs the processor's memory of addresses, that is most of what the user's side costs
// (BenchmarkWriteBatch).
//
// nbio sets its closed flag under the connection's lock before it closes the
// descriptor. So a writer holds the locks of the whole batch from looking at the flags
// until all is sent: no number can become another client's meanwhile. That can't
// deadlock: nobody else holds more than one of them, and a connection is in one shard's
// batch only.
type batchWriter struct {
	calls  sender
	ring   *uring.Ring // nil: there is none
	logger *zap.Logger
	locked [maxBatch]bool
	room   [uring.MaxVectors][]byte // of one connection, while it is gathered
}

// newWriter makes a shard's writer.
func newWriter(kind Writer, logger *zap.Logger) (*batchWriter, error) {
	w := &batchWriter{calls: uring.NewCalls(maxBatch), logger: logger}
	if kind == WriterPlain {
		return w, nil
	}
	ring, err := uring.New(maxBatch)
	switch {
	case err == nil:
		w.ring = ring
	case kind == WriterURing:
		return nil, fmt.Errorf("loop: Options.Writer: %w", err)
	default:
		logger.Debug("io_uring isn't available; writing without it", zap.Error(err))
	}
	return w, nil
}

// errSocketClosed is the result for a socket that is closed already.
const errSocketClosed = syscall.EBADF

// write writes to the connections of the batch, which are at least one. results[i] is
// the bytes that the socket of batch[i] took, or -errno; errSocketClosed stands for a
// socket that nbio has closed. It returns how many system calls it made.
func (w *batchWriter) write(batch []*Conn, results []int32) (calls int) {
	if w.ring == nil || len(batch) < minRingBatch {
		done, _ := w.send(w.calls, batch, results)
		return done
	}
	if _, err := w.send(w.ring, batch, results); err != nil {
		w.giveUp(err, results)
	}
	return 1
}

// send sends what is in the rings of the batch and returns to how many sockets.
func (w *batchWriter) send(to sender, batch []*Conn, results []int32) (int, error) {
	w.gather(to, batch, results)
	done, err := to.Submit()
	for _, d := range done {
		results[d.User] = d.N
	}
	for i, c := range batch {
		if w.locked[i] {
			c.socket.Unlock()
		}
	}
	return len(done), err
}

// gather locks the sockets of the batch, looks whether they are open, and queues their
// rings.
func (w *batchWriter) gather(to sender, batch []*Conn, results []int32) {
	for i, c := range batch {
		c.socket.Lock()
		closed, _ := c.socket.IsClosed()
		w.locked[i] = !closed
		if closed {
			c.socket.Unlock()
			results[i] = -int32(errSocketClosed)
			continue
		}
		pieces := c.out.appendVectors(w.room[:0])
		if len(pieces) == 1 {
			to.Send(c.socket.Hash(), pieces[0], uint64(i))
		} else {
			to.SendVectors(c.socket.Hash(), pieces, uint64(i))
		}
	}
}

// giveUp goes on without the ring after the kernel has refused it. What it didn't take
// is tried again, as if the call had been interrupted.
func (w *batchWriter) giveUp(err error, results []int32) {
	w.logger.Warn("io_uring failed; writing without it from here on", zap.Error(err))
	for i, n := range results {
		if syscall.Errno(-n) == syscall.ECANCELED {
			results[i] = 0
		}
	}
	w.close()
}

func (w *batchWriter) close() {
	if w.ring != nil {
		_ = w.ring.Close()
		w.ring = nil
	}
}

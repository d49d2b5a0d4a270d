package loop

import (
	"syscall"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire/internal/uring"
)

// minRingBatch is the batch from which on one call to the ring is cheaper than a write
// for each connection (BenchmarkWriteBatch).
const minRingBatch = 3

// ringWriter hands a batch to the kernel in one system call, through a shard's own
// io_uring. The sends don't wait, so that the kernel finishes all of them within the
// call; sockets that take no more say EAGAIN, as with write(2).
type ringWriter struct {
	ring   *uring.Ring
	logger *zap.Logger
	locked [maxBatch]bool
}

func newRingWriter(logger *zap.Logger) (*ringWriter, error) {
	ring, err := uring.New(maxBatch)
	if err != nil {
		return nil, err
	}
	return &ringWriter{ring: ring, logger: logger}, nil
}

func (w *ringWriter) write(batch []*Conn, results []int32) int {
	if w.ring == nil || len(batch) < minRingBatch {
		return plainWriter{}.write(batch, results)
	}
	w.queue(batch, results)
	done, err := w.ring.Submit()
	for _, d := range done {
		results[d.User] = d.N
	}
	for i, c := range batch {
		if w.locked[i] {
			c.socket.Unlock()
		}
	}
	if err != nil {
		w.giveUp(err, results)
	}
	return 1
}

// queue locks the sockets of the batch, looks whether they are open, and queues their
// rings. It holds the locks of several connections, which can't deadlock: nobody else
// holds more than one, and a connection is in one shard's batch only.
func (w *ringWriter) queue(batch []*Conn, results []int32) {
	var room [uring.MaxVectors][]byte
	for i, c := range batch {
		c.socket.Lock()
		closed, _ := c.socket.IsClosed()
		w.locked[i] = !closed
		if closed {
			c.socket.Unlock()
			results[i] = -int32(errSocketClosed)
			continue
		}
		pieces := c.out.appendVectors(room[:0])
		if len(pieces) == 1 {
			w.ring.Send(c.socket.Hash(), pieces[0], uint64(i))
		} else {
			w.ring.SendVectors(c.socket.Hash(), pieces, uint64(i))
		}
	}
}

// giveUp goes on with plain writes after the kernel has refused the ring. What it
// didn't take is tried again, as if the call had been interrupted.
func (w *ringWriter) giveUp(err error, results []int32) {
	w.logger.Warn("io_uring failed; writing without it from here on", zap.Error(err))
	for i, n := range results {
		if syscall.Errno(-n) == syscall.ECANCELED {
			results[i] = 0
		}
	}
	w.close()
}

func (w *ringWriter) close() {
	if w.ring != nil {
		_ = w.ring.Close()
		w.ring = nil
	}
}

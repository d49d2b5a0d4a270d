package loop

import (
	"errors"
	"fmt"
	"syscall"

	"go.uber.org/zap"
)

// batchWriter writes the rings of a batch of connections, which are at least one.
// results[i] is the bytes that the socket of batch[i] took, or -errno; errSocketClosed
// stands for a socket that nbio has closed. It returns how many system calls it made.
//
// nbio sets its closed flag under the connection's lock before it closes the
// descriptor. So a writer holds that lock from looking at the flag until the write has
// returned: the number can't become another client's meanwhile.
type batchWriter interface {
	write(batch []*Conn, results []int32) (calls int)
	close()
}

// newWriter makes a shard's writer.
func newWriter(kind Writer, logger *zap.Logger) (batchWriter, error) {
	if kind == WriterPlain {
		return plainWriter{}, nil
	}
	w, err := newRingWriter(logger)
	if err == nil {
		return w, nil
	}
	if kind == WriterURing {
		return nil, fmt.Errorf("loop: Options.Writer: %w", err)
	}
	logger.Debug("io_uring isn't available; writing without it", zap.Error(err))
	return plainWriter{}, nil
}

// errSocketClosed is the result for a socket that is closed already.
const errSocketClosed = syscall.EBADF

// plainWriter makes a system call for each connection.
type plainWriter struct{}

func (plainWriter) write(batch []*Conn, results []int32) int {
	for i, c := range batch {
		results[i] = c.writeOnce()
	}
	return len(batch)
}

func (plainWriter) close() {}

// writeOnce writes the connection's ring with one system call.
func (c *Conn) writeOnce() int32 {
	c.socket.Lock()
	defer c.socket.Unlock()
	if closed, _ := c.socket.IsClosed(); closed {
		return -int32(errSocketClosed)
	}
	n, err := writeFrames(c.socket.Hash(), &c.out)
	return result(n, err)
}

// result folds a system call's two results into one.
func result(n int, err error) int32 {
	if err == nil {
		return int32(n)
	}
	var errno syscall.Errno
	if !errors.As(err, &errno) {
		errno = syscall.EIO
	}
	return -int32(errno)
}

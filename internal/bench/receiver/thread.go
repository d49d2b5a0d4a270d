//go:build linux

package receiver

import (
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"

	"github.com/scenewire/scenewire/internal/bench/frames"
	"github.com/scenewire/scenewire/internal/bench/machine"
)

const (
	readBytes = 256 << 10
	maxEvents = 512
	// stopCheck is how often an idle thread looks whether it is to stop, in milliseconds.
	stopCheck = 50
)

// thread reads from its share of the connections, on an operating system's thread of
// its own.
type thread struct {
	options *Options
	epoll   int
	conns   []atomic.Pointer[conn] // of the whole receiver, by client number
	counts  counts
	reply   *atomic.Bool // the receiver's
	out     []byte       // what Options.Reply has appended
	stop    atomic.Bool
	stopped chan struct{}
	failed  func(error)

	mu      sync.Mutex // guards all below
	read    frames.Reader
	samples Samples
}

// counts are atomic: written by the thread, read by anybody.
type counts struct{ frames, bytes, reads, closed atomic.Int64 }

func newThread(o *Options, conns []atomic.Pointer[conn], reply *atomic.Bool, failed func(error)) (*thread, error) {
	epoll, err := syscall.EpollCreate1(syscall.EPOLL_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("epoll_create1: %w", err)
	}
	t := &thread{options: o, epoll: epoll, conns: conns, reply: reply, stopped: make(chan struct{}), failed: failed}
	if o.NewReader != nil {
		t.read = o.NewReader()
	}
	return t, nil
}

// add hands conn i over to the thread.
func (t *thread) add(i int, c *conn) error {
	t.conns[i].Store(c)
	event := syscall.EpollEvent{Events: syscall.EPOLLIN, Fd: int32(i)}
	if err := syscall.EpollCtl(t.epoll, syscall.EPOLL_CTL_ADD, c.fd, &event); err != nil {
		return fmt.Errorf("epoll_ctl: %w", err)
	}
	return nil
}

func (t *thread) run() {
	defer close(t.stopped)
	defer func() { _ = syscall.Close(t.epoll) }()
	// The thread isn't unlocked, so that it ends together with its affinity.
	runtime.LockOSThread()
	if len(t.options.CPUs) > 0 {
		if err := machine.Pin(t.options.CPUs); err != nil {
			t.failed(err)
		}
	}
	if t.options.Preferred {
		_ = machine.Prefer() // without it latencies are longer, and still true
	}
	events := make([]syscall.EpollEvent, maxEvents)
	buf := make([]byte, readBytes)
	for !t.stop.Load() {
		n, err := syscall.EpollWait(t.epoll, events, stopCheck)
		if err != nil && !errors.Is(err, syscall.EINTR) {
			t.failed(fmt.Errorf("epoll_wait: %w", err))
			return
		}
		for _, event := range events[:max(n, 0)] {
			c := t.conns[event.Fd].Load()
			if err := t.readOnce(c, buf); err != nil {
				t.drop(c, fmt.Errorf("client %d: %w", event.Fd, err))
			}
		}
	}
}

// readOnce reads what fits into buf. Epoll tells again if there is more.
func (t *thread) readOnce(c *conn, buf []byte) error {
	n, err := syscall.Read(c.fd, buf)
	switch {
	case errors.Is(err, syscall.EAGAIN), errors.Is(err, syscall.EINTR):
		return nil
	case err != nil:
		return err
	case n == 0:
		return errors.New("the server has closed the connection")
	}
	t.counts.reads.Add(1)
	before := c.frames.Load()
	if err := t.received(c, buf[:n]); err != nil || !t.reply.Load() {
		return err
	}
	return t.answer(c, c.frames.Load()-before)
}

// answer has a client send a reply for each of so many frames.
func (t *thread) answer(c *conn, count int64) error {
	t.out = t.out[:0]
	for range count {
		t.out = t.options.Reply(t.out)
	}
	if len(t.out) == 0 {
		return nil
	}
	n, err := syscall.Write(c.fd, t.out)
	if err != nil {
		return fmt.Errorf("reply: %w", err)
	}
	if n < len(t.out) {
		return fmt.Errorf("reply: the socket took %d of %d bytes", n, len(t.out))
	}
	return nil
}

// drop stops reading from a connection that has failed.
func (t *thread) drop(c *conn, err error) {
	if c.closed {
		return
	}
	c.closed = true
	t.counts.closed.Add(1)
	_ = syscall.EpollCtl(t.epoll, syscall.EPOLL_CTL_DEL, c.fd, nil)
	t.failed(err)
}

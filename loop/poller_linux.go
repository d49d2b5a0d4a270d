package loop

import (
	"errors"
	"os"
	"sync"
	"syscall"

	"golang.org/x/sys/unix"
)

// writePoller tells a shard which of its sockets take bytes again. It is an epoll
// of its own, because nbio has no callback for that. Registrations carry the
// connection's id, not its descriptor, so that a late event of a closed socket
// can't be taken for its successor's. Closing a socket ends its registration.
type writePoller struct {
	epoll  int
	waker  int // eventfd: ends the wait
	closed sync.WaitGroup
}

// newWritePoller starts a goroutine that calls writable for each socket that takes
// bytes again, until close.
func newWritePoller(writable func(id uint64)) (*writePoller, error) {
	epoll, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return nil, os.NewSyscallError("epoll_create1", err)
	}
	waker, err := unix.Eventfd(0, unix.EFD_CLOEXEC|unix.EFD_NONBLOCK)
	if err != nil {
		_ = unix.Close(epoll)
		return nil, os.NewSyscallError("eventfd", err)
	}
	p := &writePoller{epoll: epoll, waker: waker}
	if err := p.register(waker, 0, unix.EPOLLIN); err != nil {
		p.release()
		return nil, err
	}
	p.closed.Add(1)
	go p.run(writable)
	return p, nil
}

// add registers a socket, once for its life. The caller holds the socket's lock,
// so that fd can't be closed meanwhile.
func (p *writePoller) add(fd int, id uint64) error {
	return p.register(fd, id, unix.EPOLLOUT|unix.EPOLLET)
}

func (p *writePoller) register(fd int, id uint64, events uint32) error {
	ev := unix.EpollEvent{Events: events, Fd: int32(uint32(id)), Pad: int32(uint32(id >> 32))}
	return os.NewSyscallError("epoll_ctl", unix.EpollCtl(p.epoll, unix.EPOLL_CTL_ADD, fd, &ev))
}

func (p *writePoller) run(writable func(id uint64)) {
	defer p.closed.Done()
	events := make([]unix.EpollEvent, 256)
	for {
		n, err := unix.EpollWait(p.epoll, events, -1)
		if err != nil && !errors.Is(err, syscall.EINTR) {
			return
		}
		for _, ev := range events[:max(n, 0)] {
			id := uint64(uint32(ev.Fd)) | uint64(uint32(ev.Pad))<<32
			if id == 0 {
				return
			}
			writable(id)
		}
	}
}

// close ends the goroutine and frees the descriptors.
func (p *writePoller) close() {
	one := [8]byte{1}
	_, _ = unix.Write(p.waker, one[:])
	p.closed.Wait()
	p.release()
}

func (p *writePoller) release() {
	_ = unix.Close(p.waker)
	_ = unix.Close(p.epoll)
}

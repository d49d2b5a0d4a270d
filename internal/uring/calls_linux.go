package uring

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// Calls sends what a [Ring] would, with a system call for each send: the way where the
// kernel has no io_uring. Not safe for concurrent use.
type Calls struct {
	sends []call
	done  []Completion
}

// call is one send that waits for Submit. All of it lies together, so that Submit
// touches no other memory than this and what is sent.
type call struct {
	fd      int
	vectors [MaxVectors]unix.Iovec
	header  unix.Msghdr // of vectors, if there are several
}

// NewCalls returns a sender for up to entries sends at a time.
func NewCalls(entries int) *Calls {
	return &Calls{sends: make([]call, 0, entries), done: make([]Completion, entries)}
}

// Send is [Ring.Send].
func (c *Calls) Send(fd int, b []byte, user uint64) {
	s := c.reserve(fd, user)
	s.vectors[0].Base = unsafe.SliceData(b)
	s.vectors[0].SetLen(min(len(b), maxSendBytes))
	s.header.SetIovlen(1)
	raceRead(b)
}

// SendVectors is [Ring.SendVectors].
func (c *Calls) SendVectors(fd int, v [][]byte, user uint64) {
	s := c.reserve(fd, user)
	for i, b := range v {
		s.vectors[i].Base = unsafe.SliceData(b)
		s.vectors[i].SetLen(min(len(b), maxSendBytes))
		raceRead(b)
	}
	s.header.SetIovlen(len(v))
}

func (c *Calls) reserve(fd int, user uint64) *call {
	i := len(c.sends)
	c.sends = c.sends[:i+1] // panics when it is full, as documented
	c.done[i].User = user
	s := &c.sends[i]
	s.fd = fd
	return s
}

// Submit sends what is queued, in order. The error is always nil: what became of each
// send is in its Completion. An interrupted send has taken 0 bytes.
func (c *Calls) Submit() ([]Completion, error) {
	done := c.done[:len(c.sends)]
	for i := range c.sends {
		done[i].N = c.sends[i].send()
	}
	clear(c.sends) // for the garbage collector
	c.sends = c.sends[:0]
	return done, nil
}

// Len returns how many sends are queued for the next Submit.
func (c *Calls) Len() int { return len(c.sends) }

// maxRawBytes is what is sent without telling Go's scheduler: the call takes some 10 µs,
// for which the world can't be stopped.
const maxRawBytes = 16 << 10

// send makes the call: send(2) and sendmsg(2), which cost less than write(2), and less
// again without the scheduler (BenchmarkSubmitAgainstWrite).
func (s *call) send() int32 {
	const flags = unix.MSG_DONTWAIT | unix.MSG_NOSIGNAL
	var n uintptr
	var errno unix.Errno
	first := &s.vectors[0]
	switch {
	case s.header.Iovlen != 1:
		s.header.Iov = first
		n, _, errno = unix.Syscall(unix.SYS_SENDMSG, uintptr(s.fd), uintptr(unsafe.Pointer(&s.header)), flags)
	case first.Len > maxRawBytes:
		n, _, errno = unix.Syscall6(unix.SYS_SENDTO, uintptr(s.fd), uintptr(unsafe.Pointer(first.Base)), uintptr(first.Len), flags, 0, 0)
	default:
		n, _, errno = unix.RawSyscall6(unix.SYS_SENDTO, uintptr(s.fd), uintptr(unsafe.Pointer(first.Base)), uintptr(first.Len), flags, 0, 0)
	}
	switch errno {
	case 0:
		return int32(n)
	case unix.EINTR:
		return 0
	}
	return -int32(errno)
}

package uring

import (
	"errors"
	"fmt"
	"os"
	"sync/atomic"
	"unsafe"

	"golang.org/x/sys/unix"
)

// MaxVectors is how many slices one SendVectors may have.
const MaxVectors = 4

// maxSendBytes is how much of a slice one send takes at most: what fits into a result.
const maxSendBytes = 1 << 30

// Completion is the result of one send.
type Completion struct {
	User uint64 // as given to Send
	N    int32  // bytes that the socket took, maybe fewer than given; or an errno, negative
}

// Err returns nil, or the errno that the send failed with: EAGAIN if the socket
// takes nothing, EPIPE, EBADF and so on, as from send(2).
func (c Completion) Err() error {
	if c.N >= 0 {
		return nil
	}
	return unix.Errno(-c.N)
}

// Send queues b to be sent to a socket, with MSG_DONTWAIT and MSG_NOSIGNAL. user comes
// back in the Completion. It panics if Len is Cap already.
//
// b is borrowed until Submit returns. fd must not be closed until then either.
func (r *Ring) Send(fd int, b []byte, user uint64) {
	i := r.reserve(user)
	first := &r.slots[i].vectors[0]
	first.Base = unsafe.SliceData(b) // for the garbage collector
	raceRead(b)
	r.put(i, opSend, fd, unsafe.Pointer(first.Base), min(len(b), maxSendBytes))
}

// SendVectors is Send for up to MaxVectors slices, sent in order as if they were one.
// It panics if there are more. The slices' bytes are borrowed until Submit returns, v
// itself only until SendVectors returns.
func (r *Ring) SendVectors(fd int, v [][]byte, user uint64) {
	if len(v) > MaxVectors {
		panic(fmt.Sprintf("uring: %d vectors in a send, at most %d", len(v), MaxVectors))
	}
	i := r.reserve(user)
	s := &r.slots[i]
	for j, b := range v {
		s.vectors[j].Base = unsafe.SliceData(b)
		s.vectors[j].SetLen(min(len(b), maxSendBytes))
		raceRead(b)
	}
	s.header.SetIovlen(len(v))
	r.put(i, opSendMsg, fd, unsafe.Pointer(&s.header), 1)
}

// reserve takes the next slot.
func (r *Ring) reserve(user uint64) int {
	i := r.queued
	if i == len(r.slots) {
		panic(fmt.Sprintf("uring: more than %d sends queued", len(r.slots)))
	}
	r.queued++
	r.done[i] = Completion{User: user, N: -int32(unix.EINPROGRESS)}
	return i
}

// put writes the entry for slot i.
func (r *Ring) put(i int, opcode uint8, fd int, addr unsafe.Pointer, n int) {
	r.sqes[(r.tail+uint32(i))&uint32(len(r.sqes)-1)] = sqe{
		opcode:   opcode,
		fd:       int32(fd),
		addr:     uint64(uintptr(addr)),
		len:      uint32(n),
		msgFlags: unix.MSG_DONTWAIT | unix.MSG_NOSIGNAL,
		userData: uint64(r.number)<<32 | uint64(i),
	}
}

// Submit sends what is queued and returns one Completion for each, in the order in
// which they were queued, in memory that the next Send reuses. It doesn't wait for
// any socket. The sends are made one after another in the order of the queue, so two
// to the same socket keep theirs.
//
// An error means that the kernel refused the call, for want of memory perhaps. The
// Completions still say of each send what became of it: ECANCELED means that nothing
// of it was sent. The caller closes the ring then, and writes otherwise.
//
// It is one system call and allocates nothing.
func (r *Ring) Submit() ([]Completion, error) {
	done := r.done[:r.queued]
	if len(done) == 0 {
		return nil, r.broken
	}
	taken, err := r.submit(len(done))
	for i := taken; i < len(done); i++ {
		done[i].N = -int32(unix.ECANCELED)
	}
	if missing := taken - r.reap(done); missing > 0 {
		err = errors.Join(err, r.wait(done, missing))
	}
	r.release()
	return done, err
}

// maxAttempts is how often Submit asks a kernel that takes nothing.
const maxAttempts = 8

// submit hands the entries to the kernel and returns how many it took, which are
// all unless there is an error. It doesn't wait for completions. What the kernel
// hasn't taken is withdrawn.
func (r *Ring) submit(queued int) (taken int, err error) {
	if r.broken != nil {
		return 0, r.broken
	}
	from, end := r.tail, r.tail+uint32(queued)
	atomic.StoreUint32(r.sqTail, end)
	var errno unix.Errno
	for attempt := 0; r.tail != end && attempt < maxAttempts; attempt++ {
		_, errno = enter(r.fd, end-r.tail, 0, 0)
		if head := atomic.LoadUint32(r.sqHead); head != r.tail {
			r.tail = head
			attempt = 0
		}
	}
	if r.tail == end {
		return queued, nil
	}
	atomic.StoreUint32(r.sqTail, r.tail)
	return int(r.tail - from), fmt.Errorf("uring: %w", os.NewSyscallError("io_uring_enter", errno))
}

// wait reaps the missing completions, waiting for them. Sends with MSG_DONTWAIT are
// complete when submit returns and New has tested that, so this is for kernels that
// change their mind. If it fails, the results that are missing stay EINPROGRESS, and
// the memory of these sends is never used again.
func (r *Ring) wait(done []Completion, missing int) error {
	for missing > 0 {
		_, errno := enter(r.fd, 0, uint32(missing), enterGetEvents)
		missing -= r.reap(done)
		if errno != 0 && errno != unix.EINTR && missing > 0 {
			r.broken = fmt.Errorf("uring: %d sends not complete: %w", missing, os.NewSyscallError("io_uring_enter", errno))
			r.abandoned = r.slots
			r.slots = makeSlots(len(r.slots))
			return r.broken
		}
	}
	return nil
}

// reap moves completions from the kernel's queue to done and returns how many.
func (r *Ring) reap(done []Completion) (n int) {
	tail := atomic.LoadUint32(r.cqTail)
	for ; r.head != tail; r.head++ {
		c := &r.cqes[r.head&uint32(len(r.cqes)-1)]
		i := c.userData & (1<<32 - 1)
		if uint32(c.userData>>32) == r.number && i < uint64(len(done)) {
			done[i].N = c.res
			n++
		}
	}
	atomic.StoreUint32(r.cqHead, r.head)
	return n
}

// release ends a submission and lets go of the bytes that it sent.
func (r *Ring) release() {
	for i := range r.slots[:r.queued] {
		r.slots[i].vectors = [MaxVectors]unix.Iovec{}
	}
	r.queued = 0
	r.number++
}

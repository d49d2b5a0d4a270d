package uring

import (
	"errors"
	"fmt"
	"os"
	"sync/atomic"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Ring is one io_uring that sends to sockets. It is not safe for concurrent use; it
// may be used by one goroutine after another, on any thread. Its memory is about
// 250 bytes for each send that it has room for.
type Ring struct {
	fd int

	// The mappings, and what lies in them. See the package's comment on memory.
	rings, entries []byte
	sqHead, sqTail *uint32
	cqHead, cqTail *uint32
	sqes           []sqe
	cqes           []cqe

	tail   uint32 // the submission queue's, as the kernel knows it
	head   uint32 // the completion queue's
	number uint32 // of the submission, so that a late completion isn't taken for another's

	queued int
	slots  []slot       // one for each queued send
	done   []Completion // results of the same sends

	broken    error  // why completions are missing
	abandoned []slot // what the kernel may still read then
}

// slot is the memory of one queued send that the kernel reads during Submit.
type slot struct {
	vectors [MaxVectors]unix.Iovec // of Send: only the first, as a pointer for the garbage collector
	header  unix.Msghdr            // its vectors are the ones above
}

// New makes a ring with room for that many sends, rounded up to a power of two.
// It fails if the kernel has no io_uring, forbids it, lacks an operation that is
// needed (Linux before 5.6), or doesn't pass a test with real sockets; the error
// wraps the kernel's errno if there is one. Nothing is left open then.
func New(entries int) (*Ring, error) {
	if entries < 1 || entries > 1<<15 {
		return nil, fmt.Errorf("uring: %d entries: want 1 to 32768", entries)
	}
	r := &Ring{fd: -1}
	if err := r.open(uint32(entries)); err != nil {
		_ = r.Close()
		return nil, fmt.Errorf("uring: %w", err)
	}
	return r, nil
}

// open makes the descriptor and starts. An older kernel doesn't know the flag; Submit
// then needs another call behind a bad entry.
func (r *Ring) open(entries uint32) error {
	p := &params{flags: setupSubmitAll}
	var err error
	if r.fd, err = setup(entries, p); errors.Is(err, unix.EINVAL) {
		p = &params{}
		r.fd, err = setup(entries, p)
	}
	if err != nil {
		return err
	}
	return r.start(p)
}

// start makes a descriptor a working ring.
func (r *Ring) start(p *params) error {
	if p.features&featureSingleMap == 0 || p.features&featureNoDrop == 0 {
		return fmt.Errorf("the kernel is too old: it has features %#x", p.features)
	}
	if err := r.probe(); err != nil {
		return err
	}
	if err := r.mapQueues(p); err != nil {
		return err
	}
	r.slots = makeSlots(int(p.sqEntries))
	r.done = make([]Completion, p.sqEntries)
	return r.selfTest()
}

func (r *Ring) mapQueues(p *params) error {
	size := max(p.sq.array+p.sqEntries*4, p.cq.cqes+p.cqEntries*uint32(unsafe.Sizeof(cqe{})))
	var err error
	if r.rings, err = mapShared(r.fd, offsetRings, int(size)); err != nil {
		return err
	}
	if r.entries, err = mapShared(r.fd, offsetEntries, int(p.sqEntries)*int(unsafe.Sizeof(sqe{}))); err != nil {
		return err
	}
	r.sqHead, r.sqTail = at[uint32](r.rings, p.sq.head), at[uint32](r.rings, p.sq.tail)
	r.cqHead, r.cqTail = at[uint32](r.rings, p.cq.head), at[uint32](r.rings, p.cq.tail)
	r.sqes = unsafe.Slice(at[sqe](r.entries, 0), p.sqEntries)
	r.cqes = unsafe.Slice(at[cqe](r.rings, p.cq.cqes), p.cqEntries)
	// The submission queue is a queue of indices into sqes. Ours are the identity.
	for i, index := 0, unsafe.Slice(at[uint32](r.rings, p.sq.array), p.sqEntries); i < len(index); i++ {
		index[i] = uint32(i)
	}
	r.tail, r.head = atomic.LoadUint32(r.sqTail), atomic.LoadUint32(r.cqHead)
	return nil
}

func mapShared(fd int, offset int64, size int) ([]byte, error) {
	b, err := unix.Mmap(fd, offset, size, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED|unix.MAP_POPULATE)
	if err != nil {
		return nil, os.NewSyscallError("mmap", err)
	}
	return b, nil
}

// at returns the T at an offset that the kernel gave for the mapping.
func at[T any](mapping []byte, offset uint32) *T {
	return (*T)(unsafe.Pointer(&mapping[offset]))
}

func makeSlots(n int) []slot {
	slots := make([]slot, n)
	for i := range slots {
		slots[i].header.Iov = &slots[i].vectors[0]
	}
	return slots
}

// Cap returns how many sends fit between two Submits.
func (r *Ring) Cap() int { return len(r.slots) }

// Len returns how many sends are queued for the next Submit.
func (r *Ring) Len() int { return r.queued }

// Close gives the ring back to the kernel. What is queued isn't sent. The ring must
// not be used afterwards; a second Close does nothing.
func (r *Ring) Close() error {
	var errs []error
	for _, mapping := range [][]byte{r.rings, r.entries} {
		if mapping != nil {
			errs = append(errs, os.NewSyscallError("munmap", unix.Munmap(mapping)))
		}
	}
	if r.fd >= 0 {
		errs = append(errs, os.NewSyscallError("close", unix.Close(r.fd)))
	}
	*r = Ring{fd: -1, abandoned: r.abandoned}
	return errors.Join(errs...)
}

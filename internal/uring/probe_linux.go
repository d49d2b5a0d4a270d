package uring

import (
	"bytes"
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// probe asks the kernel whether it knows the operations.
func (r *Ring) probe() error {
	var p probe
	if err := register(r.fd, &p); err != nil {
		return err
	}
	for _, op := range []int{opSend, opSendMsg} {
		if p.ops[op].flags&opSupported == 0 {
			return fmt.Errorf("the kernel does not know operation %d", op)
		}
	}
	return nil
}

// selfTest sends over a pair of sockets until it is full. Everything must arrive,
// and every send be complete without waiting, the ones that find no room too.
func (r *Ring) selfTest() error {
	pair, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, 0)
	if err != nil {
		return os.NewSyscallError("socketpair", err)
	}
	defer func() { _, _ = unix.Close(pair[0]), unix.Close(pair[1]) }()
	if err := r.testArrival(pair[0], pair[1]); err != nil {
		return fmt.Errorf("self-test: %w", err)
	}
	if err := r.testFull(pair[0]); err != nil {
		return fmt.Errorf("self-test: %w", err)
	}
	return nil
}

// testArrival sends by each operation and reads what the other end has.
func (r *Ring) testArrival(from, to int) error {
	const want = "one, two, three"
	r.Send(from, []byte("one"), 0)
	if err := r.testSubmit(len("one")); err != nil {
		return err
	}
	r.SendVectors(from, [][]byte{[]byte(", two"), []byte(", three")}, 0)
	if err := r.testSubmit(len(", two, three")); err != nil {
		return err
	}
	var got [len(want) + 1]byte
	n, err := unix.Read(to, got[:])
	if err != nil {
		return os.NewSyscallError("read", err)
	}
	if string(got[:n]) != want {
		return fmt.Errorf("%q arrived for %q", got[:n], want)
	}
	return nil
}

// testFull fills the socket, whose other end doesn't read.
func (r *Ring) testFull(fd int) error {
	piece := bytes.Repeat([]byte{'.'}, 256<<10)
	for range 1 << 10 {
		r.Send(fd, piece, 0)
		switch err := r.testSubmit(-1); {
		case errors.Is(err, unix.EAGAIN):
			return nil
		case err != nil:
			return err
		}
	}
	return errors.New("a socket that nobody reads from takes everything")
}

// testSubmit submits one send. It fails instead of waiting, and if fewer than want
// bytes are sent, unless want is negative.
func (r *Ring) testSubmit(want int) error {
	defer r.release()
	if _, err := r.submit(1); err != nil {
		return err
	}
	if r.reap(r.done[:1]) != 1 {
		return errors.New("a send was not complete at once")
	}
	if err := r.done[0].Err(); err != nil {
		return os.NewSyscallError("send", err)
	}
	if n := int(r.done[0].N); want >= 0 && n != want {
		return fmt.Errorf("%d of %d bytes sent", n, want)
	}
	return nil
}

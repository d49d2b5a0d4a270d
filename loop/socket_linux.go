package loop

import (
	"errors"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// peerHasShut reports whether the peer has closed its side of the socket, without
// reading what it sent before.
func peerHasShut(fd int) bool {
	fds := []unix.PollFd{{Fd: int32(fd), Events: unix.POLLRDHUP}}
	n, err := unix.Poll(fds, 0)
	return err == nil && n > 0
}

// maxVectors is how many pieces of memory one write takes. What a ring has beyond
// them waits for the next one.
const maxVectors = 16

// writeFrames writes the ring's frames with one system call and returns the bytes
// that the socket took. EAGAIN means that it takes no more.
func writeFrames(fd int, r *ring) (int, error) {
	var room [maxVectors][]byte
	pieces := r.appendVectors(room[:0])
	if len(pieces) == 1 {
		return ignoreInterrupt(syscall.Write(fd, pieces[0]))
	}
	var vectors [maxVectors]syscall.Iovec
	for i, b := range pieces {
		vectors[i].Base = unsafe.SliceData(b)
		vectors[i].SetLen(len(b))
	}
	n, _, errno := syscall.Syscall(syscall.SYS_WRITEV, uintptr(fd), uintptr(unsafe.Pointer(&vectors[0])), uintptr(len(pieces)))
	if errno != 0 {
		return ignoreInterrupt(0, errno)
	}
	return int(n), nil
}

// ignoreInterrupt turns an interrupted call into one that wrote nothing.
func ignoreInterrupt(n int, err error) (int, error) {
	if errors.Is(err, syscall.EINTR) {
		return 0, nil
	}
	return max(n, 0), err
}

// shutWrite sends FIN behind what was written.
func shutWrite(fd int) { _ = syscall.Shutdown(fd, syscall.SHUT_WR) }

// shutBoth ends both directions; the socket's pollers are told.
func shutBoth(fd int) { _ = syscall.Shutdown(fd, syscall.SHUT_RDWR) }

package loop

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// peerHasShut reports whether the peer has closed its side of the socket, without
// reading what it sent before.
func peerHasShut(fd int) bool {
	fds := []unix.PollFd{{Fd: int32(fd), Events: unix.POLLRDHUP}}
	n, err := unix.Poll(fds, 0)
	return err == nil && n > 0
}

// shutWrite sends FIN behind what was written.
func shutWrite(fd int) { _ = syscall.Shutdown(fd, syscall.SHUT_WR) }

// shutBoth ends both directions; the socket's pollers are told.
func shutBoth(fd int) { _ = syscall.Shutdown(fd, syscall.SHUT_RDWR) }

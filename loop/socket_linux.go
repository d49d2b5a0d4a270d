package loop

import (
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// peerHasShut reports whether the peer has closed its side of the socket, without
// reading what it sent before.
func peerHasShut(fd int) bool {
	fds := []unix.PollFd{{Fd: int32(fd), Events: unix.POLLRDHUP}}
	n, err := unix.Poll(fds, 0)
	return err == nil && n > 0
}

// orphanTimeout is how long the kernel goes on with what a peer hasn't taken of a closed
// socket. Its own bound is minutes, for each of which a peer costs a send buffer.
const orphanTimeout = 30 * time.Second

// boundOrphan bounds what is left of a socket when it is closed. A peer that reads
// slowly still gets it; with forget nobody does.
func boundOrphan(fd int, forget bool) {
	if forget {
		_ = unix.SetsockoptLinger(fd, unix.SOL_SOCKET, unix.SO_LINGER, &unix.Linger{Onoff: 1})
		return
	}
	_ = unix.SetsockoptInt(fd, unix.IPPROTO_TCP, unix.TCP_USER_TIMEOUT, int(orphanTimeout/time.Millisecond))
}

// shutWrite sends FIN behind what was written.
func shutWrite(fd int) { _ = syscall.Shutdown(fd, syscall.SHUT_WR) }

// shutBoth ends both directions; the socket's pollers are told.
func shutBoth(fd int) { _ = syscall.Shutdown(fd, syscall.SHUT_RDWR) }

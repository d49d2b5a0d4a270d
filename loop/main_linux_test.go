package loop

import (
	"fmt"
	"os"
	"testing"

	"go.uber.org/zap"
)

// epollModes are the ways of writing on epoll that this machine has. A missing one is
// said loudly, and an error where SCENEWIRE_REQUIRE_URING is set.
func epollModes() []mode {
	plain := mode{name: "epoll, write", writer: WriterPlain}
	ring := mode{name: "epoll, io_uring", writer: WriterURing}
	w, err := newWriter(WriterURing, zap.NewNop())
	if err == nil {
		w.close()
		return []mode{plain, ring}
	}
	fmt.Fprintln(os.Stderr, "SKIPPED: tests with io_uring, which isn't available:", err)
	if os.Getenv("SCENEWIRE_REQUIRE_URING") != "" {
		os.Exit(1)
	}
	return []mode{plain}
}

// tellsOfPausedPeers says whether the loop sees a peer leave that it doesn't read.
func (m mode) tellsOfPausedPeers() bool { return !m.wrapped }

// onEpollOnly skips a test of what only connections on epoll have.
func (m mode) onEpollOnly(t *testing.T) {
	if m.writer == WriterAuto {
		t.Skip("not on epoll")
	}
}

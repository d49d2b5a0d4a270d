package scenewire

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
	"testing"
	"time"

	"github.com/scenewire/scenewire/loop"
)

// children are what the test binary does instead of testing when the environment
// variable is set: a process of its own for what would hurt the others.
var children = map[string]func() error{}

// TestMain runs the tests with the usual transport and with goroutines, and fails the
// package when goroutines or descriptors are left behind.
func TestMain(m *testing.M) {
	for variable, run := range children {
		if os.Getenv(variable) == "" {
			continue
		}
		if err := run(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	before := openDescriptors()
	code := m.Run()
	if flag.Lookup("test.fuzz").Value.String() == "" { // one target, one time
		testTransport = loop.TransportGoroutines
		code = max(code, m.Run())
	}
	if code == 0 && !settled(before) {
		fmt.Fprintf(os.Stderr, "left behind: %d goroutines, %d descriptors (at start: %d)\n",
			runtime.NumGoroutine(), openDescriptors(), before)
		_ = pprof.Lookup("goroutine").WriteTo(os.Stderr, 1)
		code = 1
	}
	os.Exit(code)
}

// settled waits until only the main goroutine is left and every descriptor is closed.
// The runtime's own epoll and eventfd may have come during the tests, and go test's log,
// which each run opens and only the first closes.
func settled(before int) bool {
	const runtimeDescriptors = 4
	for range 100 {
		if runtime.NumGoroutine() <= 2 && openDescriptors() <= before+runtimeDescriptors {
			return true
		}
		time.Sleep(20 * time.Millisecond)
	}
	return false
}

func openDescriptors() int {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	return len(entries)
}

package probe

import (
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
	"testing"
	"time"
)

// TestMain runs the tests, or, in a child of theirs, the peers of a flood. It fails the
// package when goroutines or descriptors are left behind.
func TestMain(m *testing.M) {
	if addr := os.Getenv(floodEnv); addr != "" {
		floodMain(addr)
		return
	}
	before := openDescriptors()
	code := m.Run()
	if code == 0 && !settled(before) {
		fmt.Fprintf(os.Stderr, "left behind: %d goroutines, %d descriptors (at start: %d)\n",
			runtime.NumGoroutine(), openDescriptors(), before)
		_ = pprof.Lookup("goroutine").WriteTo(os.Stderr, 1)
		code = 1
	}
	os.Exit(code)
}

// settled waits until only the main goroutine is left and every descriptor is closed.
// The runtime's own epoll and eventfd may have come during the tests.
func settled(before int) bool {
	const runtimeDescriptors = 3
	for range 200 {
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

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

package loop

import (
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
	"testing"
	"time"

	"go.uber.org/zap"
)

// TestMain runs the tests with each way of writing, and fails the package when
// goroutines or descriptors are left behind.
func TestMain(m *testing.M) {
	before := openDescriptors()
	code := 0
	for _, w := range writers() {
		testWriter = w
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

// testWriter is how the loops of the tests write.
var testWriter Writer

// writers are the ways of writing that this machine has. A missing one is said loudly,
// and an error where SCENEWIRE_REQUIRE_URING is set.
func writers() []Writer {
	w, err := newWriter(WriterURing, zap.NewNop())
	if err == nil {
		w.close()
		return []Writer{WriterPlain, WriterURing}
	}
	fmt.Fprintln(os.Stderr, "SKIPPED: tests with io_uring, which isn't available:", err)
	if os.Getenv("SCENEWIRE_REQUIRE_URING") != "" {
		os.Exit(1)
	}
	return []Writer{WriterPlain}
}

// settled waits until only the main goroutine is left and every descriptor is closed.
// The runtime's own epoll and eventfd may have come during the tests.
func settled(before int) bool {
	const runtimeDescriptors = 3
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

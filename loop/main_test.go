package loop

import (
	"crypto/tls"
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
	"testing"
	"time"

	"github.com/scenewire/scenewire/internal/wstest"
)

// mode is a way to run sockets that the tests are run with.
type mode struct {
	name      string
	transport Transport
	writer    Writer
	network   string // "unix"; else TCP
	tls       bool
	wrapped   bool // connections are of a type that the loop doesn't know
}

// testMode is the mode of the loops of the tests.
var testMode mode

// portableModes are those of every system.
var portableModes = []mode{
	{name: "goroutines", transport: TransportGoroutines},
	{name: "tls", tls: true},
	{name: "unix", network: "unix"},
	{name: "wrapped", wrapped: true},
}

// dial makes a client's options fit.
func (m mode) dial(o wstest.Options) wstest.Options {
	o.Network = m.network
	if m.tls {
		o.TLS = &tls.Config{InsecureSkipVerify: true} //nolint:gosec // G402: a test of the transport, not of certificates
	}
	return o
}

// TestMain runs the tests in each mode, and fails the package when goroutines or
// descriptors are left behind.
func TestMain(m *testing.M) {
	before := openDescriptors()
	code := 0
	for _, testMode = range append(epollModes(), portableModes...) {
		fmt.Println("mode:", testMode.name)
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
// which each mode's run opens and only the first closes.
func settled(before int) bool {
	const runtimeDescriptors = 3
	allowed := before + runtimeDescriptors + len(portableModes) + 1
	for range 100 {
		if runtime.NumGoroutine() <= 2 && openDescriptors() <= allowed {
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

package loop

import (
	"crypto/tls"
	"fmt"
	"os"
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
	before := wstest.OpenDescriptors()
	code := 0
	for _, testMode = range append(epollModes(), portableModes...) {
		fmt.Println("mode:", testMode.name)
		code = max(code, m.Run())
	}
	const runtimeDescriptors = 3
	spare := runtimeDescriptors + len(portableModes) + 1
	os.Exit(wstest.CheckLeaks(code, before, spare, 2*time.Second))
}

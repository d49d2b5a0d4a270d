package scenewire

import (
	"flag"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/scenewire/scenewire/internal/wstest"
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
	before := wstest.OpenDescriptors()
	code := m.Run()
	if flag.Lookup("test.fuzz").Value.String() == "" { // one target, one time
		testTransport = loop.TransportGoroutines
		code = max(code, m.Run())
	}
	os.Exit(wstest.CheckLeaks(code, before, 4, 2*time.Second))
}

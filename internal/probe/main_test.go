package probe

import (
	"os"
	"testing"
	"time"

	"github.com/scenewire/scenewire/internal/wstest"
)

// TestMain runs the tests, or, in a child of theirs, the peers of a flood. It fails the
// package when goroutines or descriptors are left behind.
func TestMain(m *testing.M) {
	if addr := os.Getenv(floodEnv); addr != "" {
		floodMain(addr)
		return
	}
	before := wstest.OpenDescriptors()
	code := m.Run()
	os.Exit(wstest.CheckLeaks(code, before, 3, 4*time.Second))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

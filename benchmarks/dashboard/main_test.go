package dashboard

import (
	"os"
	"testing"
	"time"

	"github.com/scenewire/scenewire/internal/wstest"
)

// TestMain fails the package when goroutines or descriptors are left behind.
func TestMain(m *testing.M) {
	before := wstest.OpenDescriptors()
	os.Exit(wstest.CheckLeaks(m.Run(), before, 4, 2*time.Second))
}

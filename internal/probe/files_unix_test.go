//go:build unix

package probe

import (
	"syscall"
	"testing"
)

// openFileLimit returns how many files this process may have open.
func openFileLimit(t *testing.T) int {
	t.Helper()
	var limit syscall.Rlimit
	must(t, syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit))
	return int(limit.Cur)
}

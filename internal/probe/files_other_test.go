//go:build !unix

package probe

import "testing"

// openFileLimit returns what is enough where the system has no limit.
func openFileLimit(*testing.T) int { return 1 << 16 }

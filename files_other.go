//go:build !unix

package scenewire

// openFileLimit returns how many connections are taken for harmless where the system
// has no limit of open files.
func openFileLimit() int { return 1 << 16 }

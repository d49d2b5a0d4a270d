//go:build unix

package scenewire

import "syscall"

// manyFiles stands for a limit of open files that there isn't, or that is beyond what
// one server would use.
const manyFiles = 1 << 20

// openFileLimit returns how many files this process may have open. The runtime has
// raised it to what the system allows.
func openFileLimit() int {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return manyFiles
	}
	return int(min(limit.Cur, manyFiles))
}

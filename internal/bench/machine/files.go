//go:build linux

package machine

import (
	"fmt"
	"math"
	"slices"
	"syscall"
)

// spareFiles is room for what a process has open beside its connections: standard
// streams, epoll and io_uring instances, a listener, pipes.
const spareFiles = 128

// MaxConnections returns how many connections this process may have, by the hard limit
// on its open files.
func MaxConnections() (int, error) {
	var lim syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &lim); err != nil {
		return 0, fmt.Errorf("limit on open files: %w", err)
	}
	return int(min(lim.Max, math.MaxInt32)) - spareFiles, nil
}

// NeedConnections raises this process's limit on open files so that it can hold the
// largest of these numbers of connections. If the hard limit is below that, the error
// says so, and what helps.
func NeedConnections(numbers ...int) error {
	n := slices.Max(numbers)
	var lim syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &lim); err != nil {
		return fmt.Errorf("limit on open files: %w", err)
	}
	need := uint64(n + spareFiles)
	if need > lim.Max {
		return fmt.Errorf("%d connections need %d open files in one process, and the hard limit is %d: "+
			"use at most %d clients, or raise the limit (ulimit -Hn, or LimitNOFILE= of the service)",
			n, need, lim.Max, lim.Max-spareFiles)
	}
	if lim.Cur >= need {
		return nil
	}
	lim.Cur = lim.Max
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &lim); err != nil {
		return fmt.Errorf("raise the limit on open files to %d: %w", lim.Max, err)
	}
	return nil
}

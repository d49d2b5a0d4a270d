//go:build linux

package machine

import (
	"syscall"
	"time"
	"unsafe"
)

// clockMonotonic is CLOCK_MONOTONIC of clock_gettime(2).
const clockMonotonic = 1

// started and startedNano are one moment on the runtime's clock and on the kernel's.
var started, startedNano = readBothClocks()

// Monotonic returns the nanoseconds of CLOCK_MONOTONIC, which every process of this
// machine reads alike. System calls find out once where that clock stands; from then on
// the runtime's monotonic time, which is the same clock, is added.
func Monotonic() int64 { return startedNano + int64(time.Since(started)) }

// readBothClocks takes the attempt in which the least time went by between the two
// readings, as the process may be interrupted there.
func readBothClocks() (at time.Time, nano int64) {
	const attempts = 20
	least := time.Duration(1<<63 - 1)
	for range attempts {
		before := time.Now()
		kernel := readMonotonic()
		if took := time.Since(before); took < least {
			least, at, nano = took, before.Add(took/2), kernel
		}
	}
	return at, nano
}

func readMonotonic() int64 {
	var ts syscall.Timespec
	_, _, errno := syscall.Syscall(syscall.SYS_CLOCK_GETTIME, clockMonotonic, uintptr(unsafe.Pointer(&ts)), 0)
	if errno != 0 {
		panic("machine: clock_gettime: " + errno.Error())
	}
	return ts.Nano()
}

// CPUTime returns the processor time of this process so far, user and system, of all
// its threads.
func CPUTime() (time.Duration, error) {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0, err
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), nil
}

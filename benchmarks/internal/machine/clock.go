package machine

import (
	"syscall"
	"time"
	"unsafe"
)

// clockMonotonic is CLOCK_MONOTONIC of clock_gettime(2).
const clockMonotonic = 1

var (
	started     = time.Now()
	startedNano = readMonotonic()
)

// Monotonic returns the nanoseconds of CLOCK_MONOTONIC, which every process of this
// machine reads alike. The system call that finds out where the clock stands is made
// once; from then on the runtime's monotonic time, which is the same clock, is added.
func Monotonic() int64 { return startedNano + int64(time.Since(started)) }

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

package swarm

import (
	"bytes"
	"os"
	"strconv"
	"syscall"
	"time"
)

func duration(ns int64) time.Duration { return time.Duration(ns) }

// threadTimes returns the processor time of the calling thread, and how long it could
// have run, but didn't; 0 where the kernel doesn't count that.
func threadTimes() (cpu, delayed time.Duration) {
	const rusageThread = 1
	var u syscall.Rusage
	if err := syscall.Getrusage(rusageThread, &u); err == nil {
		cpu = time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	stat, err := os.ReadFile("/proc/thread-self/schedstat") // running, waiting, turns
	if fields := bytes.Fields(stat); err == nil && len(fields) > 1 {
		if n, err := strconv.ParseInt(string(fields[1]), 10, 64); err == nil {
			delayed = time.Duration(n)
		}
	}
	return cpu, delayed
}

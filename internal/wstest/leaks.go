package wstest

import (
	"fmt"
	"os"
	"runtime"
	"runtime/metrics"
	"runtime/pprof"
	"time"
)

// CheckLeaks ends a TestMain: it returns the exit code of tests that ended with code,
// and 1 if they left goroutines or descriptors behind, which it then names on standard
// error. before is [OpenDescriptors] at the start. spare is how many descriptors may be
// more, for the runtime's own epoll and eventfd, and for the log of go test that each
// run opens and only the first closes. It waits up to patience for the rest to end.
func CheckLeaks(code, before, spare int, patience time.Duration) int {
	if code != 0 {
		return code
	}
	const pause = 20 * time.Millisecond
	for range patience / pause {
		if runtime.NumGoroutine() <= 2 && OpenDescriptors() <= before+spare {
			return 0
		}
		time.Sleep(pause)
	}
	fmt.Fprintf(os.Stderr, "left behind: %d goroutines, %d descriptors (at start: %d)\n",
		runtime.NumGoroutine(), OpenDescriptors(), before)
	_ = pprof.Lookup("goroutine").WriteTo(os.Stderr, 1)
	return 1
}

// OpenDescriptors returns how many descriptors the process has open; 0 where that
// can't be told.
func OpenDescriptors() int {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	return len(entries)
}

// LiveBytes returns what is reachable, as a collection made for the purpose finds it, and
// the stacks. What is allocated while the collector runs counts as live to it, however
// soon it is garbage: under a flood on a busy machine that's tens of MiB. So it is taken
// off, and what of it stays is for the next call to count.
func LiveBytes() uint64 {
	sample := []metrics.Sample{
		{Name: "/gc/heap/allocs:bytes"},
		{Name: "/gc/heap/live:bytes"},
		{Name: "/memory/classes/heap/stacks:bytes"},
	}
	metrics.Read(sample)
	before := sample[0].Value.Uint64()
	runtime.GC()
	metrics.Read(sample)
	allocated, live, stacks := sample[0].Value.Uint64()-before, sample[1].Value.Uint64(), sample[2].Value.Uint64()
	return live - min(live, allocated) + stacks
}

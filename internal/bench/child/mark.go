//go:build linux

package child

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/scenewire/scenewire/internal/bench/machine"
)

// Mark is what a server says of itself at one moment. Of two of them the difference
// counts. All are since its start, but for the sizes of memory.
type Mark struct {
	CPUMicros float64 `json:"cpu_us"` // processor time, user and system, of all threads
	Sent      int64   `json:"sent"`   // frames that sockets have taken whole
	Writes    int64   `json:"writes"` // system calls that wrote
	Stalls    int64   `json:"stalls"` // times that a socket took no more

	// Only of servers in Go.
	Mallocs       int64 `json:"mallocs"`        // objects that were allocated
	HeapBytes     int64 `json:"heap_bytes"`     // of objects, reachable or not yet swept
	RuntimeBytes  int64 `json:"runtime_bytes"`  // all that the runtime holds and hasn't given back
	ResidentBytes int64 `json:"resident_bytes"` // of the process
	PeakBytes     int64 `json:"peak_bytes"`     // the highest ResidentBytes since "reset-peak"
}

// Sub returns what has happened between an earlier mark and this one. The sizes of
// memory are this one's.
func (m Mark) Sub(earlier Mark) Mark {
	m.CPUMicros -= earlier.CPUMicros
	m.Sent -= earlier.Sent
	m.Writes -= earlier.Writes
	m.Stalls -= earlier.Stalls
	m.Mallocs -= earlier.Mallocs
	return m
}

// Self reads what this process can tell of itself without a server's help: its processor
// time, and its memory.
func Self() (Mark, error) {
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	resident, err := machine.ReadMemory()
	if err != nil {
		return Mark{}, fmt.Errorf("memory: %w", err)
	}
	cpu, err := machine.CPUTime()
	if err != nil {
		return Mark{}, fmt.Errorf("processor time: %w", err)
	}
	return Mark{
		CPUMicros:     float64(cpu) / float64(time.Microsecond),
		Mallocs:       int64(mem.Mallocs),
		HeapBytes:     int64(mem.HeapAlloc),
		RuntimeBytes:  int64(mem.Sys - mem.HeapReleased),
		ResidentBytes: resident.Resident,
		PeakBytes:     resident.Peak,
	}, nil
}

// Collect collects the garbage twice, as a sync.Pool lets go of what it holds only
// then, and gives free memory back to the kernel.
func Collect() {
	runtime.GC()
	debug.FreeOSMemory()
}

//go:build race

package uring

import (
	"runtime"
	"unsafe"
)

// raceRead tells the race detector that b is read, which the kernel does unseen.
func raceRead(b []byte) {
	if len(b) > 0 {
		runtime.RaceReadRange(unsafe.Pointer(unsafe.SliceData(b)), len(b))
	}
}

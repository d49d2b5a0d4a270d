//go:build linux

package machine

import (
	"fmt"
	"os"
	"sync/atomic"
	"syscall"
	"unsafe"
)

// counterBytes is the size of a counter's file. The counter is its first 8 bytes, in
// the machine's own order.
const counterBytes = 4096

// Counter is a number that processes share through a file: reading it costs nothing.
// It is atomic.
type Counter struct{ value *atomic.Int64 }

// OpenCounter maps the counter in a file, which it makes if there is none. The mapping
// lasts as long as the process.
func OpenCounter(path string) (*Counter, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if err := f.Truncate(counterBytes); err != nil {
		return nil, err
	}
	mem, err := syscall.Mmap(int(f.Fd()), 0, counterBytes, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
	if err != nil {
		return nil, fmt.Errorf("map %s: %w", path, err)
	}
	return &Counter{(*atomic.Int64)(unsafe.Pointer(unsafe.SliceData(mem)))}, nil
}

// Load returns the number.
func (c *Counter) Load() int64 { return c.value.Load() }

// Add adds n. A nil counter takes no notice.
func (c *Counter) Add(n int64) {
	if c != nil {
		c.value.Add(n)
	}
}

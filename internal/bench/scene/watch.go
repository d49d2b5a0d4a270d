//go:build linux

package scene

import (
	"runtime/metrics"
	"time"
)

// watchInterval is how often a Watch looks.
const watchInterval = time.Millisecond

// Watch follows the memory of this process's Go runtime. It is for one goroutine.
type Watch struct {
	quit chan struct{}
	done chan Peak
}

// Peak is the most memory that a Watch has seen, in bytes.
type Peak struct {
	HeapBytes    int64 `json:"peak_heap_bytes"`    // of objects
	RuntimeBytes int64 `json:"peak_runtime_bytes"` // all that the runtime held
}

// NewWatch begins to watch.
func NewWatch() *Watch {
	w := &Watch{quit: make(chan struct{}), done: make(chan Peak, 1)}
	go w.run()
	return w
}

// Stop ends the watch and returns what it has seen.
func (w *Watch) Stop() Peak {
	close(w.quit)
	return <-w.done
}

func (w *Watch) run() {
	samples := []metrics.Sample{
		{Name: "/memory/classes/heap/objects:bytes"},
		{Name: "/memory/classes/total:bytes"},
		{Name: "/memory/classes/heap/released:bytes"},
	}
	tick := time.NewTicker(watchInterval)
	defer tick.Stop()
	var peak Peak
	for {
		metrics.Read(samples)
		heap, total, released := samples[0].Value.Uint64(), samples[1].Value.Uint64(), samples[2].Value.Uint64()
		peak.HeapBytes = max(peak.HeapBytes, int64(heap))
		peak.RuntimeBytes = max(peak.RuntimeBytes, int64(total-released))
		select {
		case <-w.quit:
			w.done <- peak
			return
		case <-tick.C:
		}
	}
}

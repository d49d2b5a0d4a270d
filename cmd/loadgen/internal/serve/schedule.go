//go:build linux

package serve

import (
	"context"
	"sync"
	"time"

	hdr "github.com/HdrHistogram/hdrhistogram-go"

	"github.com/scenewire/scenewire/internal/bench/machine"
)

// Lateness is how late what had a schedule was, in nanoseconds.
type Lateness struct {
	Due  int64 `json:"due"`  // how often something was due
	Done int64 `json:"done"` // and was done
	P50  int64 `json:"p50"`
	P99  int64 `json:"p99"`
	Max  int64 `json:"max"`
}

// tardiness collects a Lateness. Guarded by mu.
type tardiness struct {
	mu        sync.Mutex
	due, done int64
	late      *hdr.Histogram
}

// longestLateness is what lateness is told apart up to: an hour in nanoseconds.
const longestLateness = int64(time.Hour)

func newTardiness() *tardiness {
	return &tardiness{late: hdr.New(1, longestLateness, 2)}
}

func (t *tardiness) add(late int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.due++
	t.done++
	_ = t.late.RecordValue(min(max(late, 0), longestLateness)) // in its range
}

// missed counts what was due and isn't done any more.
func (t *tardiness) missed(n int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.due += n
}

func (t *tardiness) reset() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.due, t.done = 0, 0
	t.late.Reset()
}

func (t *tardiness) read() Lateness {
	t.mu.Lock()
	defer t.mu.Unlock()
	return Lateness{
		Due: t.due, Done: t.done,
		P50: t.late.ValueAtQuantile(50), P99: t.late.ValueAtQuantile(99), Max: t.late.Max(),
	}
}

// keep does something at a fixed rate until ctx is done or it fails. do gets the time at
// which it was due, by machine.Monotonic: when it is late, what follows isn't put off but
// done without a pause, so the rate is held on average, and nobody is spared the load.
func (t *tardiness) keep(ctx context.Context, interval time.Duration, do func(due int64) error) error {
	begin := machine.Monotonic()
	timer := time.NewTimer(0)
	defer timer.Stop()
	for n := int64(1); ; n++ {
		due := begin + n*int64(interval)
		if wait := due - machine.Monotonic(); wait > 0 {
			timer.Reset(time.Duration(wait))
			select {
			case <-ctx.Done():
				return nil
			case <-timer.C:
			}
		} else if ctx.Err() != nil {
			t.missed(1 - wait/int64(interval))
			return nil
		}
		t.add(machine.Monotonic() - due)
		if err := do(due); err != nil {
			return err
		}
	}
}

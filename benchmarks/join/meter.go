//go:build linux

package main

import (
	"context"
	"errors"
	"math"
	"sync"
	"time"

	"github.com/scenewire/scenewire/internal/bench/frames"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/internal/bench/receiver"
	"github.com/scenewire/scenewire/internal/bench/report"
	"github.com/scenewire/scenewire/wsproto"
)

// settleTime is how long what is under way has to arrive, and the server to come to
// rest. Pulses that come later than that aren't counted.
const settleTime = 500 * time.Millisecond

// meter records the latency of every pulse that sampled clients receive, if it was due
// within a span of time. The zero value's span is empty.
type meter struct {
	mu       sync.Mutex // guards all below
	from, to int64      // of machine.Monotonic
	latency  report.Histogram
}

func (m *meter) newReader() frames.Reader {
	d := wsproto.NewDecompressor()
	return func(payload []byte) (frames.Content, error) {
		now := machine.Monotonic()
		window, err := wsproto.DecodeWindow(wsproto.GenerationZstd, payload, wsproto.WindowLimits{}, d)
		if err != nil {
			return frames.Content{}, err
		}
		m.mu.Lock()
		defer m.mu.Unlock()
		for _, message := range window.Messages {
			if due, ok := frames.FindStamp(message); ok && due >= m.from && due < m.to {
				m.latency.Record(time.Duration(now - due))
			}
		}
		return frames.Content{Messages: len(window.Messages)}, nil
	}
}

// during returns the latency of the pulses that were due while f ran.
func (m *meter) during(ctx context.Context, r *receiver.Receiver, f func() error) (*report.Histogram, error) {
	m.mu.Lock()
	m.from, m.to, m.latency = machine.Monotonic(), math.MaxInt64, report.Histogram{}
	m.mu.Unlock()
	err := f()
	m.mu.Lock()
	m.to = machine.Monotonic()
	m.mu.Unlock()
	err = errors.Join(err, sleep(ctx, r, settleTime))
	m.mu.Lock()
	defer m.mu.Unlock()
	m.to = 0
	latency := m.latency
	return &latency, err
}

// sleep waits, unless a connection is lost.
func sleep(ctx context.Context, r *receiver.Receiver, d time.Duration) error {
	until := time.Now().Add(d)
	return r.Await(ctx, func() bool { return time.Now().After(until) })
}

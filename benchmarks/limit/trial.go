//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/command"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/internal/bench/receiver"
)

// drainTimeout is how long what the server has sent may take to be received.
const drainTimeout = 30 * time.Second

// quietTime is how long nothing may come before nothing is taken to be on its way.
const quietTime = 50 * time.Millisecond

// load is how many clients get frames of what size.
type load struct {
	clients int
	size    int // of a frame's payload, in bytes
}

// trial is one measurement: one server, one load, one mode, once.
type trial struct {
	server   child.Mark // what happened in the server
	received receiver.Counts
	elapsed  time.Duration // from the first frame to the server's last
	samples  *receiver.Samples
}

// deliveries returns how many messages all clients have received: a frame has as many
// as the sampled ones have on average.
func (t *trial) deliveries() float64 {
	return float64(t.received.Frames) * float64(t.samples.Messages) / float64(t.samples.Frames)
}

// cpuPerDelivery returns the server's microseconds for each message that was received.
func (t *trial) cpuPerDelivery() float64 { return t.server.CPUMicros / t.deliveries() }

// runCommand returns the command that begins a mode.
func runCommand(mode string) []any {
	switch mode {
	case modePaced:
		return []any{"run", "paced", 60}
	case modeBurst:
		return []any{"run", "full", 4}
	}
	return []any{"run", "full", 1}
}

// measure starts the server, connects its clients, and runs it in each mode.
// It returns the trials by mode.
func measure(ctx context.Context, s *subject, l load, o *options) (trials map[string]*trial, err error) {
	counterFile := filepath.Join(o.dir, "received")
	if err := os.RemoveAll(counterFile); err != nil {
		return nil, err
	}
	total, err := machine.OpenCounter(counterFile)
	if err != nil {
		return nil, err
	}
	p, err := s.start(ctx, l.size, counterFile)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	r, err := receiver.Dial(ctx, receiver.Options{
		Addr:         p.Addr(),
		Clients:      l.clients,
		Subprotocols: s.subprotocols,
		Threads:      o.receivers,
		CPUs:         o.receiverCPUs,
		Sampled:      min(o.sampled, l.clients),
		NewReader:    s.newReader,
		Total:        total,
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.name, err)
	}
	defer r.Close()
	trials = map[string]*trial{}
	for _, mode := range o.modes.Chosen {
		t, err := run(ctx, p, r, mode, o)
		if err != nil {
			return nil, fmt.Errorf("%s, %s: %w", s.name, mode, err)
		}
		if t.samples.Frames == 0 {
			return nil, fmt.Errorf("%s, %s: the sampled clients have received nothing", s.name, mode)
		}
		trials[mode] = t
		command.Progress("%s: %.2f µs", describe(s, l, mode), t.cpuPerDelivery())
	}
	return trials, nil
}

func describe(s *subject, l load, mode string) string {
	return strings.Join([]string{s.name, mode, strconv.Itoa(l.clients) + " clients", strconv.Itoa(l.size) + " B"}, ", ")
}

// run warms the server up, lets everything be delivered, and measures from there to
// where everything is delivered again: nothing is in flight at either end.
func run(ctx context.Context, p *child.Process, r *receiver.Receiver, mode string, o *options) (*trial, error) {
	if err := r.Quiet(ctx, quietTime); err != nil {
		return nil, err
	}
	if _, err := runFor(ctx, p, r, mode, o.warmup); err != nil {
		return nil, fmt.Errorf("warm-up: %w", err)
	}
	if err := r.Quiet(ctx, quietTime); err != nil {
		return nil, err
	}
	r.TakeSamples()
	var before, after child.Mark
	if err := p.Ask(ctx, &before, "mark"); err != nil {
		return nil, err
	}
	counts := r.Counts()
	start := time.Now()
	stopped, err := runFor(ctx, p, r, mode, o.duration)
	if err != nil {
		return nil, err
	}
	elapsed := time.Since(start)
	if err := drain(ctx, r, counts.Frames+stopped.Sent-before.Sent); err != nil {
		return nil, err
	}
	if err := p.Ask(ctx, &after, "mark"); err != nil {
		return nil, err
	}
	got := r.Counts()
	return &trial{
		server:   after.Sub(before),
		received: receiver.Counts{Frames: got.Frames - counts.Frames, Bytes: got.Bytes - counts.Bytes, Reads: got.Reads - counts.Reads},
		elapsed:  elapsed,
		samples:  r.TakeSamples(),
	}, nil
}

// runFor lets the server run for a while, and longer if the sampled clients have seen
// nothing by then, and returns its answer to "stop".
func runFor(ctx context.Context, p *child.Process, r *receiver.Receiver, mode string, d time.Duration) (m child.Mark, err error) {
	if err := p.Ask(ctx, nil, runCommand(mode)...); err != nil {
		return m, err
	}
	start, frames := time.Now(), r.Counts().Frames
	wait, cancel := context.WithTimeoutCause(ctx, d+drainTimeout, errDrain)
	defer cancel()
	err = r.Await(wait, func() bool { return time.Since(start) > d && r.Counts().Frames >= frames+int64(r.Clients()) })
	if err != nil {
		return m, errors.Join(err, context.Cause(wait))
	}
	err = p.Ask(ctx, &m, "stop")
	return m, err
}

// drain waits until so many frames have been received.
func drain(ctx context.Context, r *receiver.Receiver, frames int64) error {
	ctx, cancel := context.WithTimeoutCause(ctx, drainTimeout, errDrain)
	defer cancel()
	err := r.Await(ctx, func() bool { return r.Counts().Frames >= frames })
	if err != nil && errors.Is(context.Cause(ctx), errDrain) {
		return fmt.Errorf("%w: %d of %d after %v", errDrain, r.Counts().Frames, frames, drainTimeout)
	}
	return err
}

var errDrain = errors.New("not all frames that were sent have been received")

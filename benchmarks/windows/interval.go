//go:build linux

package main

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/frames"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/internal/bench/receiver"
	"github.com/scenewire/scenewire/internal/bench/scene"
)

// interval is what happened while a load was going on, between two moments of it.
type interval struct {
	clients     int
	server      child.Mark
	counts      receiver.Counts // of all clients together
	slowest     int64           // windows of the client that got the fewest
	samples     *receiver.Samples
	elapsed     time.Duration
	receiverCPU time.Duration // of this process
	changes     int64         // that the server has made to all objects
}

// messagesPerWindow returns the mean of the sampled clients.
func (v *interval) messagesPerWindow() float64 {
	return float64(v.samples.Messages) / float64(max(v.samples.Frames, 1))
}

// messages returns how many messages all clients have received together.
func (v *interval) messages() float64 { return float64(v.counts.Frames) * v.messagesPerWindow() }

// windowRate returns the windows per second that a client got, on average.
func (v *interval) windowRate() float64 {
	return float64(v.counts.Frames) / float64(v.clients) / v.elapsed.Seconds()
}

// slowestRate returns the windows per second of the client that got the fewest.
func (v *interval) slowestRate() float64 { return float64(v.slowest) / v.elapsed.Seconds() }

// cpuShare returns how many processors the server has used.
func (v *interval) cpuShare() float64 { return v.server.CPUMicros / 1e6 / v.elapsed.Seconds() }

// receiverShare returns how many processors this process has used.
func (v *interval) receiverShare() float64 {
	return v.receiverCPU.Seconds() / v.elapsed.Seconds()
}

// messagesPerCPUSecond returns what one processor of the server delivers in a second.
func (v *interval) messagesPerCPUSecond() float64 {
	return v.messages() / (v.server.CPUMicros / 1e6)
}

// underLoad starts a server, connects clients, begins a load with begin, which returns
// how it is ended, and measures an interval of it.
func underLoad(ctx context.Context, o *options, clients int, serverArgs []string, begin func(*child.Process, *receiver.Receiver) (end func() error, err error)) (v *interval, err error) {
	args := append([]string{
		"--writer", string(o.writer),
		"--window-messages", strconv.Itoa(o.windowMessages),
		"--window-interval", o.windowInterval.String(),
	}, serverArgs...)
	p, err := scene.Process{Name: "scenewire", Procs: o.procs, CPUs: o.serverCPUs}.Start(ctx, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	r, err := receiver.Dial(ctx, receiver.Options{
		Addr:         p.Addr(),
		Clients:      clients,
		Subprotocols: []string{scenewire.Subprotocol},
		Threads:      o.receivers,
		CPUs:         o.receiverCPUs,
		Sampled:      min(o.sampled, clients),
		NewReader:    frames.NewWindowReader,
	})
	if err != nil {
		return nil, err
	}
	defer r.Close()
	end, err := begin(p, r)
	if err != nil {
		return nil, err
	}
	v, err = observe(ctx, p, r, o)
	return v, errors.Join(err, end())
}

// observe lets the load go on for a while, and then measures.
func observe(ctx context.Context, p *child.Process, r *receiver.Receiver, o *options) (*interval, error) {
	if err := sleep(ctx, r, o.warmup); err != nil {
		return nil, err
	}
	var before, after child.Mark
	var changesBefore, changesAfter changes
	if err := errors.Join(p.Ask(ctx, &changesBefore, "changes"), p.Ask(ctx, &before, "mark")); err != nil {
		return nil, err
	}
	r.TakeSamples()
	clients, counts, start := r.PerClient(), r.Counts(), time.Now()
	ownBefore, err := machine.CPUTime()
	if err != nil {
		return nil, err
	}
	if err := sleep(ctx, r, o.duration); err != nil {
		return nil, err
	}
	if err := errors.Join(p.Ask(ctx, &after, "mark"), p.Ask(ctx, &changesAfter, "changes")); err != nil {
		return nil, err
	}
	got, elapsed := r.Counts(), time.Since(start)
	ownAfter, err := machine.CPUTime()
	return &interval{
		clients:     r.Clients(),
		server:      after.Sub(before),
		counts:      receiver.Counts{Frames: got.Frames - counts.Frames, Bytes: got.Bytes - counts.Bytes},
		slowest:     receiver.Slowest(clients, r.PerClient()),
		samples:     r.TakeSamples(),
		elapsed:     elapsed,
		receiverCPU: ownAfter - ownBefore,
		changes:     changesAfter.Count - changesBefore.Count,
	}, err
}

// sleep waits, unless a connection is lost.
func sleep(ctx context.Context, r *receiver.Receiver, d time.Duration) error {
	until := time.Now().Add(d)
	return r.Await(ctx, func() bool { return time.Now().After(until) })
}

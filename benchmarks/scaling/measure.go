//go:build linux

package main

import (
	"context"
	"errors"
	"time"

	"github.com/scenewire/scenewire/internal/bench/child"
)

// trial is one measurement of a point.
type trial struct {
	clients int
	parts   []*part // one for each server
}

// part is what one server and its clients have done.
type part struct {
	ran
	totals
	received
	server  child.Mark // what happened, and its memory when all was delivered
	before  child.Mark // memory without clients
	settled child.Mark // memory with clients, after the garbage was collected
}

// measure starts the servers of a point, warms them up, and measures a run of it, from
// where all is delivered to where all is delivered again.
func measure(ctx context.Context, p point, o *options) (t *trial, err error) {
	units, err := startUnits(ctx, p, o)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, closeUnits(units)) }()
	if err := each(units, func(u *unit) error { return u.warm(ctx, p, o) }); err != nil {
		return nil, err
	}
	if err := each(units, func(u *unit) error { return u.run(ctx, p, o) }); err != nil {
		return nil, err
	}
	if err := each(units, func(u *unit) error { return u.server.Ask(ctx, &u.got.settled, "collect") }); err != nil {
		return nil, err
	}
	t = &trial{clients: p.clients}
	for _, u := range units {
		t.parts = append(t.parts, u.got)
	}
	return t, nil
}

func (u *unit) warm(ctx context.Context, p point, o *options) error {
	if err := u.server.Ask(ctx, nil, "run", p.hz, o.warmup.Milliseconds()); err != nil {
		return err
	}
	return errors.Join(u.settle(ctx), u.server.Ask(ctx, nil, "reset-peak"), u.receiver.Ask(ctx, nil, "take"))
}

func (u *unit) run(ctx context.Context, p point, o *options) error {
	u.got = &part{before: u.before}
	var before, after child.Mark
	var counted totals
	err := errors.Join(
		u.server.Ask(ctx, &counted, "totals"),
		u.server.Ask(ctx, &before, "mark"),
		u.server.Ask(ctx, &u.got.ran, "run", p.hz, o.duration.Milliseconds()),
	)
	if err != nil {
		return err
	}
	if err := u.settle(ctx); err != nil {
		return err
	}
	err = errors.Join(
		u.server.Ask(ctx, &after, "mark"),
		u.server.Ask(ctx, &u.got.totals, "totals"),
		u.receiver.Ask(ctx, &u.got.received, "take"),
	)
	u.got.server = after.Sub(before)
	u.got.totals = u.got.since(counted)
	return err
}

// since leaves the size of the scene as it is.
func (c totals) since(earlier totals) totals {
	c.Changes -= earlier.Changes
	c.Built -= earlier.Built
	c.BuiltBefore = earlier.Built
	return c
}

func (t *trial) sum(value func(*part) float64) (sum float64) {
	for _, p := range t.parts {
		sum += value(p)
	}
	return sum
}

// worst returns the largest of all servers.
func (t *trial) worst(value func(*part) float64) float64 {
	most := value(t.parts[0])
	for _, p := range t.parts[1:] {
		most = max(most, value(p))
	}
	return most
}

// elapsed returns the seconds of the longest run.
func (t *trial) elapsed() float64 {
	return t.worst(func(p *part) float64 { return time.Duration(p.Nanoseconds).Seconds() })
}

// cpu returns the servers' processor time in microseconds, and windows the windows that
// all clients got.
func (t *trial) cpu() float64 { return t.sum(func(p *part) float64 { return p.server.CPUMicros }) }

func (t *trial) windows() float64 { return t.sum(func(p *part) float64 { return float64(p.Frames) }) }

func (t *trial) cpuShare() float64 { return t.cpu() / 1e6 / t.elapsed() }

// cpuPerWindow is 0 if there was none.
func (t *trial) cpuPerWindow() float64 {
	if t.windows() == 0 {
		return 0
	}
	return t.cpu() / t.windows()
}

// windowRate returns the windows per second of a client.
func (t *trial) windowRate() float64 { return t.windows() / float64(t.clients) / t.elapsed() }

// p99 is that of the server where it was the longest, in milliseconds.
func (t *trial) p99() float64 { return t.worst(func(p *part) float64 { return p.P99 }) }

//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/command"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/internal/bench/receiver"
	"github.com/scenewire/scenewire/internal/bench/report"
)

const (
	pulseHz = 60
	// liveSampled is how many live clients' windows are read. Reading takes the receiver's
	// time, which would count as latency.
	liveSampled = 32
	// leastSpan is the least that is measured with joiners, so that some pulses are in it
	// however few join.
	leastSpan = 100 * time.Millisecond
)

// liveResult is a line of JSON: what clients that are there notice of clients that join.
// Latencies are of all rounds together; what has extremes is the median of the rounds.
type liveResult struct {
	Name     string `json:"name"` // live
	Live     int    `json:"live"`
	Joiners  int    `json:"joiners"`
	Messages int    `json:"messages"` // in the log, but for the pulses
	Bytes    int64  `json:"bytes"`    // of their encodings
	Hz       int    `json:"hz"`
	Rounds   int    `json:"rounds"`
	// From when a broadcast was due until a live client had it: without joiners, and from
	// the first joiner's connect until the last one has everything.
	P50        float64 `json:"p50_ms"`
	P99        float64 `json:"p99_ms"`
	P50Joining float64 `json:"p50_ms_joining"`
	P99Joining float64 `json:"p99_ms_joining"`
	// P99Joining, divided by P99 of the same round.
	Ratio    float64 `json:"ratio_p99"`
	RatioMin float64 `json:"ratio_p99_min"`
	RatioMax float64 `json:"ratio_p99_max"`
	// From the first connect until the last joiner has everything.
	Seconds    float64 `json:"seconds"`
	SecondsMin float64 `json:"seconds_min"`
	SecondsMax float64 `json:"seconds_max"`
	// From the first connect until the last joiner's handshake.
	ConnectedSeconds float64 `json:"connected_seconds"`
}

// audience is a server with live clients.
type audience struct {
	options *options
	process *child.Process
	log     size
	live    *receiver.Receiver
	meter   meter

	alone, joining      report.Histogram // of all rounds
	alone99, joining99  []float64        // milliseconds, of each round
	seconds, connecteds []float64        // of each round
}

func measureLive(ctx context.Context, o *options, out *report.Output) (err error) {
	if err := machine.NeedConnections(o.live + o.joinersLive); err != nil {
		return err
	}
	p, err := o.start().Start(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	a := &audience{options: o, process: p}
	if err := a.begin(ctx); err != nil {
		return err
	}
	defer a.live.Close()
	for round := range o.rounds {
		command.Progress("live: round %d of %d", round+1, o.rounds)
		if err := a.takeRound(ctx); err != nil {
			return err
		}
	}
	if err := p.Ask(ctx, nil, "still"); err != nil {
		return err
	}
	r := a.result()
	table := &report.Table{
		Title: fmt.Sprintf("%d live clients get a broadcast at %d Hz, while nobody joins, and while %d clients join at once.", r.Live, r.Hz, r.Joiners),
		Columns: []string{
			"", "messages", "log MB", "p50 ms", "p99 ms", "joining p50", "p99", "ratio p99", "min", "max",
			"connected s", "all s", "min", "max",
		},
	}
	table.Add(r.Name, r.Messages, float64(r.Bytes)/1e6, r.P50, r.P99, r.P50Joining, r.P99Joining, r.Ratio, r.RatioMin, r.RatioMax,
		r.ConnectedSeconds, r.Seconds, r.SecondsMin, r.SecondsMax)
	return errors.Join(out.Line(r), out.Table(table))
}

// begin fills the log, has the live clients join, and starts the pulses.
func (a *audience) begin(ctx context.Context) (err error) {
	o := a.options
	if err := a.process.Ask(ctx, &a.log, "fill", o.liveMessages, o.messageBytes, 0); err != nil {
		return err
	}
	a.live, err = receiver.Dial(ctx, receiver.Options{
		Addr:         a.process.Addr(),
		Clients:      o.live,
		Subprotocols: []string{scenewire.Subprotocol},
		Detailed:     true,
		Sampled:      min(liveSampled, o.live),
		NewReader:    a.meter.newReader,
		Preferred:    true,
	})
	if err != nil {
		return err
	}
	if err := errors.Join(a.complete(ctx, a.live), a.process.Ask(ctx, nil, "pulse", pulseHz)); err != nil {
		a.live.Close()
		return err
	}
	return nil
}

// takeRound measures without joiners, and then with them.
func (a *audience) takeRound(ctx context.Context) error {
	if err := sleep(ctx, a.live, settleTime); err != nil {
		return err
	}
	alone, err := a.meter.during(ctx, a.live, func() error { return sleep(ctx, a.live, a.options.duration) })
	if err != nil {
		return err
	}
	var joiners *receiver.Receiver
	joining, err := a.meter.during(ctx, a.live, func() (err error) {
		start := time.Now()
		joiners, err = a.joinAll(ctx)
		return errors.Join(err, sleep(ctx, a.live, leastSpan-time.Since(start)))
	})
	if joiners != nil {
		joiners.Close()
	}
	if err != nil {
		return err
	}
	a.alone.Add(alone)
	a.joining.Add(joining)
	a.alone99 = append(a.alone99, report.Milliseconds(alone.Quantile(0.99)))
	a.joining99 = append(a.joining99, report.Milliseconds(joining.Quantile(0.99)))
	return a.process.Ask(ctx, nil, "await", a.options.live)
}

// joinAll has clients join at once and waits until all have everything. Whoever calls it
// closes them.
func (a *audience) joinAll(ctx context.Context) (*receiver.Receiver, error) {
	start := time.Now()
	r, err := receiver.Dial(ctx, receiver.Options{
		Addr:         a.process.Addr(),
		Clients:      a.options.joinersLive,
		Subprotocols: []string{scenewire.Subprotocol},
		Detailed:     true,
	})
	if err != nil {
		return nil, err
	}
	a.connecteds = append(a.connecteds, time.Since(start).Seconds())
	err = a.complete(ctx, r)
	a.seconds = append(a.seconds, time.Since(start).Seconds())
	return r, err
}

// complete waits until all clients have the log as it was filled. They get it in order,
// pulses last, so that its size tells; what the headers of arrays may add to that is
// less than a message.
func (a *audience) complete(ctx context.Context, r *receiver.Receiver) error {
	ctx, cancel := context.WithTimeoutCause(ctx, joinTimeout, errLate)
	defer cancel()
	err := r.Await(ctx, func() bool {
		for _, c := range r.PerClient() {
			if c.Inflated-c.Frames*envelopeBytes < a.log.Bytes {
				return false
			}
		}
		return true
	})
	if cause := context.Cause(ctx); errors.Is(cause, errLate) {
		return cause
	}
	return err
}

func (a *audience) result() *liveResult {
	o := a.options
	ratio := report.SpreadOf(report.Ratios(a.joining99, a.alone99))
	seconds := report.SpreadOf(a.seconds)
	return &liveResult{
		Name: "live", Live: o.live, Joiners: o.joinersLive, Messages: a.log.Messages, Bytes: a.log.Bytes,
		Hz: pulseHz, Rounds: len(a.seconds),
		P50:        report.Milliseconds(a.alone.Quantile(0.5)),
		P99:        report.Milliseconds(a.alone.Quantile(0.99)),
		P50Joining: report.Milliseconds(a.joining.Quantile(0.5)),
		P99Joining: report.Milliseconds(a.joining.Quantile(0.99)),
		Ratio:      ratio.Median, RatioMin: ratio.Min, RatioMax: ratio.Max,
		Seconds: seconds.Median, SecondsMin: seconds.Min, SecondsMax: seconds.Max,
		ConnectedSeconds: report.SpreadOf(a.connecteds).Median,
	}
}

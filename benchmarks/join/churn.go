//go:build linux

package main

import (
	"context"
	"time"

	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/command"
	"github.com/scenewire/scenewire/internal/bench/report"
)

// churnResult is a line of JSON: clients that join one after the other, after so many
// broadcasts.
type churnResult struct {
	Name     string  `json:"name"` // join-after
	Pushes   int     `json:"pushes"`
	Messages int     `json:"messages"` // in the log
	Bytes    int64   `json:"bytes"`    // of their encodings
	Joins    int     `json:"joins"`
	PushNs   float64 `json:"push_ns"` // for each broadcast
	// From the connect until the joiner has everything.
	P50 float64 `json:"p50_ms"`
	P99 float64 `json:"p99_ms"`
	// The server's processor time for a join, reading the clock and all: the median.
	CPUMicros float64 `json:"cpu_us_per_join"`
	// CPUMicros, divided by that after the first number of broadcasts, of the same turn:
	// the median.
	Ratio    float64 `json:"ratio_to_first"`
	RatioMin float64 `json:"ratio_to_first_min"`
	RatioMax float64 `json:"ratio_to_first_max"`
}

// churned is a server after its broadcasts.
type churned struct {
	process *child.Process
	pushes  int
	log     size
	took    time.Duration // for the broadcasts
	cpu     []float64     // microseconds, of each turn
	latency report.Histogram
}

// churnTurns is how often the servers take turns. A turn is some joins, so that the
// processor time of one is above what the kernel tells apart.
const churnTurns = 10

func measureChurn(ctx context.Context, o *options, out *report.Output) error {
	servers, err := startChurned(ctx, o)
	defer func() {
		for _, s := range servers {
			_ = s.process.Close()
		}
	}()
	if err != nil {
		return err
	}
	joins := max(o.joins/churnTurns, 1)
	for turn := range churnTurns {
		command.Progress("churn: turn %d of %d", turn+1, churnTurns)
		for i := range servers {
			if err := servers[(turn+i)%len(servers)].takeTurn(ctx, joins); err != nil {
				return err
			}
		}
	}
	table := &report.Table{
		Title:   "Clients that join one after the other, after so many broadcasts.",
		Columns: []string{"joins", "broadcasts", "ns each", "messages", "p50 ms", "p99 ms", "CPU µs/join", "ratio", "min", "max"},
	}
	for _, s := range servers {
		r := s.result(servers[0])
		table.Add(r.Name, r.Pushes, r.PushNs, r.Messages, r.P50, r.P99, r.CPUMicros, r.Ratio, r.RatioMin, r.RatioMax)
		if err := out.Line(r); err != nil {
			return err
		}
	}
	return out.Table(table)
}

// startChurned starts a server for each number of broadcasts. Those that run when one
// fails are returned, too.
func startChurned(ctx context.Context, o *options) ([]*churned, error) {
	var all []*churned
	for _, pushes := range o.pushes {
		command.Progress("churn: %d broadcasts", pushes)
		p, err := o.start().Start(ctx)
		if err != nil {
			return all, err
		}
		s := &churned{process: p, pushes: pushes}
		all = append(all, s)
		start := time.Now()
		if err := p.Ask(ctx, &s.log, "churn", pushes, o.keys); err != nil {
			return all, err
		}
		s.took = time.Since(start)
		if err := p.Ask(ctx, nil, "collect"); err != nil {
			return all, err
		}
	}
	return all, nil
}

// takeTurn has some clients join, one after the other.
func (s *churned) takeTurn(ctx context.Context, joins int) error {
	var before, after child.Mark
	if err := s.process.Ask(ctx, &before, "mark"); err != nil {
		return err
	}
	for range joins {
		w, err := join(ctx, s.process, 1, s.log)
		if err != nil {
			return err
		}
		s.latency.Record(w.last)
		if err := s.process.Ask(ctx, nil, "await", 0); err != nil {
			return err
		}
	}
	if err := s.process.Ask(ctx, &after, "mark"); err != nil {
		return err
	}
	s.cpu = append(s.cpu, after.Sub(before).CPUMicros/float64(joins))
	return nil
}

func (s *churned) result(first *churned) *churnResult {
	ratio := report.SpreadOf(report.Ratios(s.cpu, first.cpu))
	return &churnResult{
		Name: "join-after", Pushes: s.pushes, Messages: s.log.Messages, Bytes: s.log.Bytes,
		Joins:  int(s.latency.Count()),
		PushNs: float64(s.took.Nanoseconds()) / float64(s.pushes),
		P50:    report.Milliseconds(s.latency.Quantile(0.5)),
		P99:    report.Milliseconds(s.latency.Quantile(0.99)),

		CPUMicros: report.SpreadOf(s.cpu).Median,
		Ratio:     ratio.Median, RatioMin: ratio.Min, RatioMax: ratio.Max,
	}
}

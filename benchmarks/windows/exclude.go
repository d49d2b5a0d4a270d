//go:build linux

package main

import (
	"context"
	"fmt"

	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/command"
	"github.com/scenewire/scenewire/internal/bench/receiver"
	"github.com/scenewire/scenewire/internal/bench/report"
)

// excludeResult is a line of JSON: every client sends a pose of its own, which goes to
// all clients (poses), or to all others (poses-excluded). What has extremes is the
// median of the rounds; ratios are of the same round.
type excludeResult struct {
	Name    string  `json:"name"`
	Clients int     `json:"clients"`
	Hz      int     `json:"hz"`
	Rounds  int     `json:"rounds"`
	Seconds float64 `json:"seconds"` // of one round

	CPUShare          float64 `json:"server_cpus"`
	CPUPerClient      float64 `json:"cpu_us_per_client_second"`
	CPUPerMessage     float64 `json:"cpu_ns_per_message"` // delivered to one client
	MessagesPerSecond float64 `json:"messages_per_client_second"`
	Offered           float64 `json:"offered_per_client_second"` // what a client would get if nothing was superseded
	WindowRate        float64 `json:"windows_per_second"`        // of a client
	P50               float64 `json:"p50_ms"`
	P99               float64 `json:"p99_ms"`

	// To the load without exclusion: processor time for each client, and for each
	// message that was delivered. Where the server has no processor time left, only the
	// second tells something.
	RatioPerClient     float64 `json:"ratio_cpu_per_client"`
	RatioPerMessage    float64 `json:"ratio_cpu_per_message"`
	RatioPerMessageMin float64 `json:"ratio_cpu_per_message_min"`
	RatioPerMessageMax float64 `json:"ratio_cpu_per_message_max"`
}

// excludeCase is one of the two loads, with an interval of each round.
type excludeCase struct {
	name  string
	args  []string
	got   []*interval
	poses []float64 // that all clients have sent, per second
}

func measureExclude(ctx context.Context, o *options, out *report.Output) error {
	cases := []*excludeCase{
		{name: "poses"},
		{name: "poses-excluded", args: []string{"--exclude"}},
	}
	for round := range o.rounds {
		for turn := range cases {
			c := cases[(round+turn)%len(cases)]
			if err := c.takeRound(ctx, o); err != nil {
				return err
			}
		}
	}
	table := &report.Table{
		Title: fmt.Sprintf("%d clients send a pose at %d Hz each; it goes to all, or to all others. Ratios are to the first load, of the same round.", o.senders, o.hz),
		Columns: []string{
			"load", "CPUs", "CPU µs/client s", "ratio", "msgs/client s", "offered", "CPU ns/msg", "ratio", "min", "max",
			"windows/s", "p50 ms", "p99 ms",
		},
	}
	for _, c := range cases {
		r := c.result(cases[0], o)
		table.Add(r.Name, r.CPUShare, r.CPUPerClient, r.RatioPerClient, r.MessagesPerSecond, r.Offered,
			r.CPUPerMessage, r.RatioPerMessage, r.RatioPerMessageMin, r.RatioPerMessageMax, r.WindowRate, r.P50, r.P99)
		if err := out.Line(r); err != nil {
			return err
		}
	}
	return out.Table(table)
}

func (c *excludeCase) takeRound(ctx context.Context, o *options) error {
	var s *sender
	v, err := underLoad(ctx, o, o.senders, c.args, func(_ *child.Process, r *receiver.Receiver) (func() error, error) {
		s = newSender(r, o.hz)
		go s.run()
		return s.stop, nil
	})
	if err != nil {
		return fmt.Errorf("%s: %w", c.name, err)
	}
	c.got = append(c.got, v)
	c.poses = append(c.poses, s.rate())
	command.Progress("%s: %.2f CPUs, %.0f messages/s for each client", c.name, v.cpuShare(), v.messages()/float64(v.clients)/v.elapsed.Seconds())
	return nil
}

func (c *excludeCase) values(value func(*interval) float64) []float64 {
	values := make([]float64, len(c.got))
	for i, v := range c.got {
		values[i] = value(v)
	}
	return values
}

func cpuPerClient(v *interval) float64 {
	return v.server.CPUMicros / float64(v.clients) / v.elapsed.Seconds()
}

func cpuPerMessage(v *interval) float64 { return 1e3 * v.server.CPUMicros / max(v.messages(), 1) }

func (c *excludeCase) result(first *excludeCase, o *options) *excludeResult {
	median := func(value func(*interval) float64) float64 { return report.SpreadOf(c.values(value)).Median }
	ratio := func(value func(*interval) float64) report.Spread {
		return report.SpreadOf(report.Ratios(c.values(value), first.values(value)))
	}
	var latency report.Histogram
	for _, v := range c.got {
		latency.Add(&v.samples.Latency)
	}
	perMessage := ratio(cpuPerMessage)
	return &excludeResult{
		Name: c.name, Clients: o.senders, Hz: o.hz, Rounds: len(c.got),
		Seconds:       median(func(v *interval) float64 { return v.elapsed.Seconds() }),
		CPUShare:      median((*interval).cpuShare),
		CPUPerClient:  median(cpuPerClient),
		CPUPerMessage: median(cpuPerMessage),
		MessagesPerSecond: median(func(v *interval) float64 {
			return v.messages() / float64(v.clients) / v.elapsed.Seconds()
		}),
		Offered:    report.SpreadOf(c.poses).Median,
		WindowRate: median((*interval).windowRate),
		P50:        report.Milliseconds(latency.Quantile(0.5)),
		P99:        report.Milliseconds(latency.Quantile(0.99)),

		RatioPerClient:  ratio(cpuPerClient).Median,
		RatioPerMessage: perMessage.Median, RatioPerMessageMin: perMessage.Min, RatioPerMessageMax: perMessage.Max,
	}
}

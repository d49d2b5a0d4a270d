//go:build linux

package main

import (
	"context"
	"flag"
	"os"
	"time"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/frames"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/internal/bench/receiver"
	"github.com/scenewire/scenewire/internal/bench/report"
)

// receiveArgument makes a process the clients of a server.
const receiveArgument = "receive"

// quietTime is how long nothing may come before nothing is taken to be on its way.
const quietTime = 50 * time.Millisecond

// received is what the clients of one process got since it was asked before.
type received struct {
	Frames   int64   `json:"frames"`
	Bytes    int64   `json:"bytes"`
	Slowest  int64   `json:"slowest"`  // frames of the client that got the fewest
	Messages float64 `json:"messages"` // in a frame
	P50      float64 `json:"p50_ms"`
	P99      float64 `json:"p99_ms"`
	CPU      float64 `json:"cpu_us"`
}

// clients are those of this process. Its methods are called one at a time.
type clients struct {
	receiver *receiver.Receiver
	counts   receiver.Counts
	each     []receiver.Client
	cpu      time.Duration
}

// receive is the process of a server's clients. "quiet" waits until nothing comes any
// more, "take" answers with a received.
func receive(args []string) error {
	flags := flag.NewFlagSet(receiveArgument, flag.ExitOnError)
	o := receiver.Options{Subprotocols: []string{scenewire.Subprotocol}, NewReader: frames.NewWindowReader}
	flags.StringVar(&o.Addr, "addr", "", "of the server")
	flags.IntVar(&o.Clients, "clients", 1, "number")
	flags.IntVar(&o.Sampled, "sampled", 1, "clients whose windows are read")
	if err := flags.Parse(args); err != nil {
		return err
	}
	r, err := receiver.Dial(context.Background(), o)
	if err != nil {
		return err
	}
	defer r.Close()
	c := &clients{receiver: r}
	return child.Serve(os.Stdin, os.Stdout, o.Addr, map[string]child.Command{
		"quiet": func([]string) (any, error) { return nil, r.Quiet(context.Background(), quietTime) },
		"take":  func([]string) (any, error) { return c.take() },
	})
}

func (c *clients) take() (*received, error) {
	if err := c.receiver.Err(); err != nil {
		return nil, err
	}
	cpu, err := machine.CPUTime()
	if err != nil {
		return nil, err
	}
	counts, each, samples := c.receiver.Counts(), c.receiver.PerClient(), c.receiver.TakeSamples()
	if c.each == nil {
		c.each = make([]receiver.Client, len(each))
	}
	got := &received{
		Frames: counts.Frames - c.counts.Frames, Bytes: counts.Bytes - c.counts.Bytes,
		Slowest:  receiver.Slowest(c.each, each),
		Messages: float64(samples.Messages) / float64(max(samples.Frames, 1)),
		P50:      report.Milliseconds(samples.Latency.Quantile(0.5)),
		P99:      report.Milliseconds(samples.Latency.Quantile(0.99)),
		CPU:      report.Microseconds(cpu - c.cpu),
	}
	c.counts, c.each, c.cpu = counts, each, cpu
	return got, nil
}

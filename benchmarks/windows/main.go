//go:build linux

// Windows measures how many clients one processor of a Scenewire server keeps up to
// date, and what it costs that clients don't get what they sent themselves.
//
//	go run ./benchmarks/windows --json -
//
// See the README beside it for what is measured and how.
package main

import (
	"context"
	"flag"
	"fmt"
	"time"

	"github.com/scenewire/scenewire/internal/bench/command"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/internal/bench/report"
	"github.com/scenewire/scenewire/internal/bench/scene"
	"github.com/scenewire/scenewire/loop"
)

const usage = `
Measures a Scenewire server that keeps many clients up to date, in two parts.

ramp: 100 objects, of each of which pose and look change 60 times a second, in one group:
windows of 200 messages. Looks for the largest number of clients that is held by one
processor: windows come at 98 % of the full rate on average, at 95 % for the slowest
client, and within 50 ms for 99 of 100.

exclude: 500 clients send a pose of their own 60 times a second. The server sends it on
to all, or to all others, in turns; the processor time of the two is compared.

  windows --json -
  windows --part ramp --clients 500,1000,1500
`

const (
	partRamp    = "ramp"
	partExclude = "exclude"
)

type options struct {
	parts            command.Words
	hz               int
	duration, warmup time.Duration
	sampled          int
	receivers        int
	procs            int
	pin              bool
	windowMessages   int
	windowInterval   time.Duration
	writer           loop.Writer
	out              report.Target

	clients           command.Ints // of ramp; none: search
	objects, from, to int

	senders, rounds int // of exclude

	serverCPUs, receiverCPUs []int
}

var target = report.Target{
	Kind: "windows", Package: "./benchmarks/windows",
	Title: "How many clients one processor keeps up to date, and what exclusion costs",
}

func main() { scene.Main(serve, parse, measure) }

func parse(args []string) (*options, error) {
	both := []string{partRamp, partExclude}
	o := &options{parts: command.Words{Chosen: both, Allowed: both}, out: target}
	flags := flag.NewFlagSet("windows", flag.ExitOnError)
	command.Usage(flags, usage)
	flags.Var(&o.parts, "part", "`parts` to run")
	flags.IntVar(&o.hz, "hz", 60, "changes of each object, and poses of each sender, per second")
	flags.IntVar(&o.objects, "objects", 100, "ramp: number of objects")
	flags.Var(&o.clients, "clients", "ramp: `numbers` of clients to measure, instead of a search")
	flags.IntVar(&o.from, "from", 200, "ramp: clients to begin the search with")
	flags.IntVar(&o.to, "to", 10_000, "ramp: clients to end the search with")
	flags.IntVar(&o.senders, "senders", 500, "exclude: clients, each of which sends")
	flags.IntVar(&o.rounds, "rounds", 3, "exclude: rounds of both loads")
	command.Seconds(flags, &o.duration, "seconds", 5, "length of each measurement")
	command.Seconds(flags, &o.warmup, "warmup", 2, "seconds of the load before each measurement")
	flags.IntVar(&o.sampled, "sampled", 16, "clients whose windows are read")
	flags.IntVar(&o.receivers, "receivers", 1, "threads of the receiver")
	flags.IntVar(&o.procs, "procs", 1, "GOMAXPROCS of the server")
	flags.BoolVar(&o.pin, "pin", true, "keep the server on the last --procs processors and the receiver on the others")
	flags.IntVar(&o.windowMessages, "window-messages", 0, "Options.MaxWindowMessages of the server; 0 is its default")
	flags.DurationVar(&o.windowInterval, "window-interval", 0, "Options.WindowInterval of the server; 0 is its default, negative is none")
	flags.StringVar((*string)(&o.writer), "writer", "", "how the server writes: write, io_uring, or what it chooses")
	o.out.Define(flags)
	if err := command.Parse(flags, args); err != nil {
		return nil, err
	}
	return o, o.check()
}

func (o *options) check() error {
	for name, value := range map[string]int{
		"hz": o.hz, "objects": o.objects, "from": o.from, "senders": o.senders, "rounds": o.rounds,
		"sampled": o.sampled, "receivers": o.receivers, "procs": o.procs,
	} {
		if value < 1 {
			return fmt.Errorf("--%s must be positive", name)
		}
	}
	if o.duration <= 0 || o.to < o.from {
		return fmt.Errorf("--seconds must be positive, and --to not below --from")
	}
	if err := machine.NeedConnections(append(command.Ints{o.to, o.senders}, o.clients...)...); err != nil {
		return err
	}
	var err error
	o.serverCPUs, o.receiverCPUs, err = machine.Share(o.pin, o.procs)
	return err
}

func measure(ctx context.Context, o *options) error {
	out, err := o.out.Open()
	if err != nil {
		return err
	}
	if o.parts.Has(partRamp) {
		if err := measureRamp(ctx, o, out); err != nil {
			return err
		}
	}
	if o.parts.Has(partExclude) {
		if err := measureExclude(ctx, o, out); err != nil {
			return err
		}
	}
	return out.Close()
}

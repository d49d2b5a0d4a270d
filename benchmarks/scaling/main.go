//go:build linux

// Scaling measures how the cost of a Scenewire server grows with its clients, with the
// objects of its scene, and with the size of its messages.
//
//	go run ./benchmarks/scaling --json -
//
// See the README beside it for what is measured and how.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"time"

	"github.com/scenewire/scenewire/internal/bench/command"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/internal/bench/report"
	"github.com/scenewire/scenewire/internal/bench/scene"
)

const usage = `
Measures how processor time, memory, latency and the rate of windows grow with a scene:
one of clients, objects and message size is varied at a time, and a few points are
elsewhere, so that a model of the cost can be fitted (benchmarks/README.md).

All objects change together, --hz times a second or less: no more is asked for than
--offered bytes a second over all clients. More clients than a process may have open files
are shared out to several servers on the same processor, each with receivers of its own.

  scaling --json -
  scaling --quick
  scaling --axes clients --clients 100,1000,10000
`

type options struct {
	axes                    command.Words
	clients, objects, sizes command.Ints
	hz                      int
	offered                 int // bytes a second
	rounds                  int
	duration, warmup        time.Duration
	sampled                 int
	procs                   int
	pin                     bool
	quick                   bool
	out                     report.Target

	serverCPUs, receiverCPUs []int
	perServer                int // clients that a server may have
}

var target = report.Target{
	Kind: "scaling", Package: "./benchmarks/scaling",
	Title: "How cost grows with clients, objects and message size",
}

func main() { scene.Main(serve, parse, measureAll) }

func parse(args []string) (*options, error) {
	all := []string{axisClients, axisObjects, axisSizes, axisElsewhere}
	o := &options{
		axes:    command.Words{Chosen: all, Allowed: all},
		clients: command.Ints{100, 300, 1000, 3000, 10_000, 19_000, 38_000},
		objects: command.Ints{10, 100, 1000, 10_000},
		sizes:   command.Ints{64, 1 << 10, 16 << 10, 256 << 10, 4 << 20, 16 << 20},
		out:     target,
	}
	flags := flag.NewFlagSet("scaling", flag.ExitOnError)
	command.Usage(flags, usage)
	flags.Var(&o.axes, "axes", "what to vary; elsewhere is the points beside them")
	flags.Var(&o.clients, "clients", "`numbers` of clients")
	flags.Var(&o.objects, "objects", "`numbers` of objects")
	flags.Var(&o.sizes, "size", "`numbers` of bytes in a message")
	flags.IntVar(&o.hz, "hz", 20, "changes of all objects per second")
	flags.IntVar(&o.offered, "offered", 2_000_000_000, "`bytes` a second, before compression, that all clients together may be meant to get")
	flags.IntVar(&o.rounds, "rounds", 3, "rounds of all points")
	command.Seconds(flags, &o.duration, "seconds", 2, "length of each measurement")
	command.Seconds(flags, &o.warmup, "warmup", 0.5, "seconds of the load before each measurement")
	flags.IntVar(&o.sampled, "sampled", 8, "clients whose windows are read")
	flags.IntVar(&o.procs, "procs", 1, "GOMAXPROCS of the server")
	flags.BoolVar(&o.pin, "pin", true, "keep the server on the last --procs processors and the receivers on the others")
	flags.BoolVar(&o.quick, "quick", false, "one round of 1 second each")
	o.out.Define(flags)
	if err := command.Parse(flags, args); err != nil {
		return nil, err
	}
	return o, o.check()
}

func (o *options) check() error {
	if o.quick {
		o.rounds, o.duration = 1, time.Second
	}
	if min(o.hz, o.offered, o.rounds, o.sampled, o.procs) < 1 || o.duration <= 0 {
		return errors.New("all numbers must be positive")
	}
	var err error
	if o.perServer, err = machine.MaxConnections(); err != nil {
		return err
	}
	o.serverCPUs, o.receiverCPUs, err = machine.Share(o.pin, o.procs)
	return err
}

func measureAll(ctx context.Context, o *options) error {
	out, err := o.out.Open()
	if err != nil {
		return err
	}
	points := o.points()
	trials := make([][]*trial, len(points))
	for round := range o.rounds {
		for i, p := range points {
			t, err := measure(ctx, p, o)
			if err != nil {
				return fmt.Errorf("%v: %w", p, err)
			}
			trials[i] = append(trials[i], t)
			command.Progress("round %d of %d, point %d of %d, %v: %.1f windows/s, %.2f µs each, %.2f CPUs, p99 %.1f ms",
				round+1, o.rounds, i+1, len(points), p, t.windowRate(), t.cpuPerWindow(), t.cpuShare(), t.p99())
		}
	}
	table := newTable(o)
	for i, p := range points {
		r := newRow(p, trials[i])
		r.addTo(table)
		if err := out.Line(r); err != nil {
			return err
		}
	}
	return errors.Join(out.Table(table), out.Close())
}

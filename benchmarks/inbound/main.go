//go:build linux

// Inbound measures how many messages of its clients one processor of a Scenewire server
// brings to its handlers, and what each of them costs.
//
//	go run ./benchmarks/inbound --json -
//
// See the README beside it for what is measured and how.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"time"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/command"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/internal/bench/receiver"
	"github.com/scenewire/scenewire/internal/bench/report"
	"github.com/scenewire/scenewire/internal/bench/scene"
)

const usage = `
Measures the way of a client's message to its handler: read, unmasked, checked, decoded
into its registered type, handled in order. Clients send messages of one type as fast as
the server takes them; the handler counts them and does nothing else.

  inbound --clients 100 --json -
  inbound --messages pose --procs 2
`

type options struct {
	clients          int
	messages         command.Words
	rounds           int
	duration, warmup time.Duration
	procs            int
	pin              bool
	out              report.Target

	serverCPUs, senderCPUs []int
}

var target = report.Target{
	Kind: "inbound", Package: "./benchmarks/inbound",
	Title: "Messages of clients into their handlers on one processor",
}

func main() { scene.Main(serve, parse, measureAll) }

func parse(args []string) (*options, error) {
	both := []string{kindPose, kindTiny}
	o := &options{messages: command.Words{Chosen: both, Allowed: both}, out: target}
	flags := flag.NewFlagSet("inbound", flag.ExitOnError)
	command.Usage(flags, usage)
	flags.IntVar(&o.clients, "clients", 100, "number of clients that send")
	flags.Var(&o.messages, "messages", "`kinds` of messages: a pose with a name and seven floats, and one with a single number")
	flags.IntVar(&o.rounds, "rounds", 3, "rounds with each kind")
	command.Seconds(flags, &o.duration, "seconds", 3, "length of each measurement")
	command.Seconds(flags, &o.warmup, "warmup", 1, "seconds of the load before each measurement")
	flags.IntVar(&o.procs, "procs", 1, "GOMAXPROCS of the server")
	flags.BoolVar(&o.pin, "pin", true, "keep the server on the last --procs processors and the clients on the others")
	o.out.Define(flags)
	if err := command.Parse(flags, args); err != nil {
		return nil, err
	}
	return o, o.check()
}

func (o *options) check() error {
	if o.clients < 1 || o.rounds < 1 || o.procs < 1 || o.duration <= 0 {
		return errors.New("--clients, --rounds, --procs and --seconds must be positive")
	}
	if err := machine.NeedConnections(o.clients); err != nil {
		return err
	}
	var err error
	o.serverCPUs, o.senderCPUs, err = machine.Share(o.pin, o.procs)
	return err
}

func measureAll(ctx context.Context, o *options) error {
	out, err := o.out.Open()
	if err != nil {
		return err
	}
	kinds := o.messages.Chosen
	got := map[string][]*interval{}
	for round := range o.rounds {
		for turn := range kinds {
			kind := kinds[(round+turn)%len(kinds)]
			v, err := measure(ctx, o, kind)
			if err != nil {
				return fmt.Errorf("%s: %w", kind, err)
			}
			command.Progress("%s: %.0f messages/s", kind, v.perSecond())
			got[kind] = append(got[kind], v)
		}
	}
	table := &report.Table{
		Title: fmt.Sprintf("%d clients send as fast as they can. Medians of %d rounds.", o.clients, o.rounds),
		Columns: []string{
			"message", "bytes", "messages/s", "min", "max", "per CPU s", "CPU ns/msg", "allocs/msg", "server CPUs", "pauses/s",
		},
	}
	for _, kind := range kinds {
		r := newResult(kind, o, got[kind])
		table.Add(r.Message, r.PayloadBytes, r.PerSecond, r.PerSecondMin, r.PerSecondMax,
			r.PerCPUSecond, r.CPUPerMessage, r.AllocsPerMessage, r.CPUShare, r.PausesPerSecond)
		if err := out.Line(r); err != nil {
			return err
		}
	}
	return errors.Join(out.Table(table), out.Close())
}

// measure starts a server, has all clients send messages of one kind, and returns what
// it did meanwhile.
func measure(ctx context.Context, o *options, kind string) (v *interval, err error) {
	p, err := scene.Process{Name: "scenewire", Procs: o.procs, CPUs: o.serverCPUs}.Start(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	r, err := receiver.Dial(ctx, receiver.Options{
		Addr: p.Addr(), Clients: o.clients, Subprotocols: []string{scenewire.Subprotocol}, CPUs: o.senderCPUs,
	})
	if err != nil {
		return nil, err
	}
	defer r.Close()
	if err := p.Ask(ctx, nil, "await", o.clients); err != nil {
		return nil, err
	}
	s, err := newSender(r, kind, o.senderCPUs)
	if err != nil {
		return nil, err
	}
	go s.run()
	v, err = measureLoad(ctx, o, p)
	if err := errors.Join(err, s.stop(), r.Err()); err != nil {
		return nil, err
	}
	r.Reset()
	return v, p.Ask(ctx, nil, "await", 0)
}

// measureLoad reads the server's counters at the beginning and end of an interval.
func measureLoad(ctx context.Context, o *options, p *child.Process) (*interval, error) {
	if err := sleep(ctx, o.warmup); err != nil {
		return nil, err
	}
	var before, after reading
	if err := p.Ask(ctx, &before, "read"); err != nil {
		return nil, err
	}
	if err := sleep(ctx, o.duration); err != nil {
		return nil, err
	}
	if err := p.Ask(ctx, &after, "read"); err != nil {
		return nil, err
	}
	return &interval{
		server:  after.Mark.Sub(before.Mark),
		handled: after.Handled - before.Handled,
		pauses:  after.Pauses - before.Pauses,
		elapsed: time.Duration(after.At - before.At),
	}, nil
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

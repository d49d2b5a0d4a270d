//go:build linux

// Limit compares the processor time that servers need to deliver a message with that of
// the least server that can be: an epoll loop in C that writes finished frames.
//
//	go run ./benchmarks/limit --clients 1000 --size 1024 --json -
//
// See the README beside it for what is measured and how.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/scenewire/scenewire/internal/bench/command"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/internal/bench/report"
	"github.com/scenewire/scenewire/internal/bench/scene"
)

const usage = `
Compares servers that send every message to all clients with an epoll loop in C that
writes finished frames of the same size: processor time of the server for each message that a
client receives, latency, allocations.

Every server is a process of its own. They run one at a time, in turns: one round is
all of them, in all modes, under one load, and a ratio is always that of one round.

Modes:
  full   a frame to all clients, and the next when every socket has taken the last and
         every client has received the last but one
  60hz   a frame to all clients 60 times a second
  burst  like full, but four messages at a time are waiting for each client: c-epoll
         writes four frames, Scenewire one window of four

  limit --clients 1000 --size 1024 --json -
  limit --clients 100,1000,10000 --size 128,1024,16384
  limit --servers scenewire-uring,scenewire-uring-capture
`

const (
	modeFull  = "full"
	modePaced = "60hz"
	modeBurst = "burst"
)

// options are the flags, and what follows from them.
type options struct {
	clients, sizes   command.Ints
	modes, servers   command.Words
	rounds           int
	duration, warmup time.Duration
	sampled          int
	receivers        int
	procs            int
	pin              bool
	out              report.Target

	serverCPUs, receiverCPUs []int
	dir                      string // for programs that are built, and other files
}

var target = report.Target{
	Kind: "limit", Package: "./benchmarks/limit",
	Title: "Processor time for each delivery, next to an epoll loop in C",
}

func main() { scene.Main(serve, parse, compare) }

func parse(args []string) (*options, error) {
	o := &options{
		out:     target,
		clients: command.Ints{1000},
		sizes:   command.Ints{1024},
		modes:   command.Words{Chosen: []string{modePaced, modeFull}, Allowed: []string{modeFull, modePaced, modeBurst}},
		servers: command.Words{Chosen: subjectNames(), Allowed: allSubjectNames()},
	}
	flags := flag.NewFlagSet("limit", flag.ExitOnError)
	command.Usage(flags, usage)
	flags.Var(&o.clients, "clients", "`numbers` of clients, such as 100,1000")
	flags.Var(&o.sizes, "size", "`numbers` of bytes in a frame's payload")
	flags.Var(&o.modes, "mode", "`modes`, such as full,60hz,burst")
	flags.Var(&o.servers, "servers", "`names` of the servers to compare")
	flags.IntVar(&o.rounds, "rounds", 5, "rounds of each load")
	command.Seconds(flags, &o.duration, "seconds", 5, "length of each measurement")
	command.Seconds(flags, &o.warmup, "warmup", 1, "seconds before each measurement")
	flags.IntVar(&o.sampled, "sampled", 32, "clients whose latency is measured")
	flags.IntVar(&o.receivers, "receivers", 1, "threads of the receiver")
	flags.IntVar(&o.procs, "procs", 1, "GOMAXPROCS of servers in Go")
	flags.BoolVar(&o.pin, "pin", true, "keep the server on the last --procs processors and the receiver on the others")
	o.out.Define(flags)
	if err := command.Parse(flags, args); err != nil {
		return nil, err
	}
	o.out.Kind = kindOf(o.servers.Chosen)
	return o, o.check()
}

// kindOf is that of the results. Servers that do something besides, which their names end
// in, are kept apart from the comparison with the limit.
func kindOf(servers []string) string {
	for _, kind := range []string{"capture", "dashboard"} {
		for _, name := range servers {
			if strings.HasSuffix(name, "-"+kind) {
				return kind
			}
		}
	}
	return target.Kind
}

func (o *options) check() error {
	if o.rounds < 1 || o.duration <= 0 || o.receivers < 1 || o.procs < 1 {
		return fmt.Errorf("--rounds, --seconds, --receivers and --procs must be positive")
	}
	if err := machine.NeedConnections(o.clients...); err != nil {
		return err
	}
	var err error
	o.serverCPUs, o.receiverCPUs, err = machine.Share(o.pin, o.procs)
	return err
}

// compare measures every load and prints the results.
func compare(ctx context.Context, o *options) error {
	dir, err := os.MkdirTemp("", "limit")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	o.dir = dir
	servers, err := subjects(o.servers.Chosen, o)
	if err != nil {
		return err
	}
	out, err := o.out.Open()
	if err != nil {
		return err
	}
	table := newTable()
	for _, clients := range o.clients {
		for _, size := range o.sizes {
			results, err := compareUnder(ctx, load{clients, size}, servers, o)
			if err != nil {
				return err
			}
			for _, r := range results {
				r.addTo(table)
				if err := out.Line(r); err != nil {
					return err
				}
			}
		}
	}
	if err := out.Table(table); err != nil {
		return err
	}
	return out.Close()
}

// compareUnder runs the rounds of one load. Each round begins with another server.
func compareUnder(ctx context.Context, l load, servers []*subject, o *options) ([]*result, error) {
	all := map[string][]*series{} // by mode, in the servers' order
	for _, mode := range o.modes.Chosen {
		for _, s := range servers {
			all[mode] = append(all[mode], &series{subject: s, load: l, mode: mode})
		}
	}
	for round := range o.rounds {
		command.Progress("round %d of %d", round+1, o.rounds)
		for turn := range servers {
			i := (round + turn) % len(servers)
			trials, err := measure(ctx, servers[i], l, o)
			if err != nil {
				return nil, err
			}
			for mode, t := range trials {
				all[mode][i].trials = append(all[mode][i].trials, t)
			}
		}
	}
	return results(all, o.modes.Chosen), nil
}

func results(all map[string][]*series, modes []string) []*result {
	var list []*result
	for _, mode := range modes {
		byName := map[string]*series{}
		for _, s := range all[mode] {
			byName[s.subject.name] = s
		}
		for _, s := range all[mode] {
			list = append(list, s.result(byName[limitName], byName[s.subject.plain]))
		}
	}
	return list
}

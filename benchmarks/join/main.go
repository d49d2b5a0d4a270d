//go:build linux

// Join measures what late joiners cost a Scenewire server: many at once of a large
// scene, one at a time after few and after many broadcasts, and many at once while others
// are live.
//
//	go run ./benchmarks/join --json -
//
// See the README beside it for what is measured and how.
package main

import (
	"context"
	"flag"
	"fmt"
	"time"

	"github.com/scenewire/scenewire/internal/bench/command"
	"github.com/scenewire/scenewire/internal/bench/report"
	"github.com/scenewire/scenewire/internal/bench/scene"
)

const usage = `
Measures late joiners of a Scenewire server, in three parts.

scene: a log of many small messages and a large one; clients join at once. First the
server has sent nothing yet (cold), then the same again (warm). Time until all have
everything, which is checked; memory of the server beyond what it had before.

churn: the same number of keys, after few and after many broadcasts; clients join one
after the other. The cost of a join shouldn't depend on what was ever broadcast.

live: clients get a broadcast 60 times a second, without joiners and while many join at
once, in turns. The latency of the live clients, which joiners shouldn't harm: the goal
is a p99 of at most twice that without joiners. Time until all joiners have everything.

  join --json -
  join --part live --live 200 --joiners-live 1000
  join --part churn --pushes 10000,10000000
`

const (
	partScene = "scene"
	partChurn = "churn"
	partLive  = "live"
)

type options struct {
	parts  command.Words
	rounds int
	procs  int
	out    report.Target

	joiners, messages, messageBytes, largeBytes int // of scene

	pushes      command.Ints // of churn
	keys, joins int

	live, joinersLive, liveMessages int // of live
	duration                        time.Duration
}

var target = report.Target{
	Kind: "join", Package: "./benchmarks/join",
	Title: "What late joiners cost",
}

func main() { scene.Main(serve, parse, measure) }

func parse(args []string) (*options, error) {
	all := []string{partScene, partChurn, partLive}
	o := &options{
		out:    target,
		parts:  command.Words{Chosen: all, Allowed: all},
		pushes: command.Ints{10_000, 10_000_000},
	}
	flags := flag.NewFlagSet("join", flag.ExitOnError)
	command.Usage(flags, usage)
	flags.Var(&o.parts, "part", "`parts` to run")
	flags.IntVar(&o.rounds, "rounds", 5, "scene: rounds, each with a new server; live: rounds of both loads")
	flags.IntVar(&o.joiners, "joiners", 20, "scene: clients that join at once")
	flags.IntVar(&o.messages, "messages", 20_000, "scene: number of small messages")
	flags.IntVar(&o.messageBytes, "message-bytes", 200, "scene, live: size of each, encoded")
	flags.IntVar(&o.largeBytes, "large-bytes", 20_000_000, "scene: size of the large message; 0 is none")
	flags.Var(&o.pushes, "pushes", "churn: `numbers` of broadcasts before anybody joins")
	flags.IntVar(&o.keys, "keys", 1000, "churn: number of redundancy keys")
	flags.IntVar(&o.joins, "joins", 100, "churn: clients that join one after the other")
	flags.IntVar(&o.live, "live", 200, "live: clients that are there")
	flags.IntVar(&o.joinersLive, "joiners-live", 1000, "live: clients that join at once")
	flags.IntVar(&o.liveMessages, "live-messages", 5000, "live: number of small messages")
	command.Seconds(flags, &o.duration, "seconds", 5, "live: length of each measurement without joiners")
	flags.IntVar(&o.procs, "procs", 0, "GOMAXPROCS of the server; 0 is all processors")
	o.out.Define(flags)
	if err := command.Parse(flags, args); err != nil {
		return nil, err
	}
	least := min(o.rounds, o.joiners, o.messages, o.messageBytes, o.keys, o.joins, o.live, o.joinersLive, o.liveMessages)
	if least < 1 || o.largeBytes < 0 || o.duration <= 0 {
		return nil, fmt.Errorf("all numbers must be positive")
	}
	return o, nil
}

func measure(ctx context.Context, o *options) error {
	out, err := o.out.Open()
	if err != nil {
		return err
	}
	if o.parts.Has(partScene) {
		if err := measureScene(ctx, o, out); err != nil {
			return err
		}
	}
	if o.parts.Has(partChurn) {
		if err := measureChurn(ctx, o, out); err != nil {
			return err
		}
	}
	if o.parts.Has(partLive) {
		if err := measureLive(ctx, o, out); err != nil {
			return err
		}
	}
	return out.Close()
}

func (o *options) start() scene.Process { return scene.Process{Name: "scenewire", Procs: o.procs} }

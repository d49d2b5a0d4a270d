// Join measures what late joiners cost a Scenewire server: many at once of a large
// scene, and one at a time after few and after many broadcasts.
//
//	go run ./benchmarks/join --json -
//
// See the README beside it for what is measured and how.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"github.com/scenewire/scenewire/benchmarks/internal/command"
	"github.com/scenewire/scenewire/benchmarks/internal/report"
	"github.com/scenewire/scenewire/benchmarks/internal/scene"
)

const usage = `
Measures late joiners of a Scenewire server, in two parts.

scene: a log of many small messages and a large one; clients join at once. First the
server has sent nothing yet (cold), then the same again (warm). Time until all have
everything, which is checked; memory of the server beyond what it had before.

churn: the same number of keys, after few and after many broadcasts; clients join one
after the other. The cost of a join shouldn't depend on what was ever broadcast.

  join --json -
  join --part churn --pushes 10000,10000000
`

const (
	partScene = "scene"
	partChurn = "churn"
)

type options struct {
	parts  command.Words
	rounds int
	procs  int
	json   string

	joiners, messages, messageBytes, largeBytes int // of scene

	pushes      command.Ints // of churn
	keys, joins int
}

func main() {
	if _, ok := scene.IsServer(); ok {
		command.Main(func(context.Context) error { return serve() })
		return
	}
	command.Main(func(ctx context.Context) error {
		o, err := parse(os.Args[1:])
		if err != nil {
			return err
		}
		return measure(ctx, o)
	})
}

func parse(args []string) (*options, error) {
	both := []string{partScene, partChurn}
	o := &options{
		parts:  command.Words{Chosen: both, Allowed: both},
		pushes: command.Ints{10_000, 10_000_000},
	}
	flags := flag.NewFlagSet("join", flag.ExitOnError)
	command.Usage(flags, usage)
	flags.Var(&o.parts, "part", "`parts` to run")
	flags.IntVar(&o.rounds, "rounds", 5, "scene: rounds, each with a new server")
	flags.IntVar(&o.joiners, "joiners", 20, "scene: clients that join at once")
	flags.IntVar(&o.messages, "messages", 20_000, "scene: number of small messages")
	flags.IntVar(&o.messageBytes, "message-bytes", 200, "scene: size of each, encoded")
	flags.IntVar(&o.largeBytes, "large-bytes", 20_000_000, "scene: size of the large message; 0 is none")
	flags.Var(&o.pushes, "pushes", "churn: `numbers` of broadcasts before anybody joins")
	flags.IntVar(&o.keys, "keys", 1000, "churn: number of redundancy keys")
	flags.IntVar(&o.joins, "joins", 100, "churn: clients that join one after the other")
	flags.IntVar(&o.procs, "procs", 0, "GOMAXPROCS of the server; 0 is all processors")
	flags.StringVar(&o.json, "json", "", "`file` for JSON lines; - is standard output, instead of the tables")
	if err := command.Parse(flags, args); err != nil {
		return nil, err
	}
	if o.rounds < 1 || o.joiners < 1 || o.messages < 1 || o.messageBytes < 1 || o.keys < 1 || o.joins < 1 || o.largeBytes < 0 {
		return nil, fmt.Errorf("all numbers must be positive")
	}
	return o, nil
}

func measure(ctx context.Context, o *options) error {
	out, err := report.OpenOutput(o.json)
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
	return out.Close()
}

func (o *options) start() scene.Process { return scene.Process{Name: "scenewire", Procs: o.procs} }

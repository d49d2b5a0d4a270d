//go:build linux

// Rivals gives WebSocket servers the same work, and compares what it costs them: this
// module, the libraries that one would pick instead, the Python original, and the least
// that a server can be, an epoll loop in C.
//
//	go run ./benchmarks/rivals --quick
//
// See the README in the directory above for what is measured and how.
package main

import (
	"flag"
	"fmt"
	"time"

	"github.com/scenewire/scenewire/internal/bench/cepoll"
	"github.com/scenewire/scenewire/internal/bench/command"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/internal/bench/report"
	"github.com/scenewire/scenewire/internal/bench/scene"
)

const usage = `
Gives WebSocket servers the same work and compares what it costs them. Every server is
a process of its own. They run one at a time, in turns: one round is all of them, in all
works, and a ratio is always that of one round.

Works:
  connect      all clients connect as fast as the server takes them
  idle         the memory of clients that do nothing
  fanout-60hz  a message to all clients 60 times a second
  fanout-full  a message to all, and the next when every client has received the last
               but one
  echo         each client sends a message, and the next when it has come back

  rivals --quick
  rivals --subjects c-epoll,scenewire-uring,gws --works echo --clients 100
  rivals --results benchmarks/results
`

// options are the flags, and what follows from them.
type options struct {
	works, subjects  command.Words
	clients, size    int
	rounds           int
	duration, warmup time.Duration
	sampled          int
	receivers        int
	procs            int
	pin              bool
	quick            bool
	setupPython      bool
	out              report.Target

	budget                   time.Duration // for all; 0: no bound
	overtime                 time.Duration // beyond it, a round is cut off
	serverCPUs, receiverCPUs []int
	dir                      string // for programs that are built, and other files
	limit                    cepoll.Program
}

func main() { scene.Main(serve, parse, run) }

func parse(args []string) (*options, error) {
	o := &options{
		works:    command.Words{Chosen: works(), Allowed: works()},
		subjects: command.Words{Chosen: subjectNames(), Allowed: subjectNames()},
		out:      report.Target{Kind: "rivals", Package: "./benchmarks/rivals"},
	}
	flags := flag.NewFlagSet("rivals", flag.ExitOnError)
	command.Usage(flags, usage)
	flags.Var(&o.works, "works", "`names` of the works")
	flags.Var(&o.subjects, "subjects", "`names` of the servers")
	flags.IntVar(&o.clients, "clients", 1000, "clients of each server")
	flags.IntVar(&o.size, "size", 1024, "bytes of a message")
	flags.IntVar(&o.rounds, "rounds", 5, "rounds")
	command.Seconds(flags, &o.duration, "seconds", 2, "length of each measurement")
	command.Seconds(flags, &o.warmup, "warmup", 0.3, "seconds before each measurement")
	flags.IntVar(&o.sampled, "sampled", 32, "clients whose latency is measured")
	flags.IntVar(&o.receivers, "receivers", 1, "threads of the receiver")
	flags.IntVar(&o.procs, "procs", 1, "GOMAXPROCS of servers in Go")
	flags.BoolVar(&o.pin, "pin", true, "keep the server on the last --procs processors and the receiver on the others")
	flags.BoolVar(&o.quick, "quick", false, "be done within 3 minutes: 300 clients, 0.4 s for each measurement, fewer rounds if need be")
	flags.BoolVar(&o.setupPython, "setup-python", false, "install the Python original for later runs, and do nothing else")
	o.out.Define(flags)
	if err := command.Parse(flags, args); err != nil {
		return nil, err
	}
	if o.quick {
		o.hurry(flags)
	}
	return o, o.check()
}

// hurry changes what wasn't asked for otherwise.
func (o *options) hurry(flags *flag.FlagSet) {
	o.budget, o.overtime = 160*time.Second, 12*time.Second
	given := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { given[f.Name] = true })
	if !given["clients"] {
		o.clients = 300
	}
	if !given["seconds"] {
		o.duration = 400 * time.Millisecond
	}
	if !given["warmup"] {
		o.warmup = 100 * time.Millisecond
	}
}

func (o *options) check() error {
	if o.rounds < 1 || o.clients < 1 || o.duration <= 0 || o.receivers < 1 || o.procs < 1 {
		return fmt.Errorf("--rounds, --clients, --seconds, --receivers and --procs must be positive")
	}
	const least, most = 16, 32 << 10
	if o.size < least || o.size > most {
		return fmt.Errorf("--size must be %d to %d bytes: each message carries a time stamp, and is read at once", least, most)
	}
	if err := machine.NeedConnections(o.clients); err != nil {
		return err
	}
	var err error
	o.serverCPUs, o.receiverCPUs, err = machine.Share(o.pin, o.procs)
	return err
}

// limitProgram is the yardstick, which is built once.
func (o *options) limitProgram() (cepoll.Program, error) {
	if o.limit != "" {
		return o.limit, nil
	}
	var err error
	o.limit, err = cepoll.Build(o.dir)
	return o.limit, err
}

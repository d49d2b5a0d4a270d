//go:build linux

// Idle measures the memory that a connected client costs a Scenewire server while
// nothing happens.
//
//	go run ./benchmarks/idle --clients 1000,19000 --json -
//
// See the README beside it for what is measured and how.
package main

import (
	"context"
	"errors"
	"flag"
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
Measures the memory of idle clients: a server's memory with so many of them connected,
less what it had before, divided by their number. Each number is a process of its own.
All clients have received a few messages, and the garbage is collected before each
reading. What the kernel holds for sockets isn't in it.

  idle --clients 1000,19000 --json -
`

// warmupClients connect and leave before the first reading, so that what a server makes
// only once isn't counted as a client's.
const warmupClients = 100

// deliveryTimeout is how long all clients may take to receive a message.
const deliveryTimeout = time.Minute

type options struct {
	clients  command.Ints
	messages int
	procs    int
	out      report.Target
}

var target = report.Target{
	Kind: "idle", Package: "./benchmarks/idle",
	Title: "Memory of clients that do nothing",
}

func main() { scene.Main(serve, parse, measureAll) }

func parse(args []string) (*options, error) {
	o := &options{clients: command.Ints{1000, 10_000, 19_000}, out: target}
	flags := flag.NewFlagSet("idle", flag.ExitOnError)
	command.Usage(flags, usage)
	flags.Var(&o.clients, "clients", "`numbers` of clients, such as 100,1000")
	flags.IntVar(&o.messages, "messages", 3, "messages that all clients receive before they are idle")
	flags.IntVar(&o.procs, "procs", 0, "GOMAXPROCS of the server; 0 is all processors")
	o.out.Define(flags)
	if err := command.Parse(flags, args); err != nil {
		return nil, err
	}
	return o, machine.NeedConnections(o.clients...)
}

// result is a line of JSON. All sizes are bytes.
type result struct {
	Name    string `json:"name"`
	Clients int    `json:"clients"`
	// For each client: memory of the process that is resident, objects on the heap, and
	// all that the Go runtime holds (heap, stacks and its own).
	ResidentPer float64 `json:"rss_bytes_per_client"`
	HeapPer     float64 `json:"heap_bytes_per_client"`
	RuntimePer  float64 `json:"runtime_bytes_per_client"`
	// Of the process: before the clients came, while they were idle, after they left.
	ResidentBefore int64 `json:"rss_bytes_before"`
	Resident       int64 `json:"rss_bytes"`
	ResidentAfter  int64 `json:"rss_bytes_after"`
	HeapBefore     int64 `json:"heap_bytes_before"`
	Heap           int64 `json:"heap_bytes"`
	HeapAfter      int64 `json:"heap_bytes_after"`
	// ConnectSeconds is how long all handshakes took, 32 at a time.
	ConnectSeconds float64 `json:"connect_seconds"`
}

func measureAll(ctx context.Context, o *options) error {
	out, err := o.out.Open()
	if err != nil {
		return err
	}
	table := &report.Table{
		Title:   "Memory of idle clients.",
		Columns: []string{"server", "clients", "RSS B/client", "heap B/client", "runtime B/client", "RSS MB", "before", "after", "connect s"},
	}
	for _, n := range o.clients {
		command.Progress("%d clients", n)
		r, err := measure(ctx, n, o)
		if err != nil {
			return err
		}
		table.Add(r.Name, n, r.ResidentPer, r.HeapPer, r.RuntimePer,
			megabytes(r.Resident), megabytes(r.ResidentBefore), megabytes(r.ResidentAfter), r.ConnectSeconds)
		if err := out.Line(r); err != nil {
			return err
		}
	}
	if err := out.Table(table); err != nil {
		return err
	}
	return out.Close()
}

func megabytes(bytes int64) float64 { return float64(bytes) / 1e6 }

// measure starts a server and reads its memory before, with and after n clients.
func measure(ctx context.Context, n int, o *options) (r *result, err error) {
	p, err := scene.Process{Name: "scenewire", Procs: o.procs}.Start(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	if err := connect(ctx, p, warmupClients, o, func() error { return nil }); err != nil {
		return nil, err
	}
	var before, during, after child.Mark
	if err := p.Ask(ctx, &before, "collect"); err != nil {
		return nil, err
	}
	start := time.Now()
	var took time.Duration
	err = connect(ctx, p, n, o, func() error {
		took = time.Since(start)
		return p.Ask(ctx, &during, "collect")
	})
	if err != nil {
		return nil, err
	}
	if err := p.Ask(ctx, &after, "collect"); err != nil {
		return nil, err
	}
	per := func(bytes int64) float64 { return float64(bytes) / float64(n) }
	return &result{
		Name:           "scenewire",
		Clients:        n,
		ResidentPer:    per(during.ResidentBytes - before.ResidentBytes),
		HeapPer:        per(during.HeapBytes - before.HeapBytes),
		RuntimePer:     per(during.RuntimeBytes - before.RuntimeBytes),
		ResidentBefore: before.ResidentBytes, Resident: during.ResidentBytes, ResidentAfter: after.ResidentBytes,
		HeapBefore: before.HeapBytes, Heap: during.HeapBytes, HeapAfter: after.HeapBytes,
		ConnectSeconds: took.Seconds(),
	}, nil
}

// connect connects n clients, has them receive messages, calls idle, and waits until
// they have left.
func connect(ctx context.Context, p *child.Process, n int, o *options, idle func() error) error {
	r, err := receiver.Dial(ctx, receiver.Options{
		Addr: p.Addr(), Clients: n, Subprotocols: []string{scenewire.Subprotocol},
	})
	if err != nil {
		return err
	}
	defer r.Close()
	if err := p.Ask(ctx, nil, "await", n); err != nil {
		return err
	}
	for range o.messages {
		if err := deliver(ctx, p, r); err != nil {
			return err
		}
	}
	if err := idle(); err != nil {
		return err
	}
	r.Close()
	return p.Ask(ctx, nil, "await", 0)
}

// deliver has all clients receive one message.
func deliver(ctx context.Context, p *child.Process, r *receiver.Receiver) error {
	ctx, cancel := context.WithTimeout(ctx, deliveryTimeout)
	defer cancel()
	frames := r.Counts().Frames + int64(r.Clients())
	if err := p.Ask(ctx, nil, "say"); err != nil {
		return err
	}
	return r.Await(ctx, func() bool { return r.Counts().Frames >= frames })
}

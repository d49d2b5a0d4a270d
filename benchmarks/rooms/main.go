//go:build linux

// Rooms measures what servers cost that share one loop and have nothing to do.
//
//	go run ./benchmarks/rooms --rooms 1000,10000 --json -
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
Measures the memory of idle rooms: so many servers on one loop, in one process, less
what the process had before, divided by their number. Each number is a process of its
own, and the garbage is collected before each reading. States: fresh, spoken (one
message is in the log), occupied (one client in each, which has it), visited (the
clients have left), closed (bytes in all, not for each).

  rooms --rooms 1000,10000 --json -
`

// deliveryTimeout is how long all clients may take to receive a message.
const deliveryTimeout = time.Minute

type options struct {
	rooms command.Ints
	idle  time.Duration
	procs int
	out   report.Target
}

var target = report.Target{
	Kind: "rooms", Package: "./benchmarks/rooms",
	Title: "Memory of servers that share a loop and do nothing",
}

func main() { scene.Main(serve, parse, measureAll) }

func parse(args []string) (*options, error) {
	o := &options{rooms: command.Ints{1000, 10_000}, out: target}
	flags := flag.NewFlagSet("rooms", flag.ExitOnError)
	command.Usage(flags, usage)
	flags.Var(&o.rooms, "rooms", "`numbers` of rooms, such as 100,1000")
	flags.DurationVar(&o.idle, "idle", time.Second, "how long the processor time of each state is watched")
	flags.IntVar(&o.procs, "procs", 0, "GOMAXPROCS of the server; 0 is all processors")
	o.out.Define(flags)
	if err := command.Parse(flags, args); err != nil {
		return nil, err
	}
	return o, machine.NeedConnections(o.rooms...)
}

// result is a line of JSON: one state of so many rooms.
type result struct {
	Name  string `json:"name"` // of the state
	Rooms int    `json:"rooms"`
	// For each room, less what was there before the first: objects on the heap, memory of
	// the process that is resident, and all that the Go runtime holds. Of "closed": in all.
	Heap     float64 `json:"heap_bytes_per_room"`
	Resident float64 `json:"rss_bytes_per_room"`
	Runtime  float64 `json:"runtime_bytes_per_room"`
	// CPU is the share of one processor that the process used while nothing happened.
	CPU float64 `json:"cpu_share"`
	// Seconds is how long the step took that led to this state.
	Seconds float64 `json:"seconds"`
}

func measureAll(ctx context.Context, o *options) error {
	out, err := o.out.Open()
	if err != nil {
		return err
	}
	table := &report.Table{
		Title:   "Idle rooms on one loop. Of those that are closed: bytes in all.",
		Columns: []string{"state", "rooms", "heap B/room", "RSS B/room", "runtime B/room", "CPU %", "took s"},
	}
	for _, n := range o.rooms {
		command.Progress("%d rooms", n)
		results, err := measure(ctx, n, o)
		if err != nil {
			return err
		}
		for _, r := range results {
			table.Add(r.Name, n, r.Heap, r.Resident, r.Runtime, 100*r.CPU, r.Seconds)
			if err := out.Line(r); err != nil {
				return err
			}
		}
	}
	if err := out.Table(table); err != nil {
		return err
	}
	return out.Close()
}

// measure starts a process and reads its memory in each state of its n rooms.
func measure(ctx context.Context, n int, o *options) (results []*result, err error) {
	p, err := scene.Process{Name: "rooms", Procs: o.procs}.Start(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	m := &meter{p: p, rooms: n, idle: o.idle}
	if err := m.warmUp(ctx); err != nil {
		return nil, err
	}
	var visitors *receiver.Receiver
	steps := []struct {
		state string
		do    func() error
	}{
		{"fresh", func() error { return p.Ask(ctx, nil, "make", n) }},
		{"spoken", func() error { return p.Ask(ctx, nil, "say") }},
		{"occupied", func() error { visitors, err = m.visit(ctx); return err }},
		{"visited", func() error { visitors.Close(); return p.Ask(ctx, nil, "await", 0) }},
		{"closed", func() error { return p.Ask(ctx, nil, "close") }},
	}
	for _, step := range steps {
		start := time.Now()
		if err := step.do(); err != nil {
			return nil, err
		}
		r, err := m.read(ctx, step.state, time.Since(start))
		if err != nil {
			return nil, err
		}
		results = append(results, r)
	}
	return results, nil
}

// meter reads one process.
type meter struct {
	p      *child.Process
	rooms  int
	idle   time.Duration
	before child.Mark
}

// warmUp has what is made only once be made, and reads the memory without rooms.
func (m *meter) warmUp(ctx context.Context) error {
	few := *m
	few.rooms = 10
	if err := m.p.Ask(ctx, nil, "make", few.rooms); err != nil {
		return err
	}
	if err := m.p.Ask(ctx, nil, "say"); err != nil {
		return err
	}
	visitors, err := few.visit(ctx)
	if err != nil {
		return err
	}
	visitors.Close()
	if err := m.p.Ask(ctx, nil, "await", 0); err != nil {
		return err
	}
	if err := m.p.Ask(ctx, nil, "close"); err != nil {
		return err
	}
	return m.p.Ask(ctx, &m.before, "collect")
}

// visit has a client enter every room and receive what is in its log.
func (m *meter) visit(ctx context.Context) (*receiver.Receiver, error) {
	ctx, cancel := context.WithTimeout(ctx, deliveryTimeout)
	defer cancel()
	r, err := receiver.Dial(ctx, receiver.Options{
		Addr: m.p.Addr(), Clients: m.rooms, Subprotocols: []string{scenewire.Subprotocol},
	})
	if err != nil {
		return nil, err
	}
	if err := r.Await(ctx, func() bool { return r.Counts().Frames >= int64(m.rooms) }); err != nil {
		r.Close()
		return nil, err
	}
	return r, nil
}

// read reads the memory, and the processor time of doing nothing.
func (m *meter) read(ctx context.Context, state string, took time.Duration) (*result, error) {
	var now, later child.Mark
	if err := m.p.Ask(ctx, &now, "collect"); err != nil {
		return nil, err
	}
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-time.After(m.idle):
	}
	if err := m.p.Ask(ctx, &later, "mark"); err != nil {
		return nil, err
	}
	shares := float64(m.rooms)
	if state == "closed" {
		shares = 1
	}
	per := func(bytes int64) float64 { return float64(bytes) / shares }
	return &result{
		Name: state, Rooms: m.rooms,
		Heap:     per(now.HeapBytes - m.before.HeapBytes),
		Resident: per(now.ResidentBytes - m.before.ResidentBytes),
		Runtime:  per(now.RuntimeBytes - m.before.RuntimeBytes),
		CPU:      later.Sub(now).CPUMicros / float64(m.idle.Microseconds()),
		Seconds:  took.Seconds(),
	}, nil
}

//go:build linux

package scenario

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"time"

	"github.com/scenewire/scenewire/cmd/loadgen/internal/serve"
	"github.com/scenewire/scenewire/cmd/loadgen/internal/swarm"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/internal/wsclient"
	"github.com/scenewire/scenewire/loop"
)

// target is the server that the load is for.
type target struct {
	url   string
	pid   int            // of its process; 0: not known
	child *serve.Process // nil: the server isn't loadgen's own
	token string         // of the child's dashboard
	idle  int64          // resident bytes before the first client
}

// usage is what a server's process has used so far, and what an embedded one says.
type usage struct {
	cpu     time.Duration
	memory  machine.Memory
	reading *serve.Reading // nil: not embedded
}

// openTarget starts the embedded server, or finds the foreign one's process.
func openTarget(ctx context.Context, s *Scenario, env *Env) (*target, error) {
	t := &target{url: env.Target, pid: env.ServerPID}
	if t.url == "" {
		if err := t.start(ctx, s, env); err != nil {
			return nil, fmt.Errorf("the embedded server: %w", err)
		}
	} else if t.pid == 0 {
		pid, err := findServer(t.url)
		if err != nil && !errors.Is(err, machine.ErrNoListener) {
			return nil, err
		}
		t.pid = pid
	}
	if t.pid != 0 {
		memory, err := machine.ReadMemoryOf(t.pid)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("the server's process: %w", err), t.close())
		}
		t.idle = memory.Resident
	}
	return t, nil
}

// start starts the embedded server.
func (t *target) start(ctx context.Context, s *Scenario, env *Env) (err error) {
	if err := mayServe(s.mostClients()); err != nil {
		return err
	}
	t.token = rand.Text()
	o := s.ServerOptions()
	o.Addr, o.Profiling, o.AdminToken = env.Addr, env.Profiling, t.token
	if t.child, err = serve.Start(ctx, o, s.Server.Procs); err != nil {
		return err
	}
	t.url, t.pid = t.child.Addresses.WebSocket, t.child.PID()
	return nil
}

// mayServe tells whether one process can have so many clients.
func mayServe(clients int) error {
	most, err := machine.MaxConnections()
	if err == nil && clients > most {
		err = fmt.Errorf("%w: %d in its process, of the %d that are wanted", swarm.ErrTooMany, most, clients)
	}
	return err
}

// ServerOptions are what the scenario says of loadgen's own server, but not where that
// listens and who may do what.
func (s *Scenario) ServerOptions() serve.Options {
	p := &s.Produce
	return serve.Options{
		Window: s.Server.Window.Std(), WindowMessages: s.Server.WindowMessages,
		WriteTimeout: s.Server.WriteTimeout.Std(), ResumeGrace: s.Server.ResumeGrace.Std(),
		Writer: loop.Writer(s.Server.Writer),
		Load: serve.Load{
			Objects: p.Objects, Rate: float64(p.Rate), Bytes: int(p.Size), Batch: p.Batch.Of(p.Objects),
			Ticks: float64(p.Ticks), Shrinks: float64(p.Shrink), Seed: s.Seed,
			BurstEvery: p.Burst.Every.Std(), BurstMessages: p.Burst.Messages,
			Replay: s.Replay.File, ReplaySpeed: s.Replay.Speed, ReplayLoops: s.Replay.Repeat,
		},
	}
}

// findServer finds the process of a server on this machine. 0: it is on another one.
func findServer(address string) (pid int, err error) {
	u, err := wsclient.ParseURL(address)
	if err != nil {
		return 0, err
	}
	if !isLoopback(u) {
		return 0, nil
	}
	port, err := strconv.Atoi(u.Port())
	if err != nil {
		port = 80
	}
	return machine.Listener(port)
}

func isLoopback(u *url.URL) bool {
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
}

// usage reads what the server has used. Of a foreign server whose process isn't known it
// returns nil.
func (t *target) usage(ctx context.Context) (*usage, error) {
	if t.pid == 0 {
		return nil, nil
	}
	var u usage
	var err error
	if u.cpu, err = machine.CPUTimeOf(t.pid); err != nil {
		return nil, err
	}
	if u.memory, err = machine.ReadMemoryOf(t.pid); err != nil {
		return nil, err
	}
	if t.child != nil {
		u.reading = new(serve.Reading)
		err = t.child.Ask(ctx, u.reading, "read")
	}
	return &u, err
}

// glance is usage without what takes the server time.
func (t *target) glance() (cpu time.Duration, resident int64) {
	if t.pid == 0 {
		return 0, 0
	}
	cpu, _ = machine.CPUTimeOf(t.pid)
	memory, _ := machine.ReadMemoryOf(t.pid)
	return cpu, memory.Resident
}

// run has the embedded server produce.
func (t *target) run(ctx context.Context) error { return t.ask(ctx, nil, "run") }

// begin has the embedded server begin to measure.
func (t *target) begin(ctx context.Context) error {
	if t.child == nil {
		if t.pid != 0 {
			_ = machine.ResetPeakOf(t.pid) // of another user it can't be; then the peak is of its life
		}
		return nil
	}
	return t.ask(ctx, nil, "begin")
}

// stop has the embedded server produce no more.
func (t *target) stop(ctx context.Context) error { return t.ask(ctx, nil, "stop") }

// end returns the state that everybody is to end with; nil: the server is foreign.
func (t *target) end(ctx context.Context) (*serve.EndState, error) {
	if t.child == nil {
		return nil, nil
	}
	end := new(serve.EndState)
	return end, t.ask(ctx, end, "digest")
}

func (t *target) ask(ctx context.Context, answer any, command string) error {
	if t.child == nil {
		return nil
	}
	return t.child.Ask(ctx, answer, command)
}

// ended is closed when the embedded server has ended; nil: there is none.
func (t *target) ended() <-chan struct{} {
	if t.child == nil {
		return nil
	}
	return t.child.Ended()
}

func (t *target) close() error {
	if t.child == nil {
		return nil
	}
	return t.child.Close()
}

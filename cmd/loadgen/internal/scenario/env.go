//go:build linux

package scenario

import (
	"context"
	"os/exec"
	"time"

	"github.com/scenewire/scenewire/cmd/loadgen/internal/serve"
)

// Env is what a run has around it. Everything may be left out.
type Env struct {
	// Target is the server's address, such as ws://127.0.0.1:8080/. Default: an embedded
	// server, in a process of its own: this program once more, which begins with
	// [serve.Main].
	Target string
	// Subprotocol is what clients offer: "scenewire.v1", one of viser's, or NoSubprotocol.
	// Default: "scenewire.v1".
	Subprotocol string
	// ServerPID is the process whose processor time and memory are a foreign server's.
	// Default: the one that listens on the target's port, if that is on this machine.
	ServerPID int
	// Worker makes the command of a process for clients, for more than one process can
	// hold (see [swarm.Open]). Default: it is an error to need one.
	Worker func() *exec.Cmd
	// Processes is how many processes have the clients; 1 is this one. Default: as many as
	// the limit on open files asks for.
	Processes int
	// Threads read for the clients, in each process (see [swarm.Options]).
	Threads int
	// Addr is the TCP address of the embedded server. Default: a free port of 127.0.0.1.
	Addr string
	// Profiling serves /debug/pprof/ on the embedded server.
	Profiling bool

	// Started is called once the embedded server listens. Default: nobody is told.
	Started func(serve.Addresses)
	// Progress is called from one goroutine of the run, four times a second and at each
	// change of the phase. Default: nobody is told.
	Progress func(Progress)
	// Finished is called with the outcome while the server and all clients are still there,
	// for those who want to look at the dashboard. Default: nobody is waited for.
	Finished func(*Outcome)
}

// NoSubprotocol is the Subprotocol of clients that offer none.
const NoSubprotocol = "none"

// Phase is a part of a run.
type Phase string

// The phases, in order.
const (
	PhaseRamp    Phase = "ramp"
	PhaseWarmup  Phase = "warm-up"
	PhaseMeasure Phase = "measure"
	PhaseSettle  Phase = "settle"
)

// Progress is how a run stands.
type Progress struct {
	Phase   Phase
	Elapsed time.Duration // of the whole run
	Total   time.Duration // that the whole run takes, about; it may grow
	Clients int           // connected

	// Live figures, of the last quarter of a second.
	DeliveriesPerSecond float64
	BytesPerSecond      float64 // as they came over the sockets
	P99                 time.Duration
	ServerCPUs          float64 // processors that the server uses; 0: not known
	Gaps, Errors        int64   // of the whole run
	Event               string  // the newest: "storm: 200 clients join"
}

// Run runs a scenario. When ctx is done it ends early and cleanly, and the outcome has
// what was measured until then, marked as Interrupted; that is no error. An error says
// that there was no run: the scenario can't be run ([*FaultsError]), the server didn't
// start, or nobody could connect.
func Run(ctx context.Context, s *Scenario, env Env) (*Outcome, error) {
	if err := s.Validate(); err != nil {
		return nil, err
	}
	return newRun(s, env).run(ctx)
}

//go:build linux

package scenario

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/scenewire/scenewire/cmd/loadgen/internal/swarm"
)

// askTimeout is how long the embedded server may take to answer a command, once the run
// is ending.
const askTimeout = 10 * time.Second

// run is one run. Its methods belong to one goroutine, but for those of its parts.
type run struct {
	scenario Scenario
	env      Env
	offer    string // subprotocol; "": none
	target   *target
	fleet    swarm.Fleet
	monitor  *monitor
	out      *Outcome
}

func newRun(s *Scenario, env Env) *run {
	if env.Subprotocol == "" {
		env.Subprotocol = swarm.SubprotocolScenewire
	}
	offer := env.Subprotocol
	if offer == NoSubprotocol {
		offer = ""
	}
	return &run{scenario: *s, env: env, offer: offer, out: &Outcome{
		Scenario: *s, Subprotocol: env.Subprotocol, Embedded: env.Target == "", Began: time.Now(),
	}}
}

// run makes the run, and cleans up behind it.
func (r *run) run(ctx context.Context) (_ *Outcome, err error) {
	if err := r.open(ctx); err != nil {
		return nil, errors.Join(err, r.close())
	}
	defer func() {
		if closeErr := r.close(); err == nil && r.out.Failed == nil {
			r.out.Failed = closeErr
		}
	}()
	if err := r.ramp(ctx); err != nil {
		return nil, err
	}
	r.out.Failed = r.load(ctx)
	r.out.Interrupted = ctx.Err() != nil
	r.settle(ctx)
	r.finish()
	if r.env.Finished != nil {
		r.env.Finished(r.out)
	}
	return r.out, nil
}

// open makes everything that a run needs.
func (r *run) open(ctx context.Context) (err error) {
	if r.scenario.Replay.File != "" {
		if _, err := os.Stat(r.scenario.Replay.File); err != nil {
			return fmt.Errorf("the recording to replay: %w", err)
		}
	}
	if r.target, err = openTarget(ctx, &r.scenario, &r.env); err != nil {
		return err
	}
	r.out.Target = r.target.url
	if r.target.child != nil {
		r.out.Addresses = r.target.child.Addresses
		if r.env.Started != nil {
			r.env.Started(r.out.Addresses)
		}
	}
	if r.fleet, err = r.openFleet(ctx); err != nil {
		return err
	}
	r.monitor, err = startMonitor(r)
	return err
}

// openFleet makes the fleet, in as many processes as are asked for or needed.
func (r *run) openFleet(ctx context.Context) (swarm.Fleet, error) {
	o := swarm.Options{URL: r.target.url, Threads: r.env.Threads}
	switch n := r.env.Processes; n {
	case 0:
		return swarm.Open(ctx, o, r.scenario.mostClients(), r.env.Worker)
	case 1:
		return swarm.New(o)
	default:
		return swarm.NewProcesses(ctx, o, n, r.env.Worker)
	}
}

func (r *run) close() error {
	var err error
	if r.monitor != nil {
		r.monitor.stop()
	}
	if r.fleet != nil {
		err = r.fleet.Close()
	}
	if r.target != nil {
		err = errors.Join(err, r.target.close())
	}
	return err
}

// ramp connects all clients.
func (r *run) ramp(ctx context.Context) error {
	groups := r.scenario.groups(r.offer)
	r.monitor.enter(PhaseRamp, fmt.Sprintf("%d clients connect", r.scenario.Clients))
	began := time.Now()
	for _, g := range groups {
		if err := r.fleet.Add(ctx, g); err != nil {
			if ctx.Err() != nil {
				break // what is there counts
			}
			return err
		}
	}
	r.out.Ramp = time.Since(began)
	return nil
}

// load is the warm-up and the measured time. An error ends them early.
func (r *run) load(ctx context.Context) error {
	if ctx.Err() != nil {
		return nil
	}
	r.monitor.enter(PhaseWarmup, "the load begins")
	if err := r.target.run(ctx); err != nil {
		return err
	}
	for _, s := range r.scenario.streams() {
		stop, err := r.fleet.Stream(s)
		if err != nil {
			return err
		}
		defer stop()
	}
	senders, err := r.startInbound(ctx)
	if err != nil {
		return fmt.Errorf("replay: %w", err)
	}
	if r.monitor.wait(ctx, r.scenario.Warmup.Std()) {
		err = r.measure(ctx)
	}
	sent, sendErr := senders.stop()
	r.out.Inbound = sent
	return errors.Join(err, sendErr, r.monitor.failure())
}

// measure is the measured time.
func (r *run) measure(ctx context.Context) error {
	if err := r.target.begin(ctx); err != nil {
		return err
	}
	used, err := r.target.usage(ctx)
	if err != nil {
		return err
	}
	before, err := r.fleet.Snapshot()
	if err != nil {
		return err
	}
	began := time.Now()
	r.monitor.measure(before)
	over := make(chan struct{})
	storms := r.startStorms(ctx, over)
	r.monitor.wait(ctx, r.scenario.Duration.Std())
	after, err := r.fleet.Snapshot()
	r.out.Seconds = time.Since(began).Seconds()
	if err == nil {
		r.out.Measured, r.out.Samples = after.Sub(before), r.monitor.measuredUntil(after)
		err = r.measuredServer(used)
	}
	close(over)
	r.out.Waves = storms.wait()
	return err
}

// measuredServer is what the server has used in the measured time, of which used is the
// beginning.
func (r *run) measuredServer(used *usage) error {
	ctx, cancel := context.WithTimeout(context.Background(), askTimeout)
	defer cancel()
	after, err := r.target.usage(ctx)
	if err != nil || after == nil {
		return err
	}
	r.out.Server = &ServerFigures{
		PID: r.target.pid, CPU: after.cpu - used.cpu,
		ResidentBytes: after.memory.Resident, PeakBytes: after.memory.Peak, IdleBytes: r.target.idle,
	}
	if after.reading == nil {
		return nil
	}
	was := used.reading
	d := after.reading.Sub(was)
	r.out.Server.Embedded = &d
	late := d.Produced.Lateness
	r.out.Produced = &Produced{
		Messages: d.Produced.Messages, Done: 1,
		P50: time.Duration(late.P50), P99: time.Duration(late.P99), Max: time.Duration(late.Max),
	}
	if late.Due > 0 {
		r.out.Produced.Done = float64(late.Done) / float64(late.Due)
	}
	return nil
}

// finish sums up.
func (r *run) finish() {
	r.out.Events, r.out.Connected = r.monitor.history()
	if whole, err := r.fleet.Snapshot(); err == nil {
		r.out.Whole = whole
	} else {
		r.out.Failed = errors.Join(r.out.Failed, err)
	}
	r.out.Limits = r.limits()
}

// limits says what besides the server limited the run.
func (r *run) limits() []string {
	var found []string
	if r.out.Measured != nil {
		found = r.out.Measured.Bottleneck()
	}
	const lateness, least = 20 * time.Millisecond, 0.99
	if p := r.out.Produced; p != nil && (p.P99 > lateness || p.Done < least) {
		found = append(found, fmt.Sprintf(
			"the server's producers were late: 1 in 100 changes by more than %v, and %.0f %% of all were made in time to count; "+
				"they run beside the server, on the same processors", p.P99.Round(time.Millisecond), 100*p.Done))
	}
	return found
}

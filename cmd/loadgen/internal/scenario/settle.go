//go:build linux

package scenario

import (
	"context"
	"fmt"
	"time"

	"github.com/scenewire/scenewire/cmd/loadgen/internal/serve"
	"github.com/scenewire/scenewire/cmd/loadgen/internal/swarm"
	"github.com/scenewire/scenewire/cmd/loadgen/internal/wire"
)

const (
	settlePoll = 100 * time.Millisecond
	// mostWhich is how many clients are described that have missed the end state.
	mostWhich = 10
)

// settle ends the load, lets everybody read all there is, and compares what they have.
func (r *run) settle(ctx context.Context) {
	asking, cancel := context.WithTimeout(context.Background(), askTimeout)
	defer cancel()
	r.monitor.enter(PhaseSettle, "the load ends")
	err := r.target.stop(asking)
	var end *serve.EndState
	if err == nil {
		end, err = r.target.end(asking)
	}
	c := &r.out.Converged
	switch {
	case err != nil:
		c.Why = "the server has failed: " + err.Error()
	case r.out.Interrupted:
		c.Why = "the run was interrupted"
	case r.out.Failed != nil:
		c.Why = "the run has failed: " + r.out.Failed.Error()
	default:
		err = r.converge(ctx, end)
	}
	if r.out.Failed == nil {
		r.out.Failed = err
	}
}

// converge waits until all watched clients have the same state. The state no longer
// changes, so one that had it once has it, also if its connection comes and goes. A
// foreign server may go on: then those that differ tell nothing.
func (r *run) converge(ctx context.Context, end *serve.EndState) error {
	for i := range r.scenario.Slow {
		if err := r.fleet.SetPace(slowGroup(i), swarm.Pace{}); err != nil {
			return err
		}
	}
	began := time.Now()
	c, reached := &r.out.Converged, map[int]bool{}
	var last wire.Digest
	changes := -1 // of the state that everybody is to have
	for {
		states, err := r.fleet.States()
		if err != nil {
			return err
		}
		want, known := wanted(end, states)
		if !known {
			c.Why = "there are no objects that loadgen knows"
			return nil
		}
		if want != last {
			last = want
			changes++
		}
		c.compare(states, want, reached)
		c.Took = time.Since(began)
		if c.Missed == 0 || c.Took >= r.scenario.Settle.Std() {
			break
		}
		if !r.monitor.wait(ctx, settlePoll) {
			r.out.Interrupted = r.out.Interrupted || ctx.Err() != nil
			break
		}
	}
	switch {
	case c.Missed > 0 && changes > 0:
		*c = Convergence{Why: "the server goes on changing its scene"}
	case c.Fast+c.Slow == 0:
		c.Why = "no client is left whose state is known"
	default:
		c.Checked = true
	}
	r.monitor.event("end", c.text(), c.Missed)
	return r.monitor.failure()
}

// wanted is the state that everybody is to have: the embedded server's, or what the most
// clients of a foreign one have that keep up.
func wanted(end *serve.EndState, states []swarm.State) (want wire.Digest, known bool) {
	if end != nil {
		return end.Digest, end.Digest.Objects > 0
	}
	votes := map[wire.Digest]int{}
	for _, s := range states {
		if !s.Slow && s.Open {
			votes[s.Digest]++
		}
	}
	for digest, n := range votes {
		if n > votes[want] || n == votes[want] && digest.Sum > want.Sum {
			want = digest
		}
	}
	return want, want.Objects > 0
}

// compare looks who has the state. Clients without a connection aren't compared, as they
// may have been told to leave; but those that flap come back.
func (c *Convergence) compare(states []swarm.State, want wire.Digest, reached map[int]bool) {
	*c = Convergence{Objects: want.Objects}
	for _, s := range states {
		if s.Open && s.Digest == want {
			reached[s.Client] = true
		}
		if !s.Open && !reached[s.Client] && !isFlap(s.Group) {
			c.Gone++
			continue
		}
		if s.Slow {
			c.Slow++
		} else {
			c.Fast++
		}
		if reached[s.Client] {
			continue
		}
		c.Missed++
		if len(c.Which) < mostWhich {
			c.Which = append(c.Which, fmt.Sprintf("client %d of group %q is at sequence %d with %d objects, of which some are others than the server's %d",
				s.Client, s.Group, s.Seq, s.Digest.Objects, want.Objects))
		}
	}
}

// text says it in a line.
func (c *Convergence) text() string {
	if !c.Checked {
		return "the end state wasn't checked: " + c.Why
	}
	if c.Missed > 0 {
		return fmt.Sprintf("%d of %d clients have not reached the end state", c.Missed, c.Fast+c.Slow)
	}
	return fmt.Sprintf("all %d clients that are watched have the same state after %v", c.Fast+c.Slow, c.Took.Round(time.Millisecond))
}

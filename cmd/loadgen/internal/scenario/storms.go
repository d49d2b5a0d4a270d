//go:build linux

package scenario

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/scenewire/scenewire/cmd/loadgen/internal/swarm"
)

const (
	// waveTimeout is how long a storm's clients may take to reach the state that the server
	// had when they came.
	waveTimeout = 30 * time.Second
	// wavePoll is how often it is looked whether they have.
	wavePoll = 50 * time.Millisecond
)

// storms are those of a run, each on a goroutine of its own.
type storms struct {
	running sync.WaitGroup
	began   time.Time
	over    <-chan struct{} // closed at the end of the measured time

	mu    sync.Mutex // guards all below
	waves []Wave
}

// startStorms starts the storms. No wave begins once over is closed, but each is seen
// through to its end, unless ctx is done.
func (r *run) startStorms(ctx context.Context, over <-chan struct{}) *storms {
	s := &storms{began: time.Now(), over: over}
	for i, t := range r.scenario.Storms {
		switch t.Kind {
		case Join:
			s.running.Go(func() { s.repeat(ctx, r, t, s.joinWave(joinGroup(i))) })
		case Reconnect:
			s.running.Go(func() { s.repeat(ctx, r, t, reconnectWave) })
		case Flap: // which the clients do by themselves
		}
	}
	return s
}

// wait returns the waves once all storms are over.
func (s *storms) wait() []Wave {
	s.running.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.waves
}

// waver makes one wave of a storm.
type waver func(ctx context.Context, r *run, t Storm, w *Wave) error

// repeat makes a storm's waves when they are due. One that takes longer than the time
// between two puts off the next.
func (s *storms) repeat(ctx context.Context, r *run, t Storm, wave waver) {
	for at := t.At.Std(); ; at += t.Every.Std() {
		if !s.sleep(ctx, time.Until(s.began.Add(at))) {
			return
		}
		w := Wave{Kind: t.Kind, At: time.Since(s.began).Seconds(), Clients: t.Clients.Of(r.scenario.Clients), Resume: t.Resume}
		if err := wave(ctx, r, t, &w); err != nil && ctx.Err() == nil {
			r.monitor.event("storm", fmt.Sprintf("%s: %v", t.Kind, err), 0)
		}
		s.mu.Lock()
		s.waves = append(s.waves, w)
		s.mu.Unlock()
		if t.Every == 0 {
			return
		}
	}
}

// joinWave has clients join as a group. Those that have left come again without a token,
// as anybody would.
func (s *storms) joinWave(group string) waver {
	first := true
	return func(ctx context.Context, r *run, t Storm, w *Wave) error {
		r.monitor.event("storm", fmt.Sprintf("%d clients join", w.Clients), w.Clients)
		come := func() error {
			if !first && t.Away > 0 {
				_, err := r.fleet.Return(ctx, swarm.Return{Group: group, Tolerant: true})
				return err
			}
			first = false
			return r.fleet.Add(ctx, swarm.Group{
				Name: group, Clients: w.Clients, Subprotocol: r.offer, Tolerant: true,
			})
		}
		if err := r.await(ctx, w, []string{group}, come); err != nil || t.Away == 0 {
			return err
		}
		if !s.sleep(ctx, t.Away.Std()) {
			return nil
		}
		n, err := r.fleet.Drop(swarm.Drop{Group: group, Break: swarm.BreakClose})
		r.monitor.event("storm", fmt.Sprintf("%d clients leave", n), n)
		return err
	}
}

// reconnectWave has clients lose their connections and come back: of all groups that are
// there to stay if it is all of them, otherwise of those that keep up.
func reconnectWave(ctx context.Context, r *run, t Storm, w *Wave) error {
	groups := []string{GroupSteady}
	if w.Clients == r.scenario.Clients {
		groups = r.staying()
	}
	dropped := 0
	for _, group := range groups {
		n, err := r.fleet.Drop(swarm.Drop{Group: group, Clients: w.Clients - dropped, Break: breakOf(t.Break)})
		if err != nil {
			return err
		}
		dropped += n
	}
	w.Clients = dropped
	r.monitor.event("storm", fmt.Sprintf("%d clients lose their connections", dropped), dropped)
	if !sleep(ctx, t.Away.Std()) {
		return nil
	}
	return r.await(ctx, w, groups, func() error {
		for _, group := range groups {
			if _, err := r.fleet.Return(ctx, swarm.Return{Group: group, Resume: t.Resume, Tolerant: true}); err != nil {
				return err
			}
		}
		return nil
	})
}

// staying are the groups whose clients neither flap nor join.
func (r *run) staying() []string {
	var names []string
	for _, g := range r.scenario.groups(r.offer) {
		if g.Flap.Live == 0 {
			names = append(names, g.Name)
		}
	}
	return names
}

// await has a wave's clients come, and waits until they have reached the state of then.
func (r *run) await(ctx context.Context, w *Wave, groups []string, come func() error) error {
	before, err := r.fleet.Snapshot()
	if err != nil {
		return err
	}
	began := time.Now()
	if err := come(); err != nil {
		return err
	}
	for {
		now, err := r.fleet.Snapshot()
		if err != nil {
			return err
		}
		w.take(now.Sub(before), groups)
		w.Seconds = time.Since(began).Seconds()
		if w.Back >= w.Clients || time.Since(began) > waveTimeout || !sleep(ctx, wavePoll) {
			return nil
		}
	}
}

// take fills in what a wave has cost so far.
func (w *Wave) take(d *swarm.Stats, groups []string) {
	some := swarm.Stats{Groups: map[string]*swarm.GroupStats{}}
	for _, name := range groups {
		if g := d.Groups[name]; g != nil {
			some.Groups[name] = g
		}
	}
	g := some.Total()
	g.Join.Add(&g.Comeback)
	g.JoinBytes.Add(&g.BackBytes)
	w.CatchUp, w.Bytes = g.Join, g.JoinBytes
	w.Back = int(w.CatchUp.Count())
	w.Resumed, w.Scene, w.Fresh = g.Resumed, g.Scene, g.Fresh
}

// sleep waits, unless the measured time is over.
func (s *storms) sleep(ctx context.Context, d time.Duration) bool {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		select {
		case <-s.over:
			cancel()
		case <-ctx.Done():
		}
	}()
	return sleep(ctx, d) && !s.isOver() // which a wave that is late may find out here only
}

func (s *storms) isOver() bool {
	select {
	case <-s.over:
		return true
	default:
		return false
	}
}

// sleep waits, unless ctx is done.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return ctx.Err() == nil
	}
}

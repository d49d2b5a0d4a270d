package swarm

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/scenewire/scenewire/internal/bench/machine"
)

// of returns the clients of a group, or with "" of all.
func (s *Swarm) of(name string) ([]*client, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, ErrClosed
	}
	if name == "" {
		return slices.Clone(s.clients), nil
	}
	g := s.findLocked(name)
	if g == nil {
		return nil, fmt.Errorf("%w: %q", ErrGroup, name)
	}
	return slices.Clone(g.clients), nil
}

// spread returns n of all, evenly spread; all if n is 0.
func spread(all []*client, n int) []*client {
	if n == 0 || n >= len(all) {
		return all
	}
	some := make([]*client, 0, n)
	for i, c := range all {
		if i*n/len(all) != (i+1)*n/len(all) {
			some = append(some, c)
		}
	}
	return some
}

// onThreads has each thread run f, at the same time, and waits for all.
func (s *Swarm) onThreads(f func(t *thread, i int)) error {
	var group sync.WaitGroup
	var ended atomic.Bool
	for i, t := range s.threads {
		group.Go(func() {
			if !t.do(func() { f(t, i) }) {
				ended.Store(true)
			}
		})
	}
	group.Wait()
	if ended.Load() {
		return ErrClosed
	}
	return nil
}

// Drop implements Fleet.
func (s *Swarm) Drop(d Drop) (int, error) {
	if err := d.Break.validate(); err != nil {
		return 0, err
	}
	all, err := s.of(d.Group)
	if err != nil {
		return 0, err
	}
	all = slices.DeleteFunc(all, func(c *client) bool { return !c.open.Load() })
	clients, _ := s.shares(spread(all, d.Clients))
	var dropped atomic.Int64
	err = s.onThreads(func(t *thread, i int) {
		for _, c := range clients[i] {
			if c.phase == phaseOpen {
				t.breakClient(c, d.Break)
				dropped.Add(1)
			}
		}
	})
	return int(dropped.Load()), err
}

// Return implements Fleet.
func (s *Swarm) Return(ctx context.Context, r Return) (int, error) {
	all, err := s.of(r.Group)
	if err != nil {
		return 0, err
	}
	clients, _ := s.shares(all)
	var mu sync.Mutex
	var away []*client
	err = s.onThreads(func(_ *thread, i int) {
		mu.Lock()
		defer mu.Unlock()
		for _, c := range clients[i] {
			if c.mayReturn() {
				away = append(away, c)
			}
		}
	})
	if err != nil {
		return 0, err
	}
	slices.SortFunc(away, func(a, b *client) int { return cmp.Compare(a.number, b.number) })
	away = spread(away, r.Clients)
	ca := newCampaign(len(away), r.Tolerant)
	s.connect(away, r.Rate, r.Resume, ca)
	return s.await(ctx, ca)
}

// mayReturn reports whether the client's connection has ended, and no other is coming.
func (c *client) mayReturn() bool {
	return (c.phase == phaseAway || c.phase == phaseClosing) && !c.coming && c.group.Flap.Live <= 0
}

// SetPace implements Fleet.
func (s *Swarm) SetPace(name string, p Pace) error {
	if err := p.validate(); err != nil {
		return err
	}
	all, err := s.of(name)
	if err != nil {
		return err
	}
	s.mu.Lock()
	for _, g := range s.groups {
		if g.Name == name || name == "" {
			g.pace = p
			if p.Slow() {
				g.slow.Store(true)
			}
		}
	}
	s.mu.Unlock()
	clients, _ := s.shares(all)
	return s.onThreads(func(t *thread, i int) {
		for _, c := range clients[i] {
			t.setPace(c, p)
		}
	})
}

// Stream implements Fleet.
func (s *Swarm) Stream(st Stream) (stop func(), err error) {
	if err := st.validate(); err != nil {
		return nil, err
	}
	all, err := s.of(st.Group)
	if err != nil {
		return nil, err
	}
	if st.Clients > 0 && st.Clients < len(all) {
		all = all[:st.Clients]
	}
	clients, places := s.shares(all)
	stopped := new(atomic.Bool)
	start := machine.Monotonic()
	for i, t := range s.threads {
		part := &stream{
			Stream: st, clients: clients[i], places: places[i], all: len(all),
			spacing: 1e9 / st.Rate, start: start, stopped: stopped,
		}
		t.post(func() { t.begin(part) })
	}
	return func() { stopped.Store(true) }, nil
}

// States implements Fleet.
func (s *Swarm) States() ([]State, error) {
	var mu sync.Mutex
	var all []State
	err := s.onThreads(func(t *thread, _ int) {
		mu.Lock()
		defer mu.Unlock()
		for _, c := range t.clients {
			if c != nil && c.watch != nil {
				all = append(all, c.state())
			}
		}
	})
	slices.SortFunc(all, func(a, b State) int { return cmp.Compare(a.Client, b.Client) })
	return all, err
}

// Snapshot implements Fleet.
func (s *Swarm) Snapshot() (*Stats, error) {
	s.mu.Lock()
	groups := slices.Clone(s.groups)
	s.mu.Unlock()
	parts := make([]*Stats, len(s.threads))
	if err := s.onThreads(func(t *thread, i int) { parts[i] = t.snapshot(groups) }); err != nil {
		return nil, err
	}
	all := &Stats{Groups: make(map[string]*GroupStats)}
	for _, part := range parts {
		all.Merge(part)
	}
	cpu, err := machine.CPUTime()
	if err != nil {
		return nil, err
	}
	memory, err := machine.ReadMemory()
	if err != nil {
		return nil, err
	}
	all.Processes = []ProcessStats{{CPU: cpu, Resident: memory.Resident}}
	s.faultsMu.Lock()
	all.Faults = slices.Clone(s.faults)
	s.faultsMu.Unlock()
	all.At = machine.Monotonic()
	return all, nil
}

// snapshot copies what the thread has counted.
func (t *thread) snapshot(groups []*group) *Stats {
	t.contents.each(t.endRuns)
	part := &Stats{Groups: make(map[string]*GroupStats, len(groups))}
	for i, g := range groups[:min(len(groups), len(t.counts))] {
		counted := new(GroupStats)
		counted.merge(t.counts[i])
		counted.Slow = g.slow.Load()
		part.Groups[g.Name] = counted
	}
	usage := t.usage
	usage.Lag = usage.Lag.Clone()
	now := machine.Monotonic()
	usage.Wall = duration(now - t.began)
	usage.Busy += duration(now - t.busySince)
	usage.CPU, usage.Delayed = threadTimes()
	part.Threads = []ThreadStats{usage}
	return part
}

package swarm

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"sync"
)

// Processes is a fleet of worker processes: client i is in process i mod n. See [Fleet]
// for its methods.
type Processes struct {
	workers []*worker

	mu      sync.Mutex // guards all below
	clients int
	closed  bool
}

// NewProcesses starts n worker processes, which run Serve, by the commands that worker
// makes, and returns their fleet. ctx bounds the start. The errors are those of New.
func NewProcesses(ctx context.Context, o Options, n int, command func() *exec.Cmd) (Fleet, error) {
	p := &Processes{}
	for i := range n {
		w, err := startWorker(fmt.Sprintf("worker %d of %d", i+1, n), command())
		if err != nil {
			return nil, errors.Join(err, p.Close())
		}
		p.workers = append(p.workers, w)
	}
	calls := p.begin("open", func(i int) any { return openBody{Options: o, First: i, Stride: n} })
	for _, c := range calls {
		if err := c.wait(ctx, nil); err != nil {
			return nil, errors.Join(err, p.Close())
		}
	}
	return p, nil
}

// begin sends a request to each process; none where body is nil.
func (p *Processes) begin(op string, body func(i int) any) []*call {
	var calls []*call
	for i, w := range p.workers {
		if b := body(i); b != nil {
			calls = append(calls, w.begin(op, b))
		}
	}
	return calls
}

// share is how many of k clients, from number first on, are in process i.
func (p *Processes) share(i, first, k int) int {
	n := len(p.workers)
	below := func(end int) int { return (end - i + n - 1) / n } // numbers of process i
	return below(first+k) - below(first)
}

// part is process i's share of k clients.
func (p *Processes) part(i, k int) int { return p.share(i, 0, k) }

// Add implements Fleet.
func (p *Processes) Add(ctx context.Context, g Group) error {
	if err := g.validate(); err != nil {
		return err
	}
	const sample = 32
	if g.Watch == 0 && !g.Slow() {
		g.Watch = sample
	}
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return ErrClosed
	}
	first := p.clients
	p.clients += g.Clients
	wanted := p.clients
	calls := p.begin("add", func(i int) any {
		part := g
		part.Clients = p.share(i, first, g.Clients) // if none, the process still has to know the group
		part.Rate = g.Rate * float64(part.Clients) / float64(g.Clients)
		if g.Watch > 0 {
			if part.Watch = p.part(i, g.Watch); part.Watch == 0 {
				part.Watch = -1
			}
		}
		return part
	})
	p.mu.Unlock()
	err := p.together(ctx, calls, func(*call) any { return nil })
	var failed *ConnectError
	if errors.As(err, &failed) {
		failed.Wanted = wanted
		if s, err := p.Snapshot(); err == nil {
			failed.Reached = int(s.Total().Open)
		}
	}
	return err
}

// together waits for all calls, and cancels the others once one has failed.
func (p *Processes) together(ctx context.Context, calls []*call, into func(*call) any) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var mu sync.Mutex
	var first error
	var group sync.WaitGroup
	for _, c := range calls {
		group.Go(func() {
			err := c.wait(ctx, into(c))
			if err == nil {
				return
			}
			mu.Lock()
			defer mu.Unlock()
			if first == nil {
				first = err
			}
			cancel()
		})
	}
	group.Wait()
	return first
}

// sum does the same with answers that are numbers.
func (p *Processes) sum(ctx context.Context, calls []*call) (total int, err error) {
	numbers := make(map[*call]*int, len(calls))
	for _, c := range calls {
		numbers[c] = new(int)
	}
	err = p.together(ctx, calls, func(c *call) any { return numbers[c] })
	for _, n := range numbers {
		total += *n
	}
	return total, err
}

// Drop implements Fleet.
func (p *Processes) Drop(d Drop) (int, error) {
	calls := p.begin("drop", func(i int) any {
		part := d
		if part.Clients = p.part(i, d.Clients); d.Clients > 0 && part.Clients == 0 {
			return nil
		}
		return part
	})
	return p.sum(context.Background(), calls)
}

// Return implements Fleet.
func (p *Processes) Return(ctx context.Context, r Return) (int, error) {
	calls := p.begin("return", func(i int) any {
		part := r
		if part.Clients = p.part(i, r.Clients); r.Clients > 0 && part.Clients == 0 {
			return nil
		}
		part.Rate /= float64(len(p.workers))
		return part
	})
	return p.sum(ctx, calls)
}

// SetPace implements Fleet.
func (p *Processes) SetPace(group string, pace Pace) error {
	calls := p.begin("pace", func(int) any { return paceBody{group, pace} })
	return p.together(context.Background(), calls, func(*call) any { return nil })
}

// Stream implements Fleet.
func (p *Processes) Stream(s Stream) (stop func(), err error) {
	if err := s.validate(); err != nil {
		return nil, err
	}
	calls := p.begin("stream", func(i int) any {
		part := s
		if part.Clients = p.part(i, s.Clients); s.Clients > 0 && part.Clients == 0 {
			return nil
		}
		part.Rate /= float64(len(p.workers))
		return part
	})
	stop = sync.OnceFunc(func() {
		for _, c := range calls {
			_ = c.w.write(c.id, "stop", nil) // of a process that has ended, other calls tell
		}
	})
	if err := p.together(context.Background(), calls, func(*call) any { return nil }); err != nil {
		stop()
		return nil, err
	}
	return stop, nil
}

// Snapshot implements Fleet.
func (p *Processes) Snapshot() (*Stats, error) {
	calls := p.begin("snapshot", func(int) any { return struct{}{} })
	parts := make(map[*call]*Stats, len(calls))
	for _, c := range calls {
		parts[c] = new(Stats)
	}
	err := p.together(context.Background(), calls, func(c *call) any { return parts[c] })
	all := new(Stats)
	for _, c := range calls {
		all.Merge(parts[c])
	}
	return all, err
}

// States implements Fleet.
func (p *Processes) States() ([]State, error) {
	calls := p.begin("states", func(int) any { return struct{}{} })
	parts := make(map[*call]*[]State, len(calls))
	for _, c := range calls {
		parts[c] = new([]State)
	}
	err := p.together(context.Background(), calls, func(c *call) any { return parts[c] })
	var all []State
	for _, part := range parts {
		all = append(all, *part...)
	}
	slices.SortFunc(all, func(a, b State) int { return cmp.Compare(a.Client, b.Client) })
	return all, err
}

// Close implements Fleet.
func (p *Processes) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil
	}
	p.closed = true
	var all []error
	for _, w := range p.workers {
		all = append(all, w.close())
	}
	return errors.Join(all...)
}

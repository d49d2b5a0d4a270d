package swarm

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/scenewire/scenewire/internal/bench/machine"
)

// Swarm is the fleet of one process. See [Fleet] for its methods.
type Swarm struct {
	options   Options
	target    target
	numbering numbering
	threads   []*thread
	closing   chan struct{}

	open, wanted atomic.Int64
	stateBytes   atomic.Int64
	epoch, seq   atomic.Uint64 // the newest position that any client has reached

	faultsMu sync.Mutex // guards faults
	faults   []Fault

	mu      sync.Mutex // guards all below, and what group says
	groups  []*group
	clients []*client
	closed  bool
}

// numbering says which of a fleet's clients a process has: first, first+stride, ...
type numbering struct{ first, stride int }

func (o *Options) withDefaults() Options {
	out := *o
	if out.Threads <= 0 {
		const most = 4
		out.Threads = min(max(runtime.NumCPU()/2, 1), most)
	}
	setDefault(&out.HandshakeTimeout, 10*time.Second)
	setDefault(&out.MaxConnecting, 512)
	setDefault(&out.PingInterval, 4*time.Second)
	setDefault(&out.StateBytes, 128<<20)
	setDefault(&out.MaxOwedBytes, 1<<20)
	return out
}

func setDefault[T comparable](v *T, def T) {
	var zero T
	if *v == zero {
		*v = def
	}
}

// New returns a fleet in this process. The error is ErrAddress or ErrTLS, or the system's.
func New(o Options) (Fleet, error) { return newSwarm(o, numbering{0, 1}) }

func newSwarm(o Options, n numbering) (*Swarm, error) {
	to, err := parseTarget(o.URL)
	if err != nil {
		return nil, err
	}
	if err := raiseFileLimit(); err != nil {
		return nil, err
	}
	s := &Swarm{options: o.withDefaults(), target: to, numbering: n, closing: make(chan struct{})}
	for range s.options.Threads {
		t, err := newThread(s)
		if err != nil {
			return nil, errors.Join(err, s.Close())
		}
		s.threads = append(s.threads, t)
		go t.run()
	}
	return s, nil
}

func raiseFileLimit() error {
	var lim syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &lim); err != nil {
		return fmt.Errorf("limit on open files: %w", err)
	}
	lim.Cur = lim.Max
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &lim); err != nil {
		return fmt.Errorf("raise the limit on open files to %d: %w", lim.Max, err)
	}
	return nil
}

// maxDialling is how many attempts one thread may have under way.
func (s *Swarm) maxDialling() int { return max(1, s.options.MaxConnecting/len(s.threads)) }

// Add implements Fleet.
func (s *Swarm) Add(ctx context.Context, g Group) error {
	if err := g.validate(); err != nil {
		return err
	}
	ca, err := s.add(g)
	if err != nil {
		return err
	}
	_, err = s.await(ctx, ca)
	return err
}

// add begins to connect a group, which may be empty.
func (s *Swarm) add(g Group) (*campaign, error) {
	added, err := s.newClients(g)
	if err != nil {
		return nil, err
	}
	ca := newCampaign(len(added), g.Tolerant)
	s.connect(added, g.Rate, false, ca)
	return ca, nil
}

// newClients makes the clients of a group, and the group if there is none of that name.
func (s *Swarm) newClients(g Group) ([]*client, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, ErrClosed
	}
	if most := ClientsPerProcess(); len(s.clients)+g.Clients > most {
		s.wanted.Add(int64(g.Clients))
		return nil, &ConnectError{
			Cause: CauseFiles, Group: g.Name, Client: most, Target: s.target.addr.String(),
			Reached: int(s.open.Load()), Wanted: int(s.wanted.Load()),
			Text: fmt.Sprintf("%v: one process can hold %d", ErrTooMany, most),
		}
	}
	of := s.groupLocked(g)
	of.Watch = g.Watch
	added := make([]*client, g.Clients)
	for i := range added {
		added[i] = s.newClientLocked(of)
		if of.watches(i, g.Clients) {
			added[i].watch = new(watch)
		}
	}
	s.wanted.Add(int64(len(added)))
	return added, nil
}

func (g *Group) validate() error {
	switch {
	case g.Name == "":
		return errors.New("a group needs a name")
	case g.Clients < 1:
		return fmt.Errorf("group %q: %d clients", g.Name, g.Clients)
	}
	return errors.Join(g.Flap.Break.validate(), g.Pace.validate())
}

func (p Pace) validate() error {
	if p.BytesPerSecond < 0 {
		return fmt.Errorf("a pace of %d bytes a second", p.BytesPerSecond)
	}
	return nil
}

func (b Break) validate() error {
	switch b {
	case "", BreakReset, BreakFIN, BreakClose, BreakSilent:
		return nil
	}
	return fmt.Errorf("connections don't break by %q, but by %s, %s, %s or %s", b, BreakReset, BreakFIN, BreakClose, BreakSilent)
}

func (s *Swarm) groupLocked(g Group) *group {
	if of := s.findLocked(g.Name); of != nil {
		return of
	}
	of := newGroup(g, len(s.groups))
	s.groups = append(s.groups, of)
	for _, t := range s.threads {
		t.post(func() { t.counts = append(t.counts, new(GroupStats)) })
	}
	return of
}

func (s *Swarm) findLocked(name string) *group {
	i := slices.IndexFunc(s.groups, func(g *group) bool { return g.Name == name })
	if i < 0 {
		return nil
	}
	return s.groups[i]
}

func (s *Swarm) newClientLocked(of *group) *client {
	c := &client{group: of, fd: -1, pace: of.pace, number: s.numbering.first + len(s.clients)*s.numbering.stride}
	c.slot = int32(len(s.clients) / len(s.threads))
	s.clients = append(s.clients, c)
	of.clients = append(of.clients, c)
	return c
}

// watches says whether client i of n that are added is watched.
func (g *group) watches(i, n int) bool {
	const sample = 32
	k := g.Watch
	switch {
	case k < 0:
		return false
	case k == 0 && g.slow.Load():
		return true
	case k == 0:
		k = sample
	}
	return k >= n || i*k/n != (i+1)*k/n
}

// shares gives each thread its part of some clients, with their places among all.
func (s *Swarm) shares(all []*client) (clients [][]*client, places [][]int) {
	clients, places = make([][]*client, len(s.threads)), make([][]int, len(s.threads))
	for i, c := range all {
		t := (c.number - s.numbering.first) / s.numbering.stride % len(s.threads)
		clients[t] = append(clients[t], c)
		places[t] = append(places[t], i)
	}
	return clients, places
}

// connect has clients connect at a rate.
func (s *Swarm) connect(all []*client, rate float64, resume bool, ca *campaign) {
	start := machine.Monotonic()
	clients, places := s.shares(all)
	for i, t := range s.threads {
		t.post(func() {
			for j, c := range clients[i] {
				t.adopt(c)
				d := dial{c: c, at: start, resume: resume, campaign: ca}
				if rate > 0 {
					d.at += int64(float64(places[i][j]) / rate * 1e9)
				}
				t.schedule(d)
			}
		})
	}
}

// adopt takes a new client.
func (t *thread) adopt(c *client) {
	if int(c.slot) < len(t.clients) && t.clients[c.slot] == c {
		return
	}
	for int(c.slot) >= len(t.clients) {
		t.clients = append(t.clients, nil)
	}
	t.clients[c.slot] = c
	t.count(c).Clients++
	t.count(c).Away++
}

// await waits for a campaign's end, and returns how many clients are open by it.
func (s *Swarm) await(ctx context.Context, ca *campaign) (came int, err error) {
	select {
	case <-ca.done:
	case <-ctx.Done():
		err = ctx.Err()
		ca.cancel()
	case <-s.closing:
		err = ErrClosed
		ca.cancel()
	}
	ca.mu.Lock()
	defer ca.mu.Unlock()
	if err == nil {
		err = ca.err
	}
	return ca.came, err
}

// reached notes how far the scene is.
func (s *Swarm) reached(epoch, seq uint64) {
	if s.epoch.Load() != epoch {
		s.epoch.Store(epoch)
		s.seq.Store(seq)
		return
	}
	for was := s.seq.Load(); seq > was && !s.seq.CompareAndSwap(was, seq); {
		was = s.seq.Load()
	}
}

// newest returns how far the scene is; 0 if that isn't known for the epoch. Epoch 0 is any.
func (s *Swarm) newest(epoch uint64) uint64 {
	if epoch != 0 && epoch != s.epoch.Load() {
		return 0
	}
	return s.seq.Load()
}

func (s *Swarm) fault(c *client, what string) {
	s.faultsMu.Lock()
	defer s.faultsMu.Unlock()
	if len(s.faults) < MaxFaults {
		s.faults = append(s.faults, Fault{
			At: machine.Monotonic(), Group: c.group.Name, Client: c.number, Epoch: c.epoch, Seq: c.seq, What: what,
		})
	}
}

// Close implements Fleet.
func (s *Swarm) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	close(s.closing)
	for _, t := range s.threads {
		t.mu.Lock()
		t.ended = true
		t.mu.Unlock()
		t.rouse()
	}
	for _, t := range s.threads {
		<-t.stopped
	}
	return nil
}

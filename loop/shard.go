package loop

import (
	"slices"
	"sync"
	"time"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/wsproto"
)

// shard pulls and writes for its connections, on one goroutine.
type shard struct {
	loop *Loop
	epollShard
	stopped chan struct{}
	wake    chan struct{} // capacity 1

	sweepInterval time.Duration // immutable

	mu       sync.Mutex // guards the fields of this group
	ready    []*Conn    // posted, each at most once
	groups   []*groupPart
	conns    map[uint64]*Conn
	stopping bool

	// Loop-owned.
	now       time.Duration // Loop.Now a short while ago
	timers    timerHeap
	timer     *time.Timer
	nextSweep time.Duration // 0: there are no connections
	spare     []*Conn       // the list that isn't filled while the other one is
	spareGrp  []*groupPart
	sweepList []*Conn

	tally  tally // of this batch
	pulled [MaxPull]*buffers.Frame
}

func newShard(l *Loop) (*shard, error) {
	s := &shard{
		loop:          l,
		sweepInterval: l.opts.sweepInterval(),
		stopped:       make(chan struct{}),
		wake:          make(chan struct{}, 1),
		conns:         map[uint64]*Conn{},
		timer:         time.NewTimer(time.Hour),
	}
	s.timer.Stop()
	if l.usesEpoll {
		if err := s.openEpoll(); err != nil {
			return nil, err
		}
	}
	go s.run()
	return s, nil
}

// stop ends the shard's goroutines. Its connections have been closed before.
func (s *shard) stop() {
	s.mu.Lock()
	s.stopping = true
	s.mu.Unlock()
	s.signal()
	<-s.stopped
	if s.loop.usesEpoll {
		s.closeEpoll()
	}
}

func (s *shard) signal() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// postConn puts c on the list of what is to be looked at.
func (s *shard) postConn(c *Conn) {
	s.mu.Lock()
	s.ready = append(s.ready, c)
	first := len(s.ready) == 1
	s.mu.Unlock()
	if first {
		s.signal()
	}
}

// postGroup has all of a group's connections on this shard pull.
func (s *shard) postGroup(p *groupPart) {
	s.mu.Lock()
	s.groups = append(s.groups, p)
	s.mu.Unlock()
	s.signal()
}

// abortAll closes every socket of the shard, from outside.
func (s *shard) abortAll(reason *wsproto.CloseError) {
	s.mu.Lock()
	all := make([]*Conn, 0, len(s.conns))
	for _, c := range s.conns {
		all = append(all, c)
	}
	s.mu.Unlock()
	for _, c := range all {
		c.Abort(reason)
	}
}

func (s *shard) run() {
	defer close(s.stopped)
	defer s.timer.Stop()
	for {
		select {
		case <-s.wake:
		case <-s.timer.C:
		}
		for s.work() {
		}
		if s.finished() {
			return
		}
	}
}

// work does all that is posted and due, and reports whether there was anything. A
// group's pass comes before single connections, and again between batches of them: so a
// thousand clients that catch up don't delay those that keep up.
func (s *shard) work() bool {
	s.now = s.loop.Now()
	worked := s.workGroups()
	ready := s.takeReady()
	for some := range slices.Chunk(ready, maxBatch) {
		s.now = s.loop.Now()
		for _, c := range some {
			s.handle(c, c.posted.Swap(0))
		}
		s.writeBatch()
		s.workGroups()
	}
	s.now = s.loop.Now()
	s.fireTimers(s.now)
	s.writeBatch()
	worked = worked || len(ready) > 0
	clear(ready)
	s.spare = ready[:0]
	return worked
}

// workGroups makes the passes that were asked for.
func (s *shard) workGroups() bool {
	s.mu.Lock()
	groups := s.groups
	s.groups = s.spareGrp
	s.mu.Unlock()
	for _, p := range groups {
		s.pumpGroup(p)
	}
	s.writeBatch()
	for _, p := range groups {
		p.group.endPass()
	}
	worked := len(groups) > 0
	clear(groups)
	s.spareGrp = groups[:0]
	return worked
}

// takeReady swaps the lists, so that others can fill the one while the shard works on
// the other.
func (s *shard) takeReady() (ready []*Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ready, s.ready = s.ready, s.spare
	return ready
}

// finished reports whether the shard is to stop and has nothing left to do.
func (s *shard) finished() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopping && len(s.ready) > 0 {
		s.signal()
		return false
	}
	return s.stopping
}

// pumpGroup pulls and writes for a whole group.
func (s *shard) pumpGroup(p *groupPart) {
	p.woken.Store(false)
	for _, c := range p.conns {
		if c.posted.Load() == 0 { // else it has a turn of its own
			s.pump(c)
		}
	}
}

// handle does what was posted for c.
func (s *shard) handle(c *Conn, marks uint32) {
	if c.state == stateGone {
		return
	}
	if marks&postRegister != 0 {
		s.register(c)
	}
	if marks&postClosed != 0 {
		s.release(c)
		return
	}
	if marks&postWritable != 0 {
		c.blocked = false
	}
	if marks&postLanded != 0 {
		s.land(c)
	}
	if marks&postClose != 0 {
		s.beginClose(c)
	}
	s.pump(c)
}

// register begins c's life on the shard.
func (s *shard) register(c *Conn) {
	c.registered = true
	if c.group != nil {
		c.group.add(c)
	}
	now := s.loop.Now()
	c.lastProgress = now
	if s.nextSweep == 0 {
		s.nextSweep = now + s.sweepInterval
		s.armTimer(now)
	}
}

// release ends c's life on the shard, after its socket was closed.
func (s *shard) release(c *Conn) {
	c.state = stateGone
	c.out.clear()
	if c.group != nil && c.registered {
		c.group.remove(c)
	}
	s.mu.Lock()
	delete(s.conns, c.id)
	s.mu.Unlock()
	s.loop.stats.conns.Add(-1)
	s.loop.places.Add(-1)
	c.runAfterClose()
	c.inbox.close(c, c.Reason())
}

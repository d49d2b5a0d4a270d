package scenewire

import (
	"sync"
	"sync/atomic"
	"time"
)

// Lag says how far a client is behind.
type Lag struct {
	// Sequences is how many broadcasts the client's cursor is behind. What was
	// superseded meanwhile counts, though it won't be sent.
	Sequences uint64
	// Pending is the bytes that wait for the client alone, see [Client.Pending].
	Pending int64
	// Since is for how long the client has been behind.
	Since time.Duration
	// Lost is how many transient broadcasts were dropped before they reached the
	// client, since it connected.
	Lost uint64
}

// Lag returns how far the client is behind the newest broadcast. A client that keeps
// up is behind by what came since the last window.
func (c *Client) Lag() Lag {
	now, end := c.server.loop.Now(), c.server.log.Next()
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.lagLocked(now, end)
}

func (c *Client) lagLocked(now time.Duration, end uint64) Lag {
	l := Lag{Sequences: c.behindBy(end), Pending: c.Pending(), Lost: c.lost.Load()}
	if c.behind != 0 {
		l.Since = max(now-c.behind, 0)
	}
	return l
}

// Pending returns the bytes that wait for this client alone: its private queue, and
// what its socket hasn't taken of the windows that were begun. The log isn't in it,
// which no client has a copy of; nor is the kernel's buffer.
func (c *Client) Pending() int64 { return c.queue.Bytes() + c.conn.Load().Pending() }

func (c *Client) behindBy(end uint64) uint64 {
	cursor := c.cursor.Load()
	return end - min(cursor, end)
}

// OnLag has fn called for a client that has been behind for [Options.LagAfter], and
// again each time as long while it is; one that is paused doesn't count as behind. It
// runs as the client's other callbacks do, one at a time. stop takes fn out again.
func (s *Server) OnLag(fn func(c *Client, lag Lag)) (stop func()) { return s.onLag.add(fn) }

const (
	// choreInterval is how often a server that sends looks after its clients.
	choreInterval = time.Second
	// idleChoreInterval is how soon it looks after what is kept for clients when it
	// has none, and how often.
	idleChoreInterval = 10 * time.Second
)

// chores are what is done beside ticks, now and then.
type chores struct {
	next    time.Duration // guarded by pace.mu
	running atomic.Bool   // or about to

	mu      sync.Mutex // guards all below
	timer   *time.Timer
	stopped bool
}

func (c *chores) init(do func()) {
	c.timer = time.AfterFunc(time.Hour, do)
	c.timer.Stop()
}

// after has the chores done at that time and no other, unless they are stopped.
func (c *chores) after(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.stopped {
		c.timer.Reset(d)
	}
}

// stop ends the chores: nothing of the server is left in the runtime's timers.
func (c *chores) stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stopped = true
	c.timer.Stop()
}

// onTick has the chores done as soon as it is time. It runs with pace.mu held.
func (s *Server) onTick(now time.Duration) {
	if s.chores.running.Swap(true) {
		return
	}
	// Also what the last tick of all has sent is looked after, when it's time.
	due := max(now, s.chores.next)
	s.chores.next = due + min(choreInterval, s.opts.LagAfter)
	s.chores.after(due - now)
}

// doChores looks after the clients, and drops what everybody has from the log. While
// something is kept there for a time, it comes again by itself. A server without
// clients keeps no frames for those that may come.
func (s *Server) doChores() {
	now := s.loop.Now()
	// Whoever isn't among the clients yet reads up to this cut at least, first of all: of
	// what is removed below it they see nothing.
	passed := s.pace.cut.Load()
	clients := s.Clients()
	s.findLaggards(clients, now)
	for _, c := range clients {
		passed = min(passed, c.settled(now))
	}
	s.log.Expire(now, passed)
	again := choreInterval
	if len(clients) == 0 {
		s.cache.Clear()
		again = idleChoreInterval
	}
	transients, _ := s.log.Transients()
	kept := s.log.Removals()+transients > 0
	s.chores.running.Store(false)
	if kept {
		s.chores.after(again)
	}
}

// findLaggards notes who is behind and tells of those who have been for long.
func (s *Server) findLaggards(clients []*Client, now time.Duration) {
	cut := s.pace.cut.Load()
	callbacks := s.onLag.all()
	for _, c := range clients {
		if c.noteLag(now, cut, s.opts.LagAfter) && len(callbacks) > 0 {
			c.conn.Load().Do(func() {
				lag := c.Lag()
				for _, f := range callbacks {
					s.guard("OnLag", func() { f.call(c, lag) })
				}
			})
		}
	}
}

// noteLag keeps since when the client is behind the cut of the last look, and reports
// whether that is to be told.
func (c *Client) noteLag(now time.Duration, cut uint64, after time.Duration) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.recent.look(now, c.sent.windows.Load())
	keepsUp := c.cursor.Load() >= c.seenCut || c.interval.Load() > 0 || c.paused.Load() // as is wanted
	c.seenCut = cut
	if keepsUp {
		c.behind = 0
		return false
	}
	if c.behind == 0 {
		c.behind = now
		c.told = now
	}
	if now-c.told < after {
		return false
	}
	c.told = now
	return true
}

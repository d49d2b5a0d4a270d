package loop

import (
	"container/heap"
	"time"
)

// timerHeap orders the connections that want to be looked at at a time of their own.
// An entry whose time is not its connection's wakeAt is void.
type timerHeap []timerEntry

type timerEntry struct {
	at time.Duration
	c  *Conn
}

func (h timerHeap) Len() int           { return len(h) }
func (h timerHeap) Less(i, j int) bool { return h[i].at < h[j].at }
func (h timerHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *timerHeap) Push(x any)        { *h = append(*h, x.(timerEntry)) }

func (h *timerHeap) Pop() any {
	old := *h
	last := len(old) - 1
	e := old[last]
	old[last] = timerEntry{}
	*h = old[:last]
	return e
}

// wakeConnAt has c looked at at a time, unless it is to be earlier already.
func (s *shard) wakeConnAt(c *Conn, at time.Duration) {
	if c.wakeAt != 0 && c.wakeAt <= at && c.state < stateClosing {
		return
	}
	c.wakeAt = at
	heap.Push(&s.timers, timerEntry{at: at, c: c})
	if s.timers[0].c == c {
		s.armTimer(s.loop.Now())
	}
}

// fireTimers looks at the connections whose time has come, sweeps when that is due,
// and arms the timer for what comes next.
func (s *shard) fireTimers(now time.Duration) {
	fired := false
	for len(s.timers) > 0 && s.timers[0].at <= now {
		e := heap.Pop(&s.timers).(timerEntry)
		fired = true
		if e.c.wakeAt != e.at || e.c.state == stateGone {
			continue
		}
		e.c.wakeAt = 0
		s.fire(e.c)
	}
	if s.nextSweep != 0 && now >= s.nextSweep {
		fired = true
		s.sweep(now)
	}
	if fired {
		s.armTimer(now)
	}
}

func (s *shard) fire(c *Conn) {
	if c.state >= stateClosing {
		// CloseTimeout is over: the peer doesn't answer, or doesn't read.
		c.hangUp()
		return
	}
	s.pump(c)
}

func (s *shard) armTimer(now time.Duration) {
	next := s.nextSweep
	if len(s.timers) > 0 && (next == 0 || s.timers[0].at < next) {
		next = s.timers[0].at
	}
	if next == 0 {
		s.timer.Stop()
		return
	}
	s.timer.Reset(max(next-now, 0))
}

// maxSweepInterval is how often a shard looks for stalled and silent connections, unless
// the times that it looks for are so short that it looks more often.
const maxSweepInterval = time.Second

func (o *Options) sweepInterval() time.Duration {
	interval := maxSweepInterval
	for _, timeout := range []time.Duration{o.WriteTimeout, o.PingInterval, o.PingTimeout, o.IdleTimeout} {
		if timeout > 0 {
			interval = min(interval, timeout/4)
		}
	}
	return max(interval, 10*time.Millisecond)
}

// sweep checks every connection's deadlines. With no connections it isn't repeated.
func (s *shard) sweep(now time.Duration) {
	s.mu.Lock()
	all := s.sweepList[:0]
	for _, c := range s.conns {
		all = append(all, c)
	}
	s.mu.Unlock()
	for _, c := range all {
		s.checkDeadlines(c, now)
	}
	clear(all)
	s.sweepList = all[:0]
	s.nextSweep = 0
	if len(all) > 0 {
		s.nextSweep = now + s.sweepInterval
	}
}

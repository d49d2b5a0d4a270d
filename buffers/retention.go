package buffers

import "time"

const (
	defaultLogRemovals      = 1 << 18
	defaultResumeHorizon    = 10 * time.Minute
	defaultTransientEntries = 4096
	defaultTransientBytes   = 16 << 20
	defaultTransientAge     = 10 * time.Second
)

// retention is what a log holds for a while without its being part of the live
// state: removals for the readers that saw what they remove, and transient
// entries for the readers that were there.
type retention struct {
	maxRemovals       int
	horizon           time.Duration
	maxTransients     int
	maxTransientBytes int64
	maxTransientAge   time.Duration

	removals   shelf
	transients shelf
	keys       map[string]uint64 // key to sequence of its transient entry; may be nil
	lost       lostList

	// Of the removals that were dropped: the least seenFrom, and where the
	// newest one stood. A reader whose cursor lies between may miss one.
	dropped                bool
	droppedFrom, droppedAt uint64

	// forgotten is the log's end when entries were last taken out unseen:
	// earlier readers may have keys that look new.
	forgotten uint64
}

func newRetention(lim LogLimits) *retention {
	return &retention{
		maxRemovals:       limit(lim.MaxRemovals, defaultLogRemovals),
		horizon:           lim.resumeHorizon(),
		maxTransients:     limit(lim.MaxTransientEntries, defaultTransientEntries),
		maxTransientBytes: limit64(lim.MaxTransientBytes, defaultTransientBytes),
		maxTransientAge:   limit64(lim.MaxTransientAge, defaultTransientAge),
	}
}

// admits reports whether es may be pushed as far as this goes: no transient
// entry makes claims, and those of es don't push each other out.
func (r *retention) admits(es []Entry) error {
	entries, bytes := 0, int64(0)
	for i := range es {
		e := &es[i]
		if !e.Transient {
			continue
		}
		if e.Removal || e.Supersedes != nil {
			return ErrTransient
		}
		entries++
		bytes += e.memory()
	}
	if entries > r.maxTransients || bytes > r.maxTransientBytes {
		return ErrFull
	}
	return nil
}

// replaceTransient culls the transient entry that has this key.
func (r *retention) replaceTransient(c *conflator, key string) {
	if seq, ok := r.keys[key]; ok {
		c.kill(c.search(seq))
	}
}

func (r *retention) addTransient(e *Entry) {
	r.transients.add(e)
	if e.Key == "" {
		return
	}
	if r.keys == nil {
		r.keys = make(map[string]uint64)
	}
	r.keys[e.Key] = e.Seq
}

func (r *retention) dropTransient(e *Entry) {
	r.transients.drop(e)
	if e.Key != "" && r.keys[e.Key] == e.Seq {
		delete(r.keys, e.Key)
	}
}

// settle enforces the bounds after a push.
func (r *retention) settle(c *conflator) {
	for r.transients.live > r.maxTransients || r.transients.memory > r.maxTransientBytes {
		r.loseOldest(c)
	}
	for r.removals.live > r.maxRemovals {
		r.dropRemoval(c, r.removals.oldest(c))
	}
	r.transients.tidy(c)
	r.removals.tidy(c)
	c.compactIfSparse()
}

// loseOldest drops the oldest transient entry at a bound.
func (r *retention) loseOldest(c *conflator) {
	e := r.transients.oldest(c)
	r.lost.add(e.Seq)
	c.remove(c.search(e.Seq))
}

// dropRemoval takes a removal out for good.
func (r *retention) dropRemoval(c *conflator, e *Entry) {
	if !r.dropped {
		r.dropped, r.droppedFrom = true, e.seenFrom
	}
	r.droppedFrom = min(r.droppedFrom, e.seenFrom)
	r.droppedAt = max(r.droppedAt, e.Seq)
	c.remove(c.search(e.Seq))
}

// expire drops what every cursor from passed on has behind it, and what is too
// old.
func (r *retention) expire(c *conflator, now time.Duration, passed uint64) {
	r.removals.date(now)
	r.transients.date(now)
	for e := r.removals.oldest(c); e != nil && e.Seq < passed; e = r.removals.oldest(c) {
		if r.removals.age(0, now) < r.horizon {
			break
		}
		r.dropRemoval(c, e)
	}
	for r.expireTransient(c, now, passed) {
	}
	r.lost.passed(passed)
	c.compactIfSparse()
}

// expireTransient drops the oldest transient entry if it has to go.
func (r *retention) expireTransient(c *conflator, now time.Duration, passed uint64) bool {
	e := r.transients.oldest(c)
	switch {
	case e == nil:
		return false
	case e.Seq < passed:
		c.remove(c.search(e.Seq))
		return true
	case r.transients.age(0, now) >= r.maxTransientAge:
		r.loseOldest(c)
		return true
	}
	return false
}

// unseen reports whether a reader with this cursor can't have seen anything
// that the removal e removes.
func (r *retention) unseen(e *Entry, cursor uint64) bool {
	return cursor < e.seenFrom && cursor >= r.forgotten
}

// misses reports whether a removal was dropped that the reader may have needed.
func (r *retention) misses(cursor uint64) bool {
	return r.dropped && cursor > 0 && cursor <= r.droppedAt && cursor >= r.droppedFrom
}

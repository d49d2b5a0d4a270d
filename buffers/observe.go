package buffers

import (
	"errors"
	"slices"
)

// ErrState says that what a log is to be restored from is not the live state of one.
var ErrState = errors.New("buffers: not the live state of a log")

// Observer is told all that changes the live state of a [Log], in order. The log calls
// it with its lock held, by the goroutine that changes it: it must not use the log, and
// whatever takes longer than noting it down keeps all producers waiting.
//
// A log that is restored from what Begin gets, by [RestoreLog], and that is pushed what
// Pushed gets, has the same live state with the same sequences. What goes because it is
// old, or hits a bound, isn't told: it is no part of the live state.
type Observer interface {
	// Begin comes first: live is the live state in order, next the sequence of the
	// next push. The slice is handed over, the entries are shared and read-only.
	Begin(live []*Entry, next uint64)
	// Pushed tells of a batch, as it was given to the push, and of the sequence of its
	// first entry. The slice is borrowed until return, what the entries hold is shared
	// and read-only; their own Seq isn't set. Sequences are left out where the log has
	// begun again, see [Log.Replace].
	Pushed(first uint64, es []Entry)
	// Removed tells what [Log.Remove] or [Log.Replace] took out. The slice is borrowed until return.
	Removed(gone []*Entry)
}

// Observe has o told of all that is pushed and removed from now on, beginning with the
// live state at this moment. A push returns when its observers have been told. An
// observer that the log has already begins anew, with nothing missed in between.
//
// stop ends it: when it returns, o isn't called any more. It may be called several
// times. A log that nobody observes pays nothing for it.
func (l *Log) Observe(o Observer) (stop func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !slices.Contains(l.observers, o) {
		l.observers = append(l.observers, o)
	}
	o.Begin(l.entries.appendLive(nil), l.entries.next)
	return func() { l.unobserve(o) }
}

func (l *Log) unobserve(o Observer) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.observers = slices.DeleteFunc(l.observers, func(x Observer) bool { return x == o })
}

// RestoreLog makes a log of the live state that another one had: live are its entries in
// order, with their sequences, and next is the sequence of its next push. The log shares
// the entries; the slice is borrowed until return.
//
// What the other log kept besides its live state isn't here. So its readers join anew or
// resume at next; others get a reset. Errors: [ErrState] if the sequences don't rise to
// less than next, a key comes twice, or an entry is no state; [ErrFull].
func RestoreLog(lim LogLimits, live []*Entry, next uint64) (*Log, error) {
	l := NewLog(lim)
	if len(live) > l.maxEntries {
		return nil, ErrFull
	}
	if err := l.entries.restore(live, next); err != nil {
		return nil, err
	}
	if l.entries.bytes > l.maxBytes {
		return nil, ErrFull
	}
	if next > 0 {
		l.kept.dropped, l.kept.droppedAt = true, next-1
	}
	l.next.Store(next)
	return l, nil
}

// restore fills an empty conflator with a live state.
func (c *conflator) restore(live []*Entry, next uint64) error {
	c.index = make(map[string]uint64, len(live))
	for i, e := range live {
		_, twice := c.index[e.Key]
		rises := e.Seq < next && (i == 0 || e.Seq > live[i-1].Seq)
		if twice || !rises || !e.lasting() || e.Follows != "" && e.Follows == e.Key {
			return ErrState
		}
		if e.Key != "" {
			c.index[e.Key] = e.Seq
		}
		if e.Follows != "" {
			c.follow(e) // before there is a next sequence: each is about to be appended
		}
		c.packed = append(c.packed, e.Seq)
		c.bytes += e.memory()
	}
	c.slots = slices.Clone(live)
	c.alive.fill(len(live))
	c.indexPeak, c.live = len(c.index), len(live)
	c.packedEnd, c.next = next, next
	return nil
}

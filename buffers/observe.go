package buffers

import "slices"

// Observer is told all that changes the live state of a [Log], in order. The log calls
// it with its lock held, by the goroutine that changes it: it must not use the log, and
// whatever takes longer than noting it down keeps all producers waiting.
//
// A log that is pushed what Begin gets, each entry at its sequence (see [Log.Skip]), and
// then what Pushed gets, has the same live state with the same sequences. What goes
// because it is old, or hits a bound, isn't told: it is no part of the live state.
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

package buffers

import (
	"bytes"
	"slices"
)

// Replaced says what [Log.Replace] has done.
type Replaced struct {
	// Kept is how many entries at the beginning stood there already.
	Kept int
	// Reset says that readers have to begin again which have read anything.
	Reset bool
}

// Replace makes es, which are the live state of a log, the live state of this one, in
// their order: what stands there already at the beginning stays, the rest is pushed as
// one batch. es is borrowed until return, its payloads are handed over.
//
// If that supersedes all that has to go, readers are told of nothing else. If not, no
// entry could tell them what to drop: those who have read anything get a [Window] with
// Reset, and removals and transient entries that wait for them are dropped.
//
// Errors: [ErrState] if one of es is no state; [ErrFull]. Nothing has happened then.
func (l *Log) Replace(es []Entry) (Replaced, error) {
	for i := range es {
		if !es[i].lasting() {
			return Replaced{}, ErrState
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	live := l.entries.appendLive(nil)
	kept := commonStart(live, es)
	if supersedesAll(es[kept:], live[kept:]) {
		err := l.pushLocked(es[kept:])
		return Replaced{Kept: kept}, err
	}
	return Replaced{Reset: true}, l.restartLocked(live, es)
}

// commonStart is how many entries stand at the beginning of both.
func commonStart(live []*Entry, es []Entry) int {
	n := 0
	for n < min(len(live), len(es)) && live[n].same(&es[n]) {
		n++
	}
	return n
}

// same reports whether readers can't tell two entries from each other.
func (e *Entry) same(other *Entry) bool {
	return e.Key == other.Key && e.Follows == other.Follows && e.Except == other.Except &&
		e.Supersedes.same(other.Supersedes) && bytes.Equal(e.Payload, other.Payload)
}

// supersedesAll reports whether each of old has the key of one of es.
func supersedesAll(es []Entry, old []*Entry) bool {
	if len(old) > len(es) {
		return false
	}
	keys := make(map[string]struct{}, len(es))
	for i := range es {
		keys[es[i].Key] = struct{}{}
	}
	delete(keys, "") // supersedes nothing
	for _, e := range old {
		if _, ok := keys[e.Key]; !ok {
			return false
		}
	}
	return true
}

// restartLocked makes es all there is, and has every reader begin again. One sequence
// is left out: whoever has read up to it has read something else than what comes.
func (l *Log) restartLocked(live []*Entry, es []Entry) error {
	end := l.entries.next
	fresh := conflator{next: end + 1, kept: l.kept.restarted(end)}
	if !fresh.fits(es, l.maxEntries, l.maxBytes) {
		return ErrFull
	}
	for _, o := range l.observers {
		o.Removed(live)
	}
	l.entries, l.kept = fresh, fresh.kept
	l.next.Store(fresh.next)
	return l.pushLocked(es)
}

// restarted returns a retention that has nothing but the bounds, for a log whose
// readers up to end have to begin again.
func (r *retention) restarted(end uint64) *retention {
	return &retention{
		maxRemovals: r.maxRemovals, horizon: r.horizon,
		maxTransients: r.maxTransients, maxTransientBytes: r.maxTransientBytes, maxTransientAge: r.maxTransientAge,
		lost: r.lost, dropped: true, droppedAt: end, forgotten: end + 1,
	}
}

// same reports whether two sets are written alike.
func (s *KeySet) same(other *KeySet) bool {
	if s == nil || other == nil {
		return s == other
	}
	return s.Prefix == other.Prefix && slices.Equal(s.Keys, other.Keys)
}

package buffers

import "time"

// Expire drops the removals and transient entries that need not be kept any
// longer. passed is the least cursor of all connected readers, or NoReader when
// there are none: what lies below has reached them. now is the time since any
// fixed origin; an entry's age counts from the first call behind its push, so
// call it about once a second.
//
// A removal goes when all have passed it and it is older than the resume
// horizon, a transient entry when either holds of it. The cost is proportional
// to what was pushed since the last call and to what goes.
func (l *Log) Expire(now time.Duration, passed uint64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.kept.expire(&l.entries, now, passed)
}

// OldestToken is the least sequence that a reader may resume at: it may have
// missed a removal otherwise, and has to begin again. The next [Window] has the
// last word, in Reset.
func (l *Log) OldestToken() uint64 {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if !l.kept.dropped {
		return 0
	}
	return l.kept.droppedAt + 1
}

// Removals is the number of removals that are kept for readers that may need
// them.
func (l *Log) Removals() int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.kept.removals.live
}

// Transients is the number and the bytes of the transient entries that are kept.
func (l *Log) Transients() (entries int, bytes int64) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.kept.transients.live, l.kept.transients.memory
}

// LostTransients counts the transient entries that a bound has ever dropped
// before every connected reader was known to have passed them. [Window.Lost]
// says whom it hit.
func (l *Log) LostTransients() uint64 {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.kept.lost.total
}

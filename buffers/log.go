package buffers

import (
	"sync"
	"sync/atomic"
	"time"
)

const (
	defaultLogEntries = 1 << 20
	defaultLogBytes   = 1 << 30
)

// LogLimits bounds what a [Log] holds.
type LogLimits struct {
	// MaxEntries bounds the live entries: a push beyond fails with [ErrFull].
	// 0 is 1048576, negative is no limit.
	MaxEntries int
	// MaxBytes bounds the bytes of live entries and removals, payloads and
	// packed forms: a push beyond fails with [ErrFull]. 0 is 1 GiB, negative is
	// no limit.
	MaxBytes int64

	// ResumeHorizon is how long a removal is kept at least for readers that
	// come back. 0 is 10 minutes, negative is not at all.
	ResumeHorizon time.Duration
	// MaxRemovals bounds the removals that are kept: beyond it the oldest is
	// dropped, and readers that may have needed it have to begin again. 0 is
	// 262144, negative is no limit.
	MaxRemovals int

	// MaxTransientEntries bounds the transient entries: beyond it the oldest is
	// dropped. 0 is 4096, negative is no limit.
	MaxTransientEntries int
	// MaxTransientBytes bounds the bytes of the transient entries in the same
	// way. 0 is 16 MiB, negative is no limit.
	MaxTransientBytes int64
	// MaxTransientAge is how long a transient entry waits for a reader. 0 is
	// 10 seconds, negative is no limit.
	MaxTransientAge time.Duration
}

// resumeHorizon resolves ResumeHorizon.
func (l LogLimits) resumeHorizon() time.Duration {
	if l.ResumeHorizon < 0 {
		return 0
	}
	return limit64(l.ResumeHorizon, defaultResumeHorizon)
}

// Log is the persistent broadcast buffer of a scene: the newest entry of every
// redundancy key, and every entry without a key, in the order of their pushes.
// This is its live state, which a late joiner gets.
//
// For readers that are there already it also holds, for a while:
//
//   - Removals. A removal stands where it was pushed, also when its key is
//     created again, and reaches readers that may have seen what it removes,
//     nobody else. The next removal of the key culls it.
//   - Transient entries, for the readers that had joined by then.
//
// Neither is in Len, Keys and Snapshot. [Log.Expire] drops what everybody has.
//
// Guarded: all methods may be called concurrently, and none calls back into the
// caller while it holds the lock, but for an [Observer].
type Log struct {
	maxEntries int   // immutable
	maxBytes   int64 // immutable

	// next is atomic: written by pushes under mu once their entries can be
	// read, so a reader that sees a value finds everything below it.
	next atomic.Uint64

	mu        sync.RWMutex
	entries   conflator
	kept      *retention // that of entries
	culled    uint64
	observers []Observer
}

// NewLog makes an empty log.
func NewLog(lim LogLimits) *Log {
	l := &Log{
		maxEntries: limit(lim.MaxEntries, defaultLogEntries),
		maxBytes:   limit64(lim.MaxBytes, defaultLogBytes),
		kept:       newRetention(lim),
	}
	l.entries.kept = l.kept
	return l
}

// Push appends e, culls what it supersedes and returns its sequence. The
// payload is handed over. A push that supersedes as much as it brings is
// accepted by a full log. Errors: [ErrFull], [ErrTransient].
func (l *Log) Push(e Entry) (seq uint64, err error) {
	one := [1]Entry{e}
	seq, _, err = l.PushBatch(one[:])
	return seq, err
}

// PushBatch appends es as one batch: with consecutive sequences, first to last,
// under one lock, all or nothing. Of two entries with one key the later wins.
// Followers that are moved behind what they follow take sequences of the batch
// and are part of it.
//
// An empty batch appends nothing; first and last are then the next sequence.
// es is borrowed until return, its payloads are handed over. Errors: [ErrFull],
// [ErrTransient]. Near the bounds a batch of several entries is credited with
// what it supersedes by key, and with nothing else.
func (l *Log) PushBatch(es []Entry) (first, last uint64, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	first = l.entries.next
	if len(es) == 0 {
		return first, first, nil
	}
	if err := l.pushLocked(es); err != nil {
		return 0, 0, err
	}
	return first, l.entries.next - 1, nil
}

// pushLocked is PushBatch with the lock held.
func (l *Log) pushLocked(es []Entry) error {
	if len(es) == 0 {
		return nil
	}
	if err := l.kept.admits(es); err != nil {
		return err
	}
	if !l.entries.fits(es, l.maxEntries, l.maxBytes) {
		return ErrFull
	}
	first, before := l.entries.next, l.entries.live
	l.entries.pushAll(es)
	l.culled += uint64(before + len(es) - l.entries.live)
	l.kept.settle(&l.entries)
	for _, o := range l.observers {
		o.Pushed(first, es)
	}
	l.next.Store(l.entries.next)
	return nil
}

// Next is the sequence of the next push: the cursor of a reader that has read
// everything. It takes no lock.
func (l *Log) Next() uint64 { return l.next.Load() }

// Len is the number of live entries.
func (l *Log) Len() int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.entries.count()
}

// Culled is how many entries were culled by pushes so far. Those that Remove took out,
// and those that a bound did, don't count.
func (l *Log) Culled() uint64 {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.culled
}

// Bytes sums the payloads and packed forms of the live entries and removals.
func (l *Log) Bytes() int64 {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.entries.bytes
}

// Keys lists the redundancy keys of the live entries in log order. Entries
// without a key are not in it.
func (l *Log) Keys() []string {
	live, _ := l.Snapshot()
	keys := make([]string, 0, len(live))
	for _, e := range live {
		if e.Key != "" {
			keys = append(keys, e.Key)
		}
	}
	return keys
}

// Snapshot is the live entries in order, and the sequence of the next push at
// that moment. The entries are shared and read-only, the slice is the caller's.
func (l *Log) Snapshot() (live []*Entry, next uint64) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.entries.appendLive(nil), l.entries.next
}

// Remove removes the live entries that match, and says how many. No reader is
// told: one that has an entry keeps it, one that has not never gets it. What
// follows them stays.
//
// match is called once per entry, without the lock, so it may use the log.
// Entries pushed while Remove runs are not looked at.
func (l *Log) Remove(match func(*Entry) bool) int {
	live, _ := l.Snapshot()
	matched := keep(live, match)
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(matched) > 0 {
		l.kept.forgotten = l.entries.next
	}
	removed := l.entries.removeAll(matched)
	if len(removed) > 0 {
		for _, o := range l.observers {
			o.Removed(removed)
		}
	}
	return len(removed)
}

// keep filters entries in place.
func keep(entries []*Entry, match func(*Entry) bool) []*Entry {
	kept := entries[:0]
	for _, e := range entries {
		if match(e) {
			kept = append(kept, e)
		}
	}
	return kept
}

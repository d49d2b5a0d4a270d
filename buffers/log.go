package buffers

import (
	"sync"
	"sync/atomic"
)

const (
	defaultLogEntries = 1 << 20
	defaultLogBytes   = 1 << 30
)

// LogLimits bounds what a [Log] holds. A push beyond a bound fails with
// [ErrFull].
type LogLimits struct {
	// MaxEntries bounds the live entries. 0 is 1048576, negative is no limit.
	MaxEntries int
	// MaxBytes bounds the bytes of the live entries, payloads and packed forms. 0 is 1 GiB,
	// negative is no limit.
	MaxBytes int64
}

// Log is the persistent broadcast buffer of a scene: the newest entry of every
// redundancy key, and every entry without a key, in the order of their pushes.
//
// Guarded: all methods may be called concurrently, and none calls back into the
// caller while it holds the lock.
type Log struct {
	maxEntries int   // immutable
	maxBytes   int64 // immutable

	// next is atomic: written by pushes under mu once their entries can be
	// read, so a reader that sees a value finds everything below it.
	next atomic.Uint64

	mu      sync.RWMutex
	entries conflator
}

// NewLog makes an empty log.
func NewLog(lim LogLimits) *Log {
	return &Log{
		maxEntries: limit(lim.MaxEntries, defaultLogEntries),
		maxBytes:   limit64(lim.MaxBytes, defaultLogBytes),
	}
}

// Push appends e, culls the live entry that has its key and returns its
// sequence. The payload is handed over. The only error is [ErrFull]; a push
// that supersedes as much as it brings is accepted by a full log.
func (l *Log) Push(e Entry) (seq uint64, err error) {
	one := [1]Entry{e}
	seq, _, err = l.PushBatch(one[:])
	return seq, err
}

// PushBatch appends es as one batch: with consecutive sequences, first to last,
// under one lock, all or nothing. Of two entries with one key the later wins.
// An empty batch appends nothing; first and last are then the next sequence.
// es is borrowed until return, its payloads are handed over. The only error is
// [ErrFull].
func (l *Log) PushBatch(es []Entry) (first, last uint64, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	first = l.entries.next
	if len(es) == 0 {
		return first, first, nil
	}
	if !l.entries.fits(es, l.maxEntries, l.maxBytes) {
		return 0, 0, ErrFull
	}
	for i := range es {
		l.entries.push(es[i], i, len(es)-1-i)
	}
	l.next.Store(l.entries.next)
	return first, l.entries.next - 1, nil
}

// Next is the sequence of the next push: the cursor of a reader that has read
// everything. It takes no lock.
func (l *Log) Next() uint64 { return l.next.Load() }

// Len is the number of live entries.
func (l *Log) Len() int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.entries.live
}

// Bytes sums the payloads and packed forms of the live entries.
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
// told: one that has an entry keeps it, one that has not never gets it.
//
// match is called once per entry, without the lock, so it may use the log.
// Entries pushed while Remove runs are not looked at.
func (l *Log) Remove(match func(*Entry) bool) int {
	live, _ := l.Snapshot()
	matched := keep(live, match)
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.entries.removeAll(matched)
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

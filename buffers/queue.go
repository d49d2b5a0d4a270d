package buffers

import "sync"

const (
	defaultQueueEntries = 16384
	defaultQueueBytes   = 64 << 20
	// maxPooledSlots is the largest queue whose memory is kept for another one.
	maxPooledSlots = 64
)

// QueueLimits bounds what a [Queue] holds. A push beyond a bound fails with
// [ErrFull].
type QueueLimits struct {
	// MaxEntries bounds the waiting entries. 0 is 16384, negative is no limit.
	MaxEntries int
	// MaxBytes bounds the bytes of the waiting entries, payloads and packed
	// forms. 0 is 64 MiB,
	// negative is no limit.
	MaxBytes int64
}

// Queue is one client's private buffer. It conflates as a [Log] does, by Key,
// Supersedes and Follows, and forgets what is popped. Its sequences are its own.
//
// A removal waits even when its key is pushed again, since the queue does not
// know whether the client has the old generation; the next removal of the key
// culls both. Whether an entry is transient does not matter here.
//
// An empty queue costs the 40 bytes of this struct: its memory comes with the
// first push and goes with the last pop. The zero value is an empty queue with
// default limits. Guarded: all methods but Init may be called concurrently.
type Queue struct {
	mu         sync.Mutex
	maxEntries int        // as configured
	maxBytes   int64      // as configured
	next       uint64     // sequence of the next push, kept while entries is nil
	entries    *conflator // nil while the queue is empty
}

// queueMemory recycles what small queues hold while they are not empty
// (BenchmarkQueuePushPop). A conflator comes back in [Queue.settleLocked] only.
var queueMemory = sync.Pool{New: func() any { return new(conflator) }}

// Init sets the limits. It comes before any other call.
func (q *Queue) Init(lim QueueLimits) {
	q.maxEntries, q.maxBytes = lim.MaxEntries, lim.MaxBytes
}

// Push appends e and culls the waiting entry that has its key. The payload is
// handed over; Except is not looked at. The only error is [ErrFull]; a push
// that supersedes as much as it brings is accepted by a full queue.
func (q *Queue) Push(e Entry) error {
	one := [1]Entry{e}
	return q.PushBatch(one[:])
}

// PushBatch appends es as one batch, all or nothing. Of two entries with one
// key the later wins. es is borrowed until return, its payloads are handed
// over. The only error is [ErrFull].
func (q *Queue) PushBatch(es []Entry) error {
	if len(es) == 0 {
		return nil
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	c := q.openLocked()
	defer q.settleLocked()
	maxEntries := limit(q.maxEntries, defaultQueueEntries)
	if !c.fits(es, maxEntries, limit64(q.maxBytes, defaultQueueBytes)) {
		return ErrFull
	}
	c.pushAll(es)
	return nil
}

// Pop takes the oldest entries out and appends them to dst, in order. It stops
// at maxEntries and maxBytes payload bytes, which mean what they mean in a
// [WindowRequest]: one entry always goes, and a batch goes whole unless it
// alone exceeds maxBytes.
func (q *Queue) Pop(dst []*Entry, maxEntries, maxBytes int) []*Entry {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.entries == nil {
		return dst
	}
	defer q.settleLocked()
	start := len(dst)
	dst = q.entries.collect(dst, WindowRequest{
		To: q.entries.next, MaxEntries: maxEntries, MaxBytes: maxBytes, Live: true,
	}).Entries
	q.entries.removeAll(dst[start:])
	return dst
}

// Len is the number of waiting entries.
func (q *Queue) Len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.entries == nil {
		return 0
	}
	return q.entries.live
}

// Bytes sums the payloads and packed forms of the waiting entries.
func (q *Queue) Bytes() int64 {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.entries == nil {
		return 0
	}
	return q.entries.bytes
}

// Remove removes the waiting entries that match, and says how many. match is
// called once per entry, without the lock. What is pushed or popped while
// Remove runs is not touched by it.
func (q *Queue) Remove(match func(*Entry) bool) int {
	matched := keep(q.snapshot(), match)
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.entries == nil {
		return 0
	}
	defer q.settleLocked()
	return len(q.entries.removeAll(matched))
}

// Clear drops all waiting entries.
func (q *Queue) Clear() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.entries != nil {
		q.next, q.entries = q.entries.next, nil
	}
}

// snapshot is the waiting entries in order.
func (q *Queue) snapshot() []*Entry {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.entries == nil {
		return nil
	}
	return q.entries.appendLive(nil)
}

// openLocked makes sure that there is a conflator to push to.
func (q *Queue) openLocked() *conflator {
	if q.entries == nil {
		q.entries = queueMemory.Get().(*conflator)
		q.entries.next = q.next
	}
	return q.entries
}

// settleLocked gives the conflator back when it is empty.
func (q *Queue) settleLocked() {
	c := q.entries
	if c.live > 0 {
		return
	}
	q.next, q.entries = c.next, nil
	if cap(c.slots) <= maxPooledSlots {
		c.reset()
		queueMemory.Put(c)
	}
}

package buffers

// waitingStep is how many entries [Log.AppendWaiting] looks at with the lock held.
const waitingStep = 1024

// Waiting is what a reader still has to read of a log.
type Waiting struct {
	Entries int
	Bytes   int64  // of their payloads
	Oldest  uint64 // the first one's sequence; 0 without any
}

// AppendWaiting appends what waits behind each of the cursors, which must rise. It counts
// what there is for any reader: removals, transient entries, and those that exclude some.
//
// Its cost is that of one walk over the live entries behind the first cursor, however many
// cursors there are. Pushes get their turn in between, and what they move to the end
// meanwhile is missing.
func (l *Log) AppendWaiting(dst []Waiting, cursors []uint64) []Waiting {
	start := len(dst)
	dst = append(dst, make([]Waiting, len(cursors))...)
	w := waitingWalk{cursors: cursors, before: dst[start:], end: l.Next()}
	for len(cursors) > 0 && l.stepWaiting(&w) {
	}
	w.finish()
	return dst
}

// stepWaiting takes the walk on, and reports whether there is more.
func (l *Log) stepWaiting(w *waitingWalk) (more bool) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	c := &l.entries
	slot := c.alive.next(c.search(max(w.next, w.cursors[0])))
	for range waitingStep {
		if slot < 0 || c.slots[slot].Seq >= w.end {
			return false
		}
		w.add(c.slots[slot])
		slot = c.alive.next(slot + 1)
	}
	return true
}

// waitingWalk sums up entries in their order.
type waitingWalk struct {
	cursors []uint64
	before  []Waiting // for the cursors that were passed: what lies before them
	passed  int
	end     uint64
	next    uint64 // where the walk goes on
	sum     Waiting
}

func (w *waitingWalk) add(e *Entry) {
	for w.passed < len(w.cursors) && w.cursors[w.passed] <= e.Seq {
		w.before[w.passed] = Waiting{Entries: w.sum.Entries, Bytes: w.sum.Bytes, Oldest: e.Seq}
		w.passed++
	}
	w.sum.Entries++
	w.sum.Bytes += int64(len(e.Payload))
	w.next = e.Seq + 1
}

// finish turns what lies before the cursors into what lies behind them.
func (w *waitingWalk) finish() {
	for i := range w.before[:w.passed] {
		b := &w.before[i]
		b.Entries, b.Bytes = w.sum.Entries-b.Entries, w.sum.Bytes-b.Bytes
	}
}

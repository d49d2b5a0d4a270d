package buffers

import "fmt"

// Cursor is one reader's position in one log: the sequence below which it has
// applied everything. The zero value is a reader that has nothing yet and gets
// whatever there is, transient entries included.
//
// Not safe for concurrent use: it belongs to whoever serves the reader.
type Cursor struct {
	seq     uint64
	cut     uint64 // end of the log when the last tick began
	ticked  bool   // cut is set
	live    bool
	resumed bool // it has seen something before firstCut, which is 0

	joined   uint64 // see WindowRequest; 0 for a reader that was there all along
	firstCut uint64
	seen     uint64
}

// JoinAt is the cursor of a reader that has nothing, and joins when the log
// ends at next: [Log.Next] at that moment. If there is nothing to catch up with, it is
// live at once.
func JoinAt(next uint64) Cursor { return Cursor{joined: next, live: next == 0} }

// ResumeAt is the cursor of a reader that resumes at seq, and began with nothing when the
// log ended at joined, where it may not have come to yet: transient entries from before
// that are not for it. joined 0 is a reader that was there all along.
func ResumeAt(seq, joined uint64) Cursor { return Cursor{seq: seq, joined: joined, resumed: true} }

// Back moves the cursor to seq, for a reader that has lost what came since, or some of
// it: it gets it again, and the removal of whatever it may have seen. joined is as for
// [ResumeAt].
func (c *Cursor) Back(seq, joined uint64) {
	seen := max(c.seen, c.seq)
	*c = ResumeAt(seq, joined)
	c.seen = seen
}

// Seq is the first sequence that the reader has not applied.
func (c *Cursor) Seq() uint64 { return c.seq }

// Live reports whether the reader keeps up: it had applied the whole of the
// previous tick when the last tick began. Other readers are catching up.
func (c *Cursor) Live() bool { return c.live }

// Lag is how many sequences the reader is behind a log that ends at end.
// Culled ones count.
func (c *Cursor) Lag(end uint64) uint64 { return end - min(c.seq, end) }

// Tick begins a tick at which the log ends at end. What is pushed later waits
// for the next tick, so that all live readers share their windows.
func (c *Cursor) Tick(end uint64) {
	if !c.ticked && !c.resumed {
		c.firstCut = min(end, c.joined)
	}
	keptUp := c.seq >= c.cut
	if !c.ticked {
		keptUp = c.live
	}
	c.live = keptUp || c.seq >= end
	c.cut, c.ticked = end, true
}

// Request is the next window up to the last tick, for reader. The caller adds
// limits, and may move the cut of a reader that is catching up.
func (c *Cursor) Request(reader uint64) WindowRequest {
	req := WindowRequest{From: c.seq, To: c.cut, Reader: reader, Live: c.live}
	if c.seq < c.joined {
		req.Joined, req.FirstCut = c.joined, c.firstCut
	}
	if c.seq < c.seen {
		req.Seen = c.seen
	}
	return req
}

// Advance moves the cursor behind w. It panics when w does not begin at the
// cursor: the reader would miss entries or get them twice.
func (c *Cursor) Advance(w Window) {
	if w.From != c.seq || w.To < w.From {
		panic(fmt.Sprintf("buffers: window [%d,%d) applied at cursor %d", w.From, w.To, c.seq))
	}
	c.seq = w.To
}

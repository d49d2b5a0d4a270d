package buffers

import "slices"

const (
	// DefaultWindowEntries is the entries of a window when a request states no
	// limit. The web client of viser takes no more in one message.
	DefaultWindowEntries = 128
	// DefaultWindowBytes is the payload bytes of a window when a request states
	// no limit: 1 MiB.
	DefaultWindowBytes = 1 << 20
)

// WindowRequest says which window a reader wants.
type WindowRequest struct {
	// From is the reader's cursor: it has applied everything below.
	From uint64
	// To is the cut: entries from here on wait for a later window. It is
	// lowered to the log's end, so ^uint64(0) asks for all there is.
	To uint64
	// Reader is who asks. Entries that exclude it are left out. NoReader gets
	// everything.
	Reader uint64
	// MaxEntries limits the entries. 0 is DefaultWindowEntries, negative is no
	// limit.
	MaxEntries int
	// MaxBytes limits the payload bytes. 0 is DefaultWindowBytes, negative is
	// no limit. An entry larger than this goes alone.
	MaxBytes int
	// Live is set for a reader that keeps up. Its window never ends inside a
	// batch: a batch that does not fit begins the next window, and one that is
	// larger than MaxEntries goes alone and whole. Only a batch that alone
	// exceeds MaxBytes is split. A cut inside a batch is lowered to its start.
	Live bool

	// Joined is, for a reader that began with nothing, the log's end when it
	// joined: transient entries pushed before are not for it. 0 leaves nothing
	// out, which is right for a reader that resumes.
	Joined uint64
	// FirstCut is, for such a reader, the first cut that it read up to, and no
	// more than Joined: removals below are not for it, since what they remove
	// was gone when it began. It is not Joined, because a frame that was built
	// for an earlier cut may show what was removed since that cut.
	FirstCut uint64
	// Seen is, for a reader that went back to From, where it was before: it may have seen
	// what is below. 0: it didn't go back.
	Seen uint64
}

// Shared is the request whose window r's reader may share with others, see
// [WindowRequest.MayShare]. There are two of them for one From and To: one for
// readers that were there all along, whose Joined is 0, and one for those that
// joined behind From.
func (r WindowRequest) Shared() WindowRequest {
	r.Reader, r.Seen = NoReader, 0
	if r.Joined != 0 {
		r.Joined, r.FirstCut = ^uint64(0), ^uint64(0)
	}
	return r
}

// MayShare reports whether r's reader may take the window of [WindowRequest.Shared]
// that has these values of MinJoined and Excluded.
func (r WindowRequest) MayShare(minJoined uint64, excluded []uint64) bool {
	if r.Joined != 0 && r.FirstCut < minJoined || r.Seen > r.From {
		return false
	}
	_, found := slices.BinarySearch(excluded, r.Reader)
	return !found
}

// Window is what a reader gets next.
type Window struct {
	// Entries is the request's dst extended by the window, in sequence order.
	// The entries are shared and read-only, the slice is the caller's.
	Entries []*Entry
	// From and To are the reader's cursor before and after the window.
	// Both are the same for all readers that ask alike: who is excluded
	// changes Entries only.
	From, To uint64
	// Bytes sums the payloads of the entries in the window.
	Bytes int
	// Excluded lists the readers that an entry of [From,To) leaves out, sorted
	// and unique. It is nil when the window is the same for everybody.
	Excluded []uint64
	// MinJoined is the least FirstCut whose reader may take this window, if it
	// was made for all who join later. It is 0 when nothing was left out of it
	// for that reason.
	MinJoined uint64
	// Lost is how many transient entries of [From,To) a bound has dropped
	// before this reader came to them. Beyond 65536 losses that no reader has
	// passed it is an upper bound.
	Lost uint64
	// Skipped is how many sequences of [From,To) were superseded before this look at
	// the log.
	Skipped uint64
	// Reset says that removals were dropped which this reader may have needed.
	// The window is empty and To is From: the reader has to drop all it has and
	// begin again, with a cursor from [JoinAt].
	Reset bool

	leftOut uint64 // live entries that aren't for this reader because of when it began
}

// Window is the next window of a reader. It appends to dst, and allocates
// nothing when dst has room and nobody is excluded.
//
// Empty Entries with To above From say that there is nothing for this reader
// up to To: the cursor moves, nothing is sent. To equal to From says that
// there is nothing to read yet.
//
// The cost is proportional to the entries returned plus the logarithm of the
// live ones. Entries culled before the call are not seen, so a window may hold
// part of a batch when the rest was superseded; what superseded it comes later
// in the same pass over the log.
func (l *Log) Window(dst []*Entry, req WindowRequest) Window {
	start := len(dst)
	l.mu.RLock()
	w := l.entries.collect(dst, req)
	if req.From < w.To {
		w.countLost(&l.kept.lost, req.Joined)
	}
	l.mu.RUnlock()
	return w.finish(start, req)
}

// finish leaves out of Entries[start:] what excludes the reader and sums up the
// rest. Doing this last keeps the borders of a window independent of who asks.
func (w Window) finish(start int, req WindowRequest) Window {
	all := w.Entries
	kept := all[:start]
	if there := w.leftOut + uint64(len(all)-start) + w.Lost; there < w.To-w.From {
		w.Skipped = w.To - w.From - there
	}
	for _, e := range all[start:] {
		if e.Except != NoReader {
			w.exclude(e.Except)
		}
		if !e.excludes(req.Reader) {
			kept = append(kept, e)
			w.Bytes += len(e.Payload)
		}
	}
	clear(all[len(kept):])
	w.Entries = kept
	return w
}

// countLost fills in Lost. Those who joined behind a loss have not lost it.
func (w *Window) countLost(lost *lostList, joined uint64) {
	if lost.total == 0 {
		return
	}
	w.Lost, _ = lost.between(max(w.From, joined), w.To)
	if _, end := lost.between(w.From, min(w.To, joined)); joined == ^uint64(0) {
		w.MinJoined = max(w.MinJoined, end)
	}
}

// exclude adds reader to the sorted set of the excluded.
func (w *Window) exclude(reader uint64) {
	if i, found := slices.BinarySearch(w.Excluded, reader); !found {
		w.Excluded = slices.Insert(w.Excluded, i, reader)
	}
}

// collect appends the live entries of the requested window, whoever they
// exclude, and says where the window ends.
func (c *conflator) collect(dst []*Entry, req WindowRequest) Window {
	w := Window{Entries: dst, From: req.From, To: req.From}
	end := min(req.To, c.next)
	if req.From >= end {
		return w
	}
	if c.kept != nil && c.kept.misses(req.From) {
		w.MinJoined = c.kept.droppedAt + 1
		if w.Reset = req.FirstCut < w.MinJoined; w.Reset {
			return w
		}
	}
	b := windowBuilder{
		dst: dst, start: len(dst), group: len(dst), live: req.Live, to: req.From,
		maxEntries: limit(req.MaxEntries, DefaultWindowEntries),
		maxBytes:   limit(req.MaxBytes, DefaultWindowBytes),
	}
	complete := false
	for slot := c.alive.next(c.search(req.From)); slot >= 0; slot = c.alive.next(slot + 1) {
		e := c.slots[slot]
		if e.Seq >= end {
			break
		}
		if !e.lasting() && c.leavesOut(e, req, &w.MinJoined) {
			w.leftOut++
			continue
		}
		if complete = !b.add(e); complete {
			break
		}
	}
	if !complete {
		b.to = b.close(end)
	}
	w.Entries, w.To = b.dst, b.to
	return w
}

// leavesOut reports whether e, a removal or a transient entry, is not for this
// reader because of when it began. It raises minJoined to the least FirstCut
// for which that holds too.
func (c *conflator) leavesOut(e *Entry, req WindowRequest, minJoined *uint64) bool {
	behind, began := e.Seq+1, req.Joined
	switch {
	case c.kept == nil:
		return false
	case e.Removal:
		if c.kept.unseen(e, max(req.From, req.Seen)) {
			return true
		}
		began = req.FirstCut
	}
	if began < behind {
		return false
	}
	*minJoined = max(*minJoined, behind)
	return true
}

// windowBuilder fills one window, group by group. A group is the unit that is
// not split: a batch for a live reader, otherwise a single entry.
type windowBuilder struct {
	dst      []*Entry
	start    int    // where the window begins in dst
	group    int    // where the open group begins in dst
	groupEnd uint64 // sequence behind the open group
	bytes    int    // payload bytes of the window, open group included
	to       uint64 // where the window ends without the open group

	live                 bool
	maxEntries, maxBytes int
}

// add takes one more entry. It returns false when the window is complete
// without it; dst and to are then final.
func (b *windowBuilder) add(e *Entry) bool {
	if e.Seq >= b.groupEnd {
		b.open(e)
	}
	size := len(e.Payload)
	if len(b.dst)-b.start >= b.maxEntries || b.bytes+size > b.maxBytes {
		if b.group > b.start { // the group goes to the next window
			b.drop()
			return false
		}
		// The group is alone in its window: only bytes split it.
		if len(b.dst) > b.start && b.bytes+size > b.maxBytes {
			b.to = b.dst[len(b.dst)-1].Seq + 1
			return false
		}
	}
	b.dst = append(b.dst, e)
	b.bytes += size
	return true
}

// open ends the open group and begins that of e.
func (b *windowBuilder) open(e *Entry) {
	if len(b.dst) > b.group {
		b.to = b.groupEnd
	}
	b.group = len(b.dst)
	b.groupEnd = e.Seq + 1
	if b.live {
		b.groupEnd = e.batchEnd()
	}
}

// drop takes the open group back.
func (b *windowBuilder) drop() {
	clear(b.dst[b.group:])
	b.dst = b.dst[:b.group]
}

// close ends a window that reached the cut, and says where. A cut inside the
// open group is lowered to the group's start.
func (b *windowBuilder) close(end uint64) uint64 {
	if len(b.dst) == b.group || b.groupEnd <= end {
		return end
	}
	first := b.dst[b.group].batchStart()
	b.drop()
	return max(b.to, first)
}

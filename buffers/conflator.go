package buffers

import "slices"

const (
	// smallSlots is up to how many slots a key is found by looking at each, so
	// that a queue of a few entries needs no map.
	smallSlots = 16
	// compactSlack is how many dead slots are suffered whatever the live count,
	// so that a tiny buffer is not compacted at every push.
	compactSlack = 32
)

// conflator keeps entries in sequence order, at most one live entry per key and
// the removal before it. It is the part that [Log] and [Queue] share: it has no
// lock and no limits.
//
// Every push takes one slot at the end. Culling empties a slot and leaves it in
// place; when more slots are dead than live, all live ones are moved together.
// A push is therefore O(1) amortised, and memory follows the live entries.
//
// The zero value, with next set, is an empty conflator.
type conflator struct {
	slots []*Entry // in sequence order; nil is dead
	alive liveSet  // the slots that are not nil

	// packed holds the sequences of the slots that were moved together by the
	// last compaction. Slots behind it are consecutive from packedEnd on.
	packed    []uint64
	packedEnd uint64

	index     map[string]uint64 // key to sequence of its newest entry; nil while small
	indexPeak int               // most keys since index was made: maps never shrink
	ordered   *keyTree          // keys of index and followed; nil until a prefix is superseded

	followed     map[string]*followers // by the key that they follow
	followedPeak int                   // as indexPeak

	standing     map[string]uint64 // key to sequence of the removal before its newest entry
	standingPeak int               // as indexPeak

	kept *retention // what only a log has: nil in a queue

	next  uint64 // sequence of the next push
	live  int    // slots that are not nil
	bytes int64  // memory of the live entries, transient ones of a log left out
}

// pushAll appends es as one batch.
func (c *conflator) pushAll(es []Entry) {
	first := c.next
	for i := range es {
		c.push(&es[i], i, len(es)-1-i)
	}
	if c.next-first != uint64(len(es)) {
		c.join(first)
	}
}

// join makes one batch of all entries from first on: a push has moved
// followers. They are not published yet.
func (c *conflator) join(first uint64) {
	for slot := c.alive.next(c.search(first)); slot >= 0; slot = c.alive.next(slot + 1) {
		e := c.slots[slot]
		e.before, e.after = uint32(e.Seq-first), uint32(c.next-1-e.Seq)
	}
}

// push appends e, which is borrowed, and culls what it supersedes. before and
// after are e's neighbours in its batch.
func (c *conflator) push(e *Entry, before, after int) {
	p := &Entry{
		Seq: c.next, Key: e.Key, Payload: e.Payload, Packed: e.Packed, Except: e.Except,
		Follows: e.Follows, Supersedes: e.Supersedes, Stored: e.Stored, Removal: e.Removal,
		Transient: e.Transient && c.kept != nil,
		seenFrom:  c.next + 1, before: uint32(before), after: uint32(after), pushes: 1,
	}
	if p.Removal || p.Follows == p.Key {
		p.Follows = ""
	}
	if p.Follows != "" {
		c.follow(p)
	}
	if p.Transient {
		c.kept.replaceTransient(c, p.Key)
		c.append(p)
		return
	}
	c.replace(p)
	if p.Removal || e.Supersedes != nil {
		c.cull(p)
	}
	c.append(p)
	if len(c.followed) > 0 && !p.Removal && p.Key != "" {
		c.moveFollowers(p)
	}
}

// append puts p, whose sequence is the next, at the end.
func (c *conflator) append(p *Entry) {
	if len(c.slots) == 0 {
		c.packedEnd = c.next
	}
	c.alive.add(len(c.slots))
	c.slots = append(c.slots, p)
	c.next++
	c.live++
	switch {
	case p.Transient:
		c.kept.addTransient(p)
	case p.Removal && c.kept != nil:
		c.bytes += p.memory()
		c.kept.removals.add(p)
	default:
		c.bytes += p.memory()
	}
	c.learn(p)
	c.compactIfSparse()
}

// learn makes e the entry of its key.
func (c *conflator) learn(e *Entry) {
	if c.index == nil {
		if len(c.slots) <= smallSlots {
			return
		}
		c.buildIndex()
	}
	if e.Key == "" || e.Transient {
		return
	}
	c.keyAppears(e.Key)
	c.index[e.Key] = e.Seq
	c.indexPeak = max(c.indexPeak, len(c.index))
}

// buildIndex makes the index afresh from the slots.
func (c *conflator) buildIndex() {
	c.index = make(map[string]uint64, c.live)
	for _, e := range c.slots {
		if e != nil && e.Key != "" && !e.Transient {
			c.index[e.Key] = e.Seq // the last wins, which a removal may stand before
		}
	}
	c.indexPeak = len(c.index)
}

// find is the slot of the newest entry with this key, or -1. Transient entries
// are not looked at.
func (c *conflator) find(key string) int {
	if key == "" {
		return -1
	}
	if c.index == nil {
		for slot, e := range slices.Backward(c.slots) {
			if e != nil && e.Key == key && !e.Transient {
				return slot
			}
		}
		return -1
	}
	if seq, ok := c.index[key]; ok {
		return c.search(seq)
	}
	return -1
}

// seqAt is the sequence that slot has or had, known without a look at the entry
// (BenchmarkLogCompact).
func (c *conflator) seqAt(slot int) uint64 {
	if slot < len(c.packed) {
		return c.packed[slot]
	}
	return c.packedEnd + uint64(slot-len(c.packed))
}

// search is the first slot, live or dead, whose sequence is seq or above. It is
// len(c.slots) when there is none.
func (c *conflator) search(seq uint64) int {
	if seq >= c.packedEnd {
		behind := min(seq-c.packedEnd, uint64(len(c.slots)-len(c.packed)))
		return len(c.packed) + int(behind)
	}
	slot, _ := slices.BinarySearch(c.packed, seq)
	return slot
}

// at is the live entry with this sequence, or nil.
func (c *conflator) at(seq uint64) *Entry {
	slot := c.search(seq)
	if slot < len(c.slots) && c.slots[slot] != nil && c.slots[slot].Seq == seq {
		return c.slots[slot]
	}
	return nil
}

// kill empties a slot that holds a live entry. The index keeps the key: the
// caller overwrites or forgets it.
func (c *conflator) kill(slot int) {
	e := c.slots[slot]
	c.slots[slot] = nil
	c.alive.remove(slot)
	c.live--
	switch {
	case e.Transient:
		c.kept.dropTransient(e)
	case e.Removal && c.kept != nil:
		c.bytes -= e.memory()
		c.kept.removals.drop(e)
	default:
		c.bytes -= e.memory()
	}
	if e.Follows != "" {
		c.unfollow(e)
	}
	if e.Removal && len(c.standing) > 0 {
		if seq, ok := c.standing[e.Key]; ok && seq == e.Seq {
			delete(c.standing, e.Key)
		}
	}
}

// forget takes the key of e, which is about to be killed, out of the index. If
// a removal stands before e, it is the newest of the key again.
func (c *conflator) forget(e *Entry) {
	if e.Key == "" || e.Transient {
		return
	}
	if len(c.standing) > 0 {
		if seq, stands := c.standing[e.Key]; stands {
			c.promote(e, seq)
			return
		}
	}
	if c.index != nil {
		delete(c.index, e.Key)
		c.keyGoes(e.Key)
	}
}

// promote makes the removal that stands at seq the newest of its key, since e
// goes, unless e is that removal.
func (c *conflator) promote(e *Entry, seq uint64) {
	if seq == e.Seq {
		return
	}
	delete(c.standing, e.Key)
	if c.index != nil {
		c.index[e.Key] = seq
	}
}

// remove kills the entry in slot and forgets its key.
func (c *conflator) remove(slot int) {
	c.forget(c.slots[slot])
	c.kill(slot)
}

// removeAll removes those of the given entries that are still live, and returns them
// in place.
func (c *conflator) removeAll(entries []*Entry) (removed []*Entry) {
	removed = entries[:0]
	for _, e := range entries {
		slot := c.search(e.Seq)
		if slot < len(c.slots) && c.slots[slot] == e {
			c.remove(slot)
			removed = append(removed, e)
		}
	}
	c.compactIfSparse()
	return removed
}

// appendLive appends the live entries that are part of the state, in sequence
// order: for a queue all of them.
func (c *conflator) appendLive(dst []*Entry) []*Entry {
	dst = slices.Grow(dst, c.count())
	for slot := c.alive.next(0); slot >= 0; slot = c.alive.next(slot + 1) {
		if e := c.slots[slot]; c.counted(e) == 1 {
			dst = append(dst, e)
		}
	}
	return dst
}

// compactIfSparse moves the live slots together when more are dead than live.
func (c *conflator) compactIfSparse() {
	if len(c.slots)-c.live > c.live+compactSlack {
		c.compact()
	}
}

// compact drops the dead slots, in place, and gives back memory when the
// buffer has shrunk to a fraction of what it was.
func (c *conflator) compact() {
	slots, packed := c.slots[:0], c.packed[:0]
	if cap(c.slots) > 4*c.live+4*compactSlack {
		slots, packed = make([]*Entry, 0, 2*c.live), make([]uint64, 0, c.live)
	}
	for slot := c.alive.next(0); slot >= 0; slot = c.alive.next(slot + 1) {
		packed = append(packed, c.seqAt(slot))
		slots = append(slots, c.slots[slot])
	}
	clear(c.slots[len(slots):])
	c.slots, c.packed, c.packedEnd = slots, packed, c.next
	c.alive.fill(c.live)
	if c.indexPeak > 4*len(c.index)+4*compactSlack {
		c.buildIndex()
	}
	c.followed, c.followedPeak = shrink(c.followed, c.followedPeak)
	c.standing, c.standingPeak = shrink(c.standing, c.standingPeak)
}

// shrink copies a map that was much larger once, since maps never shrink.
func shrink[V any](m map[string]V, peak int) (map[string]V, int) {
	if peak <= 4*len(m)+4*compactSlack {
		return m, peak
	}
	fresh := make(map[string]V, len(m))
	for key, v := range m {
		fresh[key] = v
	}
	return fresh, len(fresh)
}

// reset makes a conflator without live entries as good as new, keeping its
// memory. Its index is empty already. The caller sets next.
func (c *conflator) reset() {
	*c = conflator{
		slots: c.slots[:0], packed: c.packed[:0], alive: c.alive, index: c.index,
	}
	c.alive.fill(0)
}

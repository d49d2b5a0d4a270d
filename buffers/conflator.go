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

// conflator keeps entries in sequence order, at most one live entry per key. It
// is the part that [Log] and [Queue] share: it has no lock and no limits.
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

	index     map[string]uint64 // key to sequence of its live entry; nil while small
	indexPeak int               // most keys since index was made: maps never shrink

	next  uint64 // sequence of the next push
	live  int    // slots that are not nil
	bytes int64  // memory of the live entries: payloads and packed forms
}

// push appends e and culls the entry that had its key. before and after are
// e's neighbours in its batch.
func (c *conflator) push(e Entry, before, after int) {
	if slot := c.find(e.Key); slot >= 0 {
		c.kill(slot)
	}
	published := &Entry{
		Seq: c.next, Key: e.Key, Payload: e.Payload, Packed: e.Packed, Stored: e.Stored,
		Except: e.Except, before: uint32(before), after: uint32(after),
	}
	if len(c.slots) == 0 {
		c.packedEnd = c.next
	}
	c.alive.add(len(c.slots))
	c.slots = append(c.slots, published)
	c.next++
	c.live++
	c.bytes += published.memory()
	c.learn(published)
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
	if e.Key != "" {
		c.index[e.Key] = e.Seq
		c.indexPeak = max(c.indexPeak, len(c.index))
	}
}

// buildIndex makes the index afresh from the slots.
func (c *conflator) buildIndex() {
	c.index = make(map[string]uint64, c.live)
	for _, e := range c.slots {
		if e != nil && e.Key != "" {
			c.index[e.Key] = e.Seq
		}
	}
	c.indexPeak = len(c.index)
}

// find is the slot of the live entry with this key, or -1.
func (c *conflator) find(key string) int {
	if key == "" {
		return -1
	}
	if c.index == nil {
		return slices.IndexFunc(c.slots, func(e *Entry) bool {
			return e != nil && e.Key == key
		})
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

// kill empties a slot that holds a live entry. The index keeps the key: the
// caller overwrites or forgets it.
func (c *conflator) kill(slot int) {
	c.bytes -= c.slots[slot].memory()
	c.slots[slot] = nil
	c.alive.remove(slot)
	c.live--
}

// remove kills the entry in slot and forgets its key.
func (c *conflator) remove(slot int) {
	if key := c.slots[slot].Key; key != "" && c.index != nil {
		delete(c.index, key)
	}
	c.kill(slot)
}

// removeAll removes those of the given entries that are still live.
func (c *conflator) removeAll(entries []*Entry) (removed int) {
	for _, e := range entries {
		slot := c.search(e.Seq)
		if slot < len(c.slots) && c.slots[slot] == e {
			c.remove(slot)
			removed++
		}
	}
	c.compactIfSparse()
	return removed
}

// appendLive appends all live entries in sequence order.
func (c *conflator) appendLive(dst []*Entry) []*Entry {
	dst = slices.Grow(dst, c.live)
	for slot := c.alive.next(0); slot >= 0; slot = c.alive.next(slot + 1) {
		dst = append(dst, c.slots[slot])
	}
	return dst
}

// growth is by how much pushing es would raise the live entries and bytes. It
// knows that of one key only the last entry stays.
func (c *conflator) growth(es []Entry) (entries int, bytes int64) {
	pending := make(map[string]int64, len(es)) // memory of es's newest entry per key
	for i := range es {
		key, size := es[i].Key, es[i].memory()
		entries++
		bytes += size
		if key == "" {
			continue
		}
		if old, ok := pending[key]; ok {
			entries--
			bytes -= old
		} else if slot := c.find(key); slot >= 0 {
			entries--
			bytes -= c.slots[slot].memory()
		}
		pending[key] = size
	}
	return entries, bytes
}

// fits reports whether es can be pushed within maxEntries and maxBytes. A push
// that supersedes as much as it brings fits a full buffer.
func (c *conflator) fits(es []Entry, maxEntries int, maxBytes int64) bool {
	sum := c.bytes
	for i := range es {
		sum += es[i].memory()
	}
	if c.live+len(es) <= maxEntries && sum <= maxBytes {
		return true
	}
	entries, bytes := c.growth(es)
	return c.live+entries <= maxEntries && c.bytes+bytes <= maxBytes
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
}

// reset makes a conflator without live entries as good as new, keeping its
// memory. Its index is empty already. The caller sets next.
func (c *conflator) reset() {
	*c = conflator{
		slots: c.slots[:0], packed: c.packed[:0], alive: c.alive, index: c.index,
	}
	c.alive.fill(0)
}

package buffers

// counted is 1 for an entry that counts as one of the buffer, else 0: in a log
// removals and transient entries have bounds of their own.
func (c *conflator) counted(e *Entry) int {
	if c.kept != nil && !e.lasting() {
		return 0
	}
	return 1
}

// sized is the bytes that an entry counts for.
func (c *conflator) sized(e *Entry) int64 {
	if c.kept != nil && e.Transient {
		return 0
	}
	return e.memory()
}

// count is the entries that count.
func (c *conflator) count() int {
	if c.kept == nil {
		return c.live
	}
	return c.live - c.kept.removals.live - c.kept.transients.live
}

// fits reports whether es can be pushed within maxEntries and maxBytes. A push
// that supersedes as much as it brings fits a full buffer.
func (c *conflator) fits(es []Entry, maxEntries int, maxBytes int64) bool {
	entries, bytes := 0, int64(0)
	for i := range es {
		entries += c.counted(&es[i])
		bytes += c.sized(&es[i])
	}
	if c.count()+entries <= maxEntries && c.bytes+bytes <= maxBytes {
		return true
	}
	if len(es) == 1 {
		entries, bytes = c.growth(&es[0])
	} else {
		entries, bytes = c.batchGrowth(es)
	}
	return c.count()+entries <= maxEntries && c.bytes+bytes <= maxBytes
}

// growth is by how much pushing e would raise the entries and bytes.
func (c *conflator) growth(e *Entry) (entries int, bytes int64) {
	entries, bytes = c.counted(e), c.sized(e)
	if c.kept != nil && e.Transient {
		return entries, bytes
	}
	if slot := c.find(e.Key); slot >= 0 && !e.Removal && !c.slots[slot].Removal {
		entries -= c.counted(c.slots[slot])
		bytes -= c.sized(c.slots[slot])
	}
	for _, v := range c.victimsOf(e) {
		entries -= c.counted(v)
		bytes -= c.sized(v)
	}
	return entries, bytes
}

// batchGrowth is by how much pushing es would raise the entries and bytes at
// most. It knows that of one key only the last entry stays, and of nothing else
// that es supersedes.
func (c *conflator) batchGrowth(es []Entry) (entries int, bytes int64) {
	pending := make(map[string]int, len(es)) // es's newest entry per key
	for i := range es {
		e := &es[i]
		entries += c.counted(e)
		bytes += c.sized(e)
		if e.Key == "" || c.kept != nil && e.Transient {
			continue
		}
		var old *Entry
		if n, ok := pending[e.Key]; ok {
			old = &es[n]
		} else if slot := c.find(e.Key); slot >= 0 {
			old = c.slots[slot]
		}
		if old != nil && (e.Removal || !old.Removal) {
			entries -= c.counted(old)
			bytes -= c.sized(old)
		}
		pending[e.Key] = i
	}
	return entries, bytes
}

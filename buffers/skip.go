package buffers

// Skip gives the next push the sequence next, if that is above what it would get. It
// lets a log stand where another one stands, whose entries are pushed into it: readers
// see no difference to sequences whose entries are culled.
func (l *Log) Skip(next uint64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if next > l.entries.next {
		l.entries.skip(next)
		l.next.Store(next)
	}
}

// skip moves next up. The slots are as after a compaction then: their sequences are
// listed, since what comes next isn't consecutive. Each slot is listed once.
func (c *conflator) skip(next uint64) {
	behind := len(c.slots) - len(c.packed)
	for i := range behind {
		c.packed = append(c.packed, c.packedEnd+uint64(i))
	}
	c.next, c.packedEnd = next, next
}

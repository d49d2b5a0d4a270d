package loop

import "sync/atomic"

// GroupStats is what a group's connections were sent. Counts rise for the life of the
// group.
type GroupStats struct {
	Bytes        uint64 // that sockets took, control frames too
	Windows      uint64 // frames with messages, written whole
	Messages     uint64 // in those windows: the deliveries
	PayloadBytes uint64 // of those messages, before compression
	WriteStalls  uint64 // times that a socket took no more
}

// sentCounters are a group's on one shard: written by the shard, read by Stats.
type sentCounters struct {
	bytes, windows, messages, payloadBytes, stalls atomic.Uint64
}

// Stats returns what the group's connections were sent so far.
func (g *Group) Stats() GroupStats {
	var sum GroupStats
	for i := range g.parts {
		c := &g.parts[i].sent
		sum.Bytes += c.bytes.Load()
		sum.Windows += c.windows.Load()
		sum.Messages += c.messages.Load()
		sum.PayloadBytes += c.payloadBytes.Load()
		sum.WriteStalls += c.stalls.Load()
	}
	return sum
}

// tally collects what a batch writes for a group, so that the counters, which others
// read, are touched once for a batch and not for each connection. It is loop-owned.
type tally struct {
	part   *groupPart // whose connections are counted; nil: those without a group
	w      written
	bytes  int
	stalls int
	frames int // of all groups since the last batch
}

// of makes part the one that is counted for.
func (t *tally) of(part *groupPart) {
	if t.part != part {
		t.flush()
		t.part = part
	}
}

// flush hands the sums over.
func (t *tally) flush() {
	if t.part != nil {
		c := &t.part.sent
		c.bytes.Add(uint64(t.bytes))
		c.windows.Add(uint64(t.w.windows))
		c.messages.Add(uint64(t.w.messages))
		c.payloadBytes.Add(uint64(t.w.payloadBytes))
		c.stalls.Add(uint64(t.stalls))
	}
	*t = tally{frames: t.frames + t.w.frames}
}

// batchEnded hands everything over, and returns how many frames were written.
func (t *tally) batchEnded() (frames int) {
	t.flush()
	frames = t.frames
	t.frames = 0
	return frames
}

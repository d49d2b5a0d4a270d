package loop

import (
	"syscall"
	"time"

	"github.com/scenewire/scenewire/wsproto"
)

// addToBatch has c's ring written with those of other connections.
func (s *shard) addToBatch(c *Conn) {
	c.batched = true
	s.batch = append(s.batch, c)
	if len(s.batch) == maxBatch {
		s.writeBatch()
	}
}

// writeBatch writes to all connections of the batch, and sees to what each of them
// needs next.
func (s *shard) writeBatch() {
	if len(s.batch) == 0 {
		return
	}
	results := s.results[:len(s.batch)]
	calls := s.writer.write(s.batch, results)
	s.loop.stats.writes.Add(uint64(calls))
	s.countWritten(results)
	s.now = s.loop.Now()
	for i, c := range s.batch {
		c.batched = false
		s.settleResult(c, results[i], s.now)
		s.batch[i] = nil
	}
	s.countFrames()
	s.batch = s.batch[:0]
}

// countWritten adds a batch to the loop's counters, which all shards share.
func (s *shard) countWritten(results []int32) {
	var sum uint64
	for _, n := range results {
		sum += uint64(max(n, 0))
	}
	s.loop.stats.bytesWritten.Add(sum)
}

// settleResult acts on what a write to c gave: the bytes that the socket took, or an errno.
func (s *shard) settleResult(c *Conn, result int32, now time.Duration) {
	if result < 0 {
		s.settleError(c, syscall.Errno(-result))
		return
	}
	if s.settle(c, int(result), now) {
		c.post(postPull)
	}
}

func (s *shard) settleError(c *Conn, errno syscall.Errno) {
	switch errno {
	case syscall.EAGAIN:
		s.countStall(c)
		c.blocked = true
		c.owed.Store(c.out.bytes())
	case errSocketClosed:
		// The release is on its way.
	default:
		c.blocked = true // nothing more is written
		c.Abort(&wsproto.CloseError{Code: wsproto.CloseAbnormal, Reason: "write: " + errno.Error()})
	}
}

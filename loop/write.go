package loop

import (
	"syscall"
	"time"

	"github.com/scenewire/scenewire/wsproto"
)

// maxBatch is how many connections a shard writes to together.
const maxBatch = 64

// pump lets c pull, and puts it into the batch if there is something to write.
func (s *shard) pump(c *Conn) {
	if c.batched || c.blocked {
		c.more = true // what woke it is pulled later
		return
	}
	s.takeControl(c)
	if !c.out.empty() {
		c.more = true
	} else if !s.pull(c) {
		return
	}
	c.batched = true
	s.batch = append(s.batch, c)
	if len(s.batch) == maxBatch {
		s.writeBatch()
	}
}

// takeControl lets control frames in, at a frame's border.
func (s *shard) takeControl(c *Conn) {
	if !c.hasControl.Load() || c.state >= stateClosing || c.out.n > MaxPull {
		return
	}
	if f := c.takeControl(); f != nil {
		c.out.pushControl(f)
	}
}

// pull asks the endpoint for frames. False: there is nothing to write.
func (s *shard) pull(c *Conn) bool {
	if c.state > stateDraining || !c.opened.Load() {
		return false
	}
	now := s.now
	frames, again := c.endpoint.Pull(now, s.pulled[:0])
	for i, f := range frames {
		c.out.push(f)
		frames[i] = nil
	}
	c.more = again > 0 && again <= now
	if again > now {
		s.wakeConnAt(c, again)
	}
	if len(frames) > 0 {
		c.lastProgress = now
		return true
	}
	if c.state == stateDraining && again == 0 {
		s.queueClose(c)
		return true
	}
	return false
}

// writeBatch writes to all connections of the batch, and sees to what each of them
// needs next.
func (s *shard) writeBatch() {
	if len(s.batch) == 0 {
		return
	}
	results := s.results[:len(s.batch)]
	calls := s.writeTogether(results)
	s.loop.stats.writes.Add(uint64(calls))
	s.countWritten(results)
	s.now = s.loop.Now()
	for i, c := range s.batch {
		c.batched = false
		s.settle(c, results[i], s.now)
		s.batch[i] = nil
	}
	s.tally.flush()
	s.loop.stats.framesWritten.Add(s.framesWritten)
	s.framesWritten = 0
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

// settle acts on what a write to c gave: the bytes that the socket took, or an errno.
func (s *shard) settle(c *Conn, result int32, now time.Duration) {
	if result < 0 {
		s.settleError(c, syscall.Errno(-result))
		return
	}
	if result > 0 {
		c.lastProgress = now
		w := c.out.advance(int(result))
		s.framesWritten += uint64(w.frames)
		s.tally.add(c.group, w, int(result))
	}
	if owed := c.out.bytes(); owed != 0 || c.owed.Load() != 0 {
		c.owed.Store(owed)
	}
	switch {
	case !c.out.empty():
		// Edge-triggered: the socket must say that it is full, or no event will come.
		c.post(postPull)
	case c.state == stateClosing:
		s.shut(c)
	case c.more || c.state == stateDraining:
		c.post(postPull)
	}
}

func (s *shard) settleError(c *Conn, errno syscall.Errno) {
	switch errno {
	case syscall.EAGAIN:
		s.loop.stats.stalls.Add(1)
		s.tally.addStall(c.group)
		c.blocked = true
		c.owed.Store(c.out.bytes())
	case errSocketClosed:
		// The release is on its way.
	default:
		c.blocked = true // nothing more is written
		c.Abort(&wsproto.CloseError{Code: wsproto.CloseAbnormal, Reason: "write: " + errno.Error()})
	}
}

// beginClose acts on a Close, Drain or the peer's close frame.
func (s *shard) beginClose(c *Conn) {
	c.ctlMu.Lock()
	drain := c.closing.drain
	c.ctlMu.Unlock()
	switch {
	case c.state >= stateClosing:
	case drain:
		c.state = stateDraining
	default:
		c.out.dropUnbegun()
		s.queueClose(c)
	}
}

// queueClose puts the close frame behind what is in the ring.
func (s *shard) queueClose(c *Conn) {
	c.ctlMu.Lock()
	r := *c.closing
	c.ctlMu.Unlock()
	f := s.loop.frames.Get(wsproto.MaxControlPayload + 2)
	if r.code.Sendable() {
		f.Set(wsproto.AppendClose(f.Buffer(), r.code, r.text))
	} else {
		f.Set(wsproto.AppendFrame(f.Buffer(), wsproto.OpClose, nil))
	}
	c.out.push(f)
	c.state = stateClosing
	s.wakeConnAt(c, s.loop.Now()+s.loop.opts.CloseTimeout)
}

// shut ends our side after the close frame was written. Closing at once would make
// the kernel send RST if the peer's bytes are unread, and RST may overtake the frame.
func (s *shard) shut(c *Conn) {
	c.state = stateShut
	c.transport.shutWrite()
	s.wakeConnAt(c, s.loop.Now()+s.loop.opts.CloseTimeout)
}

// checkDeadlines closes a connection that stalls or is silent, and pings one that
// may be.
func (s *shard) checkDeadlines(c *Conn, now time.Duration) {
	o := &s.loop.opts
	if c.state == stateGone {
		return
	}
	if !c.out.empty() && o.WriteTimeout > 0 && now-c.lastProgress > o.WriteTimeout {
		s.loop.stats.writeTimeouts.Add(1)
		c.Abort(&wsproto.CloseError{Code: wsproto.CloseAbnormal, Reason: "no write progress for " + o.WriteTimeout.String()})
		return
	}
	if c.state == stateOpen && c.isIdle(now) {
		s.loop.stats.idleTimeouts.Add(1)
		c.Close(wsproto.CloseNormal, "no message for "+o.IdleTimeout.String())
		return
	}
	if o.PingInterval <= 0 || c.state != stateOpen {
		return
	}
	lastRead := time.Duration(c.lastRead.Load())
	if lastRead > c.pingSent {
		c.pingSent = 0
	}
	alive := max(lastRead, c.lastProgress, c.pingSent)
	switch {
	case c.pingSent != 0 && now-alive > o.PingTimeout && c.inbox.paused():
		c.pingSent = 0 // its answer may wait where we don't read
	case c.pingSent != 0 && now-alive > o.PingTimeout:
		s.loop.stats.pingTimeouts.Add(1)
		c.Abort(&wsproto.CloseError{Code: wsproto.CloseAbnormal, Reason: "no answer to a ping for " + o.PingTimeout.String()})
	case c.pingSent == 0 && now-alive > o.PingInterval:
		c.pingSent = now
		c.queueControl(wsproto.OpPing, nil)
	}
}

// isIdle reports whether nothing has come for IdleTimeout, and nothing that came is
// still being handled.
func (c *Conn) isIdle(now time.Duration) bool {
	timeout := c.loop.opts.IdleTimeout
	if timeout <= 0 || now-time.Duration(c.lastMessage.Load()) <= timeout {
		return false
	}
	if c.inbox.busy() {
		c.lastMessage.Store(int64(now))
		return false
	}
	return true
}

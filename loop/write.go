package loop

import (
	"time"

	"github.com/scenewire/scenewire/wsproto"
)

// maxBatch is how many connections a shard writes to together, and how many it looks at
// between two passes over a group.
const maxBatch = 64

// pump lets c pull, and sees to it that what there is to write is written.
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
	if c.onEpoll() {
		s.addToBatch(c)
	} else {
		c.net.launch()
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

// settle takes what the socket took off c's ring, and reports whether c has more to
// write, or more to pull.
func (s *shard) settle(c *Conn, n int, now time.Duration) (more bool) {
	if n > 0 {
		c.lastProgress = now
		s.tally.of(c.group)
		s.tally.bytes += n
		c.out.advance(n, &s.tally.w)
	}
	if owed := c.out.bytes(); owed != 0 || c.owed.Load() != 0 {
		c.owed.Store(owed)
	}
	if c.out.empty() && c.state == stateClosing {
		s.shut(c)
		return false
	}
	// Edge-triggered epoll: the socket must say that it is full, or no event will come.
	return !c.out.empty() || c.more || c.state == stateDraining
}

// countStall counts that a socket took no more.
func (s *shard) countStall(c *Conn) {
	s.loop.stats.stalls.Add(1)
	s.tally.of(c.group)
	s.tally.stalls++
}

// countFrames adds what was written to the counters, which all shards share.
func (s *shard) countFrames() {
	s.loop.stats.framesWritten.Add(uint64(s.tally.batchEnded()))
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
	if c.net != nil {
		c.net.lookForPeer()
		s.lookForStall(c, now)
	}
	if !c.out.empty() && o.WriteTimeout > 0 && now-c.writeProgress() > o.WriteTimeout {
		s.loop.stats.writeTimeouts.Add(1)
		c.giveUp(&wsproto.CloseError{Code: wsproto.CloseAbnormal, Reason: "no write progress for " + o.WriteTimeout.String()})
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
	alive := max(lastRead, c.writeProgress(), c.pingSent)
	switch {
	case c.pingSent != 0 && now-alive > o.PingTimeout && c.inbox.paused():
		c.pingSent = 0 // its answer may wait where we don't read
	case c.pingSent != 0 && now-alive > o.PingTimeout:
		s.loop.stats.pingTimeouts.Add(1)
		c.giveUp(&wsproto.CloseError{Code: wsproto.CloseAbnormal, Reason: "no answer to a ping for " + o.PingTimeout.String()})
	case c.pingSent == 0 && now-alive > o.PingInterval:
		c.pingSent = now
		c.sendPing()
	}
}

// writeProgress is when the socket last took something, or began to be owed something.
func (c *Conn) writeProgress() time.Duration {
	if c.net == nil {
		return c.lastProgress
	}
	return max(c.lastProgress, time.Duration(c.net.wrote.Load()))
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

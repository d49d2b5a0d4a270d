package loop

import (
	"errors"
	"syscall"
	"time"

	"github.com/scenewire/scenewire/wsproto"
)

// turnPulls is how often one connection pulls in its turn, before others have theirs.
const turnPulls = 4

// pump pulls and writes until there is nothing to write, the socket takes no more,
// or the turn is over.
func (s *shard) pump(c *Conn) {
	for range turnPulls {
		s.takeControl(c)
		if c.out.empty() && !s.pull(c) {
			return
		}
		if !s.write(c) {
			return
		}
	}
	c.post(postPull)
}

// takeControl lets control frames in, at a frame's border.
func (s *shard) takeControl(c *Conn) {
	if c.state >= stateClosing || c.out.n > MaxPull {
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
	frames, again := c.endpoint.Pull(s.loop.Now(), s.pulled[:0])
	for i, f := range frames {
		c.out.push(f)
		frames[i] = nil
	}
	if again > 0 {
		s.wakeConnAt(c, again)
	}
	if len(frames) > 0 {
		c.lastProgress = s.loop.Now()
		return true
	}
	if c.state == stateDraining && again == 0 {
		s.queueClose(c)
		return true
	}
	return false
}

// write writes until the ring is empty or the socket takes no more. False: the
// connection has to wait or is gone.
func (s *shard) write(c *Conn) bool {
	for !c.out.empty() {
		n, err := s.writeOnce(c)
		if n > 0 {
			s.progress(c, n)
			continue
		}
		if errors.Is(err, syscall.EAGAIN) {
			s.loop.stats.stalls.Add(1)
			c.blocked = true
			return false
		}
		if err != nil {
			c.Abort(&wsproto.CloseError{Code: wsproto.CloseAbnormal, Reason: "write: " + err.Error()})
			return false
		}
	}
	if c.state == stateClosing {
		s.shut(c)
		return false
	}
	return true
}

// writeOnce makes one system call. nbio's lock and flag guarantee that the
// descriptor is still this connection's.
func (s *shard) writeOnce(c *Conn) (int, error) {
	c.socket.Lock()
	defer c.socket.Unlock()
	if closed, _ := c.socket.IsClosed(); closed {
		return 0, errSocketClosed
	}
	s.loop.stats.writes.Add(1)
	return writeFrames(c.socket.Hash(), &c.out)
}

var errSocketClosed = errors.New("socket closed")

func (s *shard) progress(c *Conn, n int) {
	c.lastProgress = s.loop.Now()
	s.loop.stats.bytesWritten.Add(uint64(n))
	s.loop.stats.framesWritten.Add(uint64(c.out.advance(n)))
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
	c.socket.Lock()
	if closed, _ := c.socket.IsClosed(); !closed {
		shutWrite(c.socket.Hash())
	}
	c.socket.Unlock()
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
		c.Abort(&wsproto.CloseError{Code: wsproto.CloseAbnormal, Reason: "no write progress for " + o.WriteTimeout.String()})
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
	case c.pingSent != 0 && now-alive > o.PingTimeout:
		c.Abort(&wsproto.CloseError{Code: wsproto.CloseAbnormal, Reason: "no answer to a ping for " + o.PingTimeout.String()})
	case c.pingSent == 0 && now-alive > o.PingInterval:
		c.pingSent = now
		c.queueControl(wsproto.OpPing, nil)
	}
}

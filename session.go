package scenewire

import (
	"time"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/loop"
	"github.com/scenewire/scenewire/wsproto"
)

// session is what a client has beside others that may come back on a new connection.
// Without one, Options.ResumeGrace after its connection broke, it is disconnected.
//
//	connected ──breaks──→ suspended ──a handshake names the session──→ claimed ──→ connected
//	    │                     │ ResumeGrace is over, Close, Shutdown
//	    └─a close frame──→ over: OnDisconnect, and nothing is left
//
// While it is claimed, a handshake waits for the old connection's last callback, or makes
// the new connection.
//
// Guarded by Client.mu, except the token, which is immutable.
type session struct {
	token     string // secret: whoever has it is the client
	link      *link  // the newest connection
	suspended bool   // its last callback was called, and the client goes on without one
	claimed   bool
	over      bool // the client ends with its connection, or has ended
	timer     *time.Timer
	reason    *CloseError // of the last connection
	sent      unconfirmed

	confirmed   uint64        // the client has said that it has applied all below
	confirmedAt time.Duration // when it was last as far as it could be, or said so
}

// link is one connection of a client that may come back, as its connection sees it.
type link struct {
	c       *Client
	conn    *loop.Conn
	first   bool          // the client's first one
	resumed string        // see wsproto.Hello
	reset   bool          // what the page has of the scene is of no use
	greeted bool          // the hello was sent; loop-owned (the shard)
	done    chan struct{} // closed when Closed was called
}

// Open is the connection's first callback. The client's OnConnect is called for its
// first connection only.
func (l *link) Open() {
	if l.first {
		(*endpoint)(l.c).Open()
		if l.resumed == "" {
			return
		}
	}
	l.c.logResume(l.resumed)
}

// Receive handles one message.
func (l *link) Receive(op wsproto.Opcode, payload []byte) { (*endpoint)(l.c).Receive(op, payload) }

// Pull gives the hello, and then what any client is given.
func (l *link) Pull(now time.Duration, dst []*buffers.Frame) ([]*buffers.Frame, time.Duration) {
	if l.greeted {
		return (*endpoint)(l.c).Pull(now, dst)
	}
	l.greeted = true
	return append(dst, l.hello()), now
}

// hello is the connection's first window.
func (l *link) hello() *buffers.Frame {
	c, s := l.c, l.c.server
	h := wsproto.Hello{Client: uint64(c.id), Resumed: l.resumed}
	head := wsproto.Head{Epoch: s.epoch, Seq: c.stream.cursor.Seq(), Reset: l.reset, Hello: &h}
	if sess := c.session; sess != nil {
		h.Session, h.GraceSec = sess.token, s.opts.ResumeGrace.Seconds()
		c.mu.Lock()
		head.Own = sess.sent.base
		c.mu.Unlock()
	}
	return c.bareFrame(head)
}

// lost is called when the connection has ended, while handlers may still be running.
func (l *link) lost() {
	c, sess := l.c, l.c.session
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case sess.over || !mayComeBack(l.conn.Reason()):
		c.endLocked()
	case !sess.claimed:
		sess.timer = time.AfterFunc(c.server.opts.ResumeGrace, l.expire)
	}
}

// mayComeBack reports whether a connection ended in a way after which the client may go
// on: it broke, or it had a window that couldn't be decoded.
func mayComeBack(reason *CloseError) bool {
	return reason.Code == wsproto.CloseAbnormal || reason.Code == closeCorruptWindow
}

// closeCorruptWindow is the code with which a client closes after a window that it
// couldn't decode.
const closeCorruptWindow CloseCode = 4007

// expire ends the grace.
func (l *link) expire() {
	c, sess := l.c, l.c.session
	c.mu.Lock()
	if sess.link != l || sess.claimed || sess.over {
		c.mu.Unlock()
		return
	}
	c.endLocked()
	suspended, reason := sess.suspended, sess.reason
	c.mu.Unlock()
	if suspended {
		c.finish(reason)
	}
}

// Closed is the connection's last callback.
func (l *link) Closed(reason *wsproto.CloseError) {
	c, s, sess := l.c, l.c.server, l.c.session
	if sess == nil {
		(*endpoint)(c).Closed(reason)
		return
	}
	s.closes.add(reason.Code)
	c.mu.Lock()
	s.admission.leave(c.address)
	sess.reason = reason
	stays := !sess.over && s.suspend(sess.claimed)
	sess.suspended = stays
	if !stays {
		c.endLocked()
	}
	c.mu.Unlock()
	close(l.done)
	if !stays {
		c.finish(reason)
		return
	}
	s.opts.Logger.Info("client lost; it may come back", zap.Uint64("client", uint64(c.id)), zap.NamedError("reason", reason))
}

// suspend counts a client that goes on without a connection, unless there are too many
// of them or the server stops. One whose new connection is on its way always may.
func (s *Server) suspend(claimed bool) bool {
	if s.isStopping() {
		return false
	}
	n := s.suspended.Add(1)
	if limit := s.opts.MaxSuspended; limit > 0 && n > int64(limit) && !claimed {
		s.suspended.Add(-1)
		return false
	}
	return true
}

// claim takes the client for a new connection, and returns its newest one. nil: it can't
// be had, because it is over, somebody else has it, or what it was sent of its own can't
// be told from own on.
func (c *Client) claim(own uint64) *link {
	c.mu.Lock()
	defer c.mu.Unlock()
	sess := c.session
	if sess.over || sess.claimed || !sess.sent.has(own) {
		return nil
	}
	sess.claimed = true
	sess.stopTimer()
	return sess.link
}

// unclaim gives the client back: the new connection didn't come about.
func (c *Client) unclaim() {
	c.mu.Lock()
	sess := c.session
	sess.claimed = false
	ended := sess.over && sess.suspended
	if !sess.over {
		sess.timer = time.AfterFunc(c.server.opts.ResumeGrace, sess.link.expire)
	}
	reason := sess.reason
	c.mu.Unlock()
	if ended {
		c.finish(reason)
	}
}

func (c *Client) isOver() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.session.over
}

// endLocked has the client not come back any more, and ends its context.
func (c *Client) endLocked() {
	c.session.over = true
	c.session.stopTimer()
	if c.cancel != nil {
		c.cancel()
	}
}

func (sess *session) stopTimer() {
	if sess.timer != nil {
		sess.timer.Stop()
		sess.timer = nil
	}
}

// closeLocked ends the client: its connection with a close frame, or, if it has none,
// what was kept for it.
func (c *Client) closeLocked(code CloseCode, reason string) {
	sess := c.session
	if sess == nil || !sess.suspended {
		if sess != nil {
			sess.over = true
		}
		c.conn.Load().Close(code, reason)
		return
	}
	if sess.over {
		return
	}
	c.endLocked()
	sess.reason = &CloseError{Code: code, Reason: reason}
	if !sess.claimed { // else who claimed it finishes it
		go c.finish(sess.reason)
	}
}

// stop ends the client's connection as the server stops, by f, or what was kept for it.
func (c *Client) stop(code CloseCode, reason string, f func(*loop.Conn)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.session != nil && c.session.suspended {
		c.closeLocked(code, reason)
		return
	}
	f(c.conn.Load())
}

// suspendedLocked reports whether the client has no connection and may come back.
func (c *Client) suspendedLocked() bool { return c.session != nil && c.session.suspended }

// settled is the sequence that the client has applied all below of, as far as can be
// told: what was sent to a connection that then broke may be asked for again, for as long
// as the client may come back.
func (c *Client) settled(now time.Duration) uint64 {
	cursor := c.cursor.Load()
	if c.session == nil {
		return cursor
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	sess := c.session
	if sess.confirmed >= cursor {
		sess.confirmedAt = now
	}
	if now-sess.confirmedAt > c.server.opts.ResumeGrace {
		return cursor
	}
	return min(sess.confirmed, cursor)
}

package scenewire

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"net"
	"net/netip"
	"reflect"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/loop"
	"github.com/scenewire/scenewire/wsproto"
)

// resumeOffer is what a client offers beside [Subprotocol] that may come back; behind it,
// separated by dots, are epoch, sequence, own messages and session when it does. It isn't
// in the URL, which is logged everywhere.
const resumeOffer = "scenewire.resume"

// noSession stands for the session of a client that has none.
const noSession = "-"

// takeOverTimeout is how long a client that comes back waits for its old connection's
// handlers. Then it is a new client.
const takeOverTimeout = 5 * time.Second

// resumption is what a client has of a scene when it comes.
type resumption struct {
	wanted          bool // it may come back: it understands a hello and a reset
	epoch, seq, own uint64
	session         string
}

// offeredResumption reads what a client offers. What can't be read is as nothing.
func offeredResumption(offered []string) resumption {
	for _, name := range offered {
		rest, ok := strings.CutPrefix(name, resumeOffer)
		switch {
		case !ok:
		case rest == "":
			return resumption{wanted: true}
		case rest[0] == '.':
			return parseResumption(rest[1:])
		}
	}
	return resumption{}
}

func parseResumption(text string) resumption {
	parts := strings.Split(text, ".")
	if len(parts) != 4 {
		return resumption{wanted: true}
	}
	var numbers [3]uint64
	for i := range numbers {
		n, err := strconv.ParseUint(parts[i], 10, 64)
		if err != nil || n > wsproto.MaxInteger {
			return resumption{wanted: true}
		}
		numbers[i] = n
	}
	r := resumption{wanted: true, epoch: numbers[0], seq: numbers[1], own: numbers[2]}
	if parts[3] != noSession {
		r.session = parts[3]
	}
	return r
}

// newEpoch names a life of a log, so that sequences of another one aren't mistaken for
// its own.
func newEpoch() uint64 {
	var b [8]byte
	_, _ = rand.Read(b[:])
	return binary.LittleEndian.Uint64(b[:])>>11 | 1 // at most wsproto.MaxInteger, never 0
}

func newSessionToken() string {
	var b [18]byte
	_, _ = rand.Read(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// arrival is a handshake that is about to become a client's connection.
type arrival struct {
	client  *Client  // a new one, or the one that comes back
	refusal *refusal // not nil: it gets its handshake, and is told that it isn't let in
	back    bool     // it comes back
	agreed  agreement
	resume  resumption
	address netip.Prefix
	from    net.Addr
}

// continues reports whether the log can go on from where the client stands.
func (s *Server) continues(r *resumption) bool {
	return r.epoch == s.epoch && r.seq > 0 && r.seq <= s.log.Next() && r.seq >= s.log.OldestToken()
}

// attach gives a new client its connection, before anything happens on it.
func (c *Client) attach(conn *loop.Conn, a *arrival) loop.Endpoint {
	s, o := c.server, &c.server.opts
	c.conn.Store(conn)
	c.pacer.Init(o.WindowInterval)
	c.queue.Init(buffers.QueueLimits{MaxEntries: o.MaxQueueMessages, MaxBytes: o.MaxQueueBytes})
	conn.LimitInbound(o.MaxMessagesPerSecond, o.MaxBytesPerSecond)
	c.connected = s.loop.Now()
	c.stream.arrived = s.log.Next()
	resumed := c.startAt(&a.resume)
	var e loop.Endpoint = (*endpoint)(c)
	if a.agreed.resumes {
		l := &link{c: c, conn: conn, first: true, resumed: resumed, reset: resumed == "", done: make(chan struct{})}
		if o.ResumeGrace > 0 {
			c.session = &session{token: newSessionToken(), link: l, confirmed: c.stream.cursor.Seq(), confirmedAt: s.loop.Now()}
			conn.AfterClose(l.lost)
		}
		s.resumes.count(a, resumed)
		e = l
	}
	if !s.addClient(c) {
		conn.Drain(wsproto.CloseGoingAway, shuttingDown)
	}
	return e
}

// startAt sets where the client reads on, and returns what it resumes by that: the
// scene, or nothing.
func (c *Client) startAt(r *resumption) (resumed string) {
	s := c.server
	if r.wanted && s.continues(r) {
		c.stream.resume(r.seq)
		resumed = wsproto.ResumedScene
	} else {
		c.stream.begin(s.log.Next())
	}
	c.cursor.Store(c.stream.cursor.Seq())
	return resumed
}

// reattach gives a client that was claimed its new connection. The old one's shard and
// handlers are through with it.
func (c *Client) reattach(conn *loop.Conn, a *arrival) loop.Endpoint {
	s, sess := c.server, c.session
	reset := c.startAt(&a.resume) == ""
	l := &link{c: c, conn: conn, resumed: wsproto.ResumedClient, reset: reset, done: make(chan struct{})}
	c.mu.Lock()
	c.conn.Store(conn)
	c.address = a.address
	c.setFrom(a.from)
	sess.link, sess.claimed = l, false
	if sess.suspended {
		sess.suspended = false
		s.suspended.Add(-1)
	}
	sess.sent.rewind(a.resume.own)
	over, reason := sess.over, sess.reason
	c.mu.Unlock()
	c.queued.Store(true)
	conn.LimitInbound(s.opts.MaxMessagesPerSecond, s.opts.MaxBytesPerSecond)
	conn.AfterClose(l.lost)
	if over {
		conn.Close(reason.Code, reason.Reason)
	}
	s.resumes.count(a, wsproto.ResumedClient)
	return l
}

// reclaim makes a the arrival of a client that comes back, if there is one whose session
// it names and that it may be. Its old connection is cut off if it is still there. It
// waits for the handlers of what that one has received, on the goroutine of the request.
func (s *Server) reclaim(ctx context.Context, a *arrival) {
	if a.resume.session == "" {
		return
	}
	s.mu.Lock()
	c := s.sessions[a.resume.session]
	s.mu.Unlock()
	// Who asks now may be somebody else in the same page.
	if c == nil || !reflect.DeepEqual(c.identity, a.client.identity) {
		return
	}
	old := c.claim(a.resume.own)
	if old == nil {
		return
	}
	old.conn.Abort(&wsproto.CloseError{Code: wsproto.CloseAbnormal, Reason: "the client has come back on another connection"})
	if !old.await(ctx) || c.isOver() {
		c.unclaim()
		return
	}
	a.client, a.back = c, true
}

// await waits for the last callback of a link. False: it didn't come in time.
func (l *link) await(ctx context.Context) bool {
	timeout := time.NewTimer(takeOverTimeout)
	defer timeout.Stop()
	select {
	case <-l.done:
		return true
	case <-timeout.C:
	case <-ctx.Done():
	}
	return false
}

// resumeCounts counts what became of those who came back. The zero value is ready.
type resumeCounts struct {
	client, scene, reset, inBand atomic.Uint64
}

// count counts an arrival that had something to resume.
func (n *resumeCounts) count(a *arrival, resumed string) {
	switch {
	case resumed == wsproto.ResumedClient:
		n.client.Add(1)
	case resumed == wsproto.ResumedScene:
		n.scene.Add(1)
	case a.resume.seq > 0:
		n.reset.Add(1)
	}
}

func (n *resumeCounts) counts() map[string]uint64 {
	return map[string]uint64{
		"client": n.client.Load(), "scene": n.scene.Load(), "reset": n.reset.Load(), "in_band": n.inBand.Load(),
	}
}

// logResume tells of a client that has come back.
func (c *Client) logResume(how string) {
	c.server.opts.Logger.Info("client resumed", zap.Uint64("client", uint64(c.id)),
		zap.Stringer("from", c.RemoteAddr()), zap.String("what", how))
}

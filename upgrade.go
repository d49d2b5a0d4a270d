package scenewire

import (
	"errors"
	"net/http"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/loop"
	"github.com/scenewire/scenewire/wsproto"
)

// ServeHTTP answers one request: a WebSocket handshake on any path becomes a client,
// anything else is a file of [Options.Root] or goes to [Options.Handler]. So a server
// can be mounted in any mux of net/http that speaks HTTP/1.1.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r, from, ok := s.front.enter(w, r)
	switch {
	case !ok, s.serveHealth(w, r), !s.checkHost(w, r, from):
	case isUpgrade(r):
		s.upgrade(w, r, from)
	case s.opts.Profiling && s.serveProfile(w, r):
	case s.files != nil && s.files.serve(w, r):
	case s.opts.Handler != nil:
		s.opts.Handler.ServeHTTP(w, r)
	default:
		http.NotFound(w, r)
	}
}

func isUpgrade(r *http.Request) bool { return wsproto.IsUpgrade(r.Header) }

func (s *Server) upgrade(w http.ResponseWriter, r *http.Request, from caller) {
	handshake, ok := loop.CheckUpgrade(w, r)
	if !ok {
		s.admission.count(refusedHandshake, "not a handshake that can be accepted", s.loop.Now())
		return
	}
	if err := s.front.origins.check(handshake.Origin, from); err != nil {
		s.refuse(w, refusedOrigin, http.StatusForbidden, err.Error())
		return
	}
	c := &Client{
		server: s, address: addressOf(r), from: from.netAddr(),
		agreed: s.opts.Protocol.agree(handshake.Subprotocols),
	}
	if limit := s.admission.enter(c.address, s.loop.Now()); limit != nil {
		w.Header().Set("Retry-After", limit.retryAfter)
		s.refuse(w, limit.kind, limit.status, limit.text)
		return
	}
	if !s.authorize(w, r, c) || !s.takeOver(w, handshake, c) {
		s.admission.leave(c.address)
	}
}

// refuse answers a handshake that doesn't become a client.
func (s *Server) refuse(w http.ResponseWriter, kind refusalKind, status int, reason string) {
	s.admission.count(kind, reason, s.loop.Now())
	http.Error(w, reason, status)
}

// takeOver makes c's connection out of the request's. False: it failed, or the server
// is stopping, and c's place is free again.
func (s *Server) takeOver(w http.ResponseWriter, handshake wsproto.Handshake, c *Client) (started bool) {
	refused := c.agreed.refusal != ""
	if !refused && !s.reserve() {
		s.refuse(w, refusedDraining, http.StatusServiceUnavailable, shuttingDown)
		return false
	}
	err := s.loop.Upgrade(hijackWriter{w}, handshake, c.agreed.subprotocol, s.group, func(conn *loop.Conn) loop.Endpoint {
		started = true
		if c.agreed.isViser() {
			conn.SetProtocolErrorCode(wsproto.ClosePolicyViolation)
		}
		if refused {
			s.admission.count(refusedVersion, c.agreed.refusal, s.loop.Now())
			return &refusal{conn: conn, reason: c.agreed.refusal, closed: func(code CloseCode) {
				s.closes.add(code)
				s.admission.leave(c.address)
			}}
		}
		c.attach(conn)
		return (*endpoint)(c)
	})
	switch {
	case errors.Is(err, loop.ErrFull):
		s.admission.count(refusedLoop, err.Error(), s.loop.Now())
	case err != nil && !started:
		s.admission.count(refusedFailed, err.Error(), s.loop.Now())
	}
	if !started && !refused {
		s.active.Done()
	}
	return started
}

// attach gives the client its connection, before anything happens on it.
func (c *Client) attach(conn *loop.Conn) {
	o := &c.server.opts
	c.conn = conn
	c.stream.cursor = buffers.JoinAt(c.server.log.Next())
	c.pacer.Init(o.WindowInterval)
	c.queue.Init(buffers.QueueLimits{MaxEntries: o.MaxQueueMessages, MaxBytes: o.MaxQueueBytes})
	conn.LimitInbound(o.MaxMessagesPerSecond, o.MaxBytesPerSecond)
	if !c.server.addClient(c) {
		conn.Drain(wsproto.CloseGoingAway, shuttingDown)
	}
}

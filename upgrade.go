package scenewire

import (
	"errors"
	"net"
	"net/http"

	"github.com/scenewire/scenewire/loop"
	"github.com/scenewire/scenewire/wsproto"
)

// ServeHTTP answers one request: a WebSocket handshake on any path becomes a client,
// anything else is a file of [Options.Root] or goes to [Options.Handler]. So a server
// can be mounted in any mux of net/http that speaks HTTP/1.1. What is below a path of
// [Server.Mount] goes to its handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r, from, ok := s.front.enter(w, r)
	switch {
	case !ok, s.serveHealth(w, r), !s.checkHost(w, r, from), s.serveMount(w, r):
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
	a := s.newArrival(r, handshake, from.netAddr())
	if limit := s.admission.enter(a.address, s.loop.Now()); limit != nil {
		w.Header().Set("Retry-After", limit.retryAfter)
		s.refuse(w, limit.kind, limit.status, limit.text)
		return
	}
	if !s.authorize(w, r, a) {
		s.admission.leave(a.address)
		return
	}
	if a.refusal == nil {
		s.reclaim(r.Context(), a)
	}
	if s.takeOver(w, handshake, a) {
		return
	}
	s.admission.leave(a.address)
	if a.back {
		a.client.unclaim()
	}
}

// refuse answers a handshake that doesn't become a client.
func (s *Server) refuse(w http.ResponseWriter, kind refusalKind, status int, reason string) {
	s.admission.count(kind, reason, s.loop.Now())
	http.Error(w, reason, status)
}

// newArrival looks at what a client offers.
func (s *Server) newArrival(r *http.Request, handshake wsproto.Handshake, from net.Addr) *arrival {
	a := &arrival{agreed: s.opts.Protocol.agree(handshake.Subprotocols), address: addressOf(r), from: from}
	switch {
	case a.agreed.refusal != "":
		a.refusal = &refusal{kind: refusedVersion, code: wsproto.CloseProtocolError, reason: a.agreed.refusal}
	case a.agreed.scene:
		a.resume = offeredResumption(handshake.Subprotocols)
		a.agreed.resumes = a.resume.wanted
	}
	a.client = &Client{server: s, agreed: a.agreed, address: a.address}
	a.client.setFrom(from)
	return a
}

// takeOver makes the client's connection out of the request's. False: it failed, or the
// server is stopping, and the client's place is free again.
func (s *Server) takeOver(w http.ResponseWriter, handshake wsproto.Handshake, a *arrival) (started bool) {
	refused := a.refusal != nil
	if !refused && !s.mayEnter(a) {
		s.refuse(w, refusedDraining, http.StatusServiceUnavailable, shuttingDown)
		return false
	}
	err := s.loop.Upgrade(hijackWriter{w}, handshake, a.agreed.subprotocol, s.group, func(conn *loop.Conn) loop.Endpoint {
		started = true
		if a.agreed.isViser() {
			conn.SetProtocolErrorCode(wsproto.ClosePolicyViolation)
		}
		switch {
		case refused:
			return s.turnAway(conn, a)
		case a.back:
			return a.client.reattach(conn, a)
		}
		return a.client.attach(conn, a)
	})
	switch {
	case errors.Is(err, loop.ErrFull):
		s.admission.count(refusedLoop, err.Error(), s.loop.Now())
	case err != nil && !started:
		s.admission.count(refusedFailed, err.Error(), s.loop.Now())
	}
	if !started && !refused && !a.back {
		s.active.Done()
	}
	return started
}

// mayEnter counts a client that is about to come, unless the server is stopping. One that
// comes back is counted.
func (s *Server) mayEnter(a *arrival) bool {
	if a.back {
		return !s.isStopping()
	}
	return s.reserve()
}

// turnAway is for a client that is told after the handshake that it isn't let in.
func (s *Server) turnAway(conn *loop.Conn, a *arrival) loop.Endpoint {
	s.admission.count(a.refusal.kind, a.refusal.reason, s.loop.Now())
	a.refusal.conn = conn
	a.refusal.closed = func(code CloseCode) {
		s.closes.add(code)
		s.admission.leave(a.address)
	}
	return a.refusal
}

package scenewire

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/loop"
	"github.com/scenewire/scenewire/wsproto"
)

// ServeHTTP answers one request: a WebSocket handshake on any path becomes a client,
// anything else is a file of [Options.Root] or goes to [Options.Handler]. So a server
// can be mounted in any mux of net/http that speaks plain HTTP/1.1 over TCP.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case wsproto.IsUpgrade(r.Header):
		s.upgrade(w, r)
	case s.files != nil && s.files.serve(w, r):
	case s.opts.Handler != nil:
		s.opts.Handler.ServeHTTP(w, r)
	default:
		http.NotFound(w, r)
	}
}

func (s *Server) upgrade(w http.ResponseWriter, r *http.Request) {
	handshake, ok := loop.CheckUpgrade(w, r)
	if !ok {
		s.admission.count(refusedHandshake, "not a handshake that can be accepted", s.loop.Now())
		return
	}
	if err := s.checkOrigin(handshake.Origin, r.Host); err != nil {
		s.refuse(w, refusedOrigin, http.StatusForbidden, err.Error())
		return
	}
	c := &Client{server: s, address: addressOf(r), agreed: s.opts.Protocol.agree(handshake.Subprotocols)}
	if limit := s.admission.enter(c.address, s.loop.Now()); limit != nil {
		w.Header().Set("Retry-After", limit.retryAfter)
		s.refuse(w, limit.kind, limit.status, limit.text)
		return
	}
	if !s.takeOver(w, handshake, c) {
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
	err := s.loop.Upgrade(w, handshake, c.agreed.subprotocol, s.group, func(conn *loop.Conn) loop.Endpoint {
		started = true
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
	case err != nil:
		s.opts.Logger.Warn("a handshake failed", zap.Error(err))
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
	if !c.server.addClient(c) {
		conn.Drain(wsproto.CloseGoingAway, shuttingDown)
	}
}

// checkOrigin lets in what isn't a browser, pages of this host, and allowed ones.
// Without it any page that a user visits could connect to a server on their machine
// (RFC 6455 section 10.2).
func (s *Server) checkOrigin(origin, host string) error {
	if origin == "" || slices.Contains(s.opts.AllowedOrigins, "*") {
		return nil
	}
	u, err := parseOrigin(origin)
	if err == nil && strings.EqualFold(u.Host, host) {
		return nil
	}
	same := func(allowed string) bool { return strings.EqualFold(allowed, origin) }
	if slices.ContainsFunc(s.opts.AllowedOrigins, same) {
		return nil
	}
	return fmt.Errorf("pages of %s may not connect to %s; Options.AllowedOrigins can let them", origin, host)
}

// parseOrigin parses an origin such as "https://example.org:8443" (RFC 6454 section 6.1).
func parseOrigin(origin string) (*url.URL, error) {
	u, err := url.Parse(origin)
	if err != nil {
		return nil, err
	}
	if u.Scheme == "" || u.Host == "" || strings.Trim(u.Path, "/") != "" {
		return nil, fmt.Errorf("%q is not an origin like https://example.org", origin)
	}
	return u, nil
}

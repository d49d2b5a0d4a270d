package scenewire

import (
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
		return
	}
	if err := s.checkOrigin(handshake.Origin, r.Host); err != nil {
		http.Error(w, err.Error(), http.StatusForbidden)
		return
	}
	agreed := s.opts.Protocol.agree(handshake.Subprotocols)
	c := &Client{server: s, agreed: agreed}
	refused := agreed.refusal != ""
	if !refused && !s.reserve() {
		http.Error(w, shuttingDown, http.StatusServiceUnavailable)
		return
	}
	started := false
	err := s.loop.Upgrade(w, handshake, agreed.subprotocol, s.group, func(conn *loop.Conn) loop.Endpoint {
		started = true
		if refused {
			return &refusal{conn: conn, reason: agreed.refusal}
		}
		c.attach(conn)
		return (*endpoint)(c)
	})
	if err != nil {
		s.opts.Logger.Warn("a handshake failed", zap.Error(err))
	}
	if !started && !refused {
		s.active.Done()
	}
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

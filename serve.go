package scenewire

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"

	"github.com/scenewire/scenewire/wsproto"
)

const shuttingDown = "server shutting down"

func (s *Server) initHTTP() {
	o := &s.opts
	var protocols http.Protocols
	protocols.SetHTTP1(true) // WebSockets need it, and the limits are those of one protocol
	s.http = http.Server{
		Handler:           http.HandlerFunc(s.serveTimed),
		TLSConfig:         s.tls,
		Protocols:         &protocols,
		ReadHeaderTimeout: max(o.HeaderTimeout, 0),
		IdleTimeout:       max(o.HTTPIdleTimeout, 0),
		MaxHeaderBytes:    o.MaxHeaderBytes,
		ErrorLog:          newHTTPLog(o.Logger),
	}
	s.httpConns.install(&s.http, o.MaxHTTPConns)
	s.http.ConnState = untimeHijacked(s.http.ConnState)
}

// ListenAndServe listens, unless [Server.Listen] did, and serves until Shutdown or
// Close; it then returns [ErrServerClosed].
func (s *Server) ListenAndServe() error {
	if _, err := s.Listen(); err != nil {
		return err
	}
	s.mu.Lock()
	ln := s.listener
	s.mu.Unlock()
	return s.Serve(ln)
}

// Serve serves HTTP and WebSockets on ln, with TLS if the options say so, until Shutdown
// or Close, which close it; it then returns [ErrServerClosed]. It may be called for
// several listeners.
func (s *Server) Serve(ln net.Listener) error {
	s.mu.Lock()
	if s.state != running {
		s.mu.Unlock()
		_ = ln.Close()
		return ErrServerClosed
	}
	if s.listener == nil {
		s.listener = ln
	}
	s.mu.Unlock()
	s.opts.Logger.Info(s.announce(ln.Addr()))
	err := s.serveHTTP(ln)
	if errors.Is(err, http.ErrServerClosed) {
		return ErrServerClosed
	}
	return fmt.Errorf("scenewire: %w", err)
}

func (s *Server) serveHTTP(ln net.Listener) error {
	ln = s.patient(ln)
	if timeout := s.opts.httpWriteTimeout(); timeout > 0 {
		ln = &timedListener{Listener: ln, timeout: timeout}
	}
	if s.usesTLS() {
		return s.http.ServeTLS(ln, "", "")
	}
	return s.http.Serve(ln)
}

// Shutdown stops gracefully: no new clients, every client gets what is queued and
// then a close frame with 1001, handlers end, and the port is free. When ctx is done
// first, what is left is cut off and ctx's error returned. Later calls wait for the
// first one.
func (s *Server) Shutdown(ctx context.Context) error {
	if !s.beginStop(draining) {
		return s.awaitStopped(ctx)
	}
	s.closeListeners(func() error { return s.http.Shutdown(ctx) })
	s.pace.finish()
	for _, c := range s.Clients() {
		c.conn.Drain(wsproto.CloseGoingAway, shuttingDown)
	}
	err := s.awaitClients(ctx)
	s.finishStop()
	return err
}

// Close stops at once: clients are cut off, handlers that run go on to their end.
// Later calls do nothing.
func (s *Server) Close() error {
	if !s.beginStop(stopping) {
		return nil
	}
	s.finishStop()
	return nil
}

// beginStop lets the first caller stop the server.
func (s *Server) beginStop(state serverState) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state != running {
		return false
	}
	s.state = state
	return true
}

// closeListeners frees the port and ends HTTP requests.
func (s *Server) closeListeners(end func() error) {
	_ = end()
	s.mu.Lock()
	ln := s.listener
	s.mu.Unlock()
	if ln != nil {
		_ = ln.Close() // bound by Listen, but never served
	}
}

func (s *Server) finishStop() {
	s.closed.Store(true)
	s.closeListeners(s.http.Close)
	s.pace.stop()
	s.chores.stop()
	for _, c := range s.Clients() {
		c.conn.Abort(&wsproto.CloseError{Code: wsproto.CloseAbnormal, Reason: "server closed"})
	}
	if s.ownsLoop {
		_ = s.loop.Close()
	}
	s.cache.Clear()
	close(s.stopped)
}

func (s *Server) awaitStopped(ctx context.Context) error {
	select {
	case <-s.stopped:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// awaitClients waits until every client's OnDisconnect has returned.
func (s *Server) awaitClients(ctx context.Context) error {
	done := make(chan struct{})
	go func() {
		s.active.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

package scenewire

import (
	"context"
	"net"
	"slices"

	"github.com/scenewire/scenewire/loop"
	"github.com/scenewire/scenewire/wsproto"
)

// shuttingDown is the reason of a close frame, and the answer to a handshake that is late.
const shuttingDown = "server shutting down"

// serverState only rises. Guarded by Server.mu.
type serverState uint8

const (
	running  serverState = iota
	draining             // Shutdown: no new clients
	stopping
)

// ending is how a server stops. Guarded by Server.mu, except where it says otherwise.
type ending struct {
	state     serverState
	listeners []net.Listener          // all that Listen has bound and Serve was given
	cutOff    context.CancelCauseFunc // ends a drain before its time; nil: none goes on
	stopped   chan struct{}           // closed when the server has stopped; immutable
}

// Shutdown stops gracefully. At once the server listens no more and takes no new
// clients. Every client gets what is queued, and then a close frame with 1001; HTTP
// requests that have begun are answered; handlers run to their end. When Shutdown
// returns nil, the last OnDisconnect has returned and the ports are free.
//
// When ctx is done first, or Close is called, what is left is cut off: Shutdown returns
// ctx's error, or [ErrServerClosed], and handlers may still be running. Later calls wait
// for the first one.
//
// A server that is mounted in another one's mux drains its clients in the same way: shut
// down the HTTP server before it or after it, [http.Server.Shutdown] doesn't wait for
// clients. A loop that is shared goes on. A callback that calls Shutdown waits for
// itself.
func (s *Server) Shutdown(ctx context.Context) error {
	ctx, cutOff := context.WithCancelCause(ctx)
	defer cutOff(nil)
	if !s.beginDrain(cutOff) {
		return s.awaitStopped(ctx)
	}
	s.closeListeners()
	s.httpConns.closeUnused()
	requests := make(chan error, 1)
	go func() { requests <- s.http.Shutdown(ctx) }()
	s.pace.finished.Store(true)
	s.pace.finish()
	for _, c := range s.Clients() {
		c.stop(wsproto.CloseGoingAway, shuttingDown, func(conn *loop.Conn) { conn.Drain(wsproto.CloseGoingAway, shuttingDown) })
	}
	err := s.awaitClients(ctx)
	if requestErr := <-requests; err == nil && requestErr != nil {
		err = context.Cause(ctx)
	}
	s.finishStop()
	return err
}

// Close stops at once: clients and HTTP requests are cut off, also those that a Shutdown
// waits for. Handlers that run go on to their end. Later calls wait for the first one.
func (s *Server) Close() error {
	s.mu.Lock()
	first := s.state == running
	if first {
		s.state = stopping
	}
	if s.cutOff != nil {
		s.cutOff(ErrServerClosed)
	}
	s.mu.Unlock()
	if first {
		s.finishStop()
	}
	<-s.stopped
	return nil
}

// beginDrain lets the first caller stop the server.
func (s *Server) beginDrain(cutOff context.CancelCauseFunc) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state != running {
		return false
	}
	s.state, s.cutOff = draining, cutOff
	return true
}

func (s *Server) isStopping() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state != running
}

// closeListeners frees the ports.
func (s *Server) closeListeners() {
	s.mu.Lock()
	all := slices.Clone(s.listeners)
	s.mu.Unlock()
	for _, ln := range all {
		_ = ln.Close()
	}
}

// finishStop cuts off what is left. It is called once.
func (s *Server) finishStop() {
	s.closed.Store(true)
	s.closeListeners()
	_ = s.http.Close()
	s.pace.stop()
	s.chores.stop()
	for _, c := range s.Clients() {
		reason := &wsproto.CloseError{Code: wsproto.CloseAbnormal, Reason: "server closed"}
		c.stop(reason.Code, reason.Reason, func(conn *loop.Conn) { conn.Abort(reason) })
	}
	if s.ownsLoop {
		_ = s.loop.Close()
	}
	s.cache.Clear()
	s.captures.close()
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
		return context.Cause(ctx)
	}
}

package scenewire

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"syscall"
	"time"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire/wsproto"
)

const (
	readHeaderTimeout = 10 * time.Second
	idleTimeout       = 2 * time.Minute
	maxHeaderBytes    = 64 << 10

	shuttingDown = "server shutting down"
)

func (s *Server) initHTTP() {
	s.http = http.Server{
		Handler:           s,
		ReadHeaderTimeout: readHeaderTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          zap.NewStdLog(s.opts.Logger),
	}
	s.httpConns.install(&s.http, s.opts.MaxHTTPConns)
}

// Listen binds [Options.Addr], or, when its port is taken, one of the
// [Options.ListenNext] following ports, and returns the address. Clients are served
// from [Server.ListenAndServe] on. It does nothing if the server listens already.
func (s *Server) Listen() (net.Addr, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state != running {
		return nil, ErrServerClosed
	}
	if s.listener == nil {
		ln, err := listenNext(s.opts.Addr, s.opts.ListenNext)
		if err != nil {
			return nil, err
		}
		s.listener = ln
	}
	return s.listener.Addr(), nil
}

// listenNext binds addr, or the first free one of the next ports behind it.
func listenNext(addr string, next int) (net.Listener, error) {
	ln, err := net.Listen("tcp", addr)
	if err == nil || !errors.Is(err, syscall.EADDRINUSE) {
		return ln, wrapListen(err)
	}
	host, portText, splitErr := net.SplitHostPort(addr)
	port, portErr := strconv.Atoi(portText)
	if next == 0 || splitErr != nil || portErr != nil {
		return nil, fmt.Errorf("scenewire: %w; choose another Options.Addr, or set ListenNext to try the next ports", err)
	}
	last := min(port+next, 65535)
	for p := port + 1; p <= last; p++ {
		ln, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(p)))
		if err == nil || !errors.Is(err, syscall.EADDRINUSE) {
			return ln, wrapListen(err)
		}
	}
	return nil, fmt.Errorf("scenewire: ports %d…%d are all taken: %w", port, last, err)
}

func wrapListen(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("scenewire: %w", err)
}

// Addr returns the address that the server listens on, or nil before it does.
func (s *Server) Addr() net.Addr {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.listener == nil {
		return nil
	}
	return s.listener.Addr()
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

// Serve serves HTTP and WebSockets on ln until Shutdown or Close, which close it; it
// then returns [ErrServerClosed]. It may be called for several listeners.
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
	s.opts.Logger.Info("listening on http://" + ln.Addr().String())
	err := s.http.Serve(s.patient(ln))
	if errors.Is(err, http.ErrServerClosed) {
		return ErrServerClosed
	}
	return fmt.Errorf("scenewire: %w", err)
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

package scenewire

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"time"
)

func (s *Server) initHTTP() {
	o := &s.opts
	var protocols http.Protocols
	protocols.SetHTTP1(true) // WebSockets need it, and the limits are those of one protocol
	s.http = http.Server{
		Handler:           s,
		TLSConfig:         s.tls,
		Protocols:         &protocols,
		ReadHeaderTimeout: orNever(o.HeaderTimeout),
		ReadTimeout:       orNever(o.RequestTimeout),
		IdleTimeout:       orNever(o.HTTPIdleTimeout),
		MaxHeaderBytes:    o.MaxHeaderBytes,
		ErrorLog:          newHTTPLog(o.Logger),
	}
	s.httpConns.install(&s.http, o.MaxHTTPConns)
	s.http.ConnState = untimeHijacked(s.http.ConnState)
}

// orNever turns a negative time into one that doesn't end: net/http's zero would be
// replaced by another of its timeouts.
func orNever(d time.Duration) time.Duration {
	if d < 0 {
		return 100 * 365 * 24 * time.Hour
	}
	return d
}

// ListenAndServe listens, unless [Server.Listen] did, and serves until Shutdown or
// Close has finished; it then returns [ErrServerClosed].
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
// or Close, which close it; when they have finished it returns [ErrServerClosed]. It may be
// called for several listeners.
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
	s.listeners = append(s.listeners, ln)
	s.mu.Unlock()
	s.opts.Logger.Info(s.announce(ln.Addr()))
	err := s.serveHTTP(ln)
	s.forgetListener(ln)
	if errors.Is(err, http.ErrServerClosed) || s.isStopping() {
		<-s.stopped // a program that ends now would cut off those who are being drained
		return ErrServerClosed
	}
	return fmt.Errorf("scenewire: %w", err)
}

func (s *Server) serveHTTP(ln net.Listener) error {
	ln = s.patient(ln)
	if timeout := s.opts.WriteTimeout; timeout > 0 {
		ln = &timedListener{Listener: ln, timeout: timeout}
	}
	if s.usesTLS() {
		return s.http.ServeTLS(ln, "", "")
	}
	return s.http.Serve(ln)
}

func (s *Server) forgetListener(ln net.Listener) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.listeners = slices.DeleteFunc(s.listeners, func(l net.Listener) bool { return l == ln })
}

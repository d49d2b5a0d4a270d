package scenewire

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// unixPrefix begins an Options.Addr that is a unix socket's path.
const unixPrefix = "unix:"

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
		ln, err := s.opts.listen()
		if err != nil {
			return nil, fmt.Errorf("scenewire: %w", err)
		}
		s.listener = ln
		s.listeners = append(s.listeners, ln)
	}
	return s.listener.Addr(), nil
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

func (o *Options) listen() (net.Listener, error) {
	if path, ok := strings.CutPrefix(o.Addr, unixPrefix); ok {
		return listenUnix(path, o.SocketMode)
	}
	return listenNext(o.Addr, o.ListenNext)
}

// listenNext binds addr, or the first free one of the next ports behind it.
func listenNext(addr string, next int) (net.Listener, error) {
	ln, err := net.Listen("tcp", addr)
	if err == nil || !errors.Is(err, syscall.EADDRINUSE) {
		return ln, err
	}
	host, portText, splitErr := net.SplitHostPort(addr)
	port, portErr := strconv.Atoi(portText)
	if next == 0 || splitErr != nil || portErr != nil {
		return nil, fmt.Errorf("%w; choose another Options.Addr, or set ListenNext to try the next ports", err)
	}
	last := min(port+next, 65535)
	for p := port + 1; p <= last; p++ {
		ln, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(p)))
		if err == nil || !errors.Is(err, syscall.EADDRINUSE) {
			return ln, err
		}
	}
	return nil, fmt.Errorf("ports %d…%d are all taken: %w", port, last, err)
}

// listenUnix binds a unix socket. The file of a server that ended without removing it
// is replaced. Closing the listener removes the file.
func listenUnix(path string, mode fs.FileMode) (net.Listener, error) {
	ln, err := net.Listen("unix", path)
	if errors.Is(err, syscall.EADDRINUSE) {
		if err := removeStale(path); err != nil {
			return nil, err
		}
		ln, err = net.Listen("unix", path)
	}
	if err != nil {
		return nil, err
	}
	if mode != 0 {
		if err := os.Chmod(path, mode.Perm()); err != nil {
			_ = ln.Close()
			return nil, err
		}
	}
	return ln, nil
}

// removeStale removes a socket that nobody listens on, and nothing else.
func removeStale(path string) error {
	info, err := os.Lstat(path)
	if err != nil {
		return err
	}
	if info.Mode().Type() != fs.ModeSocket {
		return fmt.Errorf("listen unix %s: there is a file, which is no socket; remove it or choose another Options.Addr", path)
	}
	conn, err := net.DialTimeout("unix", path, time.Second)
	if err == nil {
		_ = conn.Close()
		return fmt.Errorf("listen unix %s: another process serves there; stop it or choose another Options.Addr", path)
	}
	if !errors.Is(err, syscall.ECONNREFUSED) {
		return fmt.Errorf("listen unix %s: whether the socket is in use can't be told: %w", path, err)
	}
	return os.Remove(path)
}

// announce says where a browser finds the server.
func (s *Server) announce(addr net.Addr) string {
	if addr.Network() == "unix" {
		return "listening on unix:" + addr.String()
	}
	scheme := "http://"
	if s.usesTLS() {
		scheme = "https://"
	}
	everywhere := ""
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return "listening on " + addr.String()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host, everywhere = "localhost", ", and for every network"
	}
	return "listening on " + scheme + net.JoinHostPort(host, port) + s.front.base + "/" + everywhere
}

package scenewire

import (
	"errors"
	"net"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"go.uber.org/zap"
)

const (
	minAcceptPause = 5 * time.Millisecond
	maxAcceptPause = time.Second
	// acceptCalm is how long accepting must have gone well for a shortage to be over:
	// at the limit, each client that leaves lets one in.
	acceptCalm = 10 * time.Second
)

// patientListener goes on when there are no descriptors or no memory to accept with. It
// pauses between tries, makes room if it can, and says so once for each shortage.
// Connections wait in the kernel's backlog meanwhile.
type patientListener struct {
	net.Listener
	failures *atomic.Uint64 // counts the failed tries, of all listeners of a server
	makeRoom func()
	logger   *zap.Logger

	closeOnce sync.Once
	closed    chan struct{}

	// Of the goroutine that accepts.
	pause    time.Duration // before the next try; 0: the last one went well
	short    bool          // a shortage was logged, and isn't over
	lastFail time.Time
}

// patient wraps a listener for net/http, which would log each failure.
func (s *Server) patient(ln net.Listener) net.Listener {
	return &patientListener{
		Listener: ln, failures: &s.acceptFailures, makeRoom: s.httpConns.evictOne,
		logger: s.opts.Logger, closed: make(chan struct{}),
	}
}

// Accept waits for the next connection.
func (l *patientListener) Accept() (net.Conn, error) {
	for {
		conn, err := l.Listener.Accept()
		if err == nil {
			l.succeeded()
			return conn, nil
		}
		if !isShortage(err) || !l.failed(err) {
			return nil, err
		}
	}
}

// Close ends Accept, also in a pause.
func (l *patientListener) Close() error {
	l.closeOnce.Do(func() { close(l.closed) })
	return l.Listener.Close()
}

// isShortage reports whether accepting failed for want of something that comes back.
func isShortage(err error) bool {
	for _, errno := range []syscall.Errno{syscall.EMFILE, syscall.ENFILE, syscall.ENOBUFS, syscall.ENOMEM} {
		if errors.Is(err, errno) {
			return true
		}
	}
	return false
}

// failed pauses. False: the listener was closed meanwhile.
func (l *patientListener) failed(err error) bool {
	l.failures.Add(1)
	l.lastFail = time.Now()
	if !l.short {
		l.short = true
		l.logger.Error("can't accept connections; those who are connected are served, new ones wait",
			zap.Error(err))
	}
	l.makeRoom()
	l.pause = min(max(2*l.pause, minAcceptPause), maxAcceptPause)
	timer := time.NewTimer(l.pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-l.closed:
		return false
	}
}

func (l *patientListener) succeeded() {
	l.pause = 0
	if l.short && time.Since(l.lastFail) > acceptCalm {
		l.short = false
		l.logger.Info("accepting connections again")
	}
}

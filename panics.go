package scenewire

import (
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"go.uber.org/zap"
)

// maxPanicsLogged is how many panics of callbacks are logged in a second. A client that
// finds out what makes a handler panic shall not fill the log.
const maxPanicsLogged = 10

// panics counts the panics of an application's callbacks.
type panics struct {
	count atomic.Uint64

	mu     sync.Mutex // guards all below
	second time.Duration
	logged int    // in this second
	silent uint64 // not logged since the last one that was
}

// mayLog reports whether a panic at time now is to be logged, and how many were not.
func (p *panics) mayLog(now time.Duration) (silent uint64, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if second := now.Truncate(time.Second); second != p.second {
		p.second, p.logged = second, 0
	}
	if p.logged == maxPanicsLogged {
		p.silent++
		return 0, false
	}
	p.logged++
	silent, p.silent = p.silent, 0
	return silent, true
}

// guard runs a callback of the application. A panic is counted and logged, and goes no
// further.
func (s *Server) guard(callback string, f func()) {
	defer s.contain(callback, nil)
	f()
}

// contain is deferred around a callback of the application: of a message m, if it isn't
// nil.
func (s *Server) contain(callback string, m Message) {
	v := recover()
	if v == nil {
		return
	}
	s.panics.count.Add(1)
	silent, ok := s.panics.mayLog(s.loop.Now())
	if !ok {
		return
	}
	fields := []zap.Field{
		zap.String("callback", callback), zap.String("panic", fmt.Sprint(v)), zap.ByteString("stack", debug.Stack()),
	}
	if m != nil {
		fields = append(fields, zap.String("message", fmt.Sprintf("%T", m)))
	}
	if silent > 0 {
		fields = append(fields, zap.Uint64("not_logged_before", silent))
	}
	s.opts.Logger.Error("a callback panicked", fields...)
}

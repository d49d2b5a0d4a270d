package loop

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/wsproto"
)

// ErrClosed is returned by methods of a loop that was closed.
var ErrClosed = errors.New("loop: closed")

// ErrFull is returned by [Loop.Upgrade] when there are [Options].MaxConns connections.
var ErrFull = errors.New("loop: as many connections as loop.Options.MaxConns allows")

// Loop runs connections. It is safe for concurrent use.
type Loop struct {
	opts  Options
	start time.Time
	epollLoop
	usesEpoll bool           // immutable
	sockets   sync.WaitGroup // of the goroutine transport: one each, until postClosed is posted
	shards    []*shard
	pool      pool
	frames    buffers.FramePool // control frames

	nextID  atomic.Uint64
	places  atomic.Int64 // taken of Options.MaxConns
	stats   counters
	closing sync.RWMutex   // guarded: closed; held for reading while a connection is added
	closed  bool           //
	conns   sync.WaitGroup // one for each connection, until its Closed has returned
}

// New starts a loop: its pollers and shards run until [Loop.Close].
// nil options mean the defaults.
func New(o *Options) (*Loop, error) {
	opts := o.withDefaults()
	if err := opts.validate(); err != nil {
		return nil, err
	}
	l := &Loop{opts: opts, start: time.Now(), usesEpoll: opts.usesEpoll()}
	l.pool.init(opts.Workers)
	for range opts.Shards {
		s, err := newShard(l)
		if err != nil {
			l.stopShards()
			return nil, err
		}
		l.shards = append(l.shards, s)
	}
	if l.usesEpoll {
		if err := l.startEpoll(); err != nil {
			l.stopShards()
			return nil, err
		}
	}
	return l, nil
}

// Options returns the loop's options, with the defaults filled in.
func (l *Loop) Options() Options { return l.opts }

// Now is the loop's clock: monotonic time since the loop was started.
func (l *Loop) Now() time.Duration { return time.Since(l.start) }

// Wait waits until every connection's Closed has returned, or ctx is done.
func (l *Loop) Wait(ctx context.Context) error {
	done := make(chan struct{})
	go func() {
		l.conns.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Close drops all connections and stops the loop's goroutines. Callbacks that are
// running go on to their end, and each connection's Closed is still called.
// Further calls return [ErrClosed].
func (l *Loop) Close() error {
	l.closing.Lock()
	if l.closed {
		l.closing.Unlock()
		return ErrClosed
	}
	l.closed = true
	l.closing.Unlock()
	for _, s := range l.shards {
		s.abortAll(&wsproto.CloseError{Code: wsproto.CloseAbnormal, Reason: "server closed"})
	}
	if l.usesEpoll {
		l.stopEpoll()
	}
	l.sockets.Wait()
	l.stopShards()
	return nil
}

func (l *Loop) stopShards() {
	for _, s := range l.shards {
		s.stop()
	}
}

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

// Stats is a snapshot of a loop's counters. Counts rise for the life of the loop.
type Stats struct {
	Conns         int64  // connections open now
	BytesWritten  uint64 // bytes that sockets took
	FramesWritten uint64 // frames written whole, control frames too
	Writes        uint64 // system calls that wrote
	WriteStalls   uint64 // times that a socket took no more
	Messages      uint64 // messages received
	BytesRead     uint64 // bytes read from sockets
	Pauses        uint64 // times that a full inbox stopped reading
	Throttles     uint64 // times that [Conn.LimitInbound] stopped reading
	Waiting       int64  // messages received and not handled
	Handled       uint64 // messages that Receive was called for
	// HandlerTime is how long Receive took, of all of these together. It is taken for up
	// to 32 messages of a connection at once, when they are done.
	HandlerTime    time.Duration
	ProtocolErrors uint64 // connections closed because the peer broke RFC 6455, or sent too large a message
	WriteTimeouts  uint64 // connections dropped for Options.WriteTimeout
	PingTimeouts   uint64 // connections dropped for Options.PingTimeout
	IdleTimeouts   uint64 // connections closed for Options.IdleTimeout
	ControlFrames  int64  // control frames queued now
}

// counters are atomic: written by the goroutine that does the thing, read by Stats.
type counters struct {
	conns                               atomic.Int64
	bytesWritten, framesWritten         atomic.Uint64
	writes, stalls, messages, bytesRead atomic.Uint64
	pauses, throttles                   atomic.Uint64
	waiting                             atomic.Int64
	handledMessages                     atomic.Uint64
	handlerNanos                        atomic.Int64

	protocolErrors                            atomic.Uint64
	writeTimeouts, pingTimeouts, idleTimeouts atomic.Uint64
}

// received counts messages that go into an inbox.
func (c *counters) received(n int) {
	c.messages.Add(uint64(n))
	c.waiting.Add(int64(n))
}

// handled counts messages that an endpoint took so long for.
func (c *counters) handled(n int, took time.Duration) {
	c.waiting.Add(int64(-n))
	c.handledMessages.Add(uint64(n))
	c.handlerNanos.Add(int64(took))
}

// Stats returns the counters as they are now.
func (l *Loop) Stats() Stats {
	c := &l.stats
	return Stats{
		Conns:          c.conns.Load(),
		BytesWritten:   c.bytesWritten.Load(),
		FramesWritten:  c.framesWritten.Load(),
		Writes:         c.writes.Load(),
		WriteStalls:    c.stalls.Load(),
		Messages:       c.messages.Load(),
		BytesRead:      c.bytesRead.Load(),
		Pauses:         c.pauses.Load(),
		Throttles:      c.throttles.Load(),
		Waiting:        c.waiting.Load(),
		Handled:        c.handledMessages.Load(),
		HandlerTime:    time.Duration(c.handlerNanos.Load()),
		ProtocolErrors: c.protocolErrors.Load(),
		WriteTimeouts:  c.writeTimeouts.Load(),
		PingTimeouts:   c.pingTimeouts.Load(),
		IdleTimeouts:   c.idleTimeouts.Load(),
		ControlFrames:  l.frames.Live(),
	}
}

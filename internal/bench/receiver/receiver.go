//go:build linux

package receiver

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/scenewire/scenewire/internal/bench/frames"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/internal/bench/report"
)

// dialers is how many handshakes are made at a time.
const dialers = 32

// Options says how a Receiver connects.
type Options struct {
	Addr         string   // of the server: an IPv4 address and a port
	Clients      int      // number of connections
	Subprotocols []string // that they offer
	Threads      int      // that read; 0 is one
	CPUs         []int    // processors for the threads; none: no restriction
	// Preferred has the kernel run the threads before others, where it may.
	Preferred bool
	// ReceiveBufferBytes sets the kernel's buffers. 0 leaves them to its tuning.
	ReceiveBufferBytes int

	// Sampled is how many connections' payloads are read, by a Reader of each thread.
	Sampled   int
	NewReader func() frames.Reader
	// Total is incremented for each binary frame. nil: none is.
	Total *machine.Counter
	// Detailed has PerClient tell more than the number of frames.
	Detailed bool

	// Path is what the handshake asks for. Default: "/".
	Path string
	// Greet, if set, does on each connection what the server's protocol needs before it
	// takes a client for connected. Reading from conn takes what has come behind the
	// handshake's answer first; what Greet leaves unread is received like all the rest.
	// It is called by several goroutines at once.
	Greet func(conn io.ReadWriter) error
	// Reply, if set, appends what a client sends when a binary frame has come whole, while
	// [Receiver.SetReplying] says so. The threads call it, each with a dst of its own. A
	// socket that doesn't take it at once is an error: it is for one message at a time.
	Reply func(dst []byte) []byte
}

// Counts is what all clients together have received.
type Counts struct {
	Frames int64 // binary frames
	Bytes  int64 // of these frames, headers included
	Reads  int64 // system calls that read something
	Closed int64 // connections that have ended
}

// Samples is what the sampled clients have found in their frames.
type Samples struct {
	Frames   int64
	Messages int64
	Latency  report.Histogram // of the frames that are stamped
}

// Client is what one client has received.
type Client struct {
	Frames int64
	// Only if Options.Detailed.
	Inflated int64 // bytes of its windows before compression
	Last     int64 // machine.Monotonic when the end of the newest frame was read
}

// Receiver is a number of clients of one server. Its methods may be called from any
// goroutine.
type Receiver struct {
	options Options
	threads []*thread
	conns   []atomic.Pointer[conn]
	reply   atomic.Bool // Options.Reply is called
	close   sync.Once

	mu  sync.Mutex // guards err
	err error
}

// Dial connects all clients. They receive from their handshake on.
func Dial(ctx context.Context, o Options) (*Receiver, error) {
	if err := machine.NeedConnections(o.Clients); err != nil {
		return nil, err
	}
	o.Threads = max(o.Threads, 1)
	r := &Receiver{options: o, conns: make([]atomic.Pointer[conn], o.Clients)}
	for range o.Threads {
		t, err := newThread(&r.options, r.conns, &r.reply, r.fail)
		if err != nil {
			r.Close()
			return nil, err
		}
		r.threads = append(r.threads, t)
		go t.run()
	}
	if err := r.dialAll(ctx); err != nil {
		r.Close()
		return nil, err
	}
	return r, nil
}

func (r *Receiver) dialAll(ctx context.Context) error {
	var next atomic.Int64
	var group sync.WaitGroup
	errs := make([]error, min(dialers, r.options.Clients))
	for d := range errs {
		group.Go(func() {
			for errs[d] == nil {
				i := int(next.Add(1)) - 1
				if i >= r.options.Clients {
					return
				}
				errs[d] = errors.Join(ctx.Err(), r.dial(i))
			}
		})
	}
	group.Wait()
	return errors.Join(errs...)
}

func (r *Receiver) dial(i int) error {
	fd, rest, err := dial(&r.options, i)
	if err != nil {
		return fmt.Errorf("client %d of %d: %w", i, r.options.Clients, err)
	}
	c := &conn{fd: fd}
	if r.sampled(i) {
		c.sample = &sample{}
	}
	t := r.threads[i%len(r.threads)]
	if err := t.received(c, rest); err != nil {
		return fmt.Errorf("client %d: %w", i, err)
	}
	return t.add(i, c)
}

// sampled spreads Options.Sampled clients evenly over all.
func (r *Receiver) sampled(i int) bool {
	o := &r.options
	return o.NewReader != nil && i*o.Sampled/o.Clients != (i+1)*o.Sampled/o.Clients
}

// Clients returns how many there are.
func (r *Receiver) Clients() int { return r.options.Clients }

// Counts returns the counts so far.
func (r *Receiver) Counts() (c Counts) {
	for _, t := range r.threads {
		c.Frames += t.counts.frames.Load()
		c.Bytes += t.counts.bytes.Load()
		c.Reads += t.counts.reads.Load()
		c.Closed += t.counts.closed.Load()
	}
	return c
}

// PerClient returns what each client has received so far.
func (r *Receiver) PerClient() []Client {
	all := make([]Client, len(r.conns))
	for i := range r.conns {
		if c := r.conns[i].Load(); c != nil {
			all[i] = Client{Frames: c.frames.Load(), Inflated: c.inflated.Load(), Last: c.last.Load()}
		}
	}
	return all
}

// TakeSamples returns what was found in sampled frames since the last call.
func (r *Receiver) TakeSamples() *Samples {
	all := &Samples{}
	for _, t := range r.threads {
		t.mu.Lock()
		all.Frames += t.samples.Frames
		all.Messages += t.samples.Messages
		all.Latency.Add(&t.samples.Latency)
		t.samples = Samples{}
		t.mu.Unlock()
	}
	return all
}

// Err returns why the first connection ended, or nil if none has.
func (r *Receiver) Err() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.err
}

func (r *Receiver) fail(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err == nil {
		r.err = err
	}
}

// Await waits until ok, which is asked every millisecond. The error is that of a
// connection that has ended, or ctx's.
func (r *Receiver) Await(ctx context.Context, ok func() bool) error {
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for !ok() {
		if err := r.Err(); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
	return r.Err()
}

// Quiet waits until nothing has been received for a while.
func (r *Receiver) Quiet(ctx context.Context, pause time.Duration) error {
	last, since := r.Counts(), time.Now()
	return r.Await(ctx, func() bool {
		if now := r.Counts(); now != last {
			last, since = now, time.Now()
		}
		return time.Since(since) > pause
	})
}

// Write has client i send finished bytes, which are borrowed until return, and returns
// how many of them the socket took. It doesn't wait; a full socket is no error.
func (r *Receiver) Write(i int, b []byte) (n int, err error) {
	n, err = syscall.Write(r.conns[i].Load().fd, b)
	switch {
	case errors.Is(err, syscall.EAGAIN), errors.Is(err, syscall.EINTR):
		return 0, nil
	case err != nil:
		return 0, fmt.Errorf("client %d: write: %w", i, err)
	}
	return n, nil
}

// SetReplying has Options.Reply answer frames from now on, or no more.
func (r *Receiver) SetReplying(on bool) { r.reply.Store(on) }

// Close closes all connections and ends the threads. Further calls do nothing.
func (r *Receiver) Close() { r.close.Do(func() { r.closeAll(nil) }) }

// Reset is Close, but what sockets hold is dropped at both ends (SO_LINGER of socket(7)):
// a server needn't handle megabytes that clients have sent to it.
func (r *Receiver) Reset() {
	r.close.Do(func() { r.closeAll(&syscall.Linger{Onoff: 1}) })
}

func (r *Receiver) closeAll(linger *syscall.Linger) {
	for _, t := range r.threads {
		t.stop.Store(true)
	}
	for _, t := range r.threads {
		<-t.stopped
	}
	for i := range r.conns {
		c := r.conns[i].Load()
		if c == nil {
			continue
		}
		if linger != nil {
			_ = syscall.SetsockoptLinger(c.fd, syscall.SOL_SOCKET, syscall.SO_LINGER, linger)
		}
		_ = syscall.Close(c.fd)
	}
}

// Slowest returns the fewest frames that one client got between two calls of PerClient.
func Slowest(before, after []Client) int64 {
	if len(after) == 0 {
		return 0
	}
	got := make([]int64, len(after))
	for i := range after {
		got[i] = after[i].Frames - before[i].Frames
	}
	return slices.Min(got)
}

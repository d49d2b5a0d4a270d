package record

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/scenewire/scenewire/buffers"
)

// CaptureOptions configures a [Capture]. The zero value of each field means its default.
type CaptureOptions struct {
	// Path is the file, such as "scene.mcap"; its directory is made if it doesn't exist.
	// It is an error if there is such a file. A capture of several files (MaxFileBytes,
	// MaxFileDuration, MaxTotalBytes or MaxAge say so) puts the time when each begins
	// into its name, in UTC: "scene-20261123T081500.000000Z.mcap". So does one that has
	// to go on in another file after an error.
	// Default: none. The capture is kept in memory: a flight recorder, of the last 5
	// minutes and 256 MiB if MaxAge and MaxTotalBytes say nothing else.
	Path string
	// Name and ViserVersion are put into the files.
	Name, ViserVersion string
	// Filter says whether messages of a wire name are kept. It is asked once for each
	// name, on the capture's goroutine; "" are messages without one. Default: all are.
	Filter func(name string) bool
	// Inbound captures who connects, what they send, and when they leave, too.
	Inbound bool

	// MaxQueueBytes and MaxQueueMessages bound what waits to be written: payloads, keys
	// and some 0.4 KB for each batch. What comes beyond is lost, and marked as a gap.
	// Defaults: 64 MiB and 262144.
	MaxQueueBytes    int64
	MaxQueueMessages int

	// ChunkInterval is how long what was captured waits at most until it is written: so
	// much is lost when the process dies. Default: 1 s.
	ChunkInterval time.Duration
	// KeyframeInterval is how far apart keyframes of the live state are at least.
	// Default: 10 s.
	KeyframeInterval time.Duration
	// Compression is how hard is tried to make the files smaller. Default: fast.
	Compression Compression
	// Sync has each chunk brought to the disk, by fsync(2), so that it outlives the
	// death of the machine, too. Default: it outlives that of the process.
	Sync bool

	// MaxFileBytes and MaxFileDuration say when a new file is begun. Each begins with a
	// keyframe and is whole in itself; one becomes at least twice as large as that.
	// Defaults: MaxTotalBytes/8 and MaxAge/8, without these one file is all.
	MaxFileBytes    int64
	MaxFileDuration time.Duration
	// MaxTotalBytes and MaxAge say when the oldest file is deleted: when all have more
	// bytes, or when the newest message in it is older. Files that other captures of
	// this path have left behind count, and go, too. The newest file stays.
	// Default: none is deleted.
	MaxTotalBytes int64
	MaxAge        time.Duration

	// OnGap is called when something begins to be lost, with the time in Until zero, and
	// again when the gap is marked in the file, with all of it. OnError is called when
	// writing fails; it is tried again, in another file, after 1 s, 2 s, …, 30 s. They
	// run on a goroutine of their own, one at a time. Default: nothing.
	OnGap   func(Lost)
	OnError func(error)
	// OnEnd is called when the capture has ended, before Close returns. Default: nothing.
	OnEnd func()
}

const (
	defaultQueueBytes    = 64 << 20
	defaultQueueMessages = 1 << 18
	defaultFlightBytes   = 256 << 20
	defaultFlightAge     = 5 * time.Minute
	filesKept            = 8 // parts of what is kept, which go one by one
)

func (o CaptureOptions) withDefaults() CaptureOptions {
	if o.Path == "" {
		o.MaxTotalBytes = orDefault(o.MaxTotalBytes, defaultFlightBytes)
		o.MaxAge = orDefault(o.MaxAge, defaultFlightAge)
	}
	o.MaxFileBytes = orDefault(o.MaxFileBytes, o.MaxTotalBytes/filesKept)
	o.MaxFileDuration = orDefault(o.MaxFileDuration, o.MaxAge/filesKept)
	o.MaxQueueBytes = orDefault(o.MaxQueueBytes, defaultQueueBytes)
	o.MaxQueueMessages = orDefault(o.MaxQueueMessages, defaultQueueMessages)
	o.ChunkInterval = orDefault(o.ChunkInterval, defaultChunkInterval)
	o.KeyframeInterval = orDefault(o.KeyframeInterval, defaultKeyframeInterval)
	return o
}

func orDefault[N int | int64 | time.Duration](n, otherwise N) N {
	if n == 0 {
		return otherwise
	}
	return n
}

func (o *CaptureOptions) validate() error {
	var errs []error
	for name, n := range map[string]int64{
		"MaxQueueBytes": o.MaxQueueBytes, "MaxQueueMessages": int64(o.MaxQueueMessages),
		"ChunkInterval": int64(o.ChunkInterval), "KeyframeInterval": int64(o.KeyframeInterval),
		"MaxFileBytes": o.MaxFileBytes, "MaxFileDuration": int64(o.MaxFileDuration),
		"MaxTotalBytes": o.MaxTotalBytes, "MaxAge": int64(o.MaxAge),
	} {
		if n < 0 {
			errs = append(errs, fmt.Errorf("record: CaptureOptions.%s is negative", name))
		}
	}
	return errors.Join(errs...)
}

// several says whether the capture has more than one file.
func (o *CaptureOptions) several() bool { return o.MaxFileBytes > 0 || o.MaxFileDuration > 0 }

// Capture writes what happens in a log to files as it happens, or keeps the last minutes
// of it in memory. Pushes never wait for it: what is pushed waits in a queue that is
// bounded, for one goroutine that writes. If that can't follow, or writing fails, what is
// lost is marked in the file as a gap, and a keyframe has the state from which the capture
// goes on. All methods may be called from any goroutine.
type Capture struct {
	o       CaptureOptions
	log     *buffers.Log
	queue   *backlog
	parts   *parts
	tell    *notices
	stop    func() // observing
	flushes chan chan error
	closing chan struct{}
	closed  chan struct{}
	once    sync.Once

	mu       sync.Mutex // guards all below
	stats    CaptureStats
	failure  error // that keeps it from writing
	closeErr error
}

// CaptureStats is what a capture has done. Counts rise for its life.
type CaptureStats struct {
	// Messages and Bytes are what has been written: messages, and bytes of files.
	Messages uint64
	Bytes    uint64
	// Files is how many files there are, and FileBytes what is in them.
	Files     int
	FileBytes int64
	// Gaps is how often something was lost, and Lost all of it, marked in a file or not
	// yet. Lost.Until is not used.
	Gaps uint64
	Lost Lost
	// Errors is how often writing has failed.
	Errors uint64
	// QueueMessages and QueueBytes are what waits to be written.
	QueueMessages int
	QueueBytes    int64
	// Flushed is up to when what has happened is in the file, and outlives the process.
	Flushed time.Time
}

// NewCapture captures a log from now on, beginning with its live state. Its messages are
// MessagePack maps with a "type". The error is that of the options, or of making the file.
func NewCapture(log *buffers.Log, o CaptureOptions) (*Capture, error) {
	return newCapture(log, o, newStore)
}

func newCapture(log *buffers.Log, o CaptureOptions, create func(path string) (store, error)) (*Capture, error) {
	o = o.withDefaults()
	if err := o.validate(); err != nil {
		return nil, err
	}
	c := &Capture{
		o: o, log: log, tell: newNotices(&o),
		flushes: make(chan chan error), closing: make(chan struct{}), closed: make(chan struct{}),
	}
	c.parts, c.queue = newParts(&c.o, create), newBacklog(&c.o, c.tell)
	w := newCapturer(c)
	if err := w.open(c.queue.now()); err != nil {
		return nil, err
	}
	c.tell.start()
	c.stop = log.Observe(c.queue)
	go w.run()
	return c, nil
}

// Connected captures that a client connected. It and the two below do nothing without
// CaptureOptions.Inbound. A client is told of once, however often this is called.
func (c *Capture) Connected(client uint64, address string) {
	if c.o.Inbound {
		c.queue.connected(client, address)
	}
}

// Received captures what a client sent, and before it that it connected, if that isn't
// known. The message's body is shared and read-only; its Time is not used.
func (c *Capture) Received(client uint64, address string, m Message) {
	if c.o.Inbound {
		c.queue.received(client, address, m)
	}
}

// Disconnected captures that a client left, if it is known to have connected.
func (c *Capture) Disconnected(client uint64, reason string) {
	if c.o.Inbound {
		c.queue.disconnected(client, reason)
	}
}

// Flush waits until all that was captured before is written. A gap that hasn't ended is
// marked. The error is that of writing, or [ErrEnded] after Close.
func (c *Capture) Flush() error {
	reply := make(chan error, 1)
	select {
	case c.flushes <- reply:
		return <-reply
	case <-c.closed:
		return ErrEnded
	}
}

// Close ends the capture: what waits is written, and the file finished. Later calls wait
// for the first one. The error is that of writing. What is in memory can still be dumped.
func (c *Capture) Close() error {
	c.once.Do(func() { close(c.closing) })
	<-c.closed
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.closeErr
}

// Err returns the error that keeps the capture from writing, or nil.
func (c *Capture) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.failure
}

// Stats returns the capture's figures as they are now.
func (c *Capture) Stats() CaptureStats {
	c.mu.Lock()
	s := c.stats
	c.mu.Unlock()
	c.queue.addTo(&s)
	c.parts.addTo(&s)
	return s
}

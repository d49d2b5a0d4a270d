package loop

import (
	"errors"
	"fmt"
	"runtime"
	"time"

	"go.uber.org/zap"
)

// Writer is a way to write to many sockets.
type Writer string

const (
	// WriterAuto takes io_uring if the kernel has it and lets this process use it, and
	// write(2) otherwise; containers often forbid io_uring.
	WriterAuto Writer = ""
	// WriterURing writes up to 64 connections' frames with one system call
	// (Linux 5.6 and later). It is an error if that isn't possible.
	WriterURing Writer = "io_uring"
	// WriterPlain makes a system call for each connection.
	WriterPlain Writer = "write"
)

// Transport is a way to run sockets.
type Transport string

const (
	// TransportAuto takes epoll for plain TCP connections on Linux, and goroutines for
	// everything else: TLS, unix sockets, connections that a listener has wrapped, other
	// systems.
	TransportAuto Transport = ""
	// TransportEpoll reads and writes many sockets with few goroutines. It is an error
	// on other systems than Linux, and upgrades of anything but a *net.TCPConn are
	// answered with 501.
	TransportEpoll Transport = "epoll"
	// TransportGoroutines reads each connection with a goroutine of its own, and writes
	// with another one while there is something to write. It takes any net.Conn.
	TransportGoroutines Transport = "goroutines"
)

// Options configures a [Loop]. The zero value of each field means its default;
// a negative value switches the thing off where that makes sense.
type Options struct {
	// Shards is the number of goroutines that write. Default: GOMAXPROCS.
	Shards int
	// Pollers is the number of goroutines that read. Default: half of GOMAXPROCS, at least 1.
	Pollers int
	// Workers bounds the goroutines that run endpoints' callbacks. They are started
	// when there is work and end when there is none. Default: 256.
	Workers int

	// MaxMessageBytes bounds one inbound message; a larger one closes its
	// connection with 1009. Default: 50 MiB.
	MaxMessageBytes int
	// InboxMessages and InboxBytes bound what one connection has received but not
	// handled, the bytes by the memory that they take. At the bound its socket is not read. Defaults: 256 and 1 MiB.
	InboxMessages int
	InboxBytes    int

	// MaxConns bounds the connections of the loop, of all its servers together. An
	// upgrade beyond it is answered with 503 and fails with [ErrFull]. Default: none.
	MaxConns int

	// SendBufferBytes and ReceiveBufferBytes set the socket's kernel buffers.
	// Defaults: 256 KiB each. Negative leaves them to the kernel's tuning.
	SendBufferBytes    int
	ReceiveBufferBytes int

	// WriteTimeout closes a connection whose socket has taken nothing for so long
	// although something waits. Default: 30 s. Negative: never.
	WriteTimeout time.Duration
	// PingInterval is the silence after which a ping is sent; PingTimeout is how
	// long its answer may take. Write progress counts as life.
	// Defaults: 20 s and 20 s. A negative PingInterval sends none.
	PingInterval time.Duration
	PingTimeout  time.Duration
	// IdleTimeout closes a connection that has sent no message for so long, with 1000.
	// Pings and pongs don't count; a connection whose endpoint hasn't handled all that it
	// sent isn't idle. It is looked for every second, at least. Default: none.
	IdleTimeout time.Duration
	// CloseTimeout bounds the closing handshake. Default: 2 s.
	CloseTimeout time.Duration

	// Transport says how sockets are run. Default: the best for each connection.
	Transport Transport
	// Writer says how frames are written to connections on epoll. Default: the best that
	// the kernel has.
	Writer Writer

	// Logger gets panics of endpoints and failures of the machinery. Default: none.
	Logger *zap.Logger
}

func (o *Options) withDefaults() Options {
	var c Options
	if o != nil {
		c = *o
	}
	procs := runtime.GOMAXPROCS(0)
	setDefault(&c.Shards, procs)
	setDefault(&c.Pollers, max(1, procs/2))
	setDefault(&c.Workers, 256)
	setDefault(&c.MaxMessageBytes, 50<<20)
	setDefault(&c.InboxMessages, 256)
	setDefault(&c.InboxBytes, 1<<20)
	setDefault(&c.SendBufferBytes, 256<<10)
	setDefault(&c.ReceiveBufferBytes, 256<<10)
	setDefault(&c.WriteTimeout, 30*time.Second)
	setDefault(&c.PingInterval, 20*time.Second)
	setDefault(&c.PingTimeout, 20*time.Second)
	setDefault(&c.CloseTimeout, 2*time.Second)
	if c.Logger == nil {
		c.Logger = zap.NewNop()
	}
	return c
}

func setDefault[T int | time.Duration](field *T, value T) {
	if *field == 0 {
		*field = value
	}
}

// validate reports all fields that can't work, in one error.
func (o *Options) validate() error {
	var errs []error
	positive := func(name string, value int64) {
		if value <= 0 {
			errs = append(errs, fmt.Errorf("loop: Options.%s is %d, must be positive", name, value))
		}
	}
	positive("Shards", int64(o.Shards))
	positive("Pollers", int64(o.Pollers))
	positive("Workers", int64(o.Workers))
	positive("MaxMessageBytes", int64(o.MaxMessageBytes))
	positive("InboxMessages", int64(o.InboxMessages))
	positive("InboxBytes", int64(o.InboxBytes))
	positive("CloseTimeout", int64(o.CloseTimeout))
	switch o.Transport {
	case TransportAuto, TransportGoroutines:
	case TransportEpoll:
		if !hasEpoll {
			errs = append(errs, fmt.Errorf("loop: Options.Transport is %q, which this system doesn't have", o.Transport))
		}
	default:
		errs = append(errs, fmt.Errorf("loop: Options.Transport is %q, must be %q, %q or empty", o.Transport, TransportEpoll, TransportGoroutines))
	}
	if o.Writer == WriterURing && !o.usesEpoll() {
		errs = append(errs, fmt.Errorf("loop: Options.Writer is %q, which needs connections on epoll", o.Writer))
	}
	switch o.Writer {
	case WriterAuto, WriterURing, WriterPlain:
	default:
		errs = append(errs, fmt.Errorf("loop: Options.Writer is %q, must be %q, %q or empty", o.Writer, WriterURing, WriterPlain))
	}
	if o.PingInterval > 0 {
		positive("PingTimeout", int64(o.PingTimeout))
	}
	return errors.Join(errs...)
}

// usesEpoll reports whether any connection can be on epoll.
func (o *Options) usesEpoll() bool { return hasEpoll && o.Transport != TransportGoroutines }

package scenewire

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"time"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/loop"
	"github.com/scenewire/scenewire/messages"
)

// Options configures a [Server]. The zero value of each field means its default.
type Options struct {
	// Name tells this server from others, in logs and as the label server of package
	// metrics. Servers that share a name are one there: the rooms of one kind, say.
	// Default: none.
	Name string
	// Addr is the TCP address to listen on. Default: "127.0.0.1:8080", which only
	// this machine reaches; ":8080" is for every network. Port 0 picks a free one,
	// see [Server.Addr]. "unix:/run/scene.sock" is a unix socket; the file of a
	// server that died is replaced, and closing removes it.
	Addr string
	// ListenNext is how many following ports are tried when that of Addr is taken.
	// Default: 0, a taken port is an error.
	ListenNext int
	// SocketMode are the permissions of the unix socket in Addr; who connects needs
	// the right to write. Default: what the umask leaves, mostly the owner's alone.
	SocketMode fs.FileMode
	// CertFile and KeyFile are a TLS certificate with its chain, and its key, in PEM.
	// Replaced files are taken at a handshake a second later at most; until the new
	// pair is whole the old one stays. Default: no TLS.
	CertFile, KeyFile string
	// TLSConfig configures TLS further, or brings certificates itself. It is copied.
	// HTTP/2 isn't offered. Default: Go's defaults with CertFile, without it no TLS.
	TLSConfig *tls.Config

	// Registry has the message types. Default: an empty one, which sends and
	// receives nothing but [messages.Raw].
	Registry *messages.Registry
	// Root is served over HTTP: "/" is its index.html. Directories are never listed.
	// [os.DirFS] follows symbolic links out of its directory; the FS method of an
	// [os.Root] and an embed.FS don't. Default: none.
	Root fs.FS
	// Handler answers the HTTP requests that Root has no file for. Default: 404.
	Handler http.Handler

	// Hosts are the names, such as "example.org" or "*.example.org", by which this
	// server may be asked for besides localhost, this machine's own name, that in
	// Addr, and any IP address. Requests for other names are answered with 421:
	// a page could have pointed its own name here (DNS rebinding). "*" allows all.
	// Over TLS every name is allowed; a browser checks it against the certificate.
	Hosts []string
	// AllowedOrigins are the origins, such as "https://example.org", whose pages may
	// connect besides those that this server serves itself. "*" allows all.
	AllowedOrigins []string
	// Authorize is asked before a handshake is accepted; what it returns is the
	// client's [Client.Identity]. [ErrUnauthorized] is answered with 401, any other
	// error with 403, a panic with 500; the error's text is sent as the reason. As pages
	// can't see these, clients of [Subprotocol] get their handshake instead of 401 and 403,
	// and then the close code 4401 or 4403 with the reason. It runs on the goroutine of the HTTP request and may block; the request's context
	// ends after RequestTimeout. Files and Handler are not guarded by it.
	// Default: everybody may connect.
	Authorize func(*http.Request) (identity any, err error)
	// BasePath, such as "/viewer", is the path below which a proxy asks for this
	// server without taking it off. Other paths are then 404, and Handler and Root
	// see paths without it. A proxy that takes it off needs no BasePath.
	BasePath string
	// TrustedProxies are the addresses ("10.0.0.7"), networks ("10.0.0.0/8") and
	// unix sockets ("unix") whose X-Forwarded-For, -Host and -Proto are believed.
	// [Client.RemoteAddr], the request that Handler and Authorize see, and the checks
	// of host and origin follow them. Of others these headers mean nothing.
	// Default: none.
	TrustedProxies []string
	// Profiling serves /debug/pprof/ for "go tool pprof". Whoever reaches it can make
	// the server work hard and read what it is doing, so Authorize is asked first, if
	// there is one; set it for a server that others reach too. Default: off.
	Profiling bool

	// HeaderTimeout is how long a request's header, and a TLS handshake, may take to
	// arrive, MaxHeaderBytes its size (4 KiB more are let through), RequestTimeout how
	// long the request with its body may take, and Authorize to decide, and
	// HTTPIdleTimeout how long a connection waits for its next request. An answer is
	// cut off when its peer hasn't taken the next 16 KiB of it within WriteTimeout.
	// Defaults: 10 s, 64 KiB, 1 minute, 2 minutes. Negative times: no bound.
	HeaderTimeout   time.Duration
	MaxHeaderBytes  int
	RequestTimeout  time.Duration
	HTTPIdleTimeout time.Duration
	// Logger gets what the server has to say. Default: a short console log at info
	// on standard error. zap.NewNop() silences it.
	Logger *zap.Logger

	// Protocol says which clients are spoken to, and how.
	Protocol Protocol

	// WindowInterval is the time between two windows to one client. One that is late
	// doesn't delay the next one. Default: 1/60 s. Negative: no wait.
	WindowInterval time.Duration
	// MaxWindowMessages bounds the messages of a window; only an Atomic group may
	// exceed it. Default: 128, as many as viser's client takes well.
	MaxWindowMessages int
	// MaxWindowBytes bounds the encoded messages of a window; only one message alone
	// may exceed it. Default: 8 MiB.
	MaxWindowBytes int

	// MaxLogMessages and MaxLogBytes bound the live state. Beyond them Broadcast
	// returns [ErrFull]. Defaults: 1 Mi messages and 1 GiB.
	MaxLogMessages int
	MaxLogBytes    int64
	// ResumeHorizon is how long a removal is kept for clients that were away.
	// Default: 10 minutes. Negative: only until every connected client has it.
	ResumeHorizon time.Duration
	// ResumeGrace is how long a client stays, with its id and what waits for it alone,
	// when its connection has broken and it is one that may come back ([Subprotocol], if
	// it asks for that). Only then is OnDisconnect called. Default: 10 s. Negative: not
	// at all; such clients still get no more of the scene than what has changed.
	ResumeGrace time.Duration
	// MaxSuspended bounds the clients that are kept so at a time; beyond it OnDisconnect
	// is called at once. They don't count for MaxClients. Default: 1024. Negative: no bound.
	MaxSuspended int
	// MaxTransientMessages, MaxTransientBytes and MaxTransientAge bound the transient
	// broadcasts that wait for slow clients; beyond them the oldest are dropped.
	// Defaults: 4096, 16 MiB and 10 s. Negative: no bound.
	MaxTransientMessages int
	MaxTransientBytes    int64
	MaxTransientAge      time.Duration
	// MaxQueueMessages and MaxQueueBytes bound what waits privately for one client.
	// Beyond them the client is closed with 1013, and Send returns [ErrFull].
	// Defaults: 16384 messages and 64 MiB.
	MaxQueueMessages int
	MaxQueueBytes    int64

	// MaxRecordingBytes bounds what one recording of [Server.StartRecording] holds: the encoded messages, and 64
	// bytes for each. Beyond it nothing more is recorded, and its handle returns
	// [record.ErrFull]. Default: 1 GiB. Negative: no bound. What [Server.StartCapture]
	// holds is bounded by its own options.
	MaxRecordingBytes int64

	// MaxMessageBytes bounds one message from a client; a larger one closes the
	// client with 1009. Default: 50 MiB.
	MaxMessageBytes int
	// MaxMessagesPerSecond and MaxBytesPerSecond bound what one client sends; a second's
	// worth may come at once. A client that sends faster isn't read until its time has
	// come, so that TCP holds it back: nothing is dropped. Defaults: 20000 and 64 MiB.
	// Negative: no bound.
	MaxMessagesPerSecond int
	MaxBytesPerSecond    int
	// MaxBadMessages closes a client with 1008 when it has sent so many messages that
	// weren't understood, see [Stats].BadMessages. Default: never; bad messages are
	// counted, logged once for each kind and client, and ignored.
	MaxBadMessages int
	// Workers bounds the goroutines that run callbacks: when so many callbacks block,
	// those of other clients wait. They end when there is nothing to do. Default: 256.
	Workers int
	// WriteTimeout closes a client whose socket has taken nothing for so long
	// although something waits. Default: 30 s. Negative: never.
	WriteTimeout time.Duration
	// LagAfter is how long a client may be behind before OnLag tells of it. Default: 1 s.
	LagAfter time.Duration
	// PingInterval is the silence after which a client is pinged, PingTimeout how
	// long its answer may take. Defaults: 20 s each. A negative interval: no pings.
	PingInterval time.Duration
	PingTimeout  time.Duration

	// MaxClients bounds the clients of this server; [loop.Options] has MaxConns for all
	// servers of a loop. A handshake beyond it is answered with 503. Default: what the
	// limit of open files leaves beside MaxHTTPConns and a sixteenth for files; 65536
	// where there is no such limit. Negative: no bound.
	MaxClients int
	// MaxClientsPerAddress bounds the clients that connect from one address, for IPv6
	// from one /64; behind TrustedProxies it is the address before them. A handshake
	// beyond it is answered with 429. Loopback addresses and unix sockets are exempt.
	// Default: 1024. Negative: no bound.
	MaxClientsPerAddress int
	// MaxHandshakeRate bounds the handshakes per second; a second's worth may come at
	// once. One beyond it is answered with 503. Default: 5000. Negative: no bound.
	MaxHandshakeRate int
	// MaxHTTPConns bounds the connections that aren't clients: idle ones, half-open ones,
	// and those whose request is being handled. Beyond it the one that waits longest for
	// a request, or for the rest of one, is closed. Default: 4096, or an eighth of the limit of open
	// files if that is less. Negative: no bound.
	MaxHTTPConns int
	// IdleTimeout closes a client that has sent no message for so long, with 1000. Pongs
	// don't count; while handlers are busy with what it sent it isn't idle. It is looked
	// for once a second. Default: none.
	IdleTimeout time.Duration

	// Loop runs the connections of several servers together. Workers, MaxMessageBytes
	// and the timeouts are then the loop's own. Default: a loop of this server's.
	Loop *loop.Loop
}

func (o *Options) withDefaults() Options {
	var c Options
	if o != nil {
		c = *o
	}
	setDefault(&c.Addr, "127.0.0.1:8080")
	setDefault(&c.WindowInterval, time.Second/60)
	c.WindowInterval = max(c.WindowInterval, 0)
	setDefault(&c.LagAfter, time.Second)
	setDefault(&c.HeaderTimeout, 10*time.Second)
	setDefault(&c.MaxHeaderBytes, 64<<10)
	setDefault(&c.RequestTimeout, time.Minute)
	setDefault(&c.HTTPIdleTimeout, 2*time.Minute)
	setDefault(&c.MaxWindowMessages, 128)
	setDefault(&c.MaxWindowBytes, 8<<20)
	setDefault(&c.MaxLogMessages, 1<<20)
	setDefault(&c.MaxLogBytes, 1<<30)
	setDefault(&c.ResumeHorizon, 10*time.Minute)
	setDefault(&c.ResumeGrace, 10*time.Second)
	setDefault(&c.MaxSuspended, 1024)
	setDefault(&c.MaxTransientMessages, 4096)
	setDefault(&c.MaxTransientBytes, 16<<20)
	setDefault(&c.MaxTransientAge, 10*time.Second)
	setDefault(&c.MaxQueueMessages, 16384)
	setDefault(&c.MaxQueueBytes, 64<<20)
	setDefault(&c.MaxRecordingBytes, 1<<30)
	setDefault(&c.MaxMessageBytes, 50<<20)
	setDefault(&c.Workers, 256)
	setDefault(&c.WriteTimeout, 30*time.Second)
	setDefault(&c.PingInterval, 20*time.Second)
	setDefault(&c.PingTimeout, 20*time.Second)
	setDefault(&c.MaxMessagesPerSecond, 20_000)
	setDefault(&c.MaxBytesPerSecond, 64<<20)
	c.setAdmissionDefaults(openFileLimit())
	if c.Registry == nil {
		c.Registry = messages.NewRegistry()
	}
	if c.Logger == nil {
		c.Logger = newConsoleLogger()
	}
	if c.Name != "" {
		c.Logger = c.Logger.Named(c.Name)
	}
	return c
}

func setDefault[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

// validate reports all fields that can't work, in one error.
func (o *Options) validate() error {
	var errs []error
	bad := func(field, format string, args ...any) {
		errs = append(errs, fmt.Errorf("scenewire: Options."+field+": "+format, args...))
	}
	if o.Root != nil {
		if info, err := fs.Stat(o.Root, "."); err != nil {
			bad("Root", "%w", err)
		} else if !info.IsDir() {
			bad("Root", "%s is not a directory", info.Name())
		}
	}
	if o.ListenNext < 0 || o.ListenNext > 65535 {
		bad("ListenNext", "%d is not in 0…65535", o.ListenNext)
	}
	if o.MaxWindowMessages < 1 {
		bad("MaxWindowMessages", "%d, must be positive", o.MaxWindowMessages)
	}
	if o.MaxWindowBytes < 1 {
		bad("MaxWindowBytes", "%d, must be positive", o.MaxWindowBytes)
	}
	if o.MaxHeaderBytes < 0 {
		bad("MaxHeaderBytes", "%d, must be positive", o.MaxHeaderBytes)
	}
	if o.LagAfter < 0 {
		bad("LagAfter", "%v, must be positive", o.LagAfter)
	}
	if err := o.Protocol.validate(); err != nil {
		bad("Protocol", "%w", err)
	}
	return errors.Join(errs...)
}

func (o *Options) logLimits() buffers.LogLimits {
	return buffers.LogLimits{
		MaxEntries:          o.MaxLogMessages,
		MaxBytes:            o.MaxLogBytes,
		ResumeHorizon:       o.ResumeHorizon,
		MaxTransientEntries: o.MaxTransientMessages,
		MaxTransientBytes:   o.MaxTransientBytes,
		MaxTransientAge:     o.MaxTransientAge,
	}
}

// testTransport is what the tests set to run with each transport.
var testTransport = loop.TransportAuto

func (o *Options) loopOptions() *loop.Options {
	return &loop.Options{
		Transport:       testTransport,
		Workers:         o.Workers,
		MaxMessageBytes: o.MaxMessageBytes,
		WriteTimeout:    o.WriteTimeout,
		PingInterval:    o.PingInterval,
		PingTimeout:     o.PingTimeout,
		IdleTimeout:     o.IdleTimeout,
		Logger:          o.Logger,
	}
}

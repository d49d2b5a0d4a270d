package scenewire

import (
	"cmp"
	"crypto/tls"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/loop"
	"github.com/scenewire/scenewire/messages"
)

// ErrServerClosed is returned by a server's methods after Shutdown or Close.
var ErrServerClosed = errors.New("scenewire: server closed")

// Server is one scene: a log of messages and the clients that follow it. All methods
// may be called from any goroutine.
type Server struct {
	opts        Options
	front       front
	tls         *tls.Config // nil: plain
	log         *buffers.Log
	loop        *loop.Loop
	ownsLoop    bool
	group       *loop.Group
	pace        pace
	frames      buffers.FramePool
	cache       buffers.FrameCache
	framesBuilt atomic.Uint64
	files       *staticFiles
	http        http.Server

	handlers     handlerTable
	mounts       callbacks[mount]
	onConnect    callbacks[func(*Client)]
	onDisconnect callbacks[func(*Client, error)]
	onLag        callbacks[func(*Client, Lag)]
	taps         callbacks[*tap]
	recorded     sync.Mutex // held while a broadcast is queued and recorded, in one order
	captures     captures
	chores       chores
	badMessages  faultCounts
	panics       panics
	admission    admission
	httpConns    httpConns

	closes  closeCounts
	resumes resumeCounts
	epoch   uint64 // of the log; immutable

	suspended atomic.Int64 // clients that may come back

	acceptFailures atomic.Uint64
	transientsLost atomic.Uint64

	closed atomic.Bool // nothing may be queued any more

	mu       sync.Mutex // guards all below
	clients  map[ClientID]*Client
	sessions map[string]*Client // those that may come back, by the session's token
	nextID   ClientID
	listener net.Listener   // bound, for ListenAndServe and Addr
	active   sync.WaitGroup // one for each client and reservation
	ending
}

// New makes a server. nil options mean the defaults; they are copied. Nothing is
// listened to before [Server.ListenAndServe], and a server that is only mounted as an
// [http.Handler] needs no listening at all. A server that isn't needed any more must
// be closed.
func New(o *Options) (*Server, error) {
	opts := o.withDefaults()
	front, frontErr := newFront(&opts)
	tlsConfig, tlsErr := newTLSConfig(&opts)
	if err := errors.Join(opts.validate(), frontErr, tlsErr); err != nil {
		return nil, err
	}
	s := &Server{
		opts:    opts,
		front:   front,
		tls:     tlsConfig,
		log:     buffers.NewLog(opts.logLimits()),
		epoch:   newEpoch(),
		clients: map[ClientID]*Client{},
		ending:  ending{stopped: make(chan struct{})},
		loop:    opts.Loop,
	}
	if opts.Root != nil {
		s.files = &staticFiles{root: opts.Root, alone: opts.Handler == nil}
	}
	if s.loop == nil {
		own, err := loop.New(opts.loopOptions())
		if err != nil {
			return nil, fmt.Errorf("scenewire: %w", err)
		}
		s.loop, s.ownsLoop = own, true
	}
	s.chores.init(s.doChores)
	s.group = s.loop.NewGroup(s.pace.passed)
	s.pace.init(opts.WindowInterval, s.loop.Now, s.log.Next, s.group.Wake, s.onTick)
	s.admission.init(&s.opts)
	s.initHTTP()
	return s, nil
}

// Broadcast queues m for all clients, present and future; a newer message with its
// redundancy key takes its place. It encodes before it returns, so that m may be
// changed afterwards, and it never blocks: a slow client reads later, from the log.
// The error is that of the encoding, or [ErrFull], or [ErrServerClosed].
//
// A message that is a [messages.Superseder], [messages.Follower] or [messages.Remover]
// takes others with it, comes behind another, or removes what has its key.
func (s *Server) Broadcast(m Message) error {
	return s.broadcast(m, buffers.Entry{Except: buffers.NoReader})
}

// BroadcastExcept queues m for all clients but one, whose state it came from. A
// client that joins later gets it, whatever its id.
func (s *Server) BroadcastExcept(id ClientID, m Message) error {
	return s.broadcast(m, buffers.Entry{Except: uint64(id)})
}

// BroadcastTransient queues m for the clients that are connected now, and not for those
// that come later: a flash, a sound, a chat line. It is kept until they have got it, but
// no longer and no more than Options.MaxTransientAge, MaxTransientMessages and
// MaxTransientBytes say; what a client misses by that is in its [Lag]. With a redundancy
// key it supersedes transient messages only.
func (s *Server) BroadcastTransient(m Message) error {
	return s.broadcast(m, buffers.Entry{Except: buffers.NoReader, Transient: true})
}

func (s *Server) broadcast(m Message, e buffers.Entry) error {
	e, err := encode(s.opts.Registry, m, e)
	if err != nil {
		return err
	}
	return s.push([]buffers.Entry{e}, []Message{m})
}

// Atomic queues the broadcasts that fn adds to its batch, as one: clients that keep
// up get them in one window. If fn returns an error or panics, none is queued.
// Other broadcasts go on meanwhile; fn may take its time.
func (s *Server) Atomic(fn func(*Batch) error) error {
	return runBatch(s.opts.Registry, false, fn, s.push)
}

// Flush sends what is broadcast so far without waiting for the window's end. If
// nothing waits, the next broadcast is sent at once.
func (s *Server) Flush() { s.pace.flush() }

// OnConnect has fn called for each client that connects, before anything is sent to
// it. stop takes fn out again.
func (s *Server) OnConnect(fn func(*Client)) (stop func()) { return s.onConnect.add(fn) }

// OnDisconnect has fn called once for each client whose OnConnect was called, as its
// last callback. The reason is a [*CloseError]. The client is still in
// [Server.Clients] meanwhile.
func (s *Server) OnDisconnect(fn func(c *Client, reason error)) (stop func()) {
	return s.onDisconnect.add(fn)
}

// Clients returns the clients that are connected now, in order of their ids.
func (s *Server) Clients() []*Client {
	all, _ := s.unsortedClients()
	slices.SortFunc(all, func(a, b *Client) int { return cmp.Compare(a.id, b.id) })
	return all
}

// unsortedClients returns the clients that are connected, and how many ever were.
func (s *Server) unsortedClients() (all []*Client, total uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all = slices.AppendSeq(make([]*Client, 0, len(s.clients)), maps.Values(s.clients))
	return all, uint64(s.nextID)
}

// Name returns Options.Name.
func (s *Server) Name() string { return s.opts.Name }

// Loop returns the loop that runs the server's connections: Options.Loop, or its own.
func (s *Server) Loop() *loop.Loop { return s.loop }

// Log returns a view of the broadcasts that a client would get that joins now.
func (s *Server) Log() LogView { return LogView{s.log, s} }

// reserve counts a client that is about to come, unless the server is stopping.
func (s *Server) reserve() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state != running {
		return false
	}
	s.active.Add(1)
	return true
}

// addClient gives a reserved client its id. False: the server has begun to stop.
func (s *Server) addClient(c *Client) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.id = s.nextID
	s.nextID++
	s.clients[c.id] = c
	if c.session != nil {
		if s.sessions == nil {
			s.sessions = map[string]*Client{}
		}
		s.sessions[c.session.token] = c
	}
	return s.state == running
}

func (s *Server) removeClient(c *Client) {
	s.mu.Lock()
	delete(s.clients, c.id)
	if c.session != nil {
		delete(s.sessions, c.session.token)
	}
	last := len(s.clients) == 0
	s.mu.Unlock()
	switch {
	case s.closed.Load():
		s.cache.Clear()
	case last:
		s.chores.after(idleChoreInterval)
	}
	if c.session == nil { // else it left with its connection
		s.admission.leave(c.address)
	}
	s.active.Done()
}

func (s *Server) handlerTable() *handlerTable  { return &s.handlers }
func (s *Server) registry() *messages.Registry { return s.opts.Registry }

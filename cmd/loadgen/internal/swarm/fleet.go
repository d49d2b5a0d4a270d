package swarm

import (
	"context"
	"time"

	"github.com/scenewire/scenewire/cmd/loadgen/internal/wire"
)

// Fleet is a number of clients of one server, in this process or in others. Its methods
// may be called from any goroutine, those that take a context wait, the others at most
// for a thread's current work, which is milliseconds. An error of a process that has
// ended is returned by each.
type Fleet interface {
	// Add connects g's clients, and returns when each is open, or when one has failed:
	// then the error is a *ConnectError, the open ones stay, and nothing more is dialled.
	// Clients of all groups are numbered from 0 on, in the order of the calls.
	Add(ctx context.Context, g Group) error
	// Drop breaks connections, without waiting for the server, and returns how many.
	Drop(d Drop) (int, error)
	// Return connects clients again whose connections have ended, and waits as Add does.
	// It returns how many came back.
	Return(ctx context.Context, r Return) (int, error)
	// SetPace changes how fast the clients of a group read.
	SetPace(group string, p Pace) error
	// Stream has the clients of a group send messages on a fixed schedule. stop ends that,
	// and may be called more than once.
	Stream(s Stream) (stop func(), err error)
	// Snapshot returns all counts since the start.
	Snapshot() (*Stats, error)
	// States returns the digests of the watched clients, in order of their numbers.
	States() ([]State, error)
	// Close breaks all connections and ends threads and processes. Further calls do
	// nothing, and other methods return ErrClosed.
	Close() error
}

// Options are what all clients have in common.
type Options struct {
	// URL is the server's: ws://host:port/path. Without a scheme it is ws; wss is refused
	// with ErrTLS.
	URL string `json:"url"`
	// Threads read from the clients, in each process. 0: one for each two processors, at
	// least 1 and at most 4.
	Threads int `json:"threads,omitempty"`
	// HandshakeTimeout bounds a connection attempt, up to the server's answer. Default 10 s.
	HandshakeTimeout time.Duration `json:"handshake_timeout,omitempty"`
	// MaxConnecting is how many attempts are under way at once, in each process. Default
	// 512: less than the listen backlog of most servers.
	MaxConnecting int `json:"max_connecting,omitempty"`
	// PingInterval is how often clients of scenewire.v1 measure the round trip, in
	// step with nobody. Default 4 s, negative: never.
	PingInterval time.Duration `json:"ping_interval,omitempty"`
	// StateBytes bounds the memory for the states of watched clients, in each process.
	// Clients of fast groups lose theirs first. Default 128 MiB.
	StateBytes int64 `json:"state_bytes,omitempty"`
	// MaxOwedBytes bounds what one client may have waiting to be sent: beyond it a Stream
	// counts what it doesn't send. Default 1 MiB.
	MaxOwedBytes int `json:"max_owed_bytes,omitempty"`
}

// The subprotocols that a Group may offer beside those of viser.
const (
	SubprotocolScenewire = "scenewire.v1"
	// SubprotocolViser is of the newest generation of viser's clients, in its windows.
	SubprotocolViser = "viser-v1.1.1"
)

// Group is a number of clients that behave alike.
type Group struct {
	Name    string `json:"name"` // of the new group, or of one to add to, which keeps its other fields
	Clients int    `json:"clients"`
	// Rate is how many connect in a second, on a fixed schedule. 0: as many as
	// Options.MaxConnecting allows.
	Rate float64 `json:"rate,omitempty"`
	// Tolerant has Add go on when connects fail. They are counted, and not repeated.
	// ErrPorts and ErrFiles end it even so.
	Tolerant bool `json:"tolerant,omitempty"`

	// Subprotocol is offered, and the server must choose it. "": none is offered.
	Subprotocol string `json:"subprotocol,omitempty"`
	// Resume has clients of scenewire.v1 offer to come back, confirm what they have once
	// a second, and return with a token.
	Resume bool `json:"resume,omitempty"`

	Pace Pace `json:"pace,omitzero"`
	// ReceiveBufferBytes sets the kernel's buffer, which it doubles. 0: 4 KiB for a group
	// with a Pace, otherwise left to the kernel's tuning.
	ReceiveBufferBytes int `json:"receive_buffer_bytes,omitempty"`
	// Flap, if its Live isn't 0, has connections break and come back again and again.
	Flap Flap `json:"flap,omitzero"`
	// Watch is how many clients of the group are watched, evenly spread. 0: all of a slow
	// group, 32 of another one. Negative: none.
	Watch int `json:"watch,omitempty"`
}

// Slow reports whether not all of what the server sends is expected to arrive.
func (g *Group) Slow() bool { return g.Pace.Slow() || g.Flap.Live > 0 }

// Pace is how fast a client reads. The zero value reads what comes.
type Pace struct {
	BytesPerSecond int  `json:"bytes_per_second,omitempty"` // 0: no limit
	Stopped        bool `json:"stopped,omitempty"`          // reads nothing at all
}

// Slow reports whether it is a limit at all.
func (p Pace) Slow() bool { return p.Stopped || p.BytesPerSecond > 0 }

// Flap has clients live for a while, break, stay away for a while, and come back. Each
// time is drawn evenly from half of what is stated to one and a half times that.
type Flap struct {
	Live   time.Duration `json:"live,omitempty"`
	Away   time.Duration `json:"away,omitempty"`
	Break  Break         `json:"break,omitempty"`
	Resume bool          `json:"resume,omitempty"` // with the group's Resume: comes back with its token
}

// Break is how a connection is ended.
type Break string

// The ways to end a connection.
const (
	BreakReset Break = "reset" // RST, as of a cable that is pulled and a peer that has restarted; the default
	BreakFIN   Break = "fin"   // an end of the stream without a close frame
	BreakClose Break = "close" // a close frame with 1001, and its answer: the session ends
	// BreakSilent leaves the connection open and unread for as long as the server likes, as
	// when a network goes. It takes a descriptor beside that of the next connection.
	BreakSilent Break = "silent"
)

// Drop says which connections are to break.
type Drop struct {
	Group   string `json:"group"`   // "": all groups
	Clients int    `json:"clients"` // evenly spread over the group's open ones; 0: all
	Break   Break  `json:"break,omitempty"`
}

// Return says which clients are to come back. Those that Flap come by themselves.
type Return struct {
	Group   string  `json:"group"`   // "": all groups
	Clients int     `json:"clients"` // 0: all that are away
	Rate    float64 `json:"rate,omitempty"`
	// Resume has those that were told how come back with their token.
	Resume   bool `json:"resume,omitempty"`
	Tolerant bool `json:"tolerant,omitempty"` // as Group.Tolerant
}

// Stream is what clients send. Each message has the time at which it was scheduled: it is
// sent late, rather than not at all, when the client can't keep up.
type Stream struct {
	Group string `json:"group"`
	// Kind is wire.KindEcho, KindPointer or KindFlood.
	Kind wire.Kind `json:"kind"`
	// Rate is messages in a second, of all clients of the group together, which take
	// turns. Negative: as fast as the sockets take them, for KindFlood; then a message is
	// scheduled when it is sent.
	Rate float64 `json:"rate"`
	// Bytes is about the size of a message on the wire.
	Bytes int `json:"bytes,omitempty"`
	// Compressible is the share of the data that compresses, 0 to 1.
	Compressible float64 `json:"compressible,omitempty"`
	// Clients send, the group's first ones. 0: all.
	Clients int `json:"clients,omitempty"`
}

// State is what a watched client has of the scene.
type State struct {
	Client int         `json:"client"`
	Group  string      `json:"group"`
	Slow   bool        `json:"slow"`
	Open   bool        `json:"open"`
	Epoch  uint64      `json:"epoch,string"` // 0: the server doesn't tell
	Seq    uint64      `json:"seq,string"`
	Digest wire.Digest `json:"digest"`
}

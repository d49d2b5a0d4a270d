package wire

import (
	"strconv"

	"github.com/scenewire/scenewire/internal/bench/frames"
	"github.com/scenewire/scenewire/messages"
)

// The names of the types on the wire.
const (
	NameObject  = "Object"
	NameTick    = "Tick"
	NameEcho    = "Echo"
	NamePointer = "Pointer"
	NameFlood   = "Flood"
)

// Object is the newest state of one object. Of one that changes twice a client may miss
// the first, but never gets an older version behind a newer one.
type Object struct {
	ID      uint32 `msgpack:"id"`
	Version uint64 `msgpack:"ver"` // rises by one with each change, from 1 on
	Data    []byte `msgpack:"data"`
}

// RedundancyKey is one for each object.
func (m Object) RedundancyKey() string { return "object/" + strconv.FormatUint(uint64(m.ID), 10) }

// Tick is a transient broadcast. Those who keep up get every number, in order.
type Tick struct {
	N    uint64 `msgpack:"n"` // rises by one, from 1 on, for the life of a server
	Data []byte `msgpack:"data"`
}

// RedundancyKey is none.
func (Tick) RedundancyKey() string { return "" }

// Echo is sent back to its sender as it is.
type Echo struct {
	Client uint32 `msgpack:"client"`
	N      uint64 `msgpack:"n"` // the sender's own count, from 1 on
	Data   []byte `msgpack:"data"`
}

// RedundancyKey is none: each echo comes back.
func (Echo) RedundancyKey() string { return "" }

// Pointer is where a client points. All other clients get it, and its sender doesn't.
type Pointer struct {
	Client uint32  `msgpack:"client"`
	N      uint64  `msgpack:"n"` // the sender's own count, from 1 on
	X      float64 `msgpack:"x"`
	Y      float64 `msgpack:"y"`
	Data   []byte  `msgpack:"data"`
}

// RedundancyKey is one for each sender.
func (m Pointer) RedundancyKey() string { return "pointer/" + strconv.FormatUint(uint64(m.Client), 10) }

// Flood is what the server only has to take.
type Flood struct {
	N    uint64 `msgpack:"n"` // the sender's own count, from 1 on
	Data []byte `msgpack:"data"`
}

// RedundancyKey is none.
func (Flood) RedundancyKey() string { return "" }

// NewRegistry returns a registry that knows all types.
func NewRegistry() *messages.Registry {
	return messages.NewRegistry().MustRegister(Object{}, Tick{}, Echo{}, Pointer{}, Flood{})
}

// MinDataBytes is the size of the least data: a stamp.
const MinDataBytes = frames.StampBytes

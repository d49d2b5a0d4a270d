//go:build linux

package main

import (
	"math/rand/v2"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/messages"
)

// The kinds of messages that clients send.
const (
	kindPose = "pose"
	kindTiny = "tiny"
)

// pose is where something is: about 110 bytes.
type pose struct {
	Name     string     `msgpack:"name"`
	Position [3]float64 `msgpack:"position"`
	WXYZ     [4]float64 `msgpack:"wxyz"`
}

// RedundancyKey is one for each name.
func (p pose) RedundancyKey() string { return "pose " + p.Name }

// tiny is the smallest message that says something: 13 bytes.
type tiny struct {
	N int `msgpack:"n"`
}

// RedundancyKey is none.
func (tiny) RedundancyKey() string { return "" }

func newRegistry() *messages.Registry {
	return messages.NewRegistry().MustRegister(pose{}, tiny{})
}

// newMessage returns a message with values that have no short form.
func newMessage(kind, name string, random *rand.Rand) scenewire.Message {
	if kind == kindTiny {
		return tiny{N: random.IntN(100)}
	}
	p := pose{Name: name}
	for i := range p.Position {
		p.Position[i] = random.NormFloat64()
	}
	for i := range p.WXYZ {
		p.WXYZ[i] = random.NormFloat64()
	}
	return p
}

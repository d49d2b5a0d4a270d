//go:build linux

package main

import (
	"fmt"
	"math/rand/v2"

	"github.com/scenewire/scenewire/internal/bench/frames"
	"github.com/scenewire/scenewire/messages"
)

// pose moves an object.
type pose struct {
	Name     string     `msgpack:"name"`
	Position [3]float64 `msgpack:"position"`
	WXYZ     [4]float64 `msgpack:"wxyz"`
	Stamp    []byte     `msgpack:"stamp,omitempty"`
}

// RedundancyKey is one for each object's pose.
func (m pose) RedundancyKey() string { return "pose " + m.Name }

// look changes how an object looks.
type look struct {
	Name    string   `msgpack:"name"`
	Color   [3]uint8 `msgpack:"color"`
	Opacity float64  `msgpack:"opacity"`
	Scale   float64  `msgpack:"scale"`
}

// RedundancyKey is one for each object's look.
func (m look) RedundancyKey() string { return "look " + m.Name }

func newRegistry() *messages.Registry {
	return messages.NewRegistry().MustRegister(pose{}, look{})
}

func objectName(i int) string { return fmt.Sprintf("/objects/%04d", i) }

func newPose(name string, random *rand.Rand) pose {
	m := pose{Name: name}
	for i := range m.Position {
		m.Position[i] = random.NormFloat64()
	}
	for i := range m.WXYZ {
		m.WXYZ[i] = random.NormFloat64()
	}
	return m
}

func newLook(name string, random *rand.Rand) look {
	return look{
		Name:    name,
		Color:   [3]uint8{uint8(random.Uint32()), uint8(random.Uint32()), uint8(random.Uint32())},
		Opacity: random.Float64(),
		Scale:   random.Float64(),
	}
}

// stamp puts the time into the message.
func (m *pose) stamp(nanoseconds int64) {
	m.Stamp = make([]byte, frames.StampBytes)
	frames.PutStamp(m.Stamp, nanoseconds)
}

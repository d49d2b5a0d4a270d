package chaos

import (
	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/messages"
)

var registry = messages.NewRegistry().MustRegister(thing{}, look{}, gone{}, beat{}, call{}, answer{}, trip{}, nap{})

// thing is something in the scene, with what makes all of them together more than a
// socket holds.
type thing struct {
	Name  string `msgpack:"name"`
	Value int    `msgpack:"value"`
	Bulk  []byte `msgpack:"bulk"`
}

// look belongs to a thing, and goes with it.
type look struct {
	Name  string `msgpack:"name"`
	Value int    `msgpack:"value"`
}

// gone removes a thing.
type gone struct {
	Name string `msgpack:"name"`
}

// beat is transient and counts up: whoever keeps up gets every one.
type beat struct {
	N int `msgpack:"n"`
}

// call asks for an answer with the same number.
type call struct {
	N    int    `msgpack:"n"`
	Text string `msgpack:"text"`
}

type answer struct {
	N      int                `msgpack:"n"`
	Client scenewire.ClientID `msgpack:"client"`
}

// trip has its handler panic, nap has it take a while.
type (
	trip struct{}
	nap  struct {
		Millis int `msgpack:"millis"`
	}
)

func (m thing) RedundancyKey() string { return thingKey(m.Name) }
func (m look) RedundancyKey() string  { return lookKey(m.Name) }
func (m gone) RedundancyKey() string  { return thingKey(m.Name) }
func (beat) RedundancyKey() string    { return "" }
func (call) RedundancyKey() string    { return "" }
func (answer) RedundancyKey() string  { return "" }
func (trip) RedundancyKey() string    { return "" }
func (nap) RedundancyKey() string     { return "" }
func (m look) Follows() string        { return thingKey(m.Name) }
func (gone) Removes() bool            { return true }

func thingKey(name string) string { return "thing/" + name }
func lookKey(name string) string  { return "look/" + name }

// scene is what a client has after the messages that it got, by redundancy key.
type scene map[string]int

func (s scene) apply(m messages.Message) {
	switch m := m.(type) {
	case thing:
		s[m.RedundancyKey()] = m.Value
	case look:
		s[m.RedundancyKey()] = m.Value
	case gone:
		delete(s, thingKey(m.Name))
		delete(s, lookKey(m.Name))
	}
}

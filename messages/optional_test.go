package messages_test

import (
	"fmt"

	"github.com/scenewire/scenewire/messages"
)

// node is a thing of a scene: created, or removed with all below it.
type node struct {
	Name string `msgpack:"name"`
	Gone bool   `msgpack:"gone"`
}

func (n node) RedundancyKey() string { return "node:" + n.Name }

func (n node) Removes() bool { return n.Gone }

func (n node) Supersedes() (keys []string, prefix string) {
	if n.Gone {
		return nil, n.RedundancyKey() + "/"
	}
	return nil, ""
}

// visibility is a property of a node.
type visibility struct {
	Name    string `msgpack:"name"`
	Visible bool   `msgpack:"visible"`
}

func (v visibility) RedundancyKey() string { return "visible:" + v.Name }

func (v visibility) Follows() string { return "node:" + v.Name }

var (
	_ messages.Superseder = node{}
	_ messages.Remover    = node{}
	_ messages.Follower   = visibility{}
)

// Removing a node takes its children along, and what follows any of them.
func ExampleSuperseder() {
	var m messages.Message = node{Name: "/lamp", Gone: true}
	if s, ok := m.(messages.Superseder); ok {
		keys, prefix := s.Supersedes()
		fmt.Printf("%s removes %q and what begins with %q\n", m.RedundancyKey(), keys, prefix)
	}
	// Output:
	// node:/lamp removes [] and what begins with "node:/lamp/"
}

// A property is delivered again behind its node, when that is sent again.
func ExampleFollower() {
	var m messages.Message = visibility{Name: "/lamp", Visible: true}
	if f, ok := m.(messages.Follower); ok {
		fmt.Println(m.RedundancyKey(), "follows", f.Follows())
	}
	// Output:
	// visible:/lamp follows node:/lamp
}

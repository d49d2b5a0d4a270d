//go:build linux

package main

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/scene"
	"github.com/scenewire/scenewire/messages"
)

// node is an object of the scene: one of the many small messages.
type node struct {
	Name     string     `msgpack:"name"`
	Position [3]float64 `msgpack:"position"`
	WXYZ     [4]float64 `msgpack:"wxyz"`
	Label    string     `msgpack:"label"`
}

// RedundancyKey is the object's name.
func (m node) RedundancyKey() string { return m.Name }

// cloud is a point cloud: the one large message.
type cloud struct {
	Name   string    `msgpack:"name"`
	Points []float32 `msgpack:"points"`
}

// RedundancyKey is the cloud's name.
func (m cloud) RedundancyKey() string { return m.Name }

func newRegistry() *messages.Registry {
	return messages.NewRegistry().MustRegister(node{}, cloud{}, pulse{})
}

// size is what a log holds: the answer to "fill" and "churn".
type size struct {
	Messages int   `json:"messages"`
	Bytes    int64 `json:"bytes"` // of their encodings
}

// serve is the server's process. Its commands are
//
//	fill <messages> <bytes of each> <bytes of the large one>
//	churn <pushes> <keys>
//	pulse <hz>
//	still
func serve([]string) error {
	registry := newRegistry()
	s, err := scene.Listen(scene.Options{Registry: registry})
	if err != nil {
		return err
	}
	f := &filler{server: s, registry: registry, random: rand.New(rand.NewPCG(1, 2))}
	p := &pulser{server: s}
	return s.Run(map[string]child.Command{
		"fill":  f.fill,
		"churn": f.churn,
		"pulse": p.start,
		"still": p.stop,
	})
}

// filler puts messages into the log. Its methods are called one at a time.
type filler struct {
	server   *scene.Server
	registry *messages.Registry
	random   *rand.Rand
}

func (f *filler) fill(args []string) (any, error) {
	numbers, err := scene.Numbers(args, 3)
	if err != nil {
		return nil, err
	}
	count, bytesEach, large := numbers[0], numbers[1], numbers[2]
	label, err := f.labelFor(bytesEach)
	if err != nil {
		return nil, err
	}
	for i := range count {
		if err := f.server.Broadcast(f.node(i, label)); err != nil {
			return nil, err
		}
		if i == count/2 && large > 0 {
			if err := f.server.Broadcast(f.cloud(large)); err != nil {
				return nil, err
			}
		}
	}
	return f.size(), nil
}

func (f *filler) churn(args []string) (any, error) {
	numbers, err := scene.Numbers(args, 2)
	if err != nil {
		return nil, err
	}
	pushes, keys := numbers[0], numbers[1]
	if keys == 0 {
		return nil, fmt.Errorf("no keys")
	}
	for i := range pushes {
		if err := f.server.Broadcast(f.node(i%keys, "")); err != nil {
			return nil, err
		}
	}
	return f.size(), nil
}

func (f *filler) size() size {
	var s size
	for _, e := range f.server.Log().Entries() {
		s.Messages++
		s.Bytes += int64(len(e.Payload))
	}
	return s
}

func (f *filler) node(i int, label string) node {
	n := node{Name: fmt.Sprintf("/objects/%06d", i), Label: label}
	for j := range n.Position {
		n.Position[j] = f.random.NormFloat64()
	}
	for j := range n.WXYZ {
		n.WXYZ[j] = f.random.NormFloat64()
	}
	return n
}

func (f *filler) cloud(bytes int) cloud {
	c := cloud{Name: "/cloud", Points: make([]float32, bytes/4)}
	for i := range c.Points {
		c.Points[i] = float32(f.random.NormFloat64())
	}
	return c
}

// labelFor returns the label that makes a node's encoding as long as wanted.
func (f *filler) labelFor(bytes int) (string, error) {
	for length := 0; length <= bytes; length++ {
		encoded, err := f.registry.Append(nil, f.node(0, strings.Repeat("x", length)))
		if err != nil {
			return "", err
		}
		if len(encoded) >= bytes {
			return strings.Repeat("x", length), nil
		}
	}
	return "", nil
}

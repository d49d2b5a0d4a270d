//go:build linux

package main

import (
	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/bench/frames"
	"github.com/scenewire/scenewire/internal/bench/scene"
	"github.com/scenewire/scenewire/loop"
	"github.com/scenewire/scenewire/messages"
)

// scenewireURing and scenewireWrite are the public package as in its own README, without
// the pause between two windows: what is broadcast is sent at once, as the rivals do.
func scenewireURing() *subject { return scenewireWith("scenewire-uring", loop.WriterURing) }

func scenewireWrite() *subject { return scenewireWith("scenewire-write", loop.WriterPlain) }

func scenewireWith(name string, writer loop.Writer) *subject {
	return &subject{
		name:         name,
		about:        "this module; messages with type and key, in windows with a sequence",
		module:       "github.com/scenewire/scenewire",
		conflates:    true,
		subprotocols: []string{scenewire.Subprotocol},
		newReader:    frames.NewWindowReader,
		request:      func(payload []byte) []byte { return appendMap(nil, "Frame", "B", payload) },
		serve:        func() (server, error) { return newScenewire(writer) },
	}
}

// Frame is the message that is broadcast, and sent back.
type Frame struct{ B []byte }

// RedundancyKey has a newer frame supersede those that still wait for a slow client.
func (Frame) RedundancyKey() string { return "frame" }

type scenewireServer struct {
	*scene.Server
	due uint64 // frames that sockets will have taken when all is through
}

// noLimit is a bound on what clients may send that is never reached, but kept watch over.
const noLimit = 1 << 30

func newScenewire(writer loop.Writer) (server, error) {
	listening, err := scene.Listen(scene.Options{
		Registry:             messages.NewRegistry().MustRegister(Frame{}),
		Writer:               writer,
		WindowInterval:       -1,
		MaxMessagesPerSecond: noLimit,
		MaxBytesPerSecond:    noLimit,
	})
	if err != nil {
		return nil, err
	}
	scenewire.Handle(listening.Server, func(c *scenewire.Client, m Frame) { _ = c.Send(m) })
	go func() { fail(listening.ListenAndServe()) }()
	return &scenewireServer{Server: listening}, nil
}

func (s *scenewireServer) Clients() int { return int(s.Loop.Stats().Conns) }

func (s *scenewireServer) Broadcast(payload []byte) error {
	stats := s.Loop.Stats()
	s.due = max(s.due, stats.FramesWritten) + uint64(stats.Conns)
	return s.Server.Broadcast(Frame{payload})
}

func (s *scenewireServer) Through() bool { return s.Loop.Stats().FramesWritten >= s.due }

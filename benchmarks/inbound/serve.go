//go:build linux

package main

import (
	"sync/atomic"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/internal/bench/scene"
)

// reading is what the server says of itself: the answer to "read".
type reading struct {
	Mark    child.Mark `json:"mark"`
	Handled int64      `json:"handled"` // messages that handlers have seen
	Pauses  int64      `json:"pauses"`  // times that a client wasn't read on
	At      int64      `json:"at"`      // machine.Monotonic
}

// noLimit is a bound that is never reached, but kept watch over.
const noLimit = 1 << 30

// serve is the server's process. Its handlers count.
func serve([]string) error {
	s, err := scene.Listen(scene.Options{
		Registry:             newRegistry(),
		MaxMessagesPerSecond: noLimit,
		MaxBytesPerSecond:    noLimit,
	})
	if err != nil {
		return err
	}
	var handled atomic.Int64
	scenewire.Handle(s.Server, func(_ *scenewire.Client, m pose) {
		if m.Name != "" {
			handled.Add(1)
		}
	})
	scenewire.Handle(s.Server, func(_ *scenewire.Client, m tiny) {
		if m.N >= 0 {
			handled.Add(1)
		}
	})
	return s.Run(map[string]child.Command{
		"read": func([]string) (any, error) {
			mark, err := s.Mark()
			return reading{
				Mark:    mark,
				Handled: handled.Load(),
				Pauses:  int64(s.Loop.Stats().Pauses),
				At:      machine.Monotonic(),
			}, err
		},
	})
}

//go:build linux

package main

import (
	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/scene"
	"github.com/scenewire/scenewire/messages"
)

// say is the scene's only message.
type say struct {
	Number int `msgpack:"number"`
}

// RedundancyKey is one for all, so that the log stays as it is.
func (say) RedundancyKey() string { return "say" }

// serve is the server's process. "say" broadcasts a message.
func serve([]string) error {
	s, err := scene.Listen(scene.Options{Registry: messages.NewRegistry().MustRegister(say{})})
	if err != nil {
		return err
	}
	number := 0
	return s.Run(map[string]child.Command{
		"say": func([]string) (any, error) {
			number++
			return nil, s.Broadcast(say{number})
		},
	})
}

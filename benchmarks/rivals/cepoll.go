//go:build linux

package main

import (
	"context"

	"github.com/scenewire/scenewire/internal/bench/cepoll"
	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/frames"
)

// cEpoll is the limit: what the kernel's work costs, and nothing besides.
func cEpoll() *subject {
	return &subject{
		name:      cepoll.Name,
		about:     "the limit: C, one epoll loop, finished frames, no library",
		versions:  compilerVersion,
		newReader: func() frames.Reader { return frames.ReadPlain },
		start: func(ctx context.Context, o *options, received string) (*child.Process, error) {
			program, err := o.limitProgram()
			if err != nil {
				return nil, err
			}
			return program.Start(ctx, o.size, received, o.serverCPUs)
		},
	}
}

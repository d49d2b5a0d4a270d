//go:build linux

package main

import (
	"errors"
	"strconv"
	"time"

	"github.com/scenewire/scenewire/internal/bench/frames"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/internal/bench/scene"
)

// pulseKeys is how many keys pulses have in turns: none is superseded for over four
// seconds at 60 Hz, so that one that comes late is seen to be late.
const pulseKeys = 256

// pulse is what a server broadcasts at a fixed rate. It is stamped with when it was
// due, so that a producer that comes late to its turn counts as latency, too.
type pulse struct {
	Name  string `msgpack:"name"`
	Stamp []byte `msgpack:"stamp"`
}

// RedundancyKey is one of pulseKeys.
func (m pulse) RedundancyKey() string { return m.Name }

// pulser broadcasts pulses. Its methods are called one at a time.
type pulser struct {
	server *scene.Server
	quit   chan struct{} // closed to end the run; nil: nothing runs
	ended  chan error    // gets the run's result
}

func (p *pulser) start(args []string) (any, error) {
	numbers, err := scene.Numbers(args, 1)
	if err != nil {
		return nil, err
	}
	if p.quit != nil || numbers[0] == 0 {
		return nil, errors.New("it runs already, or never would")
	}
	quit, ended := make(chan struct{}), make(chan error, 1)
	p.quit, p.ended = quit, ended
	go func() { ended <- p.run(time.Second/time.Duration(numbers[0]), quit) }()
	return nil, nil
}

// run makes up for pulses that it is late with.
func (p *pulser) run(interval time.Duration, quit <-chan struct{}) error {
	due := machine.Monotonic()
	for i := 0; ; i++ {
		select {
		case <-quit:
			return nil
		case <-time.After(time.Duration(due - machine.Monotonic())):
		}
		m := pulse{Name: "/pulse/" + strconv.Itoa(i%pulseKeys), Stamp: make([]byte, frames.StampBytes)}
		frames.PutStamp(m.Stamp, due)
		if err := p.server.Broadcast(m); err != nil {
			return err
		}
		due += int64(interval)
	}
}

func (p *pulser) stop([]string) (any, error) {
	if p.quit == nil {
		return nil, errors.New("nothing runs")
	}
	close(p.quit)
	p.quit = nil
	return nil, <-p.ended
}

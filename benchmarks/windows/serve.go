//go:build linux

package main

import (
	"errors"
	"flag"
	"math/rand/v2"
	"sync/atomic"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/internal/bench/scene"
	"github.com/scenewire/scenewire/loop"
)

// serve is the server's process. It sends on the poses that clients send, to all or to
// all others, and with "run <hz> <objects>" moves objects itself.
func serve(args []string) error {
	flags := flag.NewFlagSet("serve", flag.ExitOnError)
	writer := flags.String("writer", "", "loop.Writer")
	windowMessages := flags.Int("window-messages", 0, "Options.MaxWindowMessages")
	windowInterval := flags.Duration("window-interval", 0, "Options.WindowInterval")
	exclude := flags.Bool("exclude", false, "a pose doesn't go to its sender")
	if err := flags.Parse(args); err != nil {
		return err
	}
	s, err := scene.Listen(scene.Options{
		Registry:          newRegistry(),
		Writer:            loop.Writer(*writer),
		WindowInterval:    *windowInterval,
		MaxWindowMessages: *windowMessages,
	})
	if err != nil {
		return err
	}
	scenewire.Handle(s.Server, func(c *scenewire.Client, m pose) {
		if *exclude {
			_ = s.BroadcastExcept(c.ID(), m)
		} else {
			_ = s.Broadcast(m)
		}
	})
	m := &mover{server: s, random: rand.New(rand.NewPCG(1, 2))}
	return s.Run(map[string]child.Command{
		"run":     m.run,
		"stop":    m.stop,
		"changes": func([]string) (any, error) { return changes{m.changes.Load()}, nil },
	})
}

// changes is how often all objects have changed: the answer to "changes".
type changes struct {
	Count int64 `json:"count"`
}

// mover changes the pose and the look of all objects, in one group each time. Its
// methods are called one at a time.
type mover struct {
	server  *scene.Server
	random  *rand.Rand
	changes atomic.Int64  // how often it has
	quit    chan struct{} // closed to end the run; nil: nothing runs
	ended   chan error    // gets the run's result
}

func (m *mover) run(args []string) (any, error) {
	numbers, err := scene.Numbers(args, 2)
	if err != nil {
		return nil, err
	}
	hz, objects := numbers[0], numbers[1]
	if m.quit != nil || hz == 0 {
		return nil, errors.New("it runs already, or never would")
	}
	names := make([]string, objects)
	for i := range names {
		names[i] = objectName(i)
	}
	quit, ended := make(chan struct{}), make(chan error, 1)
	m.quit, m.ended = quit, ended
	go func() {
		ended <- scene.Paced(hz, quit, func() error {
			defer m.changes.Add(1)
			return m.server.Atomic(func(b *scenewire.Batch) error { return m.moveAll(b, names) })
		})
	}()
	return nil, nil
}

func (m *mover) moveAll(b *scenewire.Batch, names []string) error {
	for i, name := range names {
		p := newPose(name, m.random)
		if i == 0 {
			p.stamp(machine.Monotonic())
		}
		if err := b.Broadcast(p); err != nil {
			return err
		}
		if err := b.Broadcast(newLook(name, m.random)); err != nil {
			return err
		}
	}
	return nil
}

func (m *mover) stop([]string) (any, error) {
	if m.quit == nil {
		return nil, errors.New("nothing runs")
	}
	close(m.quit)
	m.quit = nil
	return nil, <-m.ended
}

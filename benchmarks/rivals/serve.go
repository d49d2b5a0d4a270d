//go:build linux

package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/frames"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/internal/bench/scene"
)

const (
	// stallTimeout is how long a round may make no progress before it counts as lost.
	stallTimeout = 5 * time.Second
	// awaitTimeout is how long clients may take to come or go.
	awaitTimeout = 10 * time.Second
)

// serve is a server's process. Beside "mark" and "collect", as in package scene, it
// answers
//
//	await 10      nothing, when so many clients are connected
//	once          nothing, after one broadcast
//	run full 1    nothing; a broadcast, and the next when every client has received the
//	              last but one and sockets have taken the last, as far as the server can tell
//	run paced 60  nothing; so many broadcasts a second
//	stop          a mark; Sent is how many messages were broadcast, times the clients
func serve(args []string) error {
	flags := flag.NewFlagSet("serve", flag.ExitOnError)
	name := flags.String("subject", "", "what to serve with")
	size := flags.Int("size", 0, "bytes of a message")
	received := flags.String("received", "", "file of the counter of received frames")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if err := machine.NeedConnections(1); err != nil {
		return err
	}
	s, err := subjectNamed(*name)
	if err != nil {
		return err
	}
	counter, err := machine.OpenCounter(*received)
	if err != nil {
		return err
	}
	running, err := s.serve()
	if err != nil {
		return err
	}
	p := &producer{server: running, received: counter, size: *size}
	return child.Serve(os.Stdin, os.Stdout, running.Addr(), map[string]child.Command{
		"mark":    func([]string) (any, error) { return p.mark() },
		"collect": func([]string) (any, error) { child.Collect(); return p.mark() },
		"await":   func(args []string) (any, error) { return nil, p.await(args) },
		"once":    func([]string) (any, error) { return nil, p.broadcast() },
		"run":     func(args []string) (any, error) { return nil, p.run(args) },
		"stop":    func([]string) (any, error) { return p.stop() },
	})
}

// fail ends a server's process that can serve no longer.
func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// producer broadcasts. Its methods are called one at a time.
type producer struct {
	server   server
	received *machine.Counter // by all clients together
	size     int
	sent     int64         // messages, to all clients; the run's goroutine has it while it runs
	quit     chan struct{} // closed to end the run; nil: nothing runs
	ended    chan error    // gets the run's result
}

// newPayload makes a message of this size, with a stamp at its beginning. Its other bytes
// repeat nothing, so that compressing it is in vain.
func newPayload(size int) []byte {
	b := make([]byte, max(size, frames.StampBytes))
	state := uint32(0x9e3779b9)
	for i := range b {
		state ^= state << 13
		state ^= state >> 17
		state ^= state << 5
		b[i] = byte(state >> 24)
	}
	frames.PutStamp(b, machine.Monotonic())
	return b
}

func (p *producer) broadcast() error {
	p.sent += int64(p.server.Clients())
	return p.server.Broadcast(newPayload(p.size))
}

func (p *producer) await(args []string) error {
	numbers, err := scene.Numbers(args, 1)
	if err != nil {
		return err
	}
	if !scene.Wait(func() bool { return p.server.Clients() == numbers[0] }, awaitTimeout) {
		return fmt.Errorf("%d clients are connected, want %d", p.server.Clients(), numbers[0])
	}
	return nil
}

// run begins "full 1" or "paced <hz>".
func (p *producer) run(args []string) error {
	if len(args) != 2 || p.quit != nil {
		return fmt.Errorf("can't run %q", args)
	}
	number, err := strconv.Atoi(args[1])
	if err != nil || number <= 0 {
		return fmt.Errorf("%q is no positive number", args[1])
	}
	quit := make(chan struct{})
	p.ended = make(chan error, 1)
	switch args[0] {
	case "full":
		go func() { p.ended <- p.full(quit) }()
	case "paced":
		go func() { p.ended <- scene.Paced(number, quit, p.broadcast) }()
	default:
		return fmt.Errorf("no mode %q", args[0])
	}
	p.quit = quit
	return nil
}

// full keeps one message on its way to each client, and no more.
func (p *producer) full(quit <-chan struct{}) error {
	tells, _ := p.server.(through)
	received := p.received.Load() // that many, when all but the last are through
	for {
		select {
		case <-quit:
			return nil
		default:
		}
		last := p.sent
		if err := p.broadcast(); err != nil {
			return err
		}
		ready := func() bool { return p.received.Load() >= received && (tells == nil || tells.Through()) }
		if !scene.Wait(ready, stallTimeout) {
			return fmt.Errorf("a broadcast isn't through after %v: %d messages of the one before have not been received",
				stallTimeout, max(received-p.received.Load(), 0))
		}
		received += p.sent - last
	}
}

// stop ends the run.
func (p *producer) stop() (child.Mark, error) {
	if p.quit == nil {
		return child.Mark{}, errors.New("nothing runs")
	}
	close(p.quit)
	p.quit = nil
	if err := <-p.ended; err != nil {
		return child.Mark{}, err
	}
	return p.mark()
}

func (p *producer) mark() (child.Mark, error) {
	m, err := child.Self()
	m.Sent = p.sent
	return m, err
}

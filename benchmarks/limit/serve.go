//go:build linux

package main

import (
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/benchmarks/dashboard"
	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/frames"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/internal/bench/scene"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/loop"
	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/record"
)

// stallTimeout is how long a round may make no progress before it counts as lost.
const stallTimeout = 20 * time.Second

// serve is a Scenewire server's process: each round broadcasts messages of random bytes,
// which leave as one window.
func serve(args []string) error {
	flags := flag.NewFlagSet("serve", flag.ExitOnError)
	writer := flags.String("writer", "", "loop.Writer")
	payload := flags.Int("payload", 0, "size of a frame's payload")
	received := flags.String("received", "", "file of the counter of received frames")
	capture := flags.String("capture", "", "file to capture to, besides; it is written anew")
	watched := flags.Bool("dashboard", false, "serve a dashboard, besides, which a page watches during the runs")
	if err := flags.Parse(args); err != nil {
		return err
	}
	counter, err := machine.OpenCounter(*received)
	if err != nil {
		return err
	}
	s, err := scene.Listen(scene.Options{
		Writer:         loop.Writer(*writer),
		WindowInterval: -1,
	})
	if err != nil {
		return err
	}
	if *capture != "" {
		if err := startCapture(s, *capture); err != nil {
			return err
		}
	}
	p := &producer{server: s, received: counter}
	if *watched {
		d, err := dashboard.New(s.Server, nil)
		if err != nil {
			return err
		}
		defer func() { _ = d.Close() }()
		s.Mount(dashboardPath, d)
		p.watched = true
	}
	return s.Run(map[string]child.Command{
		"fit":  func([]string) (any, error) { return nil, p.fit(*payload) },
		"run":  func(args []string) (any, error) { return nil, p.run(args) },
		"stop": func([]string) (any, error) { return p.stop() },
	})
}

// startCapture captures what is broadcast, with two files of some size in turns.
func startCapture(s *scene.Server, path string) error {
	old, _ := filepath.Glob(strings.TrimSuffix(path, filepath.Ext(path)) + "-*")
	for _, file := range old {
		if err := os.Remove(file); err != nil {
			return err
		}
	}
	_, err := s.StartCapture(record.CaptureOptions{
		Path: path, MaxFileBytes: 128 << 20, MaxTotalBytes: 256 << 20,
		OnGap:   func(l record.Lost) { fmt.Fprintf(os.Stderr, "the capture has a gap: %+v\n", l) },
		OnError: func(err error) { fmt.Fprintln(os.Stderr, err) },
	})
	return err
}

// producer broadcasts. Its methods are called one at a time.
type producer struct {
	server   *scene.Server
	received *machine.Counter // by all clients together
	blob     int              // random bytes in a message
	bodies   []body
	watched  bool // a page watches a dashboard while something runs
	page     *page
	quit     chan struct{} // closed to end the run; nil: nothing runs
	ended    chan error    // gets the run's result
}

// body is one message, whose stamp is written anew for each round.
type body struct {
	message messages.Raw
	stamp   []byte // in message.Body
}

// newBody makes a message {"b": <random bytes>, "type": "F"} with a key of its own.
func newBody(blob, number int) body {
	b := []byte{0x82, 0xa1, 'b', 0xc6, byte(blob >> 24), byte(blob >> 16), byte(blob >> 8), byte(blob)}
	start := len(b)
	b = append(b, make([]byte, blob)...)
	_, _ = rand.Read(b[start:])
	b = append(b, "\xa4type\xa1F"...)
	return body{messages.Raw{Name: "F", Key: strconv.Itoa(number), Body: b}, b[start : start+frames.StampBytes]}
}

func (p *producer) makeBodies(count int) {
	for len(p.bodies) < count {
		p.bodies = append(p.bodies, newBody(p.blob, len(p.bodies)))
	}
}

// broadcast sends a round: one message, or several as one group.
func (p *producer) broadcast(round []body) error {
	now := machine.Monotonic()
	for i := range round {
		frames.PutStamp(round[i].stamp, now)
	}
	if len(round) == 1 {
		return p.server.Broadcast(round[0].message)
	}
	return p.server.Atomic(func(b *scenewire.Batch) error {
		for i := range round {
			if err := b.Broadcast(round[i].message); err != nil {
				return err
			}
		}
		return nil
	})
}

// sequenceGrowth is by how many bytes a window's sequence can grow: frames get so much
// larger while a server runs.
const sequenceGrowth = 4

// fit finds the size of message whose frame has a payload of this size, by being a
// client: whatever the server does to a message is in it. It is that of the first frames.
func (p *producer) fit(payload int) error {
	const attempts = 8
	p.blob = max(payload/2, frames.StampBytes)
	var got int
	for range attempts {
		p.bodies = nil
		p.makeBodies(1)
		if err := p.broadcast(p.bodies[:1]); err != nil {
			return err
		}
		var err error
		if got, err = firstPayload(p.server.Addr()); err != nil {
			return fmt.Errorf("a client of our own: %w", err)
		}
		if got == payload {
			return nil
		}
		p.blob += payload - got
		if p.blob < frames.StampBytes {
			return fmt.Errorf("%d B is too little for a window with a time stamp: use %d B at least",
				payload, payload+frames.StampBytes-p.blob)
		}
	}
	return fmt.Errorf("no message makes a frame with a payload of %d B, the nearest has %d B", payload, got)
}

// firstPayload connects and returns the size of the first message.
func firstPayload(addr string) (int, error) {
	c, err := wstest.Dial(addr, wstest.Options{Subprotocols: []string{scenewire.Subprotocol}})
	if err != nil {
		return 0, err
	}
	_, payload, err := c.Message()
	if err != nil {
		return 0, errors.Join(err, c.Conn.Close())
	}
	size := len(payload)
	return size, c.CloseNormally()
}

// run begins "full <burst>" or "paced <hz>".
func (p *producer) run(args []string) error {
	if len(args) != 2 || p.quit != nil || p.blob == 0 {
		return fmt.Errorf("can't run %q", args)
	}
	number, err := strconv.Atoi(args[1])
	if err != nil || number <= 0 {
		return fmt.Errorf("%q is no positive number", args[1])
	}
	if p.watched {
		if p.page, err = watch(p.server.Addr()); err != nil {
			return err
		}
	}
	quit := make(chan struct{})
	p.ended = make(chan error, 1)
	switch args[0] {
	case "full":
		p.makeBodies(number)
		go func() { p.ended <- p.full(p.bodies[:number], quit) }()
	case "paced":
		go func() {
			p.ended <- scene.Paced(number, quit, func() error { return p.broadcast(p.bodies[:1]) })
		}()
	default:
		return fmt.Errorf("no mode %q", args[0])
	}
	p.quit = quit
	return nil
}

// full broadcasts a round, and the next when every socket has taken the last and every
// client has received the last but one.
func (p *producer) full(round []body, quit <-chan struct{}) error {
	stats := p.server.Loop.Stats()
	frames := stats.Conns // one for each client, whatever is in it
	if p.page != nil {
		frames--
	}
	written, received := p.framesWritten(), p.received.Load()
	through := func() bool {
		return p.framesWritten() >= written && p.received.Load() >= received-frames
	}
	for {
		select {
		case <-quit:
			return nil
		default:
		}
		if err := p.broadcast(round); err != nil {
			return err
		}
		written += frames
		received += frames
		if !scene.Wait(through, stallTimeout) {
			return fmt.Errorf("a round isn't through after %v: %d frames are not written, %d of the last round not received",
				stallTimeout, written-p.framesWritten(), received-frames-p.received.Load())
		}
	}
}

// stop ends the run, and marks when everything is written.
func (p *producer) stop() (child.Mark, error) {
	if p.quit == nil {
		return child.Mark{}, errors.New("nothing runs")
	}
	close(p.quit)
	p.quit = nil
	err := <-p.ended
	if p.page != nil {
		err = errors.Join(err, p.page.leave())
		p.page = nil
	}
	if err != nil {
		return child.Mark{}, err
	}
	return p.server.Settle()
}

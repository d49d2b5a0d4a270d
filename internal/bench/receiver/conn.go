//go:build linux

package receiver

import (
	"fmt"
	"sync/atomic"
	"time"

	"github.com/scenewire/scenewire/internal/bench/frames"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/wsproto"
)

// conn is one client. It is owned by the goroutine that dials it, which takes what came
// with the handshake's answer, and from its registration in epoll on by its thread; the
// counters are atomic.
type conn struct {
	fd       int
	scanner  frames.Scanner
	frames   atomic.Int64
	inflated atomic.Int64 // as in Client
	last     atomic.Int64 // as in Client
	sample   *sample      // nil: its payloads aren't looked at
	closed   bool
}

// sample is what a conn has whose payloads are looked at.
type sample struct {
	frame []byte // of the current frame, header included
}

// received counts the frames that end in b, and has those of a sampled conn looked at.
func (t *thread) received(c *conn, b []byte) error {
	ended := int64(0)
	for len(b) > 0 {
		n, done, err := c.scanner.Next(b)
		if err != nil {
			return err
		}
		if c.sample != nil {
			c.sample.frame = append(c.sample.frame, b[:n]...)
		}
		b = b[n:]
		if !done {
			break
		}
		binary, err := t.frameEnded(c)
		if err != nil {
			return err
		}
		if binary {
			ended++
		}
	}
	if ended > 0 && t.options.Detailed {
		c.last.Store(machine.Monotonic())
	}
	if ended > 0 {
		c.frames.Add(ended)
		t.counts.frames.Add(ended)
		t.options.Total.Add(ended)
	}
	return nil
}

// frameEnded looks at the frame that the conn's scanner stands behind, and reports
// whether it is a binary one.
func (t *thread) frameEnded(c *conn) (binary bool, err error) {
	switch wsproto.Opcode(c.scanner.Opcode) {
	case wsproto.OpBinary:
	case wsproto.OpClose:
		return false, fmt.Errorf("the server has sent a close frame")
	default:
		if c.sample != nil {
			c.sample.frame = c.sample.frame[:0]
		}
		return false, nil
	}
	t.counts.bytes.Add(c.scanner.Size + frames.HeaderBytes(c.scanner.Size))
	if t.options.Detailed {
		c.inflated.Add(int64(c.scanner.Inflated))
	}
	if s := c.sample; s != nil {
		err = t.look(s.frame[frames.HeaderBytes(c.scanner.Size):])
		s.frame = s.frame[:0]
	}
	return true, err
}

// look reads a sampled frame's payload.
func (t *thread) look(payload []byte) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	content, err := t.read(payload)
	if err != nil {
		return err
	}
	t.samples.Frames++
	t.samples.Messages += int64(content.Messages)
	if content.Stamped {
		t.samples.Latency.Record(time.Duration(machine.Monotonic() - content.Stamp))
	}
	return nil
}

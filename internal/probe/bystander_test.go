package probe

import (
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/wsproto"
)

// bystander is a client that does nothing wrong while others do. It must get every
// pulse, in order, and an answer to every note that it sends.
type bystander struct {
	t     testing.TB
	conn  *wstest.Client
	began time.Time
	sent  atomic.Int64  // pulses broadcast
	seen  atomic.Int64  // pulses received
	said  atomic.Int64  // notes sent
	heard atomic.Int64  // notes received
	worst time.Duration // from a broadcast to its arrival
	reply time.Duration // from a note to its answer, at worst
	done  chan error
}

func (s *subject) newBystander() *bystander {
	s.t.Helper()
	conn, err := wstest.Dial(s.addr, wstest.Options{Subprotocols: []string{scenewire.Subprotocol}})
	must(s.t, err)
	b := &bystander{t: s.t, conn: conn, began: time.Now(), done: make(chan error, 1)}
	if !wstest.Eventually(func() bool { return len(s.Clients()) == 1 }) {
		s.t.Fatal("the bystander wasn't let in")
	}
	go func() { b.done <- b.follow() }()
	return b
}

// follow reads until the connection is closed.
func (b *bystander) follow() error {
	unzip := wsproto.NewDecompressor()
	for {
		window, err := readWindow(b.conn, unzip)
		if err != nil {
			return err
		}
		for _, m := range window {
			if err := b.take(m); err != nil {
				return err
			}
		}
	}
}

func (b *bystander) take(m messages.Message) error {
	switch m := m.(type) {
	case pulse:
		b.worst = max(b.worst, time.Since(b.began)-time.Duration(m.At))
		if n := b.seen.Add(1) - 1; int64(m.N) != n {
			return fmt.Errorf("got pulse %d instead of %d", m.N, n)
		}
	case note:
		at, _ := time.ParseDuration(m.Text)
		b.reply = max(b.reply, time.Since(b.began)-at)
		if n := b.heard.Add(1) - 1; int64(m.N) != n {
			return fmt.Errorf("got note %d instead of %d", m.N, n)
		}
	}
	return nil
}

// say sends the next note.
func (b *bystander) say() {
	n := b.said.Add(1) - 1
	if err := b.conn.Write(binary, message(int(n), time.Since(b.began).String())); err != nil {
		b.t.Errorf("the bystander can't write: %v", err)
	}
}

// finish waits for the last pulse and the last answer.
func (b *bystander) finish() {
	b.t.Helper()
	all := func() bool { return b.seen.Load() == b.sent.Load() && b.heard.Load() == b.said.Load() }
	if !wstest.Eventually(func() bool { return all() || len(b.done) > 0 }) || !all() {
		b.t.Errorf("the bystander has %d of %d pulses and %d answers to %d notes",
			b.seen.Load(), b.sent.Load(), b.heard.Load(), b.said.Load())
	}
}

// leave ends the bystander, and tells what it saw.
func (b *bystander) leave() {
	b.t.Helper()
	must(b.t, b.conn.Write(wsproto.OpClose, wsproto.AppendClosePayload(nil, wsproto.CloseNormal, "")))
	var closed *wsproto.CloseError
	if err := <-b.done; !errors.As(err, &closed) || closed.Code != wsproto.CloseNormal {
		b.t.Errorf("the bystander was disturbed: %v", err)
	}
	_ = b.conn.Conn.Close()
	b.t.Logf("the bystander got %d pulses, the slowest in %v, and %d answers, the slowest in %v",
		b.seen.Load(), b.worst, b.heard.Load(), b.reply)
}

// readWindow returns the messages of the next window.
func readWindow(c *wstest.Client, unzip *wsproto.Decompressor) ([]messages.Message, error) {
	envelope, err := c.Window(wsproto.GenerationZstd, unzip)
	if err != nil {
		return nil, err
	}
	window := make([]messages.Message, len(envelope.Messages))
	for i, body := range envelope.Messages {
		if window[i], err = registry().Decode(body); err != nil {
			return nil, err
		}
	}
	return window, nil
}

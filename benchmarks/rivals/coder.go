//go:build linux

package main

import (
	"context"
	"net/http"

	"github.com/coder/websocket"

	"github.com/scenewire/scenewire/internal/bench/frames"
)

// coder has the form of the library's internal/examples/chat: the handler's goroutine
// writes what comes over the subscriber's buffered channel, each write with a timeout, and
// a subscriber whose channel is full is closed. As clients also send here, a second
// goroutine reads, and writes what it echoes itself: writes may be concurrent. Compression
// is off, which is the default.
func coder() *subject {
	return &subject{
		name:      "coder",
		about:     "coder/websocket: a reader and a writer goroutine for each connection, a channel between",
		module:    "github.com/coder/websocket",
		newReader: func() frames.Reader { return frames.ReadPlain },
		serve:     newCoder,
	}
}

type coderServer struct {
	*front
	hub[*coderSubscriber]
}

type coderSubscriber struct {
	conn      *websocket.Conn
	messages  chan []byte
	closeSlow func()
}

func newCoder() (server, error) {
	s := &coderServer{}
	var err error
	s.front, err = newFront(s.subscribe)
	return s, err
}

func (s *coderServer) subscribe(w http.ResponseWriter, r *http.Request) {
	conn, err := websocket.Accept(w, r, nil)
	if err != nil {
		return
	}
	defer func() { _ = conn.CloseNow() }()
	c := &coderSubscriber{
		conn:      conn,
		messages:  make(chan []byte, sendQueue),
		closeSlow: func() { _ = conn.Close(websocket.StatusPolicyViolation, "too slow") },
	}
	s.add(c)
	defer s.remove(c)
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	go func() {
		defer cancel()
		c.echo(ctx)
	}()
	for {
		select {
		case <-ctx.Done():
			return
		case m := <-c.messages:
			if err := c.write(ctx, websocket.MessageBinary, m); err != nil {
				return
			}
		}
	}
}

func (c *coderSubscriber) echo(ctx context.Context) {
	for {
		kind, payload, err := c.conn.Read(ctx)
		if err != nil {
			return
		}
		if err := c.write(ctx, kind, payload); err != nil {
			return
		}
	}
}

func (c *coderSubscriber) write(ctx context.Context, kind websocket.MessageType, payload []byte) error {
	ctx, cancel := context.WithTimeout(ctx, writeTimeout)
	defer cancel()
	return c.conn.Write(ctx, kind, payload)
}

func (s *coderServer) Broadcast(payload []byte) error {
	s.each(func(c *coderSubscriber) {
		select {
		case c.messages <- payload:
		default:
			go c.closeSlow()
		}
	})
	return nil
}

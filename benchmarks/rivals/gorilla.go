//go:build linux

package main

import (
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"github.com/scenewire/scenewire/internal/bench/frames"
)

// gorilla has the form of the library's examples/chat: a goroutine that reads and one
// that writes for each connection, with a buffered channel between hub and writer.
// Broadcasts are a PreparedMessage, and write buffers come from a pool, as the package's
// documentation recommends for many connections.
func gorilla() *subject {
	return &subject{
		name:      "gorilla",
		about:     "gorilla/websocket: two goroutines and a channel for each connection, PreparedMessage",
		module:    "github.com/gorilla/websocket",
		newReader: func() frames.Reader { return frames.ReadPlain },
		serve:     newGorilla,
	}
}

const (
	sendQueue    = 256 // messages that wait for one client
	writeTimeout = 10 * time.Second
)

type gorillaServer struct {
	*front
	hub[*gorillaClient]
	upgrader websocket.Upgrader
}

type gorillaClient struct {
	conn *websocket.Conn
	send chan outgoing
	done chan struct{} // closed when the reader has ended
}

// outgoing is a message that waits: one for all clients, or one client's own.
type outgoing struct {
	prepared *websocket.PreparedMessage
	kind     int
	payload  []byte
}

func newGorilla() (server, error) {
	s := &gorillaServer{upgrader: websocket.Upgrader{
		ReadBufferSize:  1024,
		WriteBufferSize: 1024,
		WriteBufferPool: &sync.Pool{},
	}}
	var err error
	s.front, err = newFront(s.upgrade)
	return s, err
}

func (s *gorillaServer) upgrade(w http.ResponseWriter, r *http.Request) {
	conn, err := s.upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := &gorillaClient{conn: conn, send: make(chan outgoing, sendQueue), done: make(chan struct{})}
	s.add(c)
	// New goroutines, so that net/http's memory for the request is let go.
	go c.writePump()
	go s.readPump(c)
}

func (s *gorillaServer) readPump(c *gorillaClient) {
	defer close(c.done)
	defer s.remove(c)
	defer func() { _ = c.conn.Close() }()
	for {
		kind, payload, err := c.conn.ReadMessage()
		if err != nil {
			return
		}
		c.enqueue(outgoing{kind: kind, payload: payload})
	}
}

func (c *gorillaClient) writePump() {
	defer func() { _ = c.conn.Close() }()
	for {
		select {
		case <-c.done:
			return
		case m := <-c.send:
			_ = c.conn.SetWriteDeadline(time.Now().Add(writeTimeout))
			if err := c.write(m); err != nil {
				return
			}
		}
	}
}

func (c *gorillaClient) write(m outgoing) error {
	if m.prepared != nil {
		return c.conn.WritePreparedMessage(m.prepared)
	}
	return c.conn.WriteMessage(m.kind, m.payload)
}

// enqueue closes a client that doesn't keep up.
func (c *gorillaClient) enqueue(m outgoing) {
	select {
	case c.send <- m:
	default:
		_ = c.conn.Close()
	}
}

func (s *gorillaServer) Broadcast(payload []byte) error {
	m, err := websocket.NewPreparedMessage(websocket.BinaryMessage, payload)
	if err != nil {
		return err
	}
	s.each(func(c *gorillaClient) { c.enqueue(outgoing{prepared: m}) })
	return nil
}

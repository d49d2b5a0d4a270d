//go:build linux

package main

import (
	"net"
	"sync"
	"time"

	"github.com/gobwas/ws"
	"github.com/gobwas/ws/wsutil"

	"github.com/scenewire/scenewire/internal/bench/frames"
)

// gobwas has the form of the library's README: its "zero-copy" upgrade of a raw
// connection, then a goroutine for each that reads and answers with wsutil. A broadcast is
// compiled once (ws.CompileFrame) and written to one connection after the other, each
// under its lock and with a deadline.
func gobwas() *subject {
	return &subject{
		name:      "gobwas",
		about:     "gobwas/ws: raw connections, a goroutine for each, compiled frames written in turn",
		module:    "github.com/gobwas/ws",
		newReader: func() frames.Reader { return frames.ReadPlain },
		serve:     newGobwas,
	}
}

type gobwasServer struct {
	net.Listener
	hub[*gobwasClient]
}

// gobwasClient is a connection, whose writes are one at a time.
type gobwasClient struct {
	conn net.Conn
	mu   sync.Mutex // held while something is written
}

func newGobwas() (server, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &gobwasServer{Listener: ln}
	go s.accept()
	return s, nil
}

func (s *gobwasServer) Addr() string { return s.Listener.Addr().String() }

func (s *gobwasServer) accept() {
	for {
		conn, err := s.Accept()
		if err != nil {
			return
		}
		go s.handle(conn)
	}
}

func (s *gobwasServer) handle(conn net.Conn) {
	defer conn.Close()
	if _, err := ws.Upgrade(conn); err != nil {
		return
	}
	c := &gobwasClient{conn: conn}
	s.add(c)
	defer s.remove(c)
	for {
		payload, op, err := wsutil.ReadClientData(conn)
		if err != nil {
			return
		}
		frame, err := ws.CompileFrame(ws.NewFrame(op, true, payload))
		if err != nil || c.write(frame) != nil {
			return
		}
	}
}

// write writes finished bytes.
func (c *gobwasClient) write(frame []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.conn.SetWriteDeadline(time.Now().Add(writeTimeout)); err != nil {
		return err
	}
	_, err := c.conn.Write(frame)
	return err
}

func (s *gobwasServer) Broadcast(payload []byte) error {
	frame, err := ws.CompileFrame(ws.NewBinaryFrame(payload))
	if err != nil {
		return err
	}
	s.each(func(c *gobwasClient) {
		if c.write(frame) != nil {
			_ = c.conn.Close()
		}
	})
	return nil
}

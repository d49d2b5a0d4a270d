//go:build linux

package main

import (
	"net/http"

	"github.com/lxzan/gws"

	"github.com/scenewire/scenewire/internal/bench/frames"
)

// gwsSubject has the form of the "Best Practice" and "Broadcast" sections of the
// library's README: an upgrader behind net/http, a read loop in a goroutine of its own,
// events, and a Broadcaster. Compression is off, and messages are handled in order.
func gwsSubject() *subject {
	return &subject{
		name:      "gws",
		about:     "lxzan/gws: a goroutine for each connection, Broadcaster with its asynchronous queues",
		module:    "github.com/lxzan/gws",
		newReader: func() frames.Reader { return frames.ReadPlain },
		serve:     newGWS,
	}
}

type gwsServer struct {
	*front
	hub[*gws.Conn]
	gws.BuiltinEventHandler // answers pings
}

func newGWS() (server, error) {
	s := &gwsServer{}
	upgrader := gws.NewUpgrader(s, &gws.ServerOption{Recovery: gws.Recovery})
	var err error
	s.front, err = newFront(func(w http.ResponseWriter, r *http.Request) {
		socket, err := upgrader.Upgrade(w, r)
		if err != nil {
			return
		}
		go socket.ReadLoop() // "Blocking prevents the context from being GC."
	})
	return s, err
}

func (s *gwsServer) OnOpen(socket *gws.Conn) { s.add(socket) }

func (s *gwsServer) OnClose(socket *gws.Conn, _ error) { s.remove(socket) }

func (s *gwsServer) OnMessage(socket *gws.Conn, message *gws.Message) {
	defer func() { _ = message.Close() }()
	_ = socket.WriteMessage(message.Opcode, message.Bytes())
}

func (s *gwsServer) Broadcast(payload []byte) error {
	b := gws.NewBroadcaster(gws.OpcodeBinary, payload)
	defer func() { _ = b.Close() }()
	s.each(func(socket *gws.Conn) { _ = b.Broadcast(socket) })
	return nil
}

//go:build linux

package main

import (
	"net"
	"net/http"
	"os"

	"github.com/lesismal/nbio/logging"
	"github.com/lesismal/nbio/nbhttp"
	"github.com/lesismal/nbio/nbhttp/websocket"

	"github.com/scenewire/scenewire/internal/bench/frames"
)

// nbioSubject is nbio with its own HTTP server and WebSocket upgrader, in the form of the
// library's websocket/server example: an engine that polls all connections (its default,
// IOModNonBlocking) and lets go of payloads after OnMessage. It has no prepared frames; a
// broadcast is a WriteMessage for each connection.
func nbioSubject() *subject {
	return &subject{
		name:      "nbio",
		about:     "lesismal/nbio with its own HTTP and WebSocket: pollers, no goroutine for a connection",
		module:    "github.com/lesismal/nbio",
		newReader: func() frames.Reader { return frames.ReadPlain },
		serve:     newNbio,
	}
}

type nbioServer struct {
	hub[*websocket.Conn]
	engine   *nbhttp.Engine
	listener net.Listener
}

func newNbio() (server, error) {
	logging.Output = os.Stderr // standard output is for answers
	logging.SetLevel(logging.LevelError)
	s := &nbioServer{}
	upgrader := websocket.NewUpgrader()
	upgrader.OnOpen(s.add)
	upgrader.OnClose(func(c *websocket.Conn, _ error) { s.remove(c) })
	upgrader.OnMessage(func(c *websocket.Conn, kind websocket.MessageType, payload []byte) {
		_ = c.WriteMessage(kind, payload)
	})
	s.engine = nbhttp.NewEngine(nbhttp.Config{
		Network:                 "tcp",
		Addrs:                   []string{"127.0.0.1:0"},
		ReleaseWebsocketPayload: true,
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = upgrader.Upgrade(w, r, nil) // it has answered if that fails
		}),
		Listen: func(network, addr string) (net.Listener, error) {
			var err error
			s.listener, err = net.Listen(network, addr)
			return s.listener, err
		},
	})
	return s, s.engine.Start()
}

func (s *nbioServer) Addr() string { return s.listener.Addr().String() }

func (s *nbioServer) Broadcast(payload []byte) error {
	s.each(func(c *websocket.Conn) { _ = c.WriteMessage(websocket.BinaryMessage, payload) })
	return nil
}

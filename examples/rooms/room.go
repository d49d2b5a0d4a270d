package main

import (
	"errors"
	"log"
	"time"

	"github.com/scenewire/scenewire"
)

// room is one scene: a server of its own, on the loop that all share.
type room struct {
	name   string
	server *scenewire.Server

	// Guarded by house.mu.
	entering int // handshakes that go on
	inside   int // clients between OnConnect and OnDisconnect
	empty    *time.Timer
}

// listen says what happens when people come, point and go.
func (r *room) listen(h *house) {
	r.server.OnConnect(func(c *scenewire.Client) {
		check(c.Send(Welcome{Viewer: c.ID()}))
		h.came(r)
	})
	r.server.OnDisconnect(func(c *scenewire.Client, _ error) {
		check(r.server.Broadcast(RemovePointer{Viewer: c.ID()}))
		h.left(r)
	})
	scenewire.Handle(r.server, r.point)
}

// point passes a pointer on to the others in the room.
func (r *room) point(c *scenewire.Client, m SetPointer) {
	if !(m.X >= 0 && m.X <= 1 && m.Y >= 0 && m.Y <= 1) { // also not for NaN
		return
	}
	m.Viewer = c.ID()
	check(r.server.BroadcastExcept(c.ID(), m))
}

// check logs an error of sending, unless there is just nobody left to send to.
func check(err error) {
	if err == nil || errors.Is(err, scenewire.ErrClientGone) || errors.Is(err, scenewire.ErrServerClosed) {
		return
	}
	log.Println("rooms:", err)
}

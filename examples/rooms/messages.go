package main

import (
	"strconv"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/messages"
)

// registry lists every message, of rooms and of the list. All servers share it. The pages'
// side of it is generated: types/messages.gen.ts.
var registry = messages.NewRegistry().MustRegister(
	Welcome{}, People{}, SetPointer{}, RemovePointer{}, SetRoom{}, RemoveRoom{},
)

// Welcome tells a page who it is.
//
//tsgen:tag FromRoom
type Welcome struct {
	Viewer scenewire.ClientID `msgpack:"viewer"`
}

// People is how many are in a room.
//
//tsgen:tag FromRoom
type People struct {
	Count int `msgpack:"count"`
}

// SetPointer is where somebody points: parts of the width and height, 0…1. A page sends
// it without Viewer, which the server fills in.
//
//tsgen:tag FromRoom ToRoom
type SetPointer struct {
	Viewer scenewire.ClientID `msgpack:"viewer"`
	X      float64            `msgpack:"x"`
	Y      float64            `msgpack:"y"`
}

// RemovePointer says that somebody has left.
//
//tsgen:tag FromRoom
type RemovePointer struct {
	Viewer scenewire.ClientID `msgpack:"viewer"`
}

// SetRoom is a line of the list of rooms.
//
//tsgen:tag FromList
type SetRoom struct {
	Name   string `msgpack:"name"`
	People int    `msgpack:"people"`
}

// RemoveRoom takes a line out of the list.
//
//tsgen:tag FromList
type RemoveRoom struct {
	Name string `msgpack:"name"`
}

// Messages with one key supersede each other: who comes late gets the newest of each.

func (Welcome) RedundancyKey() string         { return "welcome" }
func (People) RedundancyKey() string          { return "people" }
func (m SetPointer) RedundancyKey() string    { return pointerKey(m.Viewer) }
func (m RemovePointer) RedundancyKey() string { return pointerKey(m.Viewer) }
func (m SetRoom) RedundancyKey() string       { return "room/" + m.Name }
func (m RemoveRoom) RedundancyKey() string    { return "room/" + m.Name }

// Removes says that the thing is gone: pages that have seen it are told, later ones not.
func (RemovePointer) Removes() bool { return true }

// Removes says the same of a room.
func (RemoveRoom) Removes() bool { return true }

func pointerKey(viewer scenewire.ClientID) string {
	return "pointer/" + strconv.FormatUint(uint64(viewer), 10)
}

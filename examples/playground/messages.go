package main

import (
	"strconv"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/messages"
)

// registry lists every message of the playground, in both directions. The page's side
// of it, web/src/messages.gen.ts, is generated; tags tell the directions apart.
var registry = messages.NewRegistry().MustRegister(
	Welcome{}, Viewers{}, Hello{},
	SetPointer{}, Ping{},
	SetMesh{}, SetBody{}, SetPose{}, Release{}, AddBody{}, RemoveBody{},
)

// Color is red, green, blue: 0 … 255.
type Color [3]uint8

// Welcome tells a page who it is. It is the first message to each client.
//
//tsgen:tag FromServer
type Welcome struct {
	Viewer    scenewire.ClientID `msgpack:"viewer"`
	MaxBodies int                `msgpack:"maxBodies"`
}

// Viewers is everyone who watches, in order of arrival. Whoever is not in it
// has left, and so has their pointer.
//
//tsgen:tag FromServer
type Viewers struct {
	Viewers []Viewer `msgpack:"viewers"`
}

// Viewer is one open page.
type Viewer struct {
	ID    scenewire.ClientID `msgpack:"id"`
	Name  string             `msgpack:"name"`
	Color Color              `msgpack:"color"`
}

// Hello comes from a page: how its viewer wants to be shown. Without one, a
// client is not listed.
//
//tsgen:tag ToServer
type Hello struct {
	Name  string `msgpack:"name"`
	Color Color  `msgpack:"color"`
}

// SetPointer is where a viewer points, in the scene and not on a screen: each
// page has a camera of its own. The server fills in Viewer.
//
//tsgen:tag FromServer ToServer
type SetPointer struct {
	Viewer   scenewire.ClientID `msgpack:"viewer"`
	Position Vector             `msgpack:"position"`
	Visible  bool               `msgpack:"visible"`
}

// Ping is echoed. SentMs is the page's clock and means nothing here.
//
//tsgen:tag FromServer ToServer
type Ping struct {
	SentMs float64 `msgpack:"sentMs"`
}

// SetMesh creates or replaces a body that is a triangle mesh.
//
//tsgen:tag FromServer
type SetMesh struct {
	Name     string    `msgpack:"name"`
	Vertices []float32 `msgpack:"vertices"` // x, y, z of each
	Indices  []uint32  `msgpack:"indices"`  // three to a triangle
	Color    Color     `msgpack:"color"`
}

// Shape names the geometry of a body.
type Shape string

// The shapes that the page can draw.
const (
	Box    Shape = "box"
	Sphere Shape = "sphere"
	Ring   Shape = "ring"
	Gem    Shape = "gem"
)

// SetBody creates or replaces a body that is a simple shape.
//
//tsgen:tag FromServer
type SetBody struct {
	Name  string  `msgpack:"name"`
	Shape Shape   `msgpack:"shape"`
	Size  float64 `msgpack:"size"` // radius of the sphere around it
	Color Color   `msgpack:"color"`
}

// SetPose moves a body. Position and rotation travel in one message, so that
// nobody ever sees one without the other. A page that sends it drags the body,
// which is then still until the page's [Release].
//
//tsgen:tag FromServer ToServer
type SetPose struct {
	Name     string     `msgpack:"name"`
	Position Vector     `msgpack:"position"`
	WXYZ     Quaternion `msgpack:"wxyz"`
}

// Release comes from a page that has dragged a body and let go.
//
//tsgen:tag ToServer
type Release struct {
	Name string `msgpack:"name"`
}

// AddBody comes from a page that wants one more body, wherever there is room.
//
//tsgen:tag ToServer
type AddBody struct{}

// RemoveBody comes from a page, and goes to all: the body is gone.
//
//tsgen:tag FromServer ToServer
type RemoveBody struct {
	Name string `msgpack:"name"`
}

// Messages with one key supersede each other: a page that joins late, or reads
// slowly, gets only the newest of each.

func (Welcome) RedundancyKey() string      { return "welcome" }
func (Viewers) RedundancyKey() string      { return "viewers" }
func (Hello) RedundancyKey() string        { return "" }
func (m SetPointer) RedundancyKey() string { return pointerKey(m.Viewer) }
func (Ping) RedundancyKey() string         { return "ping" }
func (m SetMesh) RedundancyKey() string    { return bodyKey(m.Name) }
func (m SetBody) RedundancyKey() string    { return bodyKey(m.Name) }
func (m RemoveBody) RedundancyKey() string { return bodyKey(m.Name) }
func (m SetPose) RedundancyKey() string    { return poseKey(m.Name) }
func (Release) RedundancyKey() string      { return "" }
func (AddBody) RedundancyKey() string      { return "" }

// Follows says that a pose makes sense only behind its body: no page gets it first,
// and it goes when the body goes.
func (m SetPose) Follows() string { return bodyKey(m.Name) }

// Removes says that the body is gone: pages that have seen it are told, later ones not.
func (RemoveBody) Removes() bool { return true }

func bodyKey(name string) string { return "body/" + name }
func poseKey(name string) string { return "pose/" + name }
func pointerKey(viewer scenewire.ClientID) string {
	return "pointer/" + strconv.FormatUint(uint64(viewer), 10)
}

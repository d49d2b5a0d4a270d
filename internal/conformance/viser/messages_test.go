package viser

import (
	"testing"

	"github.com/scenewire/scenewire/messages"
)

// The messages below have the names and fields that viser 1.0.21's web client
// reads and writes.

// SetOrientationMessage turns a scene node; the node "" is the whole scene.
type SetOrientationMessage struct {
	Name string     `msgpack:"name"`
	WXYZ [4]float64 `msgpack:"wxyz"`
}

// RedundancyKey makes the last orientation of a node the one that counts.
func (m SetOrientationMessage) RedundancyKey() string { return "orientation " + m.Name }

// SetPositionMessage moves a scene node.
type SetPositionMessage struct {
	Name     string     `msgpack:"name"`
	Position [3]float64 `msgpack:"position"`
}

// RedundancyKey makes the last position of a node the one that counts.
func (m SetPositionMessage) RedundancyKey() string { return "position " + m.Name }

// FrameMessage creates a node with coordinate axes.
type FrameMessage struct {
	Name  string     `msgpack:"name"`
	Props FrameProps `msgpack:"props"`
}

// FrameProps are the properties of a FrameMessage.
type FrameProps struct {
	ShowAxes     bool     `msgpack:"show_axes"`
	AxesLength   float64  `msgpack:"axes_length"`
	AxesRadius   float64  `msgpack:"axes_radius"`
	OriginRadius float64  `msgpack:"origin_radius"`
	OriginColor  [3]uint8 `msgpack:"origin_color"`
}

// RedundancyKey is the node's, so that a node created again replaces itself.
func (m FrameMessage) RedundancyKey() string { return "node " + m.Name }

// BoxMessage creates a box.
type BoxMessage struct {
	Name  string   `msgpack:"name"`
	Props BoxProps `msgpack:"props"`
}

// BoxProps are the properties of a BoxMessage.
type BoxProps struct {
	Dimensions [3]float64 `msgpack:"dimensions"`
	SurfaceProps
}

// SurfaceProps are the properties that viser's solid nodes share.
type SurfaceProps struct {
	Color         [3]uint8 `msgpack:"color"`
	Wireframe     bool     `msgpack:"wireframe"`
	Opacity       *float64 `msgpack:"opacity"`
	FlatShading   bool     `msgpack:"flat_shading"`
	Side          string   `msgpack:"side"`
	Material      string   `msgpack:"material"`
	CastShadow    bool     `msgpack:"cast_shadow"`
	ReceiveShadow bool     `msgpack:"receive_shadow"`
}

// RedundancyKey is the node's.
func (m BoxMessage) RedundancyKey() string { return "node " + m.Name }

// MeshMessage creates a triangle mesh.
type MeshMessage struct {
	Name  string    `msgpack:"name"`
	Props MeshProps `msgpack:"props"`
}

// MeshProps are the properties of a MeshMessage.
type MeshProps struct {
	Vertices []float32 `msgpack:"vertices"` // x, y, z of each vertex
	Faces    []uint32  `msgpack:"faces"`    // three vertices of each triangle
	Scale    float64   `msgpack:"scale"`
	SurfaceProps
}

// RedundancyKey is the node's.
func (m MeshMessage) RedundancyKey() string { return "node " + m.Name }

// RemoveSceneNodeMessage removes a node and all below it.
type RemoveSceneNodeMessage struct {
	Name string `msgpack:"name"`
}

// RedundancyKey is the node's, so that a removal supersedes the creation.
func (m RemoveSceneNodeMessage) RedundancyKey() string { return "node " + m.Name }

// GuiSliderMessage adds a slider to the panel.
type GuiSliderMessage struct {
	UUID      string      `msgpack:"uuid"`
	Value     float64     `msgpack:"value"`
	Container string      `msgpack:"container_uuid"`
	Props     SliderProps `msgpack:"props"`
}

// SliderProps are the properties of a GuiSliderMessage.
type SliderProps struct {
	Order     float64  `msgpack:"order"`
	Label     string   `msgpack:"label"`
	Hint      *string  `msgpack:"hint"`
	Visible   bool     `msgpack:"visible"`
	Disabled  bool     `msgpack:"disabled"`
	Min       float64  `msgpack:"min"`
	Max       float64  `msgpack:"max"`
	Step      float64  `msgpack:"step"`
	Precision int      `msgpack:"precision"`
	Marks     []string `msgpack:"_marks"`
}

// RedundancyKey is the component's.
func (m GuiSliderMessage) RedundancyKey() string { return "gui " + m.UUID }

// GuiUpdateMessage changes properties of a component; both sides send it.
type GuiUpdateMessage struct {
	UUID    string         `msgpack:"uuid"`
	Updates map[string]any `msgpack:"updates"`
}

// RedundancyKey is the component's: the tests change one property only.
func (m GuiUpdateMessage) RedundancyKey() string { return "gui update " + m.UUID }

// ViewerCameraMessage tells where a page's camera stands.
type ViewerCameraMessage struct {
	WXYZ        [4]float64 `msgpack:"wxyz"`
	Position    [3]float64 `msgpack:"position"`
	FOV         float64    `msgpack:"fov"` // radians
	Near        float64    `msgpack:"near"`
	Far         float64    `msgpack:"far"`
	ImageHeight int        `msgpack:"image_height"` // pixels
	ImageWidth  int        `msgpack:"image_width"`
	LookAt      [3]float64 `msgpack:"look_at"`
	UpDirection [3]float64 `msgpack:"up_direction"`
}

// RedundancyKey is empty: the message is never sent to a client.
func (m ViewerCameraMessage) RedundancyKey() string { return "" }

func registry(t *testing.T) *messages.Registry {
	t.Helper()
	r := messages.NewRegistry()
	err := r.Register(
		BoxMessage{}, FrameMessage{}, GuiSliderMessage{}, GuiUpdateMessage{}, MeshMessage{},
		RemoveSceneNodeMessage{}, SetOrientationMessage{}, SetPositionMessage{}, ViewerCameraMessage{},
	)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// surface is a plain, lit surface of one colour.
func surface(color [3]uint8) SurfaceProps {
	return SurfaceProps{Color: color, FlatShading: true, Side: "double", Material: "standard"}
}

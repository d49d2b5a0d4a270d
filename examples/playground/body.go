package main

import (
	"fmt"
	"math"

	"github.com/scenewire/scenewire"
)

const (
	bunnyName = "bunny"
	// noOne holds a body that moves by itself.
	noOne = ^scenewire.ClientID(0)

	// The bodies lie on a disc around the bunny, like the seeds of a sunflower.
	innerRadius, outerRadius = 3.0, 9.5 // metres
	goldenAngle              = 2.399963 // radians from one seed to the next

	turnRate   = 0.05 // radians per second, the whole disc
	waveHeight = 0.4  // metres
	waveRate   = 1.2  // radians per second
	waveLength = 0.85 // radians per metre from the middle
)

// body is one thing in the scene. Its pose is a function of time: where it was put
// last, and how it has moved on since.
type body struct {
	name  string
	index int   // its place on the disc
	shape Shape // "" for the bunny, which is a mesh
	size  float64
	color Color

	still  bool // it never moves by itself
	heldBy scenewire.ClientID

	at     Vector     // its position at the time since
	turned Quaternion // its rotation then
	since  float64    // seconds of the scene
}

func newBunny() *body {
	return &body{name: bunnyName, still: true, heldBy: noOne, turned: Quaternion{1}}
}

// newBody returns the body that belongs to a place on the disc, and is always the
// same there.
func newBody(index int) *body {
	part := (float64(index) + 0.5) / firstBodies // 1 at the disc's first edge
	radius := math.Sqrt(innerRadius*innerRadius + part*(outerRadius*outerRadius-innerRadius*innerRadius))
	sin, cos := math.Sincos(float64(index) * goldenAngle)
	size := 0.24 + 0.15*math.Abs(math.Sin(float64(index)*1.7))
	return &body{
		name:   fmt.Sprintf("body-%d", index),
		index:  index,
		shape:  [...]Shape{Box, Sphere, Ring, Gem}[index*7%4],
		size:   size,
		color:  gradient(part),
		heldBy: noOne,
		at:     Vector{radius * cos, 0.75 + wave(radius, 0), radius * sin},
		turned: rotation(Vector{cos, 0, sin}, float64(index)),
	}
}

// pose returns where the body is at a time of the scene, in seconds.
func (b *body) pose(now float64) SetPose {
	if b.still || b.heldBy != noOne {
		now = b.since
	}
	passed := now - b.since
	radius := math.Hypot(b.at[0], b.at[2])
	at := b.at.aroundUp(turnRate * passed)
	at[1] = max(at[1]+wave(radius, now)-wave(radius, b.since), b.size*0.7)
	spin := 0.2 + 0.25*float64(b.index%5) // radians per second
	turned := rotation(up, spin*passed).times(b.turned)
	return SetPose{Name: b.name, Position: at.rounded(), WXYZ: turned.rounded()}
}

// place puts the body somewhere; it moves on from there.
func (b *body) place(at Vector, turned Quaternion, now float64) {
	b.at, b.turned, b.since = at, turned, now
}

// letGo lets a body that was held move on from where it is.
func (b *body) letGo(now float64) {
	b.heldBy = noOne
	b.since = now
}

// broadcast tells everyone what the body is and where.
func (b *body) broadcast(batch *scenewire.Batch, now float64) error {
	if b.shape != "" {
		if err := batch.Broadcast(SetBody{Name: b.name, Shape: b.shape, Size: b.size, Color: b.color}); err != nil {
			return err
		}
	}
	return batch.Broadcast(b.pose(now))
}

// wave is the height that the wave adds at a distance from the middle.
func wave(radius, now float64) float64 {
	return waveHeight * math.Sin(waveLength*radius-waveRate*now)
}

// palette is the disc's colours from its middle to its edge.
var palette = [][3]float64{
	{255, 190, 84}, {255, 122, 92}, {240, 86, 143}, {155, 93, 229}, {79, 124, 255}, {46, 190, 225},
}

// gradient returns the palette's colour at part of the way, 0…1, and beyond 1 its last.
func gradient(part float64) Color {
	place := min(max(part, 0), 1) * float64(len(palette)-1)
	i := min(int(place), len(palette)-2)
	var color Color
	for c := range color {
		from, to := palette[i][c], palette[i+1][c]
		color[c] = uint8(math.Round(from + (to-from)*(place-float64(i))))
	}
	return color
}

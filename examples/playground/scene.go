package main

import (
	"slices"
	"time"

	"github.com/scenewire/scenewire"
)

const (
	firstBodies = 300
	maxBodies   = 500
)

// scene is everything that moves. It doesn't know the server; its owner guards it.
type scene struct {
	start  time.Time
	bodies []*body
}

// newScene returns the scene at its beginning.
func newScene() *scene {
	s := &scene{start: time.Now()}
	s.bodies = append(s.bodies, newBunny())
	for i := range firstBodies {
		s.bodies = append(s.bodies, newBody(i))
	}
	return s
}

// now returns the scene's time in seconds.
func (s *scene) now() float64 { return time.Since(s.start).Seconds() }

// eachMoving calls fn with the pose of every body that moves by itself.
func (s *scene) eachMoving(fn func(SetPose) error) error {
	now := s.now()
	for _, b := range s.bodies {
		if b.still || b.heldBy != noOne {
			continue
		}
		if err := fn(b.pose(now)); err != nil {
			return err
		}
	}
	return nil
}

// find returns the body of that name, or nil.
func (s *scene) find(name string) *body {
	i := slices.IndexFunc(s.bodies, func(b *body) bool { return b.name == name })
	if i < 0 {
		return nil
	}
	return s.bodies[i]
}

// drag puts a body where a client has it, and returns that pose as all shall see
// it. The last who drags a body has it. It reports false if there is no such
// body, or the pose is none.
func (s *scene) drag(m SetPose, by scenewire.ClientID) (SetPose, bool) {
	b := s.find(m.Name)
	turned, ok := m.WXYZ.unit()
	at := m.Position
	if b == nil || !ok || !at.finite() {
		return SetPose{}, false
	}
	b.heldBy = by
	b.place(at.withinReach(), turned, s.now())
	return b.pose(s.now()), true
}

// release lets a body move on from where it is, if that client holds it.
func (s *scene) release(name string, by scenewire.ClientID) {
	if b := s.find(name); b != nil && b.heldBy == by {
		b.letGo(s.now())
	}
}

// releaseAll lets go of everything that a client holds.
func (s *scene) releaseAll(by scenewire.ClientID) {
	for _, b := range s.bodies {
		if b.heldBy == by {
			b.letGo(s.now())
		}
	}
}

// add returns one more body, or nil if there are enough. It takes the first free
// place, and the name that belongs to it: as names come again, what the log keeps
// of removed bodies is bounded.
func (s *scene) add() *body {
	var taken [maxBodies]bool
	for _, b := range s.bodies {
		if b.shape != "" {
			taken[b.index] = true
		}
	}
	free := slices.Index(taken[:], false)
	if free < 0 {
		return nil
	}
	b := newBody(free)
	s.bodies = append(s.bodies, b)
	return b
}

// remove takes a body out and reports whether it was there. The bunny stays.
func (s *scene) remove(name string) bool {
	before := len(s.bodies)
	s.bodies = slices.DeleteFunc(s.bodies, func(b *body) bool { return b.name == name && name != bunnyName })
	return len(s.bodies) < before
}

package scenewire

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/wsproto"
)

// node creates a thing.
type node struct {
	Name string `msgpack:"name"`
	Gen  int    `msgpack:"gen"`
}

func (n node) RedundancyKey() string { return "node " + n.Name }

// nodePose makes sense only behind its node.
type nodePose struct {
	Name string  `msgpack:"name"`
	X    float64 `msgpack:"x"`
}

func (p nodePose) RedundancyKey() string { return "pose of " + p.Name }
func (p nodePose) Follows() string       { return "node " + p.Name }

// gone removes a node, its pose and all nodes below it.
type gone struct {
	Name string `msgpack:"name"`
}

func (g gone) RedundancyKey() string { return "node " + g.Name }
func (gone) Removes() bool           { return true }

func (g gone) Supersedes() (keys []string, prefix string) {
	return []string{"pose of " + g.Name}, "node " + g.Name + "/"
}

func serveNodes(t *testing.T, configure func(*Options)) *Server {
	return serve(t, func(o *Options) {
		o.Registry = messages.NewRegistry().MustRegister(node{}, nodePose{}, gone{}, note{})
		o.WindowInterval = time.Hour // a test says when windows leave
		if configure != nil {
			configure(o)
		}
	})
}

// broadcast sends all in one window.
func broadcast(t *testing.T, s *Server, all ...Message) {
	t.Helper()
	must(t, s.Atomic(func(b *Batch) error {
		for _, m := range all {
			must(t, b.Broadcast(m))
		}
		return nil
	}))
	s.Flush()
}

func TestRemovalTakesPoseAndChildrenAlong(t *testing.T) {
	s := serveNodes(t, nil)
	v := join(t, s)
	clientOf(t, s, 0)
	broadcast(t, s, node{Name: "a"})
	v.expect(node{Name: "a"})
	broadcast(t, s, nodePose{Name: "a", X: 1}, node{Name: "a/b"}, node{Name: "c"})
	v.expect(nodePose{Name: "a", X: 1}, node{Name: "a/b"}, node{Name: "c"})
	broadcast(t, s, gone{Name: "a"})
	v.expect(gone{Name: "a"})
	if keys := s.Log().Keys(); len(keys) != 1 || keys[0] != "node c" {
		t.Errorf("left in the log: %q", keys)
	}
	late := join(t, s)
	eventually(t, "the late one joins", func() bool { return len(s.Clients()) == 2 })
	late.expect(node{Name: "c"})
}

func TestRecreatedNodeIsRemovedFirstForThoseWhoSawIt(t *testing.T) {
	s := serveNodes(t, nil)
	v := join(t, s)
	clientOf(t, s, 0)
	broadcast(t, s, node{Name: "a", Gen: 1})
	v.expect(node{Name: "a", Gen: 1})
	broadcast(t, s, nodePose{Name: "a", X: 1}, gone{Name: "a"}, node{Name: "a", Gen: 2})
	v.expect(gone{Name: "a"}, node{Name: "a", Gen: 2})
	late := join(t, s)
	late.expect(node{Name: "a", Gen: 2})
}

func TestPoseComesBehindItsNodeForEverybody(t *testing.T) {
	s := serveNodes(t, nil)
	v := join(t, s)
	clientOf(t, s, 0)
	broadcast(t, s, node{Name: "a", Gen: 1})
	v.expect(node{Name: "a", Gen: 1})
	broadcast(t, s, nodePose{Name: "a", X: 5})
	v.expect(nodePose{Name: "a", X: 5})
	broadcast(t, s, node{Name: "a", Gen: 2}) // the pose stays as it was
	v.expect(node{Name: "a", Gen: 2}, nodePose{Name: "a", X: 5})
	join(t, s).expect(node{Name: "a", Gen: 2}, nodePose{Name: "a", X: 5})
}

func TestChurnLeavesNothingBehind(t *testing.T) {
	s := serveNodes(t, func(o *Options) { o.ResumeHorizon = -1 })
	v := join(t, s)
	clientOf(t, s, 0)
	for i := range 20_000 {
		name := fmt.Sprint(i)
		must(t, s.Broadcast(node{Name: name}))
		must(t, s.Broadcast(nodePose{Name: name, X: 1}))
		must(t, s.Broadcast(gone{Name: name}))
	}
	broadcast(t, s, note{N: 1})
	for {
		m, err := v.next()
		must(t, err)
		if m == (note{N: 1}) {
			break
		}
	}
	if n := s.Log().Len(); n != 1 {
		t.Errorf("%d messages are live", n)
	}
	eventually(t, "the removals are dropped", func() bool { return s.log.Removals() == 0 })
}

// Nothing is broadcast behind the removal, so no further tick has it looked after.
func TestLastRemovalOfAllIsDropped(t *testing.T) {
	s := serveNodes(t, func(o *Options) { o.ResumeHorizon = -1 })
	v := join(t, s)
	clientOf(t, s, 0)
	for i := range 2 { // the first one's chores are over when the second is removed
		name := fmt.Sprint(i)
		broadcast(t, s, node{Name: name})
		v.expect(node{Name: name})
		eventually(t, "the chores are over", func() bool { return !s.chores.running.Load() })
		broadcast(t, s, gone{Name: name})
		v.expect(gone{Name: name})
		eventually(t, "the removal is dropped", func() bool { return s.log.Removals() == 0 })
	}
}

func TestTransientsReachThoseWhoAreHere(t *testing.T) {
	s := serveNodes(t, nil)
	v := join(t, s)
	clientOf(t, s, 0)
	broadcast(t, s, node{Name: "a"})
	v.expect(node{Name: "a"})
	must(t, s.BroadcastTransient(note{N: 1}))
	must(t, s.Atomic(func(b *Batch) error {
		must(t, b.BroadcastTransient(note{N: 2}))
		return b.Broadcast(node{Name: "b"})
	}))
	s.Flush()
	v.expect(note{N: 1}, note{N: 2}, node{Name: "b"})
	late := join(t, s)
	late.expect(node{Name: "a"}, node{Name: "b"})
	if err := s.BroadcastTransient(gone{Name: "a"}); !errors.Is(err, ErrTransient) {
		t.Errorf("a transient removal: %v", err)
	}
	if n := s.Log().Len(); n != 2 {
		t.Errorf("%d live messages, want 2", n)
	}
}

func TestLostTransientsAreCounted(t *testing.T) {
	s := serveNodes(t, func(o *Options) { o.MaxTransientMessages = 10 })
	v := join(t, s)
	c := clientOf(t, s, 0)
	must(t, s.Broadcast(note{N: -1})) // leaves at once, and the next ones wait for a flush
	v.expect(note{N: -1})
	for i := range 25 {
		must(t, s.BroadcastTransient(note{N: i}))
	}
	s.Flush()
	for i := 15; i < 25; i++ {
		v.expect(note{N: i})
	}
	if lost := c.Lag().Lost; lost != 15 {
		t.Errorf("%d lost, want 15", lost)
	}
}

func TestClientThatMissedRemovalsHasToComeAgain(t *testing.T) {
	s := serveNodes(t, nil)
	v := join(t, s)
	clientOf(t, s, 0)
	must(t, s.Broadcast(node{Name: "a"})) // leaves at once, and the next ones wait for a flush
	v.expect(node{Name: "a"})
	must(t, s.Broadcast(gone{Name: "a"}))
	s.log.Expire(0, 0)
	s.log.Expire(time.Hour, s.log.Next()) // as if everybody had passed
	s.Flush()
	must(t, s.Broadcast(note{}))
	s.Flush()
	closed, err := v.AwaitClose()
	if err != nil || closed.Code != wsproto.CloseServiceRestart {
		t.Errorf("%v, %v; want 1012", closed, err)
	}
}

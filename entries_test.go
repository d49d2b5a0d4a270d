package scenewire

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/wsproto"
)

// entriesOf encodes messages as another server would.
func entriesOf(t *testing.T, s *Server, all ...Message) []buffers.Entry {
	t.Helper()
	entries := make([]buffers.Entry, len(all))
	for i, m := range all {
		var err error
		entries[i], err = encode(s.opts.Registry, m, buffers.Entry{Except: buffers.NoReader})
		must(t, err)
	}
	return entries
}

func TestEntriesAreBroadcastAsOneBatchWithTheirClaims(t *testing.T) {
	s := serveNodes(t, nil)
	v := join(t, s)
	clientOf(t, s, 0)
	scene := []Message{node{Name: "a"}, nodePose{Name: "a", X: 1}, node{Name: "a/b"}, node{Name: "c"}}
	must(t, s.BroadcastEntries(entriesOf(t, s, scene...)))
	s.Flush()
	v.expectWindow(scene...)
	must(t, s.BroadcastEntries(entriesOf(t, s, gone{Name: "a"})))
	s.Flush()
	v.expectWindow(gone{Name: "a"})
	if keys := s.Log().Keys(); len(keys) != 1 || keys[0] != "node c" {
		t.Errorf("left in the log: %q", keys)
	}
}

func TestEntriesMayExcludeClientsAndBeTransient(t *testing.T) {
	s := serveNodes(t, nil)
	v := join(t, s)
	clientOf(t, s, 0)
	entries := entriesOf(t, s, note{N: 1}, note{N: 2}, note{N: 3})
	entries[0].Except = 0
	entries[1].Transient = true
	must(t, s.BroadcastEntries(entries))
	s.Flush()
	v.expectWindow(note{N: 2}, note{N: 3})
	if n := s.Log().Len(); n != 2 {
		t.Errorf("%d in the log, want 2", n)
	}
}

func TestEntriesThatAreNoMessagesAreRefusedTogether(t *testing.T) {
	s := serveNodes(t, nil)
	good := entriesOf(t, s, note{N: 1})[0]
	for name, payload := range map[string]string{
		"empty":            "",
		"no map":           "\x01",
		"no type":          "\x81\xa1n\x01",
		"something behind": string(good.Payload) + "\x00",
		"cut off":          string(good.Payload[:len(good.Payload)-1]),
	} {
		bad := good
		bad.Payload = []byte(payload)
		err := s.BroadcastEntries([]buffers.Entry{good, good, bad, good})
		if err == nil || !strings.Contains(err.Error(), "entry 2") {
			t.Errorf("%s: %v", name, err)
		}
	}
	both := entriesOf(t, s, gone{Name: "a"})
	both[0].Transient = true
	if err := s.BroadcastEntries(both); !errors.Is(err, ErrTransient) {
		t.Errorf("a transient removal: %v", err)
	}
	if n := s.Log().Len(); n != 0 {
		t.Errorf("%d were queued", n)
	}
	must(t, s.BroadcastEntries(nil))
	must(t, s.Close())
	if err := s.BroadcastEntries([]buffers.Entry{good}); !errors.Is(err, ErrServerClosed) {
		t.Errorf("after Close: %v", err)
	}
}

func TestEntriesAreRecorded(t *testing.T) {
	s := serve(t, nil)
	var asked []string
	h := s.StartRecording(func(m Message) bool {
		asked = append(asked, m.(messages.Raw).Name+" "+m.RedundancyKey())
		return m.RedundancyKey() != ""
	})
	must(t, s.BroadcastEntries(entriesOf(t, s, note{N: 1}, pose{Name: "a"})))
	expectRecorded(t, s, h, pose{Name: "a"})
	if len(asked) != 2 || asked[0] != "note " || asked[1] != "pose pose a" {
		t.Errorf("the filter was asked %q", asked)
	}
}

func TestLargeEntriesAreCompressedOnce(t *testing.T) {
	s := serve(t, nil)
	entries := entriesOf(t, s, note{Text: strings.Repeat("scene ", packBytes)})
	entries[0].Packed, entries[0].Stored = []byte("made elsewhere"), true
	must(t, s.BroadcastEntries(entries))
	join(t, s).expect(note{Text: strings.Repeat("scene ", packBytes)})
	live, _ := s.log.Snapshot()
	if p := live[0].Packed; len(p) == 0 || len(p) > packBytes || live[0].Stored {
		t.Errorf("%d bytes are packed, stored: %v", len(p), live[0].Stored)
	}
	if string(entries[0].Packed) != "made elsewhere" {
		t.Error("the caller's entries were changed")
	}
}

// expectWindow takes a window that has exactly these messages.
func (v *viewer) expectWindow(want ...Message) {
	v.t.Helper()
	got, err := v.window()
	must(v.t, err)
	if !slices.Equal(got, want) {
		v.t.Fatalf("got the window %v, want %v", got, want)
	}
}

func TestReplacedStateReachesClientsInBand(t *testing.T) {
	s := serveNodes(t, nil)
	v := join(t, s)
	clientOf(t, s, 0)
	start := []Message{node{Name: "a"}, node{Name: "b"}, nodePose{Name: "b", X: 1}}
	broadcast(t, s, start...)
	v.expectWindow(start...)
	later := []Message{node{Name: "a"}, nodePose{Name: "b", X: 2}, node{Name: "b"}, note{N: 1}}
	later[1], later[2] = later[2], later[1] // a follower stands behind
	must(t, s.ReplaceEntries(entriesOf(t, s, later...)))
	s.Flush()
	v.expectWindow(nodePose{Name: "b", X: 2}, note{N: 1})
	expectLog(t, s, later...)
	late := join(t, s)
	late.expect(later...)
}

func TestReplacedStateMakesClientsBeginAgain(t *testing.T) {
	for _, subprotocol := range []string{Subprotocol, "viser-v1.0.21"} {
		t.Run(subprotocol, func(t *testing.T) {
			s := serveNodes(t, nil)
			joinIt := func() *viewer {
				return joinAs(t, s, wsproto.GenerationZstd, wstest.Options{Subprotocols: []string{subprotocol}})
			}
			v := joinIt()
			clientOf(t, s, 0)
			broadcast(t, s, node{Name: "a"}, node{Name: "b"}, note{N: 1})
			v.expectWindow(node{Name: "a"}, node{Name: "b"}, note{N: 1})
			state := []Message{node{Name: "b", Gen: 2}, note{N: 2}}
			must(t, s.ReplaceEntries(entriesOf(t, s, state...)))
			again := joinIt() // even before the tick
			s.Flush()
			again.expectWindow(state...)
			if closed, err := v.AwaitClose(); err != nil || closed.Code != wsproto.CloseServiceRestart {
				t.Errorf("closed with %v, %v", closed, err)
			}
			expectLog(t, s, state...)
			broadcast(t, s, node{Name: "c"})
			again.expectWindow(node{Name: "c"})
		})
	}
}

func TestReplacedStateIsAllThatNewClientsGet(t *testing.T) {
	s := serveNodes(t, nil)
	v := join(t, s) // before there is anything
	clientOf(t, s, 0)
	must(t, s.ReplaceEntries(entriesOf(t, s, node{Name: "a"})))
	v.expectWindow(node{Name: "a"})
	must(t, s.ReplaceEntries(nil))
	s.Flush()
	if closed, err := v.AwaitClose(); err != nil || closed.Code != wsproto.CloseServiceRestart {
		t.Errorf("closed with %v, %v", closed, err)
	}
	v = join(t, s)
	eventually(t, "it joins", func() bool { return len(s.Clients()) == 1 })
	broadcast(t, s, node{Name: "c"})
	v.expectWindow(node{Name: "c"})
}

func TestReplacedStateIsCheckedFirst(t *testing.T) {
	s := serveNodes(t, nil)
	must(t, s.Broadcast(node{Name: "a"}))
	if err := s.ReplaceEntries(entriesOf(t, s, node{Name: "b"}, gone{Name: "c"})); !errors.Is(err, buffers.ErrState) {
		t.Errorf("a removal: %v", err)
	}
	if err := s.ReplaceEntries([]buffers.Entry{{Payload: []byte("x")}}); err == nil || !strings.Contains(err.Error(), "entry 0") {
		t.Errorf("no message: %v", err)
	}
	expectLog(t, s, node{Name: "a"})
	must(t, s.Close())
	if err := s.ReplaceEntries(nil); !errors.Is(err, ErrServerClosed) {
		t.Errorf("after Close: %v", err)
	}
}

func TestReplacedStateIsRecordedFromWhereItDiffers(t *testing.T) {
	s := serve(t, nil)
	must(t, s.Broadcast(pose{Name: "a"}))
	must(t, s.Broadcast(note{N: 1}))
	h := s.StartRecording(func(m Message) bool { return m.RedundancyKey() != "pose b" })
	must(t, s.ReplaceEntries(entriesOf(t, s, pose{Name: "a"}, note{N: 1}, pose{Name: "b"}, note{N: 2})))
	expectRecorded(t, s, h, note{N: 2})
}

// expectLog compares the live state, in order.
func expectLog(t *testing.T, s *Server, want ...Message) {
	t.Helper()
	var got []Message
	for _, e := range s.Log().Entries() {
		m, err := s.opts.Registry.Decode(e.Payload)
		must(t, err)
		got = append(got, m)
	}
	if !slices.Equal(got, want) {
		t.Errorf("the log has %v, want %v", got, want)
	}
}

func TestReplacedStateResetsClientsThatResumeInBand(t *testing.T) {
	s := serve(t, nil)
	there, away := openPage(t, s), openPage(t, s)
	must(t, s.Broadcast(pose{Name: "a"}))
	must(t, s.Broadcast(note{N: 1}))
	there.catchUp(t)
	away.catchUp(t)
	away.drop()
	there.resets, away.resets = 0, 0
	must(t, s.ReplaceEntries(entriesOf(t, s, note{N: 2}, pose{Name: "b"})))
	there.catchUp(t)
	away.comeBack(t)
	away.catchUp(t)
	must(t, s.Broadcast(note{N: 3}))
	for name, p := range map[string]*page{"there": there, "away": away} {
		p.catchUp(t)
		if p.resets != 1 || len(p.poses) != 1 || p.poses["b"] != (pose{Name: "b"}) || !slices.Equal(p.notes, []int{2, 3}) {
			t.Errorf("%s: after %d resets it has %v and %v", name, p.resets, p.poses, p.notes)
		}
	}
}

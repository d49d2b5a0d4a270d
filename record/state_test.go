package record

import (
	"fmt"
	"hash/crc32"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/scenewire/scenewire/buffers"
)

// drawPush draws a batch of entries whose claims meet one another often.
func drawPush(t *rapid.T) []buffers.Entry {
	keys := []string{"", "a", "a/b", "a/b/c", "d", "d/e"} // in this order, so that nothing follows in a circle
	draw := func(what string) string { return rapid.SampledFrom(keys).Draw(t, what) }
	batch := make([]buffers.Entry, rapid.IntRange(1, 4).Draw(t, "entries"))
	for i := range batch {
		e := buffers.Entry{Key: draw("key"), Payload: []byte{byte(i)}, Except: buffers.NoReader}
		switch rapid.IntRange(0, 5).Draw(t, "claim") {
		case 0:
			e.Follows = rapid.SampledFrom(keys[:max(1, slices.Index(keys, e.Key))]).Draw(t, "follows")
		case 1:
			e.Removal = true
			e.Supersedes = &buffers.KeySet{Prefix: e.Key + "/"}
		case 2:
			e.Transient = true
		case 3:
			e.Supersedes = &buffers.KeySet{Keys: []string{draw("supersedes")}}
		}
		batch[i] = e
	}
	return batch
}

// drawLogStep does something to a log, and returns what it was as a step.
func drawLogStep(t *rapid.T, log *buffers.Log) Step {
	if rapid.IntRange(0, 9).Draw(t, "what") > 0 {
		batch := drawPush(t)
		first, _, err := log.PushBatch(batch)
		if err != nil {
			t.Fatal(err)
		}
		return Step{Kind: KindPush, Seq: first, Entries: batch}
	}
	s := Step{Kind: KindRemove}
	odd := rapid.Uint64Range(0, 1).Draw(t, "odd")
	log.Remove(func(e *buffers.Entry) bool {
		matches := e.Seq%2 == odd && !e.Removal && !e.Transient
		if matches {
			s.Removed = append(s.Removed, e.Seq)
		}
		return matches
	})
	return s
}

// liveStep describes what is live, with its sequences and claims.
func liveStep(step Step) []string {
	list := []string{fmt.Sprint("next ", step.Seq)}
	for _, e := range step.Entries {
		list = append(list, fmt.Sprint(e.Seq, e.Key, crc32.ChecksumIEEE(e.Payload), e.Follows, e.Supersedes))
	}
	return list
}

func liveOf(log *buffers.Log) []string {
	entries, next := log.Snapshot()
	step := Step{Seq: next}
	for _, e := range entries {
		step.Entries = append(step.Entries, *e)
	}
	return liveStep(step)
}

// TestStateIsTheLogsState applies to a state what is done to a log, and goes over to a
// keyframe of it now and then.
func TestStateIsTheLogsState(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		log := buffers.NewLog(buffers.LogLimits{})
		state := NewState()
		for range rapid.IntRange(1, 60).Draw(rt, "steps") {
			if err := state.Apply(drawLogStep(rt, log)); err != nil {
				rt.Fatal(err)
			}
			if got, want := liveStep(state.Keyframe(day)), liveOf(log); !slices.Equal(got, want) {
				rt.Fatalf("the state is\n%q\nwant\n%q", got, want)
			}
			if rapid.IntRange(0, 4).Draw(rt, "keyframe") == 0 {
				fresh := NewState()
				if err := fresh.Apply(state.Keyframe(day)); err != nil {
					rt.Fatal(err)
				}
				state = fresh
			}
		}
	})
}

func TestStateKeepsNothingThatIsNotLive(t *testing.T) {
	state := NewState()
	for seq := range uint64(1000) {
		e := buffers.Entry{Key: fmt.Sprint(seq % 3), Payload: make([]byte, 10), Except: buffers.NoReader}
		e.Removal, e.Transient = seq%3 == 1, seq%3 == 2
		if err := state.Apply(Step{Kind: KindPush, Seq: seq, Entries: []buffers.Entry{e}}); err != nil {
			t.Fatal(err)
		}
	}
	if n, _ := state.log.Transients(); n != 0 || state.log.Removals() != 0 || state.Len() != 1 || state.Bytes() != 10 {
		t.Errorf("%d transient entries, %d removals, %d live ones of %d bytes", n, state.log.Removals(), state.Len(), state.Bytes())
	}
}

func TestStateTakesSequencesThatAFilterLeavesOut(t *testing.T) {
	state := NewState()
	entry := func(seq uint64, key string) buffers.Entry {
		return buffers.Entry{Seq: seq, Key: key, Except: buffers.NoReader}
	}
	for _, step := range []Step{
		{Kind: KindPush, Seq: 5, Entries: []buffers.Entry{entry(5, "a"), entry(9, "b"), entry(10, "c")}},
		{Kind: KindPush, Seq: 100, Entries: []buffers.Entry{entry(0, "d"), entry(0, "e")}},
		{Kind: KindRemove, Removed: []uint64{9, 100}},
	} {
		if err := state.Apply(step); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for _, e := range state.Keyframe(day).Entries {
		got = append(got, fmt.Sprint(e.Seq, e.Key))
	}
	if want := []string{"5a", "10c", "101e"}; !slices.Equal(got, want) {
		t.Errorf("live are %v, want %v", got, want)
	}
}

// TestStateKeepsNoMemoryOfWhatIsPushed: payloads that are read share it with a chunk.
func TestStateKeepsNoMemoryOfWhatIsPushed(t *testing.T) {
	for name, test := range map[string]struct {
		state *State
		want  byte
	}{"of a reader": {NewState(), 1}, "of a writer": {newState(false), 2}} {
		step := Step{Kind: KindPush, Entries: []buffers.Entry{{Payload: []byte{1}, Except: buffers.NoReader}}}
		if err := test.state.Apply(step); err != nil {
			t.Fatal(err)
		}
		step.Entries[0].Payload[0] = 2
		if got := test.state.Keyframe(day).Entries[0].Payload[0]; got != test.want {
			t.Errorf("%s: the payload is %d, want %d", name, got, test.want)
		}
	}
}

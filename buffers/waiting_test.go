package buffers

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// A cursor's Waiting is what windows give its reader until the end.
func TestWaitingIsWhatWindowsBring(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 1))
	l := NewLog(LogLimits{})
	for i := range 5 * waitingStep {
		key := ""
		if random.IntN(4) > 0 {
			key = fmt.Sprint(random.IntN(3 * waitingStep))
		}
		mustPush(t, l, Entry{Key: key, Payload: make([]byte, random.IntN(9)), Except: NoReader, Transient: i%50 == 0 && key == ""})
	}
	cursors := []uint64{0, 1, 17, uint64(waitingStep), 3 * uint64(waitingStep), l.Next() - 1, l.Next(), l.Next() + 5}
	waiting := l.AppendWaiting([]Waiting{{Entries: -1}}, cursors)
	if len(waiting) != 1+len(cursors) || waiting[0].Entries != -1 {
		t.Fatalf("%d values behind the one that was there", len(waiting)-1)
	}
	for i, from := range cursors {
		w := l.Window(nil, WindowRequest{From: from, To: l.Next(), Reader: NoReader, MaxEntries: -1, MaxBytes: -1})
		want := Waiting{Entries: len(w.Entries), Bytes: int64(w.Bytes)}
		if len(w.Entries) > 0 {
			want.Oldest = w.Entries[0].Seq
		}
		if got := waiting[1+i]; got != want {
			t.Errorf("cursor %d: %+v, want %+v", from, got, want)
		}
	}
	if got := l.AppendWaiting(nil, nil); len(got) != 0 {
		t.Errorf("without cursors: %v", got)
	}
}

func TestSkippedIsWhatWasSuperseded(t *testing.T) {
	l := NewLog(LogLimits{})
	for _, key := range []string{"a", "b", "a", "a", "", "b"} {
		mustPush(t, l, Entry{Key: key, Except: 3})
	}
	for _, reader := range []uint64{3, NoReader} { // whom it excludes doesn't count
		w := l.Window(nil, WindowRequest{To: l.Next(), Reader: reader})
		if w.Skipped != 3 {
			t.Errorf("reader %d: %d skipped, want 3", reader, w.Skipped)
		}
	}
}

func TestPushesOfAKeyAreCounted(t *testing.T) {
	l := NewLog(LogLimits{})
	push := func(e Entry) {
		e.Except = NoReader
		mustPush(t, l, e)
	}
	for range 3 {
		push(Entry{Key: "node"})
	}
	push(Entry{Key: "pose", Follows: "node"})
	push(Entry{Key: "pose", Follows: "node"})
	push(Entry{Key: "node"}) // moves the pose, which wasn't pushed by that
	push(Entry{})
	push(Entry{Key: "other"})
	push(Entry{Key: "other", Removal: true})
	push(Entry{Key: "other"})
	live, _ := l.Snapshot()
	var got []string
	for _, e := range live {
		got = append(got, fmt.Sprint(e.Key, e.Pushes()))
	}
	if want := []string{"node4", "pose2", "1", "other1"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

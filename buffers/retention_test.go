package buffers

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"
	"unsafe"
)

// mustPush is Push for logs that are far from their bounds.
func mustPush(t *testing.T, l *Log, e Entry) uint64 {
	t.Helper()
	seq, err := l.Push(e)
	if err != nil {
		t.Fatal(err)
	}
	return seq
}

// heap is the bytes that are reachable.
func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// Nodes that come and go, each with a pose, leave nothing behind once the
// readers have passed and the horizon is over. It holds for a million as well.
func TestAddingAndRemovingLeavesNothingBehind(t *testing.T) {
	const nodes = 200_000
	l := NewLog(LogLimits{MaxRemovals: -1, ResumeHorizon: time.Minute})
	mustPush(t, l, Entry{Key: "/floor", Payload: []byte("create"), Except: NoReader})
	before, payload := heap(), []byte("payload")
	for i := range nodes {
		key := fmt.Sprintf("/n%d", i)
		mustPush(t, l, Entry{Key: key, Payload: payload, Except: NoReader})
		mustPush(t, l, Entry{Key: key + "/pose", Follows: key, Payload: payload, Except: NoReader})
		mustPush(t, l, Entry{
			Key: key, Removal: true, Supersedes: &KeySet{Prefix: key + "/"}, Payload: payload, Except: NoReader,
		})
		if i%20_000 == 0 {
			l.Expire(time.Duration(i)*time.Microsecond, l.Next())
		}
	}
	if l.Len() != 1 || l.Removals() != nodes {
		t.Errorf("%d live entries and %d removals", l.Len(), l.Removals())
	}
	l.Expire(2*time.Minute, l.Next()) // the last ones hear the time
	l.Expire(3*time.Minute, l.Next())
	if l.Len() != 1 || l.Removals() != 0 || l.Bytes() != 6 {
		t.Errorf("%d live entries, %d removals, %d bytes", l.Len(), l.Removals(), l.Bytes())
	}
	if err := l.entries.check(); err != nil {
		t.Error(err)
	}
	if after := heap(); after > before+1<<20 {
		t.Errorf("heap grew from %d to %d bytes", before, after)
	}
	if want := l.Next(); l.OldestToken() != want {
		t.Errorf("oldest token %d, want %d", l.OldestToken(), want)
	}
}

// One node that is made anew again and again keeps one removal.
func TestChurnOfOneNodeKeepsOneRemoval(t *testing.T) {
	l := NewLog(LogLimits{})
	for range 100_000 {
		mustPush(t, l, entry("/a", "create"))
		mustPush(t, l, Entry{Key: "/a", Removal: true, Payload: []byte("remove"), Except: NoReader})
	}
	mustPush(t, l, entry("/a", "create"))
	if l.Len() != 1 || l.Removals() != 1 || len(l.kept.removals.marks) > 100 {
		t.Errorf("%d live entries, %d removals, %d marks", l.Len(), l.Removals(), len(l.kept.removals.marks))
	}
}

func TestExpiredRemovalIsFreedUnderItsNewCreation(t *testing.T) {
	l := NewLog(LogLimits{ResumeHorizon: -1})
	mustPush(t, l, entry("/a", "create"))
	before := heap()
	mustPush(t, l, Entry{Key: "/a", Removal: true, Payload: make([]byte, 8<<20), Except: NoReader})
	mustPush(t, l, entry("/a", "create"))
	l.Expire(0, l.Next())
	if after := heap(); after > before+1<<20 {
		t.Errorf("heap grew from %d to %d bytes", before, after)
	}
	runtime.KeepAlive(l)
}

func TestRemovalIsKeptForItsHorizonAndForLaggards(t *testing.T) {
	l := NewLog(LogLimits{ResumeHorizon: time.Minute})
	mustPush(t, l, entry("/a", "create"))
	at := mustPush(t, l, Entry{Key: "/a", Removal: true, Except: NoReader})
	for _, step := range []struct {
		name   string
		now    time.Duration
		passed uint64
		kept   int
		oldest uint64
	}{
		{"first heard of", 10 * time.Second, NoReader, 1, 0},
		{"too young", 69 * time.Second, NoReader, 1, 0},
		{"a laggard stands before it", 5 * time.Minute, at, 1, 0},
		{"all passed", 5 * time.Minute, at + 1, 0, at + 1},
	} {
		l.Expire(step.now, step.passed)
		if l.Removals() != step.kept || l.OldestToken() != step.oldest {
			t.Errorf("%s: %d removals, oldest token %d", step.name, l.Removals(), l.OldestToken())
		}
	}
}

// Removals that somebody needs go at the bound all the same, and those readers
// are told. Whoever joins later is not.
func TestReaderThatMissedARemovalBeginsAgain(t *testing.T) {
	l := NewLog(LogLimits{MaxRemovals: 1})
	for _, key := range []string{"/a", "/b"} {
		mustPush(t, l, entry(key, "create"))
	}
	for _, key := range []string{"/a", "/b"} {
		mustPush(t, l, Entry{Key: key, Removal: true, Except: NoReader})
	}
	for _, r := range []struct {
		name   string
		cursor Cursor
		reset  bool
	}{
		{"saw /a, missed its removal", ResumeAt(1, 0), true},
		{"passed the removal", ResumeAt(3, 0), false},
		{"new", JoinAt(4), false},
	} {
		r.cursor.Tick(l.Next())
		w := l.Window(nil, r.cursor.Request(1))
		if w.Reset != r.reset || w.Reset && (w.To != w.From || len(w.Entries) > 0) {
			t.Errorf("%s: %+v", r.name, w)
		}
	}
}

func TestTransientEntryMayNotClaim(t *testing.T) {
	l := NewLog(LogLimits{})
	for _, e := range []Entry{
		{Transient: true, Removal: true}, {Transient: true, Supersedes: &KeySet{Prefix: "/"}},
	} {
		if _, err := l.Push(e); !errors.Is(err, ErrTransient) || l.Next() != 0 {
			t.Errorf("%+v: err = %v", e, err)
		}
	}
}

func TestTransientEntriesBeyondTheirBounds(t *testing.T) {
	l := NewLog(LogLimits{MaxTransientEntries: 3, MaxTransientBytes: 10, MaxTransientAge: time.Second})
	batch := func(n, size int) (es []Entry) {
		for range n {
			es = append(es, Entry{Transient: true, Payload: make([]byte, size), Except: NoReader})
		}
		return es
	}
	for _, es := range [][]Entry{batch(4, 1), batch(1, 11), batch(2, 6)} {
		if _, _, err := l.PushBatch(es); !errors.Is(err, ErrFull) {
			t.Errorf("batch of %d: err = %v", len(es), err)
		}
	}
	for range 2 {
		if _, _, err := l.PushBatch(batch(2, 2)); err != nil { // the second pushes one out
			t.Fatal(err)
		}
	}
	l.Expire(0, 0)
	mustPush(t, l, batch(1, 1)[0]) // pushes another out
	l.Expire(time.Second, 0)       // the two first known of a second ago go
	if n, bytes := l.Transients(); n != 1 || bytes != 1 || l.LostTransients() != 4 {
		t.Errorf("%d entries of %d bytes, %d lost", n, bytes, l.LostTransients())
	}
	w := l.Window(nil, WindowRequest{To: ^uint64(0), Reader: NoReader})
	if len(w.Entries) != 1 || w.Lost != 4 {
		t.Errorf("%d entries, %d lost", len(w.Entries), w.Lost)
	}
	w = l.Window(nil, WindowRequest{From: 1, To: ^uint64(0), Reader: NoReader})
	if w.Lost != 3 {
		t.Errorf("a reader at 1 lost %d", w.Lost)
	}
	l.Expire(time.Second, NoReader)
	if n, _ := l.Transients(); n != 0 || len(l.kept.lost.seqs) != 0 {
		t.Errorf("%d entries, %d losses are kept though nobody is there", n, len(l.kept.lost.seqs))
	}
}

func TestLossesAreBounded(t *testing.T) {
	var l lostList
	for seq := range uint64(3 * maxLost) {
		l.add(seq)
	}
	if n, end := l.between(0, NoReader); n != 3*maxLost || end != 3*maxLost || len(l.seqs) > maxLost {
		t.Errorf("%d lost up to %d, %d kept apart", n, end, len(l.seqs))
	}
	if n, _ := l.between(3*maxLost-10, NoReader); n != 10 {
		t.Errorf("%d lost at the end", n)
	}
	l.passed(l.foldedEnd)
	if n, _ := l.between(0, NoReader); n != uint64(len(l.seqs)) {
		t.Errorf("%d lost, %d kept apart", n, len(l.seqs))
	}
	if l.passed(NoReader); l.seqs != nil || l.total != 3*maxLost {
		t.Errorf("%d kept, %d in all", len(l.seqs), l.total)
	}
}

// A removal always fits, and makes room.
func TestRemovalFitsAFullLog(t *testing.T) {
	l := NewLog(LogLimits{MaxEntries: 2, MaxBytes: 12})
	mustPush(t, l, entry("/a", "create"))
	mustPush(t, l, Entry{Key: "/a/pose", Payload: []byte("pose"), Except: NoReader})
	if _, err := l.Push(entry("/b", "create")); !errors.Is(err, ErrFull) {
		t.Fatalf("err = %v", err)
	}
	mustPush(t, l, Entry{
		Key: "/a", Removal: true, Supersedes: &KeySet{Prefix: "/a/"}, Payload: []byte("remove"), Except: NoReader,
	})
	mustPush(t, l, entry("/b", "create"))
	if got := l.Keys(); !slices.Equal(got, []string{"/b"}) {
		t.Errorf("keys %q", got)
	}
}

// Entries in memory are many: their size is a decision.
func TestEntrySize(t *testing.T) {
	if size := unsafe.Sizeof(Entry{}); size > 128 && unsafe.Sizeof(uintptr(0)) == 8 {
		t.Errorf("an entry takes %d bytes", size)
	}
}

// A chain of followers moves as one, also when it is a circle.
func TestFollowersInACircle(t *testing.T) {
	l := NewLog(LogLimits{})
	mustPush(t, l, Entry{Key: "a", Follows: "c", Except: NoReader})
	mustPush(t, l, Entry{Key: "b", Follows: "a", Except: NoReader})
	mustPush(t, l, Entry{Key: "c", Follows: "b", Except: NoReader})
	mustPush(t, l, Entry{Key: "b", Follows: "b", Except: NoReader}) // itself: nothing
	if got := l.Keys(); !slices.Equal(got, []string{"b", "c", "a"}) {
		t.Errorf("keys %q", got)
	}
	mustPush(t, l, Entry{Key: "b", Removal: true, Except: NoReader})
	if l.Len() != 0 {
		t.Errorf("%d entries follow what is removed", l.Len())
	}
	if err := l.entries.check(); err != nil {
		t.Error(err)
	}
}

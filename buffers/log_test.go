package buffers

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func entry(key, payload string) Entry {
	return Entry{Key: key, Payload: []byte(payload), Except: NoReader}
}

func TestLogEmptyBatchAppendsNothing(t *testing.T) {
	l := NewLog(LogLimits{})
	if first, last, err := l.PushBatch(nil); first != 0 || last != 0 || err != nil {
		t.Fatalf("got %d, %d, %v", first, last, err)
	}
	if l.Next() != 0 || l.Len() != 0 {
		t.Fatalf("next %d, len %d", l.Next(), l.Len())
	}
}

func TestLogCallerMayReuseBatch(t *testing.T) {
	l := NewLog(LogLimits{})
	es := []Entry{entry("a", "1"), entry("b", "1")}
	if _, _, err := l.PushBatch(es); err != nil {
		t.Fatal(err)
	}
	es[0], es[1] = Entry{}, Entry{}
	if got := l.Keys(); !slices.Equal(got, []string{"a", "b"}) {
		t.Fatalf("keys %q", got)
	}
}

func TestPackedFormCountsInTheBufferNotInTheWindow(t *testing.T) {
	l := NewLog(LogLimits{MaxBytes: 10})
	e := Entry{Key: "a", Payload: []byte("12345"), Packed: []byte("123"), Stored: true, Except: NoReader}
	if _, err := l.Push(e); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Push(entry("b", "123")); !errors.Is(err, ErrFull) {
		t.Errorf("err = %v, want ErrFull", err)
	}
	w := l.Window(nil, WindowRequest{To: 1, Reader: NoReader})
	if l.Bytes() != 8 || w.Bytes != 5 {
		t.Errorf("log has %d bytes, window %d", l.Bytes(), w.Bytes)
	}
	if got := w.Entries[0]; string(got.Packed) != "123" || !got.Stored {
		t.Errorf("got %+v", got)
	}
}

func TestLogUnlimited(t *testing.T) {
	l := NewLog(LogLimits{MaxEntries: -1, MaxBytes: -1})
	for range 3 {
		if _, err := l.Push(entry("", "x")); err != nil {
			t.Fatal(err)
		}
	}
}

func TestLogFull(t *testing.T) {
	l := NewLog(LogLimits{MaxEntries: 1})
	if _, err := l.Push(entry("a", "1")); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Push(entry("b", "1")); !errors.Is(err, ErrFull) {
		t.Fatalf("err = %v", err)
	}
}

func TestWindowAheadOfLogIsEmpty(t *testing.T) {
	l := NewLog(LogLimits{})
	w := l.Window(nil, WindowRequest{From: 7, To: ^uint64(0), Reader: NoReader})
	if w.From != 7 || w.To != 7 || len(w.Entries) != 0 {
		t.Fatalf("window %+v", w)
	}
}

func TestWindowAppendsToDst(t *testing.T) {
	l := NewLog(LogLimits{})
	for _, key := range []string{"a", "b", "c"} {
		if _, err := l.Push(entry(key, "1")); err != nil {
			t.Fatal(err)
		}
	}
	held := &Entry{Seq: 99}
	w := l.Window([]*Entry{held}, WindowRequest{To: 3, Reader: NoReader, MaxEntries: 2})
	if len(w.Entries) != 3 || w.Entries[0] != held || w.To != 2 || w.Bytes != 2 {
		t.Fatalf("window %+v", w)
	}
}

func TestWindowLeavesNothingBehindItsEntries(t *testing.T) {
	l := NewLog(LogLimits{})
	es := []Entry{entry("a", "1"), entry("b", "1"), entry("c", "1")}
	es[0].Except = 7
	if _, _, err := l.PushBatch(es); err != nil {
		t.Fatal(err)
	}
	w := l.Window(make([]*Entry, 0, 8), WindowRequest{To: 3, Reader: 7, Live: true})
	for _, e := range w.Entries[len(w.Entries):cap(w.Entries)] {
		if e != nil {
			t.Errorf("entry %d is reachable behind the window", e.Seq)
		}
	}
}

func TestWindowDefaults(t *testing.T) {
	l := NewLog(LogLimits{})
	for range 300 {
		if _, err := l.Push(entry("", strings.Repeat("x", 1<<14))); err != nil {
			t.Fatal(err)
		}
	}
	req := WindowRequest{To: l.Next(), Reader: NoReader}
	if w := l.Window(nil, req); w.Bytes != DefaultWindowBytes || len(w.Entries) != 64 {
		t.Errorf("%d entries, %d bytes", len(w.Entries), w.Bytes)
	}
	req.MaxBytes = -1
	if w := l.Window(nil, req); len(w.Entries) != DefaultWindowEntries {
		t.Errorf("%d entries", len(w.Entries))
	}
	req.MaxEntries = -1
	if w := l.Window(nil, req); len(w.Entries) != 300 || w.To != 300 {
		t.Errorf("%d entries to %d", len(w.Entries), w.To)
	}
}

func TestWindowAllocatesNothing(t *testing.T) {
	l := NewLog(LogLimits{})
	for i := range 1000 {
		if _, err := l.Push(entry(fmt.Sprint(i%100), "payload")); err != nil {
			t.Fatal(err)
		}
	}
	for _, most := range []int{128, 50} { // all there is, and as much as fits
		dst := make([]*Entry, 0, min(most, 100))
		req := WindowRequest{From: 10, To: l.Next(), Reader: 3, MaxEntries: most, Live: true}
		if n := testing.AllocsPerRun(100, func() { l.Window(dst, req) }); n != 0 {
			t.Errorf("%v allocations for %d entries", n, most)
		}
	}
}

// Many nodes added and removed leave nothing behind, and neither do many pushes
// on few keys.
func TestLogMemoryFollowsLiveEntries(t *testing.T) {
	l := NewLog(LogLimits{MaxEntries: -1})
	for i := range 200_000 {
		if _, err := l.Push(entry(fmt.Sprint(i), "")); err != nil {
			t.Fatal(err)
		}
	}
	if n := l.Remove(func(e *Entry) bool { return e.Seq >= 10 }); n != 199_990 {
		t.Fatalf("removed %d", n)
	}
	c := &l.entries
	if cap(c.slots) > 500 || cap(c.packed) > 500 || cap(c.alive.levels[0]) > 500 || c.indexPeak > 500 {
		t.Errorf("kept %d slots, %d sequences, %d words, %d keys for 10 entries",
			cap(c.slots), cap(c.packed), cap(c.alive.levels[0]), c.indexPeak)
	}
	for i := range 200_000 {
		if _, err := l.Push(Entry{Key: [...]string{"a", "b", "c"}[i%3], Except: NoReader}); err != nil {
			t.Fatal(err)
		}
	}
	if l.Len() != 13 || cap(c.slots) > 500 {
		t.Errorf("%d live entries in %d slots", l.Len(), cap(c.slots))
	}
	if err := c.check(); err != nil {
		t.Error(err)
	}
}

func TestCulledPayloadIsFreed(t *testing.T) {
	l := NewLog(LogLimits{})
	var freed atomic.Bool
	func() {
		payload := make([]byte, 1<<16)
		runtime.AddCleanup(&payload[0], func(struct{}) { freed.Store(true) }, struct{}{})
		if _, err := l.Push(Entry{Key: "a", Payload: payload, Except: NoReader}); err != nil {
			t.Fatal(err)
		}
	}()
	if _, err := l.Push(entry("a", "2")); err != nil {
		t.Fatal(err)
	}
	for range 100 {
		runtime.GC()
		if freed.Load() {
			runtime.KeepAlive(l)
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Error("the payload of a culled entry is still reachable")
}

func TestRemoveMayUseLog(t *testing.T) {
	l := NewLog(LogLimits{})
	for _, key := range []string{"a", "b"} {
		if _, err := l.Push(entry(key, "1")); err != nil {
			t.Fatal(err)
		}
	}
	n := l.Remove(func(e *Entry) bool {
		for range 100 { // superseded while Remove looks: not removed
			if _, err := l.Push(entry("a", "2")); err != nil {
				t.Error(err)
			}
		}
		return e.Key == "a"
	})
	if got := l.Keys(); n != 0 || !slices.Equal(got, []string{"b", "a"}) {
		t.Fatalf("removed %d, left %q", n, got)
	}
}

// Producers push pairs as batches while readers of every pace read. A live
// reader never holds a torn pair; at rest all readers hold the live state.
func TestLogUnderConcurrency(t *testing.T) {
	const producers, rounds = 3, 400
	l := NewLog(LogLimits{})
	var producing sync.WaitGroup
	for p := range producers {
		producing.Go(func() {
			for i := range rounds {
				value := fmt.Sprintf("%d", i)
				a, b := entry(fmt.Sprintf("pos/%d", p), value), entry(fmt.Sprintf("rot/%d", p), value)
				if _, _, err := l.PushBatch([]Entry{a, b}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	var rest atomic.Bool
	var reading sync.WaitGroup
	for r := range 4 {
		reading.Go(func() { followLog(t, l, &rest, r) })
	}
	producing.Wait()
	rest.Store(true)
	reading.Wait()
}

// checkPairs verifies that both values of each pair come from one batch.
func checkPairs(t *testing.T, held map[string]string) {
	t.Helper()
	for key, pos := range held {
		if p, ok := strings.CutPrefix(key, "pos/"); ok && held["rot/"+p] != pos {
			t.Errorf("pair %s is torn: %s and %s", p, pos, held["rot/"+p])
		}
	}
}

// followLog reads until the log rests, and compares what it holds. A reader
// with an odd number is live: its windows keep batches whole.
func followLog(t *testing.T, l *Log, rest *atomic.Bool, r int) {
	held := map[string]string{}
	var cursor uint64
	for {
		over := rest.Load()
		w := l.Window(nil, WindowRequest{
			From: cursor, To: ^uint64(0), Reader: uint64(r), MaxEntries: 6 + r, Live: r%2 == 1,
		})
		for _, e := range w.Entries {
			held[e.Key] = string(e.Payload)
		}
		cursor = w.To
		if r%2 == 1 {
			checkPairs(t, held)
		}
		if over && cursor == l.Next() {
			break
		}
		runtime.Gosched()
	}
	live, _ := l.Snapshot()
	for _, e := range live {
		if held[e.Key] != string(e.Payload) {
			t.Errorf("reader %d holds %q of %s, want %q", r, held[e.Key], e.Key, e.Payload)
		}
	}
}

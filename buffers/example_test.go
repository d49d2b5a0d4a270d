package buffers_test

import (
	"fmt"
	"time"

	"github.com/scenewire/scenewire/buffers"
)

// entry is an entry for everybody.
func entry(key, payload string) buffers.Entry {
	return buffers.Entry{Key: key, Payload: []byte(payload), Except: buffers.NoReader}
}

// must is for logs that are far from their bounds.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// A late joiner gets the newest entry of each key, in order.
func ExampleLog() {
	log := buffers.NewLog(buffers.LogLimits{})
	must(log.Push(entry("lamp", "off")))
	must(log.Push(entry("door", "open")))
	must(log.Push(entry("lamp", "on")))

	w := log.Window(nil, buffers.WindowRequest{From: 0, To: log.Next(), Reader: buffers.NoReader})
	for _, e := range w.Entries {
		fmt.Printf("%d %s=%s\n", e.Seq, e.Key, e.Payload)
	}
	fmt.Println("next cursor", w.To)
	// Output:
	// 1 door=open
	// 2 lamp=on
	// next cursor 3
}

// A batch reaches a live reader in one window, even beyond its count.
func ExampleLog_PushBatch() {
	log := buffers.NewLog(buffers.LogLimits{})
	first, last, err := log.PushBatch([]buffers.Entry{entry("pos", "1 2 3"), entry("rot", "0 0 1")})
	fmt.Println(first, last, err)

	w := log.Window(nil, buffers.WindowRequest{To: log.Next(), Reader: 7, MaxEntries: 1, Live: true})
	fmt.Println(len(w.Entries), "entries")
	// Output:
	// 0 1 <nil>
	// 2 entries
}

// Two readers stand at one cursor. Their windows have the same borders; the one
// who is excluded gets no entry.
func ExampleLog_Window_exclusion() {
	log := buffers.NewLog(buffers.LogLimits{})
	e := entry("pointer/4", "10,20")
	e.Except = 4
	must(log.Push(e))

	for _, reader := range []uint64{4, 5} {
		w := log.Window(nil, buffers.WindowRequest{To: log.Next(), Reader: reader})
		fmt.Printf("reader %d: [%d,%d) %d entries, not for %d\n", reader, w.From, w.To, len(w.Entries), w.Excluded)
	}
	// Output:
	// reader 4: [0,1) 0 entries, not for [4]
	// reader 5: [0,1) 1 entries, not for [4]
}

// A reader follows a log tick by tick.
func ExampleCursor() {
	log := buffers.NewLog(buffers.LogLimits{})
	must(log.Push(entry("a", "1")))

	var cursor buffers.Cursor
	for range 2 {
		cursor.Tick(log.Next())
		w := log.Window(nil, cursor.Request(7))
		cursor.Advance(w)
		fmt.Println("live", cursor.Live(), "entries", len(w.Entries))
		must(log.Push(entry("a", "2")))
	}
	// Output:
	// live false entries 1
	// live true entries 1
}

// A private queue forgets what is popped.
func ExampleQueue() {
	var q buffers.Queue
	for _, e := range []buffers.Entry{entry("toast", "saving"), entry("", "bell"), entry("toast", "saved")} {
		if err := q.Push(e); err != nil {
			panic(err)
		}
	}
	for _, e := range q.Pop(nil, 128, 1<<20) {
		fmt.Printf("%s\n", e.Payload)
	}
	fmt.Println(q.Len(), "left")
	// Output:
	// bell
	// saved
	// 0 left
}

// Windows leave at most once per interval, unless flushed.
func ExamplePacer() {
	var p buffers.Pacer
	p.Init(16 * time.Millisecond)
	now := time.Second
	fmt.Println(p.Wait(now))
	p.Sent(now)
	fmt.Println(p.Wait(now + 6*time.Millisecond))
	p.Flush()
	fmt.Println(p.Wait(now + 6*time.Millisecond))
	// Output:
	// 0s
	// 10ms
	// 0s
}

// The frame of a window is built once and shared by reference. A reader that
// the shared one excludes gets its own.
func ExampleFrameCache() {
	var pool buffers.FramePool
	var cache buffers.FrameCache
	build := func() (*buffers.Frame, error) {
		fmt.Println("building")
		f := pool.Get(64)
		f.Set(append(f.Buffer(), "the bytes of window [0,2)"...))
		f.Excluded = []uint64{4}
		return f, nil
	}
	for _, reader := range []uint64{5, 6, 4} {
		f := must(cache.Get(buffers.FrameKey{From: 0, To: 2, Reader: buffers.NoReader}, build))
		fmt.Println(reader, "may share:", !f.Excludes(reader))
		f.Release()
	}
	cache.Clear()
	fmt.Println(pool.Live(), "frames left")
	// Output:
	// building
	// 5 may share: true
	// 6 may share: true
	// 4 may share: false
	// 0 frames left
}

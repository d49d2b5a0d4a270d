package buffers

import (
	"fmt"
	"testing"
	"time"
)

var benchPayload = make([]byte, 256)

// benchKeys are n redundancy keys as a scene has them.
func benchKeys(n int) []string {
	keys := make([]string, n)
	for i := range keys {
		keys[i] = fmt.Sprintf("node/%d/pose", i)
	}
	return keys
}

// benchLog is a log after so many pushes, round over the keys.
func benchLog(b *testing.B, pushed int, keys []string) *Log {
	b.Helper()
	l := NewLog(LogLimits{MaxEntries: -1, MaxBytes: -1})
	for i := range pushed {
		push(b, l, keys[i%len(keys)])
	}
	return l
}

func push(b *testing.B, l *Log, key string) {
	if _, err := l.Push(Entry{Key: key, Payload: benchPayload, Except: NoReader}); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkLogPush is the cost of superseding one of so many live keys,
// compaction and garbage included, encoding left out.
func BenchmarkLogPush(b *testing.B) {
	for _, n := range []int{1, 1000, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("keys=%d", n), func(b *testing.B) {
			keys := benchKeys(n)
			l := benchLog(b, n, keys)
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				push(b, l, keys[i])
				if i++; i == n {
					i = 0
				}
			}
		})
	}
}

// BenchmarkLogPushBatch is the cost of a batch that supersedes 100 keys.
func BenchmarkLogPushBatch(b *testing.B) {
	keys := benchKeys(100)
	l := benchLog(b, 100, keys)
	es := make([]Entry, 100)
	for i := range es {
		es[i] = Entry{Key: keys[i], Payload: benchPayload, Except: NoReader}
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := l.PushBatch(es); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLogPushRules is the cost of pushes that claim something, among so
// many live keys of nodes with a pose each: a pose that follows its node, a node
// with one follower created again, and a node removed by prefix and created anew
// with its pose. It claims that the number of live keys does not matter much.
func BenchmarkLogPushRules(b *testing.B) {
	for _, nodes := range []int{1000, 100_000} {
		names, poses := make([]string, nodes), make([]string, nodes)
		l := NewLog(LogLimits{MaxEntries: -1, MaxBytes: -1, MaxRemovals: 1000})
		create := func(i int) {
			push(b, l, names[i])
		}
		pose := func(i int) {
			if _, err := l.Push(Entry{Key: poses[i], Follows: names[i], Payload: benchPayload, Except: NoReader}); err != nil {
				b.Fatal(err)
			}
		}
		for i := range nodes {
			names[i], poses[i] = fmt.Sprintf("/%d", i), fmt.Sprintf("/%d/pose", i)
			create(i)
			pose(i)
		}
		run := func(name string, step func(i int)) {
			b.Run(fmt.Sprintf("%s/nodes=%d", name, nodes), func(b *testing.B) {
				b.ReportAllocs()
				for i := 0; b.Loop(); i++ {
					step(i % nodes)
				}
			})
		}
		run("follower", pose)
		run("followed", create)
		run("prefix", func(i int) {
			_, err := l.Push(Entry{
				Key: names[i], Removal: true, Supersedes: &KeySet{Prefix: names[i] + "/"},
				Payload: benchPayload, Except: NoReader,
			})
			if err != nil {
				b.Fatal(err)
			}
			create(i)
			pose(i)
		})
	}
}

// BenchmarkLogCompact is the longest time that a push may hold the lock: moving
// so many live entries together after as many were culled.
func BenchmarkLogCompact(b *testing.B) {
	for _, n := range []int{1000, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("live=%d", n), func(b *testing.B) {
			keys := benchKeys(n)
			l := NewLog(LogLimits{MaxEntries: -1, MaxBytes: -1})
			var spent time.Duration
			for b.Loop() {
				for len(l.entries.slots) < 2*n {
					push(b, l, keys[len(l.entries.slots)%n])
				}
				begin := time.Now()
				l.entries.compact()
				spent += time.Since(begin)
			}
			b.ReportMetric(float64(spent.Nanoseconds())/float64(b.N), "ns/compact")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkLogJoin is a late joiner that reads everything in windows of 128
// after so many pushes. It claims that pushes that are culled cost it nothing.
func BenchmarkLogJoin(b *testing.B) {
	for _, pushed := range []int{10_000, 10_000_000} {
		b.Run(fmt.Sprintf("pushed=%d/keys=1000", pushed), func(b *testing.B) {
			l := benchLog(b, pushed, benchKeys(1000))
			dst := make([]*Entry, 0, DefaultWindowEntries)
			b.ReportAllocs()
			for b.Loop() {
				if n := readAll(l, dst); n != 1000 {
					b.Fatalf("read %d entries", n)
				}
			}
		})
	}
}

// readAll reads a log from its start, and counts.
func readAll(l *Log, dst []*Entry) (entries int) {
	end := l.Next()
	for cursor := uint64(0); cursor < end; {
		w := l.Window(dst, WindowRequest{From: cursor, To: end, Reader: NoReader})
		entries += len(w.Entries)
		cursor = w.To
	}
	return entries
}

// BenchmarkLogWindow is one window of 128 entries for a live reader that is
// half the log behind, with so many entries live and so many culled ones just
// before what it reads. It claims that neither number matters much.
func BenchmarkLogWindow(b *testing.B) {
	for _, bb := range []struct{ live, dead int }{
		{1000, 0}, {100_000, 0}, {1_000_000, 0}, {1_000_000, 500_000},
	} {
		b.Run(fmt.Sprintf("live=%d/dead=%d", bb.live, bb.dead), func(b *testing.B) {
			l := benchLog(b, bb.live/2, benchKeys(bb.live/2))
			from := l.Next()
			for range bb.dead {
				push(b, l, "hot")
			}
			for _, key := range benchKeys(bb.live)[bb.live/2:] {
				push(b, l, key)
			}
			dst := make([]*Entry, 0, DefaultWindowEntries)
			req := WindowRequest{From: from, To: l.Next(), Reader: NoReader, Live: true}
			b.ReportAllocs()
			for b.Loop() {
				if w := l.Window(dst, req); len(w.Entries) != DefaultWindowEntries {
					b.Fatalf("%d entries", len(w.Entries))
				}
			}
		})
	}
}

// BenchmarkQueuePushPop is one burst to one client: so many entries pushed to
// an empty queue, all popped.
func BenchmarkQueuePushPop(b *testing.B) {
	for _, n := range []int{1, 16, 128} {
		b.Run(fmt.Sprintf("entries=%d", n), func(b *testing.B) {
			keys := benchKeys(n)
			dst := make([]*Entry, 0, n)
			var q Queue
			b.ReportAllocs()
			for b.Loop() {
				for _, key := range keys {
					if err := q.Push(Entry{Key: key, Payload: benchPayload}); err != nil {
						b.Fatal(err)
					}
				}
				if got := q.Pop(dst, n, 0); len(got) != n {
					b.Fatalf("popped %d", len(got))
				}
			}
		})
	}
}

// BenchmarkFrameCacheGet is finding a frame that is built, as each live client
// does once per window; parallel is all cores at one cache.
func BenchmarkFrameCacheGet(b *testing.B) {
	var c FrameCache
	var pool FramePool
	build := func() (*Frame, error) { return pool.Get(1024), nil }
	get := func(i int) {
		f, err := c.Get(FrameKey{From: uint64(i % 64), To: 64, Reader: NoReader}, build)
		if err != nil {
			b.Error(err)
			return
		}
		f.Release()
	}
	b.Run("hit", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			get(i)
		}
	})
	b.Run("parallel", func(b *testing.B) {
		b.ReportAllocs()
		b.RunParallel(func(pb *testing.PB) {
			for i := 0; pb.Next(); i++ {
				get(i)
			}
		})
	})
	b.Run("build", func(b *testing.B) {
		b.ReportAllocs()
		for i := 64; b.Loop(); i++ {
			f, err := c.Get(FrameKey{From: uint64(i)}, build)
			if err != nil {
				b.Fatal(err)
			}
			f.Release()
		}
	})
}

// BenchmarkFramePoolGet is a frame got, filled with 8 KiB and released.
func BenchmarkFramePoolGet(b *testing.B) {
	var pool FramePool
	content := make([]byte, 8<<10)
	b.ReportAllocs()
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		f := pool.Get(len(content))
		f.Set(append(f.Buffer(), content...))
		f.Release()
	}
}

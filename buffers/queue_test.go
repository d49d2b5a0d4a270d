package buffers

import (
	"errors"
	"sync"
	"testing"
	"unsafe"

	"pgregory.net/rapid"
)

// runQueueProgram compares a Queue with the model: pop is a live window from
// the start, whose entries are then gone.
func runQueueProgram(t failer, src source) {
	lim := QueueLimits{MaxEntries: drawLimit(src, 30), MaxBytes: int64(drawLimit(src, 120))}
	var q Queue
	q.Init(lim)
	m := &model{maxEntries: limit(lim.MaxEntries, 16384), maxBytes: limit64(lim.MaxBytes, 64<<20), queue: true}
	for scene := newScene(src, 1); src.more(); {
		switch op := src.intn(8); {
		case op < 4:
			pushBoth(t, &q, m, scene.batch())
		case op < 6:
			popBoth(t, &q, m, drawLimit(src, 8), drawLimit(src, 30))
		case op < 7:
			key := sceneKeys[src.intn(len(sceneKeys))]
			got := q.Remove(func(e *Entry) bool { return e.Key == key })
			if want := m.remove(func(k string) bool { return k == key }); got != want {
				t.Fatalf("removed %d, want %d", got, want)
			}
		default:
			q.Clear()
			m.live = nil
		}
		compareQueue(t, &q, m)
	}
}

func pushBoth(t failer, q *Queue, m *model, es []Entry) {
	t.Helper()
	fits := m.push(es)
	if err := q.PushBatch(es); fits != (err == nil) {
		t.Fatalf("push of %d entries: err = %v, model accepts: %v", len(es), err, fits)
	}
}

func popBoth(t failer, q *Queue, m *model, maxEntries, maxBytes int) {
	t.Helper()
	want := m.window(WindowRequest{
		To: m.next, Reader: NoReader, MaxEntries: maxEntries, MaxBytes: maxBytes, Live: true,
	}).entries
	m.live = m.live[len(want):]
	got := q.Pop(nil, maxEntries, maxBytes)
	if describe(got) != describeModel(want) {
		t.Fatalf("popped %s, want %s", describe(got), describeModel(want))
	}
}

func compareQueue(t failer, q *Queue, m *model) {
	t.Helper()
	if q.Len() != len(m.live) || q.Bytes() != memoryOf(m.live) {
		t.Fatalf("Len %d, Bytes %d; want %d, %d", q.Len(), q.Bytes(), len(m.live), memoryOf(m.live))
	}
	if q.entries == nil {
		return
	}
	if q.entries.live == 0 {
		t.Fatalf("an empty queue keeps its memory")
	}
	if err := q.entries.check(); err != nil {
		t.Fatalf("%v", err)
	}
}

func TestQueueBehavesLikeModel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		runQueueProgram(rt, &rapidSource{t: rt, steps: 60})
	})
}

func FuzzQueue(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{0, 0, 1, 9, 9, 9, 1, 9, 4, 2, 2, 7})
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<10 {
			t.Skip("the model is slow")
		}
		runQueueProgram(t, &byteSource{data})
	})
}

func TestQueueZeroValueHasDefaultLimits(t *testing.T) {
	var q Queue
	if err := q.PushBatch(nil); err != nil || q.Len() != 0 {
		t.Fatalf("empty batch: %v, %d waiting", err, q.Len())
	}
	for range defaultQueueEntries {
		if err := q.Push(Entry{}); err != nil {
			t.Fatal(err)
		}
	}
	if err := q.Push(Entry{}); !errors.Is(err, ErrFull) {
		t.Fatalf("err = %v, want ErrFull", err)
	}
	if got := len(q.Pop(nil, -1, -1)); got != defaultQueueEntries {
		t.Fatalf("popped %d", got)
	}
}

func TestQueueIdleCost(t *testing.T) {
	if size := unsafe.Sizeof(Queue{}); size >= 100 {
		t.Errorf("an idle queue takes %d bytes", size)
	}
}

// Several producers push while one consumer pops: each producer's entries come
// out once, in its order.
func TestQueueUnderConcurrency(t *testing.T) {
	const producers, each = 4, 500
	var q Queue
	var wg sync.WaitGroup
	for p := range producers {
		wg.Go(func() {
			for i := range each {
				if err := q.Push(Entry{Payload: []byte{byte(p), byte(i >> 8), byte(i)}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	var seen [producers]int
	for got := 0; got < producers*each; {
		for _, e := range q.Pop(nil, 0, 0) {
			p, i := e.Payload[0], int(e.Payload[1])<<8|int(e.Payload[2])
			if seen[p] != i {
				t.Fatalf("producer %d: got %d, want %d", p, i, seen[p])
			}
			seen[p]++
			got++
		}
		q.Len()
	}
	wg.Wait()
}

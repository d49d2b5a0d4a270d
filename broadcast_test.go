package scenewire

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

func TestBroadcastReachesEveryClientInOrder(t *testing.T) {
	s := serve(t, nil)
	viewers := []*viewer{join(t, s), join(t, s), join(t, s)}
	clientOf(t, s, 2)
	const n = 1000
	for i := range n {
		must(t, s.Broadcast(note{N: i}))
	}
	for _, v := range viewers {
		for i := range n {
			v.expect(note{N: i})
		}
	}
}

func TestLateJoinerGetsTheLiveState(t *testing.T) {
	s := serve(t, nil)
	for i := range 500 {
		must(t, s.Broadcast(pose{Name: fmt.Sprint(i % 5), Position: [3]float64{float64(i)}}))
	}
	must(t, s.Broadcast(note{N: 1}))
	v := join(t, s)
	for i := 495; i < 500; i++ {
		v.expect(pose{Name: fmt.Sprint(i % 5), Position: [3]float64{float64(i)}})
	}
	v.expect(note{N: 1})
	if got := s.Log().Len(); got != 6 {
		t.Errorf("%d live messages, want 6", got)
	}
}

func TestWindowsHoldAtMost128Messages(t *testing.T) {
	s := serve(t, nil)
	for i := range 300 {
		must(t, s.Broadcast(note{N: i}))
	}
	v := join(t, s)
	for i := range 300 {
		v.expect(note{N: i})
	}
	for _, w := range v.windows {
		if len(w) > 128 {
			t.Errorf("a window of %d messages", len(w))
		}
	}
}

func TestBroadcastExceptSkipsOneClient(t *testing.T) {
	s := serve(t, nil)
	a, b := join(t, s), join(t, s)
	clientOf(t, s, 1)
	aID := clientByAddr(t, s, a).ID()
	for i := range 50 {
		must(t, s.BroadcastExcept(aID, note{N: i}))
	}
	must(t, s.Broadcast(note{N: 1000}))
	a.expect(note{N: 1000})
	for i := range 50 {
		b.expect(note{N: i})
	}
	b.expect(note{N: 1000})
}

// clientByAddr finds the server's side of a viewer.
func clientByAddr(t *testing.T, s *Server, v *viewer) *Client {
	t.Helper()
	for _, c := range s.Clients() {
		if c.RemoteAddr().String() == v.Conn.LocalAddr().String() {
			return c
		}
	}
	t.Fatal("the viewer isn't connected")
	return nil
}

func TestAtomicArrivesInOneWindow(t *testing.T) {
	s := serve(t, nil)
	v := join(t, s)
	must(t, s.Broadcast(note{N: -1}))
	v.expect(note{N: -1})
	const n = 500
	must(t, s.Atomic(func(b *Batch) error {
		for i := range n {
			if err := b.Broadcast(note{N: i}); err != nil {
				return err
			}
			time.Sleep(20 * time.Microsecond) // longer than a window, all in all
		}
		return nil
	}))
	window, err := v.window()
	must(t, err)
	if len(window) != n {
		t.Errorf("the first window has %d of %d messages", len(window), n)
	}
}

func TestFailedAtomicQueuesNothingAndHoldsNobodyUp(t *testing.T) {
	s := serve(t, nil)
	v := join(t, s)
	clientOf(t, s, 0)
	failure := errors.New("no")
	if err := s.Atomic(func(b *Batch) error {
		_ = b.Broadcast(note{N: 1})
		return failure
	}); !errors.Is(err, failure) {
		t.Errorf("Atomic returned %v", err)
	}
	func() {
		defer func() { _ = recover() }()
		_ = s.Atomic(func(b *Batch) error {
			_ = b.Broadcast(note{N: 2})
			panic("no")
		})
	}()
	must(t, s.Atomic(func(b *Batch) error {
		must(t, s.Broadcast(note{N: 3})) // others go on while a batch is open
		v.expect(note{N: 3})
		must(t, b.Broadcast(note{N: 4}))
		_ = b.Atomic(func(inner *Batch) error {
			_ = inner.Broadcast(note{N: 5})
			return failure
		})
		return b.Broadcast(note{N: 6})
	}))
	v.expect(note{N: 4}, note{N: 6})
}

func TestBatchRefusesWhatIsNotItsKind(t *testing.T) {
	s := serve(t, nil)
	var kept *Batch
	must(t, s.Atomic(func(b *Batch) error {
		kept = b
		if err := b.Send(note{}); !errors.Is(err, ErrNotHere) {
			t.Errorf("Send in a server's batch: %v", err)
		}
		return nil
	}))
	if err := kept.Broadcast(note{}); !errors.Is(err, ErrBatchOver) {
		t.Errorf("Broadcast after the batch: %v", err)
	}
}

func TestWhatCannotBeEncodedIsTheCallersError(t *testing.T) {
	s := serve(t, nil)
	v := join(t, s)
	clientOf(t, s, 0)
	if err := s.Broadcast(broken{Any: make(chan int)}); err == nil {
		t.Error("a channel was encoded")
	}
	type stranger struct{ note }
	if err := s.Broadcast(stranger{}); err == nil || !strings.Contains(err.Error(), "stranger") {
		t.Errorf("an unregistered type: %v", err)
	}
	must(t, s.Broadcast(note{N: 1}))
	v.expect(note{N: 1})
}

func TestFullLogRefusesBroadcasts(t *testing.T) {
	s := serve(t, func(o *Options) { o.MaxLogMessages = 3 })
	for i := range 3 {
		must(t, s.Broadcast(pose{Name: fmt.Sprint(i)}))
	}
	if err := s.Broadcast(pose{Name: "3"}); !errors.Is(err, ErrFull) {
		t.Errorf("got %v, want ErrFull", err)
	}
	must(t, s.Broadcast(pose{Name: "0", Position: [3]float64{1}}))
}

func TestFlushDoesNotWaitForTheWindow(t *testing.T) {
	s := serve(t, func(o *Options) { o.WindowInterval = time.Hour })
	v := join(t, s)
	c := clientOf(t, s, 0)
	must(t, s.Broadcast(note{N: 1})) // at once: there was no window before
	v.expect(note{N: 1})
	must(t, s.Broadcast(note{N: 2}))
	s.Flush()
	v.expect(note{N: 2})
	s.Flush() // sticky
	must(t, s.Broadcast(note{N: 3}))
	v.expect(note{N: 3})
	must(t, s.Broadcast(note{N: 4}))
	c.Flush()
	v.expect(note{N: 4})
	must(t, c.Send(note{N: 5})) // the client's flush is sticky for its queue
	v.expect(note{N: 5})
	must(t, c.Send(note{N: 6}))
	c.Flush()
	v.expect(note{N: 6})
}

func TestRemovedMessagesDoNotReachLateJoiners(t *testing.T) {
	s := serve(t, nil)
	must(t, s.Broadcast(pose{Name: "a"}))
	must(t, s.Broadcast(pose{Name: "b"}))
	if n := s.Log().Remove(func(e LogEntry) bool { return e.Key == "pose a" }); n != 1 {
		t.Errorf("%d messages removed, want 1", n)
	}
	if keys := s.Log().Keys(); len(keys) != 1 || keys[0] != "pose b" {
		t.Errorf("keys %q", keys)
	}
	join(t, s).expect(pose{Name: "b"})
}

func TestPrivateMessagesReachOneClientInOrder(t *testing.T) {
	s := serve(t, nil)
	a, b := join(t, s), join(t, s)
	clientOf(t, s, 1)
	const n = 400
	for i := range n {
		must(t, clientByAddr(t, s, a).Send(note{N: i}))
	}
	must(t, clientByAddr(t, s, b).Atomic(func(batch *Batch) error { return batch.Send(note{N: 7}) }))
	for i := range n {
		a.expect(note{N: i})
	}
	b.expect(note{N: 7})
}

func TestFullPrivateQueueClosesItsClient(t *testing.T) {
	s := serve(t, func(o *Options) {
		o.MaxQueueMessages = 10
		o.WindowInterval = time.Hour
	})
	v := join(t, s)
	c := clientOf(t, s, 0)
	must(t, c.Send(note{}))
	v.expect(note{})
	var err error
	for i := 0; i < 20 && err == nil; i++ {
		err = c.Send(note{N: i})
	}
	if !errors.Is(err, ErrFull) {
		t.Fatalf("got %v, want ErrFull", err)
	}
	closed, err := v.AwaitClose()
	if err != nil || closed.Code != wsproto.CloseTryAgainLater {
		t.Errorf("%v, %v; want 1013", closed, err)
	}
}

func TestSlowClientEndsInTheSameState(t *testing.T) {
	s := serve(t, nil)
	slow := joinAs(t, s, wsproto.GenerationZstd, wstest.Options{
		Subprotocols: []string{Subprotocol}, ReceiveBufferBytes: 4 << 10,
	})
	fast := join(t, s)
	clientOf(t, s, 1)
	text := make([]byte, 3000)
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range text {
		text[i] = byte('a' + rng.IntN(26))
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := range 4000 {
			must(t, s.Broadcast(pose{Name: fmt.Sprint(i%40) + string(text), Position: [3]float64{float64(i)}}))
			if i%50 == 0 {
				time.Sleep(time.Millisecond)
			}
		}
		must(t, s.Broadcast(note{N: 1}))
	})
	states := make([]applied, 2)
	read := func(v *viewer, a *applied, pause time.Duration) {
		for len(a.notes) == 0 {
			m, err := v.next()
			if err != nil {
				t.Error(err)
				return
			}
			a.apply(m)
			time.Sleep(pause)
		}
	}
	wg.Go(func() { read(fast, &states[0], 0) })
	wg.Go(func() { read(slow, &states[1], 300*time.Microsecond) })
	wg.Wait()
	if states[0].String() != states[1].String() {
		t.Error("the slow client ended in another state")
	}
	if len(states[1].poses) != 40 {
		t.Errorf("%d poses, want 40", len(states[1].poses))
	}
}

func TestProducersMayBroadcastConcurrently(t *testing.T) {
	s := serve(t, nil)
	v := join(t, s)
	clientOf(t, s, 0)
	const producers, each = 8, 200
	var wg sync.WaitGroup
	for p := range producers {
		wg.Go(func() {
			for i := range each {
				must(t, s.Broadcast(note{N: p*each + i}))
			}
		})
	}
	last := map[int]int{}
	for range producers * each {
		m, err := v.next()
		must(t, err)
		n := m.(note).N
		if p := n / each; n%each != last[p] {
			t.Fatalf("producer %d: message %d came instead of %d", p, n%each, last[p])
		}
		last[n/each]++
	}
	wg.Wait()
}

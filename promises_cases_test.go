package scenewire

import (
	"errors"
	"testing"

	"github.com/scenewire/scenewire/loop"
	"github.com/scenewire/scenewire/wsproto"
)

// The tests here are what TestPromises has found, made small.

func TestFirstBatchOfAllArrivesInOneWindow(t *testing.T) {
	s := serve(t, nil)
	v := join(t, s)
	c := clientOf(t, s, 0)
	must(t, c.Send(note{N: -1}))
	v.expect(note{N: -1}) // it has looked at the log, too, which is empty
	const n = 300
	must(t, s.Atomic(func(b *Batch) error {
		for i := range n {
			must(t, b.Broadcast(note{N: i}))
		}
		return nil
	}))
	window, err := v.window()
	must(t, err)
	if len(window) != n {
		t.Errorf("the first window has %d of %d messages", len(window), n)
	}
}

func TestShutdownDuringAPassDrains(t *testing.T) {
	s := serve(t, nil)
	v := join(t, s)
	must(t, clientOf(t, s, 0).Send(note{N: 1}))
	v.expect(note{N: 1})
	s.pace.mu.Lock()
	s.pace.busy = true
	s.pace.mu.Unlock()
	must(t, s.Broadcast(note{N: 2}))
	stopped := make(chan error, 1)
	go func() { stopped <- s.Shutdown(t.Context()) }()
	v.expect(note{N: 2})
	var closed *wsproto.CloseError
	if _, err := v.next(); !errors.As(err, &closed) || closed.Code != wsproto.CloseGoingAway {
		t.Errorf("%v instead of 1001", err)
	}
	_ = v.Conn.Close()
	must(t, <-stopped)
}

func TestRemovedMessagesAreNotFoundInTheCache(t *testing.T) {
	s := serve(t, func(o *Options) { o.WindowInterval = -1 })
	must(t, s.Broadcast(pose{Name: "a"}))
	must(t, s.Broadcast(pose{Name: "b"}))
	join(t, s).expect(pose{Name: "a"}, pose{Name: "b"})
	s.Log().Remove(func(e LogEntry) bool { return e.Key == "pose a" })
	join(t, s).expect(pose{Name: "b"})
}

func TestFramesThatAreBuiltDuringCloseAreReleased(t *testing.T) {
	shared, err := loop.New(nil)
	must(t, err)
	defer func() { _ = shared.Close() }()
	for range 10 {
		s := serve(t, func(o *Options) { o.WindowInterval, o.Loop = -1, shared })
		v := join(t, s)
		done := make(chan struct{})
		go func() {
			defer close(done)
			for s.Broadcast(pose{Name: "a"}) == nil {
			}
		}()
		_, err := v.next()
		must(t, err)
		must(t, s.Close())
		<-done
		eventually(t, "the frames are released", func() bool { return s.frames.Live() == 0 })
	}
}

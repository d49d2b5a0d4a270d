package scenewire

import (
	"testing"
	"time"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

func TestLaggardIsToldOfAndCatchesUp(t *testing.T) {
	s := serve(t, func(o *Options) { o.LagAfter = 50 * time.Millisecond })
	told := make(chan Lag, 1)
	stop := s.OnLag(func(_ *Client, lag Lag) {
		select {
		case told <- lag:
		default:
		}
	})
	defer stop()
	slow := joinAs(t, s, wsproto.GenerationZstd, wstest.Options{
		Subprotocols: []string{Subprotocol}, ReceiveBufferBytes: 128 << 10,
	})
	c := clientOf(t, s, 0)
	text := noise(100_000)
	var lag Lag
	for i := 0; lag.Sequences == 0; i++ {
		must(t, s.Broadcast(note{N: i, Text: text}))
		select {
		case lag = <-told:
		case <-time.After(2 * time.Millisecond):
		}
		if i > 4000 {
			t.Fatal("nobody told of the laggard")
		}
	}
	if lag.Since <= 0 || lag.Pending <= 0 {
		t.Errorf("lag %+v", lag)
	}
	end := s.Log().Next()
	for m := (note{}); m.N != int(end)-1; {
		next, err := slow.next()
		must(t, err)
		m = next.(note)
	}
	eventually(t, "the client has caught up", func() bool { return c.Lag().Sequences == 0 && c.Pending() == 0 })
}

func TestStatsSayWhatIsGoingOn(t *testing.T) {
	s := serve(t, nil)
	v := join(t, s)
	clientOf(t, s, 0)
	began := time.Now()
	for i := 0; time.Since(began) < 300*time.Millisecond; i++ {
		must(t, s.Broadcast(pose{Name: "a", Position: [3]float64{float64(i)}}))
		_, err := v.window()
		must(t, err)
	}
	stats := s.Stats()
	if stats.Clients != 1 || stats.LogMessages != 1 || stats.FramesBuilt == 0 || stats.Loop.FramesWritten == 0 {
		t.Errorf("%+v", stats)
	}
	if stats.WindowRate < 2 || stats.WindowRate > 61 {
		t.Errorf("%v windows per second", stats.WindowRate)
	}
}

func TestRateCountsWholeSeconds(t *testing.T) {
	var r rate
	for i := range 90 { // 60 in the first second, 30 in half of the next
		r.count(time.Duration(i) * time.Second / 60)
	}
	if got := r.perSecond(1500 * time.Millisecond); got != 60 {
		t.Errorf("%v per second", got)
	}
	if got := r.perSecond(5 * time.Second); got != 0 {
		t.Errorf("%v per second after a silence", got)
	}
}

package scenewire

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/wsproto"
)

func TestClientStatsCountWhatTheClientGot(t *testing.T) {
	s := serve(t, nil)
	for i := range 5 {
		must(t, s.Broadcast(pose{Name: "a", Position: [3]float64{float64(i)}}))
	}
	v := join(t, s)
	c := clientOf(t, s, 0)
	must(t, c.Send(note{N: 1}))
	_, err := v.window()
	must(t, err)
	_, err = v.window()
	must(t, err)
	must(t, s.Atomic(func(b *Batch) error {
		for i := range 10 {
			must(t, b.Broadcast(pose{Name: "a", Position: [3]float64{float64(i)}}))
		}
		return nil
	}))
	_, err = v.window()
	must(t, err)
	st := c.Stats()
	if st.Client != c || st.Windows != 3 || st.Deliveries != 3 || st.Connected <= 0 || st.CaughtUp <= 0 || st.Paused || st.Suspended {
		t.Errorf("%+v", st)
	}
	// What was superseded before it came doesn't count.
	if st.Skipped != 9 {
		t.Errorf("%d skipped, want 9 of a batch of 10", st.Skipped)
	}
	eventually(t, "its socket has taken all", func() bool {
		st = c.Stats()
		return st.BytesSent == s.Stats().BytesSent && st.PendingBytes == 0
	})
	if st.BytesSent == 0 || st.PendingMessages != 0 || st.OldestPending != 0 || st.Lag.Sequences != 0 {
		t.Errorf("%+v", st)
	}
}

func TestClientStatsTellWhatWaits(t *testing.T) {
	s := serve(t, nil)
	join(t, s)
	c := clientOf(t, s, 0)
	must(t, s.Broadcast(note{}))
	eventually(t, "it has all", func() bool { return c.Stats().Windows == 1 })
	c.SetPaused(true)
	began := time.Now()
	for i := range 100 {
		must(t, s.Broadcast(pose{Name: fmt.Sprint(i % 10)}))
	}
	must(t, c.Send(note{Text: "for it alone"}))
	s.Flush()
	time.Sleep(5 * time.Millisecond)
	st := c.Stats()
	var want int64
	for _, e := range s.Log().Entries()[1:] {
		want += int64(len(e.Payload))
	}
	want += c.queue.Bytes()
	if st.PendingMessages != 11 || st.PendingBytes != want || st.Lag.Sequences != 100 || !st.Paused || st.Windows != 1 {
		t.Errorf("%+v, want %d bytes", st, want)
	}
	if st.OldestPending < 5*time.Millisecond || st.OldestPending > time.Since(began) {
		t.Errorf("the oldest waits for %v", st.OldestPending)
	}
	// Clients that stand elsewhere are counted in the same walk.
	join(t, s)
	other := clientOf(t, s, 1)
	eventually(t, "the other one has all", func() bool { return other.Stats().PendingMessages == 0 })
	all := s.AppendClientStats(nil)
	slices.SortFunc(all, func(a, b ClientStats) int { return int(a.Client.ID()) - int(b.Client.ID()) })
	if len(all) != 2 || all[0].PendingMessages != 11 || all[1].PendingMessages != 0 {
		t.Errorf("%+v", all)
	}
}

func TestAgeOfWhatIsSupersededBeginsAnew(t *testing.T) {
	s := serve(t, nil)
	join(t, s)
	c := clientOf(t, s, 0)
	must(t, s.Broadcast(note{}))
	eventually(t, "it has all", func() bool { return c.Stats().Windows == 1 })
	c.SetPaused(true)
	must(t, s.Broadcast(pose{Name: "a"}))
	s.Flush()
	time.Sleep(20 * time.Millisecond)
	if age := c.Stats().OldestPending; age < 20*time.Millisecond {
		t.Errorf("waits for %v", age)
	}
	began := time.Now()
	must(t, s.Broadcast(pose{Name: "a"}))
	s.Flush()
	if age := c.Stats().OldestPending; age > time.Since(began) {
		t.Errorf("waits for %v after it was superseded", age)
	}
}

func TestRateOfLateFallsToNothing(t *testing.T) {
	var r recent
	r.look(1*time.Second, 10)
	if got := r.perSecond(1500*time.Millisecond, 40); got != 30 {
		t.Errorf("%v, want the 30 of half a second", got)
	}
	if got := r.perSecond(2*time.Second, 70); got != 60 {
		t.Errorf("%v, want 60", got)
	}
	if got := r.perSecond(2500*time.Millisecond, 100); got != 60 {
		t.Errorf("%v, want 30 and half of 60", got)
	}
	if got := r.perSecond(9*time.Second, 100); got != 0 && got >= 5 {
		t.Errorf("%v after a silence", got)
	}
	if got := r.perSecond(11*time.Second, 100); got != 0 {
		t.Errorf("%v after a longer one", got)
	}
}

func TestTimesOfTicksGetCoarser(t *testing.T) {
	var times tickTimes
	const second = 60
	for i := range 3600 * second {
		times.add(uint64(10*(i+1)), time.Duration(i)*time.Second/second)
	}
	if n := len(times.ticks); n > maxTickTimes {
		t.Fatalf("%d ticks are kept", n)
	}
	now := 3600 * time.Second
	for _, ago := range []time.Duration{0, time.Second, time.Minute, 30 * time.Minute} {
		tick := uint64((now-ago).Seconds()*second) - 1
		at := times.since(10*tick, now)
		if age := now - at; age > ago+time.Second/30 || age < ago*5/6-time.Second/30 {
			t.Errorf("what came %v ago is %v old", ago, age)
		}
	}
	if at := times.since(1<<40, now); at != now {
		t.Errorf("what no tick has let out came at %v", at)
	}
	times.add(times.ticks[len(times.ticks)-1].cut, now+time.Hour)
	if last := times.ticks[len(times.ticks)-1].at; last > now {
		t.Error("a tick that let nothing out is kept")
	}
}

func TestPingTellsTheRoundTrip(t *testing.T) {
	s := serve(t, nil)
	v := join(t, s)
	c := clientOf(t, s, 0)
	if rtt := c.Stats().RTT; rtt != 0 {
		t.Errorf("a round trip of %v before any ping", rtt)
	}
	began := time.Now()
	c.Ping()
	c.Ping() // one is out
	pings := 0
	answer := func() {
		e, err := v.Next()
		must(t, err)
		if e.Opcode == wsproto.OpPing {
			pings++
			must(t, v.Write(wsproto.OpPong, []byte("nobody asked for this")))
			must(t, v.Write(wsproto.OpPong, e.Payload))
		}
	}
	answer()
	eventually(t, "the answer is in", func() bool { return c.Stats().RTT > 0 })
	if rtt := c.Stats().RTT; rtt > time.Since(began) {
		t.Errorf("a round trip of %v", rtt)
	}
	c.Ping()
	time.Sleep(10 * time.Millisecond) // a ping that is out counts
	if rtt := c.Stats().RTT; rtt < 10*time.Millisecond {
		t.Errorf("a round trip of %v while a ping is out for 10 ms", rtt)
	}
	answer()
	if pings != 2 {
		t.Errorf("%d pings", pings)
	}
}

func TestPausedClientGetsNothingUntilItGoesOn(t *testing.T) {
	s := serve(t, func(o *Options) { o.LagAfter = 20 * time.Millisecond })
	lagged := make(chan struct{}, 100)
	s.OnLag(func(*Client, Lag) { lagged <- struct{}{} })
	v, free := join(t, s), join(t, s)
	c := clientOf(t, s, 0)
	must(t, s.Broadcast(note{N: 1}))
	v.expect(note{N: 1})
	free.expect(note{N: 1})
	c.SetPaused(true)
	for i := range 50 {
		must(t, s.Broadcast(pose{Name: "a", Position: [3]float64{float64(i)}}))
		must(t, c.Send(note{N: 100 + i}))
		c.Flush()
		s.Flush()
		time.Sleep(time.Millisecond)
	}
	eventually(t, "the other one gets it", func() bool {
		m, err := free.next()
		must(t, err)
		return m == pose{Name: "a", Position: [3]float64{49}}
	})
	if st := c.Stats(); st.Windows != 1 || st.Lag.Since != 0 {
		t.Errorf("%+v", st)
	}
	c.SetPaused(false)
	got := applied{}
	for len(got.notes) < 50 || got.poses["a"].Position[0] < 49 {
		m, err := v.next()
		must(t, err)
		got.apply(m)
	}
	if windows := c.Stats().Windows; windows > 6 {
		t.Errorf("%d windows for what was waiting", windows)
	}
	for i, n := range got.notes {
		if n != 100+i {
			t.Fatalf("notes in the order %v", got.notes)
		}
	}
	if n := len(lagged); n > 0 {
		t.Errorf("OnLag was called %d times", n)
	}
}

func TestShutdownSendsAPausedClientWhatWaits(t *testing.T) {
	s := serve(t, nil)
	v := join(t, s)
	c := clientOf(t, s, 0)
	c.SetPaused(true)
	must(t, s.Broadcast(note{N: 1}))
	must(t, c.Send(note{N: 2}))
	done := make(chan error, 1)
	go func() { done <- s.Shutdown(context.Background()) }()
	got := applied{}
	for range 2 {
		m, err := v.next()
		must(t, err)
		got.apply(m)
	}
	slices.Sort(got.notes)
	if !slices.Equal(got.notes, []int{1, 2}) {
		t.Errorf("notes %v", got.notes)
	}
	reason, err := v.AwaitClose()
	must(t, err)
	if reason.Code != wsproto.CloseGoingAway {
		t.Errorf("closed with %v", reason)
	}
	must(t, <-done)
}

func TestClientThatComesBackIsStillPaused(t *testing.T) {
	s := serve(t, nil)
	p := openPage(t, s)
	c := clientOf(t, s, 0)
	c.SetPaused(true)
	must(t, s.Broadcast(note{N: 1}))
	p.drop()
	eventually(t, "it is suspended", func() bool { return c.Stats().Suspended })
	p.dial(t, p.token()) // up to the hello, which comes
	if st := c.Stats(); st.Suspended || !st.Paused || st.Windows != 0 || st.PendingMessages != 1 {
		t.Errorf("%+v", st)
	}
	c.SetPaused(false)
	p.catchUp(t)
	if !slices.Equal(p.notes, []int{1}) {
		t.Errorf("notes %v", p.notes)
	}
}

func TestPausedClientIsHeldToTheBounds(t *testing.T) {
	s := serve(t, func(o *Options) {
		o.MaxQueueMessages, o.MaxTransientMessages, o.WriteTimeout = 3, 2, 20*time.Millisecond
	})
	v := join(t, s)
	c := clientOf(t, s, 0)
	must(t, s.Broadcast(note{N: 1}))
	v.expect(note{N: 1})
	c.SetPaused(true)
	for i := range 5 {
		must(t, s.BroadcastTransient(note{N: 10 + i}))
	}
	time.Sleep(60 * time.Millisecond) // WriteTimeout doesn't strike
	c.SetPaused(false)
	v.expect(note{N: 13}, note{N: 14})
	eventually(t, "the loss is told", func() bool { return c.Stats().Lag.Lost == 3 })
	c.SetPaused(true)
	for i := range 3 {
		must(t, c.Send(note{N: i}))
	}
	if err := c.Send(note{}); err == nil {
		t.Error("a full queue took a message")
	}
	reason, err := v.AwaitClose()
	must(t, err)
	if reason.Code != wsproto.CloseTryAgainLater {
		t.Errorf("closed with %v", reason)
	}
}

// BenchmarkPull is what a shard asks of a client at a tick: the window that is built
// already, and its counts. It leaves out the connection.
func BenchmarkPull(b *testing.B) {
	s := serve(b, func(o *Options) { o.WindowInterval = -1 })
	const clients = 1000
	var all []*Client
	for range clients {
		c := &Client{server: s, agreed: agreement{generation: wsproto.GenerationZstd, subprotocol: Subprotocol, scene: true}}
		c.id = ClientID(len(all))
		all = append(all, c)
	}
	dst := make([]*buffers.Frame, 0, 2)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		must(b, s.Broadcast(pose{Name: "a", Position: [3]float64{float64(i)}}))
		s.Flush()
		s.pace.finish()
		for _, c := range all {
			frames, _ := (*endpoint)(c).Pull(1, dst[:0])
			for _, f := range frames {
				f.Release()
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*clients), "ns/client")
	b.ReportMetric(0, "ns/op")
}

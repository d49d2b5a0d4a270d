//go:build linux

package serve

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/cmd/loadgen/internal/wire"
	"github.com/scenewire/scenewire/internal/bench/command"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/record"
	"github.com/scenewire/scenewire/wsproto"
)

// The test binary is its servers, too.
func TestMain(m *testing.M) {
	if served, err := Main(); served {
		command.Main(func(context.Context) error { return err })
		return
	}
	_ = os.Setenv("GORACE", "atexit_sleep_ms=0") // of the servers: they needn't wait for reports
	before := wstest.OpenDescriptors()
	os.Exit(wstest.CheckLeaks(m.Run(), before, 8, 5*time.Second))
}

// start starts a server that ends with the test.
func start(t *testing.T, o Options) *Process {
	t.Helper()
	p, err := Start(t.Context(), o, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

// watcher is a client with the state that it was sent.
type watcher struct {
	*wstest.Client
	t            *testing.T
	decompressor *wsproto.Decompressor
	state        map[uint32]uint64 // the hash of each object's newest message
	seen         []wire.Seen
}

func watch(t *testing.T, addr string) *watcher {
	t.Helper()
	c, err := wstest.Dial(addr, wstest.Options{Subprotocols: []string{scenewire.Subprotocol}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Conn.Close() })
	return &watcher{Client: c, t: t, decompressor: wsproto.NewDecompressor(), state: map[uint32]uint64{}}
}

// until takes windows until ok.
func (w *watcher) until(ok func() bool) {
	w.t.Helper()
	for !ok() {
		window, err := w.Window(wsproto.GenerationZstd, w.decompressor)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, body := range window.Messages {
			seen, err := wire.Look(body)
			if err != nil {
				w.t.Fatal(err)
			}
			w.seen = append(w.seen, seen)
			if seen.Stated {
				w.state[seen.ID] = wire.Hash(body)
			}
		}
	}
}

func (w *watcher) digest() (d wire.Digest) {
	for _, hash := range w.state {
		d.Add(hash)
	}
	return d
}

func (w *watcher) send(m messages.Message) {
	w.t.Helper()
	body, err := wire.NewRegistry().Append(nil, m)
	if err == nil {
		err = w.Write(wsproto.OpBinary, body)
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

func ask[T any](t *testing.T, p *Process, command string) (answer T) {
	t.Helper()
	if err := p.Ask(t.Context(), &answer, command); err != nil {
		t.Fatal(err)
	}
	return answer
}

func TestProducersEndInTheStateThatClientsHave(t *testing.T) {
	for name, load := range map[string]Load{
		"all together":  {Objects: 20, Rate: 100, Bytes: 100, Shrinks: 0.5},
		"one by one":    {Objects: 20, Rate: 20, Bytes: 100, Batch: 1},
		"odd batches":   {Objects: 10, Rate: 20, Bytes: 64, Batch: 3},
		"bursts":        {Objects: 300, Bytes: 64, BurstEvery: 20 * time.Millisecond, BurstMessages: 700, Batch: 100},
		"more windows":  {Objects: 2500, Rate: 2, Bytes: 200},
		"rest":          {Objects: 5, Bytes: 64},
		"nothing":       {},
		"beside others": {Objects: 7, Rate: 50, Bytes: 64, Batch: 2, BurstEvery: 30 * time.Millisecond, BurstMessages: 5, Ticks: 50},
	} {
		t.Run(name, func(t *testing.T) {
			p := start(t, Options{Load: load})
			w := watch(t, p.Addr())
			ask[struct{}](t, p, "run")
			if load.Rate > 0 || load.BurstMessages > 0 {
				w.until(func() bool { return len(w.seen) >= load.Objects+100 })
			}
			produced := ask[Produced](t, p, "stop")
			end := ask[EndState](t, p, "digest")
			w.until(func() bool { return w.digest() == end.Digest })
			if end.Digest.Objects != load.Objects || produced.Messages < int64(load.Objects) {
				t.Errorf("%+v, %+v", end, produced)
			}
			late := watch(t, p.Addr())
			late.until(func() bool { return late.digest() == end.Digest })
		})
	}
}

func TestTicksAreContiguousAndOnSchedule(t *testing.T) {
	p := start(t, Options{Load: Load{Ticks: 200, Bytes: 64}})
	w := watch(t, p.Addr())
	reading := func() Reading { return ask[Reading](t, p, "read") }
	if !wstest.Eventually(func() bool { return reading().Clients == 1 }) {
		t.Fatal("the client isn't there")
	}
	ask[struct{}](t, p, "run")
	w.until(func() bool { return len(w.seen) >= 100 })
	for i, s := range w.seen {
		if s.Kind != wire.KindTick || s.N != uint64(i+1) {
			t.Fatalf("tick %d is %+v", i+1, s)
		}
		if i > 0 && s.Due-w.seen[i-1].Due != int64(time.Second/200) {
			t.Fatalf("tick %d was due %d ns after the one before", i+1, s.Due-w.seen[i-1].Due)
		}
	}
	if now := machine.Monotonic(); w.seen[99].Due > now || w.seen[99].Due < now-int64(10*time.Second) {
		t.Errorf("the last tick was due at %d, and it is %d", w.seen[99].Due, now)
	}
	r, end := reading(), ask[EndState](t, p, "digest")
	if r.Produced.Lateness.Done < 100 || end.Ticks < 100 || r.Deliveries == 0 || r.Windows == 0 || r.Mark.CPUMicros <= 0 {
		t.Errorf("%+v, %+v", r, end)
	}
	ask[struct{}](t, p, "begin")
	if again := reading(); again.Produced.Lateness.Done >= r.Produced.Lateness.Done {
		t.Errorf("lateness goes on: %+v after %+v", again.Produced.Lateness, r.Produced.Lateness)
	}
}

func TestHandlersEchoPassOnAndCount(t *testing.T) {
	p := start(t, Options{})
	a, b := watch(t, p.Addr()), watch(t, p.Addr())
	data := wire.NewFiller(0, 1).Data(40, 77)
	a.send(wire.Echo{Client: 5, N: 1, Data: data})
	a.until(func() bool { return len(a.seen) == 1 })
	if want := (wire.Seen{Kind: wire.KindEcho, ID: 5, N: 1, Due: 77}); a.seen[0] != want {
		t.Errorf("the echo is %+v", a.seen[0])
	}
	a.send(wire.Pointer{Client: 5, N: 2, Data: data})
	b.until(func() bool { return len(b.seen) == 1 })
	if want := (wire.Seen{Kind: wire.KindPointer, ID: 5, N: 2, Due: 77}); b.seen[0] != want {
		t.Errorf("the pointer is %+v", b.seen[0])
	}
	for n := range 100 {
		b.send(wire.Flood{N: uint64(n + 1), Data: data})
	}
	b.send(wire.Echo{Client: 6, N: 9, Data: data}) // behind the flood, and a's pointer isn't sent to a
	b.until(func() bool { return len(b.seen) == 2 })
	a.send(wire.Echo{Client: 5, N: 3, Data: data})
	a.until(func() bool { return len(a.seen) == 2 })
	if a.seen[1].Kind != wire.KindEcho || b.seen[1].Kind != wire.KindEcho {
		t.Errorf("%+v, %+v", a.seen[1], b.seen[1])
	}
	if r := ask[Reading](t, p, "read"); r.Handled != 104 || r.BadMessages != 0 || r.Clients != 2 {
		t.Errorf("%+v", r)
	}
}

func TestKeepHoldsTheRateOfWhatIsLate(t *testing.T) {
	late := newTardiness()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	const interval = time.Millisecond
	var dues []int64
	if err := late.keep(ctx, interval, func(due int64) error {
		dues = append(dues, due)
		if len(dues) == 5 {
			time.Sleep(50 * time.Millisecond) // a collection of garbage, say
		}
		if len(dues) == 100 {
			cancel()
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for i := 1; i < len(dues); i++ {
		if dues[i]-dues[i-1] != int64(interval) {
			t.Fatalf("the schedule jumps by %d ns at %d", dues[i]-dues[i-1], i)
		}
	}
	got := late.read()
	if got.Done != 100 || got.Due < 100 || got.Max < int64(40*time.Millisecond) || got.P99 < int64(30*time.Millisecond) {
		t.Errorf("%+v", got)
	}
	failed := errors.New("failed")
	if err := late.keep(t.Context(), interval, func(int64) error { return failed }); !errors.Is(err, failed) {
		t.Errorf("error: %v", err)
	}
}

func TestReplayPlaysARecording(t *testing.T) {
	path := filepath.Join(t.TempDir(), "scene.mcap")
	source, err := scenewire.New(&scenewire.Options{Registry: wire.NewRegistry()})
	if err != nil {
		t.Fatal(err)
	}
	capture, err := source.StartCapture(record.CaptureOptions{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	for version := range uint64(50) {
		if err := source.Broadcast(wire.Object{ID: uint32(version % 3), Version: version + 1}); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(capture.Close(), source.Close()); err != nil {
		t.Fatal(err)
	}
	p := start(t, Options{Load: Load{Replay: path, ReplaySpeed: 1000}})
	w := watch(t, p.Addr())
	ask[struct{}](t, p, "run")
	w.until(func() bool {
		return slices.ContainsFunc(w.seen, func(s wire.Seen) bool { return s.N == 50 })
	})
	if end := ask[EndState](t, p, "digest"); w.digest() != end.Digest || end.Digest.Objects != 3 {
		t.Errorf("%+v, the client has %+v", end, w.digest())
	}
}

func TestRunServesUntilItIsTold(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	started := make(chan Addresses, 1)
	ended := make(chan error, 1)
	go func() {
		ended <- Run(ctx, Options{Load: Load{Objects: 3, Rate: 100}, Profiling: true}, func(a Addresses) { started <- a })
	}()
	var a Addresses
	select {
	case a = <-started:
	case err := <-ended:
		t.Fatal(err)
	}
	addr := strings.TrimSuffix(strings.TrimPrefix(a.WebSocket, "ws://"), "/")
	w := watch(t, addr)
	w.until(func() bool { return len(w.seen) > 30 })
	answer, err := http.Get(a.Profiles)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Errorf("profiles: %v, %v", answer, err)
	} else {
		_ = answer.Body.Close()
	}
	http.DefaultClient.CloseIdleConnections()
	cancel()
	if end, err := w.AwaitClose(); err != nil || end.Code != wsproto.CloseGoingAway {
		t.Errorf("the client's end: %v, %v", end, err)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestOptionsThatCantBe(t *testing.T) {
	for want, o := range map[string]Options{
		"-1 objects":                {Load: Load{Objects: -1}},
		"changes, and no objects":   {Load: Load{Rate: 1}},
		"5 of 3 objects together":   {Load: Load{Objects: 3, Batch: 5}},
		"a share of 2 that shrinks": {Load: Load{Shrinks: 2}},
		"bursts of 5 every 0s":      {Load: Load{Objects: 1, BurstMessages: 5}},
		"unknown port":              {Addr: "127.0.0.1:x"},
	} {
		err := Run(t.Context(), o, func(Addresses) { t.Error("it runs") })
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	err := Run(t.Context(), Options{Load: Load{Replay: filepath.Join(t.TempDir(), "none.mcap")}}, func(Addresses) {})
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a recording that isn't there: %v", err)
	}
}

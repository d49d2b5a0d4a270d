package scenewire

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/record"
)

// recorded ends a recording, by way of its file, and returns what it has, decoded.
func recorded(t *testing.T, s *Server, h *record.Handle) ([]Message, *record.Recording) {
	t.Helper()
	file, err := h.EndAndSerialize()
	must(t, err)
	rec, err := record.Read(bytes.NewReader(file), nil)
	must(t, err)
	var ms []Message
	for _, m := range rec.Messages {
		decoded, err := s.opts.Registry.Decode(m.Body)
		must(t, err)
		if name, _ := s.opts.Registry.Name(decoded); name != m.Type {
			t.Errorf("%q is recorded as %q", name, m.Type)
		}
		ms = append(ms, decoded)
	}
	return ms, rec
}

func expectRecorded(t *testing.T, s *Server, h *record.Handle, want ...Message) {
	t.Helper()
	if got, _ := recorded(t, s, h); !slices.Equal(got, want) {
		t.Errorf("recorded %v, want %v", got, want)
	}
}

func TestRecordingHasEverythingThatIsBroadcastMeanwhile(t *testing.T) {
	s := serve(t, nil)
	must(t, s.Broadcast(note{N: 0}))
	h := s.StartRecording(nil)
	must(t, s.Broadcast(pose{Name: "a"}))
	must(t, s.Broadcast(pose{Name: "a", Position: [3]float64{1}})) // culls the first one in the log only
	must(t, s.BroadcastExcept(3, note{N: 1}))
	must(t, h.InsertSleep(time.Second))
	must(t, s.BroadcastTransient(note{N: 2}))
	must(t, s.Atomic(func(b *Batch) error {
		must(t, b.Broadcast(note{N: 3}))
		must(t, h.InsertSleep(time.Second))
		return b.BroadcastTransient(note{N: 4})
	}))
	got, rec := recorded(t, s, h)
	must(t, s.Broadcast(note{N: 5}))
	want := []Message{pose{Name: "a"}, pose{Name: "a", Position: [3]float64{1}}, note{N: 1}, note{N: 2}, note{N: 3}, note{N: 4}}
	if !slices.Equal(got, want) {
		t.Errorf("recorded %v, want %v", got, want)
	}
	for i, want := range []time.Duration{0, 0, 0, time.Second, 2 * time.Second, 2 * time.Second} {
		if rec.Messages[i].Time != want {
			t.Errorf("message %d at %v, want %v", i, rec.Messages[i].Time, want)
		}
	}
	if rec.Duration != 2*time.Second {
		t.Errorf("it lasts %v", rec.Duration)
	}
}

func TestRecordingsHaveTheirOwnFiltersAndTimes(t *testing.T) {
	s := serve(t, nil)
	all := s.StartRecording(nil)
	poses := s.StartRecording(func(m Message) bool { _, is := m.(pose); return is })
	notes := s.StartRecording(func(m Message) bool { n, is := m.(note); return is && n.N > 1 })
	must(t, all.InsertSleep(time.Second))
	for i := range 3 {
		must(t, s.Atomic(func(b *Batch) error {
			must(t, b.Broadcast(note{N: i}))
			return b.Broadcast(pose{Name: fmt.Sprint(i)})
		}))
	}
	expectRecorded(t, s, notes, note{N: 2})
	must(t, s.Broadcast(note{N: 9}))
	expectRecorded(t, s, poses, pose{Name: "0"}, pose{Name: "1"}, pose{Name: "2"})
	got, rec := recorded(t, s, all)
	if len(got) != 7 || rec.Duration != time.Second {
		t.Errorf("recorded %v, %v", got, rec.Duration)
	}
	if n := len(s.taps.all()); n != 0 {
		t.Errorf("%d recordings are still listed", n)
	}
}

func TestRecordingHasTheOrderOfTheLog(t *testing.T) {
	s := serve(t, nil)
	v := join(t, s)
	clientOf(t, s, 0)
	a, b := s.StartRecording(nil), s.StartRecording(nil)
	const producers, each = 8, 150
	var wg sync.WaitGroup
	for p := range producers {
		wg.Go(func() {
			for i := range each {
				n := (p*each + i) * 2
				if err := s.Atomic(func(b *Batch) error {
					return errors.Join(b.Broadcast(note{N: n}), b.Broadcast(note{N: n + 1}))
				}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	got, _ := recorded(t, s, a)
	if len(got) != producers*each*2 {
		t.Fatalf("%d messages", len(got))
	}
	v.expect(got...)
	expectRecorded(t, s, b, got...)
}

func TestRecordingLeavesOutWhatIsNotQueued(t *testing.T) {
	s := serve(t, func(o *Options) { o.MaxLogMessages = 2 })
	h := s.StartRecording(nil)
	must(t, s.Broadcast(note{N: 1}))
	if err := s.Broadcast(broken{Any: make(chan int)}); err == nil {
		t.Error("a channel was encoded")
	}
	failed := errors.New("no")
	err := s.Atomic(func(b *Batch) error { return errors.Join(b.Broadcast(note{N: 2}), failed) })
	if !errors.Is(err, failed) {
		t.Error(err)
	}
	must(t, s.Atomic(func(b *Batch) error {
		_ = b.Atomic(func(b *Batch) error { return errors.Join(b.Broadcast(note{N: 3}), failed) })
		return b.Broadcast(note{N: 4})
	}))
	if err := s.Broadcast(note{N: 5}); !errors.Is(err, ErrFull) {
		t.Error(err)
	}
	must(t, s.Close())
	if err := s.Broadcast(note{N: 6}); !errors.Is(err, ErrServerClosed) {
		t.Error(err)
	}
	expectRecorded(t, s, h, note{N: 1}, note{N: 4})
}

func TestClientsRecordingHasWhatItAloneIsSent(t *testing.T) {
	s := serve(t, nil)
	v, other := join(t, s), join(t, s)
	c, d := clientOf(t, s, 0), clientOf(t, s, 1)
	h := c.StartRecording(nil)
	must(t, s.Broadcast(note{N: 1}))
	must(t, d.Send(note{N: 2}))
	must(t, c.Send(note{N: 3}))
	must(t, h.InsertSleep(time.Second))
	must(t, c.Atomic(func(b *Batch) error { return errors.Join(b.Send(note{N: 4}), b.Send(pose{Name: "a"})) }))
	v.expect(note{N: 1})
	other.expect(note{N: 1})
	c.Close(4000, "enough")
	eventually(t, "the client goes", func() bool { return len(s.Clients()) == 1 })
	if err := c.Send(note{N: 5}); !errors.Is(err, ErrClientGone) {
		t.Error(err)
	}
	got, rec := recorded(t, s, h)
	if want := []Message{note{N: 3}, note{N: 4}, pose{Name: "a"}}; !slices.Equal(got, want) || rec.Duration != time.Second {
		t.Errorf("recorded %v of %v, want %v", got, rec.Duration, want)
	}
	if n := len(c.taps.all()); n != 0 {
		t.Errorf("%d recordings are still listed", n)
	}
}

func TestRecordingKeepsTheBytesOfTheLog(t *testing.T) {
	s := serve(t, nil)
	h := s.StartRecording(nil)
	must(t, s.Broadcast(pose{Name: "a"}))
	rec, err := h.End()
	must(t, err)
	if &rec.Messages[0].Body[0] != &s.Log().Entries()[0].Payload[0] {
		t.Error("it has a copy")
	}
}

func TestFullRecordingStopsAndBroadcastsGoOn(t *testing.T) {
	s := serve(t, func(o *Options) { o.MaxRecordingBytes = 1000 })
	h := s.StartRecording(nil)
	for i := range 100 {
		must(t, s.Broadcast(note{N: i}))
	}
	if err := h.Err(); !errors.Is(err, record.ErrFull) {
		t.Errorf("its state: %v", err)
	}
	if n := len(s.taps.all()); n != 0 {
		t.Error("it still costs something")
	}
	file, err := h.EndAndSerialize()
	if !errors.Is(err, record.ErrFull) {
		t.Errorf("at the end: %v", err)
	}
	rec, err := record.Read(bytes.NewReader(file), nil)
	if err != nil || len(rec.Messages) == 0 || len(rec.Messages) >= 100 {
		t.Errorf("%d messages, %v", len(rec.Messages), err)
	}
	if got := s.Log().Len(); got != 100 {
		t.Errorf("%d live messages", got)
	}
}

func TestRecordingsComeAndGoUnderBroadcasts(t *testing.T) {
	s := serve(t, func(o *Options) { o.MaxRecordingBytes = 3000 }) // some are full before they end
	stop := make(chan struct{})
	var producers, recorders sync.WaitGroup
	for range 2 {
		producers.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				if err := s.Broadcast(pose{Name: "a", Position: [3]float64{float64(n)}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range 3 {
		recorders.Go(func() {
			for range 50 {
				h := s.StartRecording(nil)
				before := s.Log().Next()
				wstest.Eventually(func() bool { return s.Log().Next() > before+10 })
				rec, err := h.End()
				if err != nil && !errors.Is(err, record.ErrFull) || len(rec.Messages) < 5 { // of 11, some were on their way
					t.Errorf("%d messages, %v", len(rec.Messages), err)
				}
			}
		})
	}
	recorders.Wait()
	close(stop)
	producers.Wait()
	if n := len(s.taps.all()); n != 0 {
		t.Errorf("%d recordings are still listed", n)
	}
}

func TestFilterMayDoAnythingButSpoilABroadcast(t *testing.T) {
	s := serve(t, nil)
	h := s.StartRecording(func(m Message) bool {
		switch m := m.(type) {
		case pose:
			panic("no poses")
		case note:
			if m.N < 3 {
				must(t, s.Broadcast(note{N: m.N + 1}))
			}
		}
		return true
	})
	must(t, s.Broadcast(pose{Name: "a"}))
	must(t, s.Broadcast(note{N: 1}))
	expectRecorded(t, s, h, note{N: 3}, note{N: 2}, note{N: 1})
	if got := s.Log().Len(); got != 4 {
		t.Errorf("%d live messages", got)
	}
}

func TestRecordingStartedWithinABatchHasIt(t *testing.T) {
	s := serve(t, nil)
	var h *record.Handle
	must(t, s.Atomic(func(b *Batch) error {
		must(t, b.Broadcast(note{N: 1}))
		h = s.StartRecording(nil)
		return b.Broadcast(note{N: 2})
	}))
	expectRecorded(t, s, h, note{N: 1}, note{N: 2})
}

// BenchmarkBroadcast claims that what doesn't run costs nothing: the load of a pointer.
// Nobody is connected, so it is encoding and the log alone.
func BenchmarkBroadcast(b *testing.B) {
	for _, recordings := range []int{0, 1, 4} {
		b.Run(fmt.Sprintf("recordings=%d", recordings), func(b *testing.B) {
			s, err := New(&Options{Registry: testRegistry(), Logger: zap.NewNop(), MaxRecordingBytes: -1})
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			for range recordings {
				h := s.StartRecording(nil)
				defer func() { _, _ = h.End() }()
			}
			m := pose{Name: "a", Position: [3]float64{1, 2, 3}}
			b.ReportAllocs()
			for b.Loop() {
				if err := s.Broadcast(m); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

package scenewire

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

// noise is text that doesn't shrink by much, and by nothing if it is a large message.
func noise(n int) string {
	rng := rand.New(rand.NewPCG(7, uint64(n)))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(32 + rng.IntN(95))
	}
	return string(b)
}

func TestLargeMessagesAreCompressedOnceAndShared(t *testing.T) {
	s := serve(t, nil)
	want := []Message{
		note{N: 1},
		note{N: 2, Text: strings.Repeat("scene ", 50_000)},
		note{N: 3},
		note{N: 4, Text: noise(1 << 20)},
		note{N: 5, Text: noise(300 << 10)},
	}
	for _, m := range want {
		must(t, s.Broadcast(m))
	}
	entries, _ := s.log.Snapshot()
	for i, e := range entries {
		if large := i == 1 || i >= 3; (e.Packed != nil) != large {
			t.Errorf("message %d: packed %v", i+1, e.Packed != nil)
		}
	}
	f, err := s.buildFrame(entries, nil, encoding{generation: wsproto.GenerationZstd}, wsproto.Head{})
	must(t, err)
	shared := 0
	for _, piece := range f.AppendVectors(nil, 0) {
		for _, e := range entries {
			if len(e.Packed) > 0 && &piece[0] == &e.Packed[0] {
				shared++
			}
		}
	}
	if shared != 3 {
		t.Errorf("%d of 3 large messages are sent from where they lie", shared)
	}
	if large := 1<<20 + 300<<10; f.Keeps < large {
		t.Errorf("the frame says that it keeps %d B, and there are large messages of %d B", f.Keeps, large)
	}
	f.Release()
	join(t, s).expect(want...)
}

func TestSingleFrameWindowsAreOneZstdFrame(t *testing.T) {
	s := serve(t, nil)
	s.OnConnect(func(c *Client) { c.SetSingleFrame(true) })
	must(t, s.Broadcast(note{N: 1}))
	must(t, s.Broadcast(note{N: 2, Text: strings.Repeat("scene ", 50_000)}))
	v := join(t, s)
	_, payload, err := v.Message()
	must(t, err)
	if n := bytes.Count(payload, []byte{0x28, 0xb5, 0x2f, 0xfd}); n != 1 {
		t.Errorf("%d zstd frames", n)
	}
}

// Every client gets exactly what doesn't exclude it, whatever segments it shares.
func TestExcludedClientsShareTheOtherSegments(t *testing.T) {
	s := serve(t, nil)
	const clients = 5
	var viewers []*viewer
	for range clients {
		viewers = append(viewers, join(t, s))
	}
	clientOf(t, s, clients-1)
	rng := rand.New(rand.NewPCG(3, 4))
	want := make(map[ClientID][]Message)
	for range 30 {
		must(t, s.Atomic(func(b *Batch) error {
			for range rng.IntN(150) {
				m := note{N: rng.IntN(1000)}
				if rng.IntN(40) == 0 {
					m.Text = noise(packBytes + rng.IntN(1000))
				}
				except := ClientID(rng.IntN(2 * clients)) // half of them nobody's
				must(t, b.BroadcastExcept(except, m))
				for id := range ClientID(clients) {
					if id != except {
						want[id] = append(want[id], m)
					}
				}
			}
			return nil
		}))
	}
	for _, v := range viewers {
		v.expect(want[clientByAddr(t, s, v).ID()]...)
	}
}

func TestWindowThatIsAllExcludedIsNotSent(t *testing.T) {
	s := serve(t, nil)
	v := join(t, s)
	c := clientOf(t, s, 0)
	for i := range 5 {
		must(t, s.BroadcastExcept(c.ID(), note{N: i}))
		s.Flush()
	}
	must(t, s.Broadcast(note{N: 9}))
	v.expect(note{N: 9})
}

func TestLateJoinersOfALargeSceneEndAlike(t *testing.T) {
	s := serve(t, nil)
	for i := range 2000 {
		must(t, s.Broadcast(pose{Name: fmt.Sprint(i), Position: [3]float64{float64(i)}}))
	}
	must(t, s.Broadcast(note{N: 1, Text: noise(4 << 20)}))
	must(t, s.Broadcast(note{N: 2}))
	states := make([]applied, 4)
	for i := range states {
		v := joinAs(t, s, wsproto.GenerationZstd, wstest.Options{Subprotocols: []string{"viser-v1.0.21"}})
		for len(states[i].notes) < 2 {
			m, err := v.next()
			must(t, err)
			states[i].apply(m)
		}
		if len(states[i].poses) != 2000 {
			t.Errorf("%d poses", len(states[i].poses))
		}
	}
}

// BenchmarkBuildFrame builds windows of 128 small messages: for all, in segments, and
// from segments for one client that isn't to get one of them.
func BenchmarkBuildFrame(b *testing.B) {
	s, err := New(&Options{Registry: testRegistry()})
	must(b, err)
	defer func() { _ = s.Close() }()
	var entries []*buffers.Entry
	var excluded []uint64
	for i := range 128 {
		e, err := encode(s.opts.Registry, pose{Name: fmt.Sprint("object/", i), Position: [3]float64{float64(i), 1.25, 3}}, buffers.Entry{Except: uint64(i)})
		must(b, err)
		entries = append(entries, &e)
		excluded = append(excluded, uint64(i))
	}
	enc := encoding{generation: wsproto.GenerationZstd}
	build := func(excluded []uint64) func(b *testing.B) {
		return func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f, _ := s.buildFrame(entries, excluded, enc, wsproto.Head{})
				f.Release()
			}
		}
	}
	b.Run("kind=whole", build(nil))
	b.Run("kind=segmented", build(excluded))
	b.Run("kind=without", func(b *testing.B) {
		shared, _ := s.buildFrame(entries, excluded, enc, wsproto.Head{})
		b.ReportAllocs()
		for b.Loop() {
			shared.Retain()
			s.without(shared, 77).Release()
		}
	})
}

// BenchmarkPackThreshold compares a window of 127 poses and one larger message that is
// compressed with them each time, or by itself once.
func BenchmarkPackThreshold(b *testing.B) {
	z := wsproto.NewCompressor()
	registry := testRegistry()
	for _, size := range []int{1 << 10, 2 << 10, 4 << 10, 8 << 10, 16 << 10, 64 << 10} {
		var parts []wsproto.Part
		for i := range 127 {
			body, _ := registry.Append(nil, pose{Name: fmt.Sprint("object/", i)})
			parts = append(parts, wsproto.Part{Bytes: body})
		}
		large, _ := registry.Append(nil, note{Text: strings.Repeat(noise(97), size/97)})
		for _, packed := range []bool{false, true} {
			last := wsproto.Part{Bytes: large}
			if packed {
				last.Zstd = z.AppendFrame(nil, large)
			}
			b.Run(fmt.Sprintf("size=%d/packed=%v", size, packed), func(b *testing.B) {
				var dst []byte
				for b.Loop() {
					dst, _ = wsproto.AppendSegments(dst[:0], nil, append(parts[:127:127], last), 0, z)
				}
				b.ReportMetric(float64(len(dst)+len(last.Zstd)), "bytes")
			})
		}
	}
}

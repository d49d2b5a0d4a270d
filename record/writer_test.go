package record

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

// file returns the recording as a file.
func file(t testing.TB, rec *Recording) []byte {
	t.Helper()
	var b bytes.Buffer
	n, err := rec.WriteTo(&b)
	if err != nil || n != int64(b.Len()) {
		t.Fatalf("wrote %d bytes, said %d, %v", b.Len(), n, err)
	}
	return b.Bytes()
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	for _, g := range generations {
		for name, change := range map[string]func(*Recording){
			"as it is":          func(*Recording) {},
			"without a loop":    func(r *Recording) { r.Loops, r.LoopStart = false, 0 },
			"with a loop":       func(r *Recording) { r.Loops, r.LoopStart = true, len(r.Messages) },
			"empty":             func(r *Recording) { *r = Recording{} },
			"standing still":    func(r *Recording) { r.Duration = 0 },
			"many messages":     func(r *Recording) { r.Messages = many(70_000) },
			"times to the nano": func(r *Recording) { r.Messages[3].Time, r.Duration = 1_234_567_891, 90*24*time.Hour+1 },
		} {
			t.Run(g.String()+"/"+name, func(t *testing.T) {
				want := golden(g)
				change(want)
				want.Generation = g
				got, err := Read(bytes.NewReader(file(t, want)), nil)
				if err != nil {
					t.Fatal(err)
				}
				if diff := differ(got, want); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
}

func many(n int) []Message {
	list := make([]Message, n)
	for i := range list {
		list[i] = message(time.Duration(i)*time.Millisecond, "Note", text("n"), text(strings.Repeat("x", i%50)))
	}
	return list
}

func TestNewestGenerationIsTheDefault(t *testing.T) {
	got, err := Read(bytes.NewReader(file(t, &Recording{Messages: many(3)})), nil)
	if err != nil || got.Generation != GenerationZstd || len(got.Messages) != 3 {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestSameRecordingIsTheSameFile(t *testing.T) {
	for _, g := range generations {
		if !bytes.Equal(file(t, golden(g)), file(t, golden(g))) {
			t.Errorf("%v: two files", g)
		}
	}
}

func TestWrongRecordingsAreNotWritten(t *testing.T) {
	for name, change := range map[string]func(*Recording){
		"a generation that isn't":      func(r *Recording) { r.Generation = 9 },
		"a body that breaks off":       func(r *Recording) { r.Messages[1].Body = r.Messages[1].Body[:5] },
		"an empty body":                func(r *Recording) { r.Messages[1].Body = nil },
		"a body with something behind": func(r *Recording) { r.Messages[1].Body = append(r.Messages[1].Body, 1) },
		"another type":                 func(r *Recording) { r.Messages[1].Type = "Other" },
		"a loop from nowhere":          func(r *Recording) { r.Loops, r.LoopStart = true, 12 },
		"a loop from below zero":       func(r *Recording) { r.Loops, r.LoopStart = true, -1 },
		"a version that is a novel":    func(r *Recording) { r.ViserVersion = strings.Repeat("1.", 200) },
	} {
		t.Run(name, func(t *testing.T) {
			rec := golden(GenerationZstd)
			change(rec)
			n, err := rec.WriteTo(io.Discard)
			if err == nil || n != 0 {
				t.Errorf("wrote %d bytes, %v", n, err)
			}
		})
	}
}

func TestWritersErrorIsPassedOn(t *testing.T) {
	for _, g := range generations {
		rec := &Recording{Header: Header{Generation: g}}
		noise := rand.New(rand.NewPCG(1, 2))
		for range 100 {
			body := make([]byte, 2000)
			for i := range body {
				body[i] = byte(noise.Uint32())
			}
			rec.Messages = append(rec.Messages, message(0, "Noise", text("n"), append([]byte{0xc5, 2000 >> 8, 2000 & 0xff}, body...)))
		}
		size := len(file(t, rec))
		for _, n := range []int{0, 8, 100, size / 2, size - 1} {
			w := &shortWriter{left: n}
			if _, err := rec.WriteTo(w); !errors.Is(err, iotest.ErrTimeout) {
				t.Errorf("%v, at byte %d of %d: %v", g, n, size, err)
			}
		}
	}
}

// shortWriter takes so many bytes.
type shortWriter struct{ left int }

func (w *shortWriter) Write(b []byte) (int, error) {
	if len(b) > w.left {
		return w.left, iotest.ErrTimeout
	}
	w.left -= len(b)
	return len(b), nil
}

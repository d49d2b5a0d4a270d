package frames

import (
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/scenewire/scenewire/wsproto"
)

type found struct {
	opcode   byte
	size     int64
	inflated uint64
}

// scan feeds stream in pieces of the sizes that next gives.
func scan(t *testing.T, stream []byte, next func() int) []found {
	t.Helper()
	var s Scanner
	var all []found
	for len(stream) > 0 {
		piece := stream[:min(next(), len(stream))]
		stream = stream[len(piece):]
		for len(piece) > 0 {
			n, done, err := s.Next(piece)
			if err != nil {
				t.Fatal(err)
			}
			if n == 0 || (!done && n < len(piece)) {
				t.Fatalf("%d of %d bytes, done: %v", n, len(piece), done)
			}
			piece = piece[n:]
			if done {
				all = append(all, found{s.Opcode, s.Size, s.Inflated})
			}
		}
	}
	return all
}

func TestScannerFindsFramesInPieces(t *testing.T) {
	var stream []byte
	var want []found
	for i, size := range []int{5, 0, 8, 9, 7, 125, 126, 1000, 65535, 65536, 70_000, 1} {
		payload := make([]byte, size)
		f := found{opcode: byte(wsproto.OpBinary), size: int64(size)}
		if size >= 8 {
			f.inflated = uint64(1000 + i)
			binary.LittleEndian.PutUint64(payload, f.inflated)
		}
		stream = wsproto.AppendFrame(stream, wsproto.OpBinary, payload)
		want = append(want, f)
	}
	stream = wsproto.AppendClose(stream, wsproto.CloseNormal, "")
	want = append(want, found{opcode: byte(wsproto.OpClose), size: 2})

	random := rand.New(rand.NewPCG(1, 2))
	for name, next := range map[string]func() int{
		"whole":       func() int { return len(stream) },
		"single byte": func() int { return 1 },
		"random":      func() int { return 1 + random.IntN(40) },
		"large":       func() int { return 1 + random.IntN(30_000) },
	} {
		t.Run(name, func(t *testing.T) {
			if got := scan(t, stream, next); !slices.Equal(got, want) {
				t.Errorf("got  %v\nwant %v", got, want)
			}
		})
	}
}

func TestScannerRefuses(t *testing.T) {
	for _, c := range []struct {
		stream []byte
		want   error
	}{
		{[]byte{0x82, 0x80, 1, 2, 3, 4}, ErrMasked},
		{[]byte{0x82, 127, 0x80, 0, 0, 0, 0, 0, 0, 0}, ErrTooLarge},
	} {
		var s Scanner
		if _, _, err := s.Next(c.stream); !errors.Is(err, c.want) {
			t.Errorf("% x: %v, want %v", c.stream, err, c.want)
		}
	}
}

func TestHeaderBytes(t *testing.T) {
	for _, size := range []int{0, 125, 126, 65535, 65536} {
		want := len(wsproto.AppendHeader(nil, wsproto.OpBinary, true, size))
		if got := HeaderBytes(int64(size)); got != int64(want) {
			t.Errorf("payload of %d: header of %d, want %d", size, got, want)
		}
	}
}

func TestStamp(t *testing.T) {
	b := make([]byte, 40)
	PutStamp(b[7:], 1234567890123)
	if at, ok := FindStamp(b); !ok || at != 1234567890123 {
		t.Errorf("%d, %v", at, ok)
	}
	if _, ok := FindStamp(b[:7+StampBytes-1]); ok {
		t.Error("found in bytes that end inside the stamp")
	}
	if _, ok := FindStamp(b[8:]); ok {
		t.Error("found where the mark is cut off")
	}
}

func TestWindowReader(t *testing.T) {
	stamped := append([]byte{0x82, 0xa1, 'b', 0xc4, StampBytes}, make([]byte, StampBytes)...)
	PutStamp(stamped[5:], 77)
	stamped = append(stamped, "\xa4type\xa1F"...)
	plain := []byte("\x81\xa4type\xa1F")
	read := NewWindowReader()
	for range 2 {
		payload, err := wsproto.AppendWindow(nil, wsproto.GenerationZstd, [][]byte{plain, stamped, plain}, 1.5, wsproto.NewCompressor())
		if err != nil {
			t.Fatal(err)
		}
		got, err := read(payload)
		if want := (Content{Messages: 3, Stamp: 77, Stamped: true}); err != nil || got != want {
			t.Errorf("%+v, %v, want %+v", got, err, want)
		}
	}
	if _, err := read([]byte("no window")); err == nil {
		t.Error("no error for what is no window")
	}
}

package wsproto

import (
	"bytes"
	"runtime"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// decodeZstd decodes with a decoder that is not ours.
func decodeZstd(t *testing.T, b []byte) []byte {
	t.Helper()
	dec, err := zstd.NewReader(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer dec.Close()
	got, err := dec.DecodeAll(b, nil)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// rawFrameSizes are around each bound of the frame header and of a block.
var rawFrameSizes = []int{0, 1, 255, 256, 257, 65791, 65792, 128 << 10, 128<<10 + 1, 256 << 10, 300_000}

func TestZstdRawFrame(t *testing.T) {
	content := noise(300_000)
	for _, n := range rawFrameSizes {
		frame := AppendZstdRawFrame([]byte("<"), content[:n])[1:]
		if len(frame) != rawFrameSize(n) {
			t.Errorf("%d bytes: frame of %d, computed %d", n, len(frame), rawFrameSize(n))
		}
		if got := decodeZstd(t, frame); !bytes.Equal(got, content[:n]) {
			t.Errorf("%d bytes became %d", n, len(got))
		}
		var h zstd.Header
		if err := h.Decode(frame); err != nil || !h.HasFCS || h.FrameContentSize != uint64(n) || !h.SingleSegment {
			t.Errorf("%d bytes: header %+v, %v", n, h, err)
		}
	}
}

func TestZstdRawFrameOverhead(t *testing.T) {
	for n, want := range map[int]int{255: 9, 256: 10, 65791: 10, 65792: 12, 128 << 10: 12, 128<<10 + 1: 15} {
		if got := rawFrameSize(n) - n; got != want {
			t.Errorf("%d bytes: %d more, want %d", n, got, want)
		}
	}
}

func TestCompressorPicksTheSmaller(t *testing.T) {
	z := NewCompressor()
	tests := []struct {
		name    string
		content []byte
		raw     bool
	}{
		{"small", bytes.Repeat([]byte("a"), 255), true},
		{"repetitive", bytes.Repeat([]byte("scene"), 100), false},
		{"noise", noise(5000), true},
		{"large noise", noise(1 << 20), true},
		{"large, repetitive", bytes.Repeat([]byte("scene"), 1<<18), false},
		{"large, half noise", append(noise(1<<19), make([]byte, 1<<19)...), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			frame := z.AppendFrame(nil, tt.content)
			if raw := len(frame) == rawFrameSize(len(tt.content)); raw != tt.raw || len(frame) > rawFrameSize(len(tt.content)) {
				t.Errorf("%d bytes became %d", len(tt.content), len(frame))
			}
			if !bytes.Equal(decodeZstd(t, frame), tt.content) {
				t.Error("content changed")
			}
		})
	}
}

func TestCompressorKeepsNoLargeScratch(t *testing.T) {
	z := NewCompressor()
	big := testMessage("/big", make([]byte, 3<<20))
	if _, err := AppendWindow(nil, GenerationZstd, [][]byte{big}, 0, z); err != nil || cap(z.plain) > keptScratch {
		t.Errorf("%d bytes kept, %v", cap(z.plain), err)
	}
	d := NewDecompressor()
	b, _ := AppendWindow(nil, GenerationZstd, [][]byte{big}, 0, z)
	e, err := DecodeWindow(GenerationZstd, b, WindowLimits{}, d)
	if err != nil || cap(d.plain) > keptScratch || !bytes.Equal(e.Messages[0], big) {
		t.Errorf("%d bytes kept, %v", cap(d.plain), err)
	}
}

func TestCodecsStartNoGoroutine(t *testing.T) {
	before := runtime.NumGoroutine()
	z, d := NewCompressor(), NewDecompressor()
	b, err := AppendWindow(nil, GenerationZstd, testMessages(), 0, z)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := DecodeWindow(GenerationZstd, b, WindowLimits{}, d); err != nil {
		t.Fatal(err)
	}
	if after := runtime.NumGoroutine(); after > before {
		t.Errorf("%d goroutines, before %d", after, before)
	}
}

func TestZstdSkippable(t *testing.T) {
	b := AppendZstdSkippable(nil, []byte("abc"))
	if string(b) != "\x50\x2a\x4d\x18\x03\x00\x00\x00abc" {
		t.Errorf("%x", b)
	}
	if got := decodeZstd(t, AppendZstdRawFrame(b, []byte("content"))); string(got) != "content" {
		t.Errorf("%q", got)
	}
}

func FuzzCompressor(f *testing.F) {
	f.Add([]byte("scene"), 1, 0)
	f.Add([]byte("0123456789"), 1000, 17)
	f.Add(noise(700), 2, 256)
	z := NewCompressor()
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, piece []byte, times, cut int) {
		content := bytes.Repeat(piece, min(max(times, 0), 1<<19/(len(piece)+1)))
		content = content[min(max(cut, 0), len(content)):]
		frame := z.AppendFrame(nil, content)
		if len(frame) > rawFrameSize(len(content)) {
			t.Fatalf("%d bytes became %d", len(content), len(frame))
		}
		if got, err := dec.DecodeAll(frame, nil); err != nil || !bytes.Equal(got, content) {
			t.Fatalf("%d bytes became %d, %v", len(content), len(got), err)
		}
	})
}

package wsproto

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/scenewire/scenewire/internal/msgpscan"
)

var generations = []Generation{GenerationMap, GenerationArray, GenerationPlain, GenerationZstd}

// testMessage is a message like those of a scene, with data of n bytes.
func testMessage(name string, data []byte) []byte {
	b := msgpscan.AppendMapHeader(nil, 3)
	b = msgpscan.AppendString(msgpscan.AppendString(b, "name"), name)
	b = msgpscan.AppendBin(msgpscan.AppendString(b, "data"), data)
	return msgpscan.AppendString(msgpscan.AppendString(b, "type"), "TestMessage")
}

// noise is n bytes that don't compress, the same each time.
func noise(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.NewChaCha8([32]byte{}).Read(b)
	return b
}

func testMessages() [][]byte {
	return [][]byte{
		testMessage("/a", nil),
		testMessage("/b", bytes.Repeat([]byte("scene"), 200)),
		testMessage("/c", noise(600)),
		{0x80}, // the empty map is a map too
	}
}

func sameEnvelope(t *testing.T, got Envelope, messages [][]byte, timestampSec float64) {
	t.Helper()
	if got.TimestampSec != timestampSec || !slices.EqualFunc(got.Messages, messages, bytes.Equal) {
		t.Errorf("got %d messages at %v, want %d at %v", len(got.Messages), got.TimestampSec, len(messages), timestampSec)
	}
}

func TestWindowRoundTrip(t *testing.T) {
	z, d := NewCompressor(), NewDecompressor()
	for _, g := range generations {
		for count := range 5 {
			messages := testMessages()[:count]
			b, err := AppendWindow([]byte("<"), g, messages, 12.5, z)
			if g == GenerationMap && count != 1 {
				if err == nil || string(b) != "<" {
					t.Errorf("%v took %d messages", g, count)
				}
				continue
			}
			if err != nil || b[0] != '<' {
				t.Fatalf("%v: %v", g, err)
			}
			want := 12.5
			if g < GenerationPlain {
				want = 0
			}
			for _, d := range []*Decompressor{d, nil} {
				got, err := DecodeWindow(g, b[1:], WindowLimits{}, d)
				if err != nil {
					t.Fatalf("%v with %d messages: %v", g, count, err)
				}
				sameEnvelope(t, got, messages, want)
			}
		}
	}
}

func TestWindowOfUnknownGeneration(t *testing.T) {
	if b, err := AppendWindow([]byte("<"), 9, nil, 0, nil); err == nil || string(b) != "<" {
		t.Errorf("written: %q, %v", b, err)
	}
	if _, err := DecodeWindow(9, []byte{0x80}, WindowLimits{}, nil); !errors.Is(err, ErrWindowInvalid) {
		t.Errorf("read: %v", err)
	}
	if got := Generation(9).String() + GenerationZstd.String(); got != "unknownzstd" {
		t.Error(got)
	}
}

func TestPlainWindowBytes(t *testing.T) {
	got, _ := AppendWindow(nil, GenerationPlain, [][]byte{{0x80}}, 1, nil)
	want := "\x82\xactimestampSec\xcb\x3f\xf0\x00\x00\x00\x00\x00\x00\xa8messages\x91\x80"
	if string(got) != want {
		t.Errorf("got %q", got)
	}
}

func TestSplicedWindow(t *testing.T) {
	z, d := NewCompressor(), NewDecompressor()
	small, big, raw := testMessage("/s", nil), testMessage("/big", bytes.Repeat([]byte("x"), 9000)), testMessage("/raw", noise(9000))
	ready := func(m []byte) Part { return Part{m, z.AppendFrame(nil, m)} }
	plain := func(m []byte) Part { return Part{Bytes: m} }
	tests := map[string][]Part{
		"nothing":                     {},
		"small only":                  {plain(small), plain(small)},
		"ready only":                  {ready(big)},
		"ready raw":                   {ready(raw), plain(small)},
		"ready between small":         {plain(small), ready(big), plain(small), plain(small)},
		"ready next to each other":    {plain(small), ready(big), ready(raw), ready(big)},
		"a large one without a frame": {plain(big), ready(raw), plain(raw)},
	}
	for name, parts := range tests {
		t.Run(name, func(t *testing.T) {
			var messages [][]byte
			for _, p := range parts {
				messages = append(messages, p.Bytes)
			}
			for _, z := range []*Compressor{z, nil} {
				b, err := AppendSplicedWindow([]byte("<"), parts, 3.25, z)
				if err != nil || b[0] != '<' {
					t.Fatal(err)
				}
				got, err := DecodeWindow(GenerationZstd, b[1:], WindowLimits{}, d)
				if err != nil {
					t.Fatal(err)
				}
				sameEnvelope(t, got, messages, 3.25)
			}
		})
	}
}

func TestSplicedWindowWithoutReadyFramesIsAnOrdinaryOne(t *testing.T) {
	z := NewCompressor()
	var parts []Part
	for _, m := range testMessages() {
		parts = append(parts, Part{Bytes: m})
	}
	spliced, _ := AppendSplicedWindow(nil, parts, 7, z)
	ordinary, _ := AppendWindow(nil, GenerationZstd, testMessages(), 7, z)
	if !bytes.Equal(spliced, ordinary) {
		t.Errorf("%x\n%x", spliced, ordinary)
	}
}

func TestSplicedWindowCopiesReadyFrames(t *testing.T) {
	z := NewCompressor()
	big := testMessage("/big", bytes.Repeat([]byte("x"), 90_000))
	frame := z.AppendFrame(nil, big)
	b, _ := AppendSplicedWindow(nil, []Part{{big, frame}}, 0, z)
	if !bytes.HasSuffix(b, frame) || len(frame) > 1000 {
		t.Errorf("window of %d bytes, frame of %d", len(b), len(frame))
	}
}

func TestSplicedWindowRefusesFrameWithoutMessage(t *testing.T) {
	b, err := AppendSplicedWindow([]byte("<"), []Part{{Zstd: []byte{1}}}, 0, nil)
	if err == nil || string(b) != "<" {
		t.Errorf("got %q, %v", b, err)
	}
}

func TestDecodeWindowReadsSkippableAndEmptyFrames(t *testing.T) {
	plain, _ := AppendWindow(nil, GenerationPlain, testMessages(), 2, nil)
	b := binary.LittleEndian.AppendUint64(nil, uint64(len(plain)))
	b = AppendZstdSkippable(b, []byte("sequence 1"))
	b = AppendZstdRawFrame(b, plain[:50])
	b = AppendZstdRawFrame(b, nil)
	b = AppendZstdSkippable(b, nil)
	b = AppendZstdRawFrame(b, plain[50:])
	got, err := DecodeWindow(GenerationZstd, b, WindowLimits{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	sameEnvelope(t, got, testMessages(), 2)
}

// envelope is a map of these keys and values, each already encoded.
func envelope(pairs ...string) []byte {
	b := msgpscan.AppendMapHeader(nil, len(pairs)/2)
	return append(b, strings.Join(pairs, "")...)
}

const (
	encodedTimestampKey = "\xactimestampSec"
	encodedMessagesKey  = "\xa8messages"
	encodedOneSecond    = "\xcb\x3f\xf0\x00\x00\x00\x00\x00\x00"
)

func TestDecodeEnvelopeLeniently(t *testing.T) {
	one := [][]byte{[]byte("\x81\xa1a\x01")}
	const oneMessage = "\x91\x81\xa1a\x01"
	tests := []struct {
		name    string
		payload []byte
	}{
		{"timestamp first", envelope(encodedTimestampKey, encodedOneSecond, encodedMessagesKey, oneMessage)},
		{"timestamp last", envelope(encodedMessagesKey, oneMessage, encodedTimestampKey, encodedOneSecond)},
		{"whole timestamp as integer", envelope(encodedMessagesKey, oneMessage, encodedTimestampKey, "\x01")},
		{"timestamp as float32", envelope(encodedMessagesKey, oneMessage, encodedTimestampKey, "\xca\x3f\x80\x00\x00")},
		{"unknown keys", envelope("\xa3seq", "\xcd\x01\x02", encodedMessagesKey, oneMessage, "\xa1x", "\x92\x90\xc0", encodedTimestampKey, "\x01")},
		{"keys that are not strings", envelope("\x05", "\xc0", encodedMessagesKey, oneMessage, "\x90", "\xa0", encodedTimestampKey, "\x01")},
		{"the last of repeated keys", envelope(encodedMessagesKey, "\x92\x80\x80", encodedTimestampKey, "\x09", encodedMessagesKey, oneMessage, encodedTimestampKey, "\x01")},
		{"longer headers than needed", append([]byte("\xdf\x00\x00\x00\x02\xd9\x0ctimestampSec\x01\xda\x00\x08messages"), "\xdd\x00\x00\x00\x01\x81\xa1a\x01"...)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := DecodeWindow(GenerationPlain, tt.payload, WindowLimits{}, nil)
			if err != nil {
				t.Fatal(err)
			}
			sameEnvelope(t, got, one, 1)
		})
	}
}

func TestDecodeWindowErrors(t *testing.T) {
	zstdOf := func(plain []byte, size uint64) []byte {
		return AppendZstdRawFrame(binary.LittleEndian.AppendUint64(nil, size), plain)
	}
	good := envelope(encodedMessagesKey, "\x90", encodedTimestampKey, "\x01")
	size := uint64(len(good))
	tests := []struct {
		name    string
		g       Generation
		payload []byte
		want    error
	}{
		{"empty", GenerationMap, nil, ErrWindowInvalid},
		{"bare array as a map", GenerationMap, []byte("\x90"), ErrWindowInvalid},
		{"bytes after a map", GenerationMap, []byte("\x80\x80"), ErrWindowInvalid},
		{"truncated map", GenerationMap, []byte("\x81\xa1a"), ErrWindowInvalid},
		{"never used marker", GenerationMap, []byte("\x81\xa1a\xc1"), ErrWindowInvalid},
		{"over the depth", GenerationMap, []byte("\x81\xa1a" + strings.Repeat("\x91", 20) + "\xc0"), ErrWindowTooLarge},
		{"over the elements", GenerationMap, []byte("\x81\xa1a\xdc\x00\x65" + strings.Repeat("\xc0", 101)), ErrWindowTooLarge},
		{"bare map as an array", GenerationArray, []byte("\x80"), ErrWindowInvalid},
		{"array of numbers", GenerationArray, []byte("\x91\x01"), ErrWindowInvalid},
		{"array with fewer than declared", GenerationArray, []byte("\xdd\xff\xff\xff\xff\x80"), ErrWindowInvalid},
		{"over the messages", GenerationArray, []byte("\x95\x80\x80\x80\x80\x80"), ErrWindowTooLarge},
		{"over the bytes", GenerationArray, append([]byte("\x91"), testMessage("x", make([]byte, 2000))...), ErrWindowTooLarge},
		{"no messages", GenerationPlain, envelope(encodedTimestampKey, "\x01"), ErrWindowInvalid},
		{"no timestamp", GenerationPlain, envelope(encodedMessagesKey, "\x90"), ErrWindowInvalid},
		{"messages not an array", GenerationPlain, envelope(encodedMessagesKey, "\xc0", encodedTimestampKey, "\x01"), ErrWindowInvalid},
		{"timestamp not a number", GenerationPlain, envelope(encodedMessagesKey, "\x90", encodedTimestampKey, "\xa0"), ErrWindowInvalid},
		{"bytes after the envelope", GenerationPlain, append(slices.Clone(good), 0), ErrWindowInvalid},
		{"no size", GenerationZstd, []byte("\x01\x02\x03"), ErrWindowInvalid},
		{"size over the limit", GenerationZstd, zstdOf(good, 1001), ErrWindowTooLarge},
		{"size over 63 bits", GenerationZstd, zstdOf(good, math.MaxUint64), ErrWindowTooLarge},
		{"size too small", GenerationZstd, zstdOf(good, size-1), ErrWindowInvalid},
		{"size too large", GenerationZstd, zstdOf(good, size+1), ErrWindowInvalid},
		{"size 0 without frames", GenerationZstd, make([]byte, 8), ErrWindowInvalid},
		{"size without frames", GenerationZstd, binary.LittleEndian.AppendUint64(nil, 100), ErrWindowInvalid},
		{"not zstd", GenerationZstd, append(binary.LittleEndian.AppendUint64(nil, size), good...), ErrWindowInvalid},
		{"truncated zstd", GenerationZstd, zstdOf(good, size)[:8+20], ErrWindowInvalid},
		{"garbage after the frame", GenerationZstd, append(zstdOf(good, size), 1, 2, 3, 4, 5), ErrWindowInvalid},
	}
	lim := WindowLimits{MaxBytes: 1000, MaxMessages: 4, MaxDepth: 10, MaxElements: 100}
	d := NewDecompressor()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := DecodeWindow(tt.g, tt.payload, lim, d)
			if !errors.Is(err, tt.want) || got.Messages != nil {
				t.Errorf("got %d messages, %v", len(got.Messages), err)
			}
		})
	}
}

func TestDecodeWindowWithoutLimits(t *testing.T) {
	deep := []byte("\x81\xa1a" + strings.Repeat("\x91", 100) + "\xc0")
	if _, err := DecodeWindow(GenerationMap, deep, WindowLimits{}, nil); !errors.Is(err, ErrWindowTooLarge) {
		t.Errorf("default: %v", err)
	}
	none := WindowLimits{MaxBytes: -1, MaxMessages: -1, MaxDepth: -1, MaxElements: -1}
	if _, err := DecodeWindow(GenerationMap, deep, none, nil); err != nil {
		t.Errorf("no limits: %v", err)
	}
}

func TestDecodeWindowSizeMustBePossible(t *testing.T) {
	payload := binary.LittleEndian.AppendUint64(nil, 200<<20)
	payload = AppendZstdRawFrame(payload, []byte{0x80})
	allocated := testing.AllocsPerRun(1, func() {
		if _, err := DecodeWindow(GenerationZstd, payload, WindowLimits{}, &Decompressor{}); !errors.Is(err, ErrWindowInvalid) {
			t.Fatal(err)
		}
	})
	if allocated > 20 {
		t.Errorf("%v allocations", allocated)
	}
}

func TestDecodeWindowReusesMemory(t *testing.T) {
	z, d := NewCompressor(), NewDecompressor()
	b, _ := AppendWindow(nil, GenerationZstd, testMessages(), 1, z)
	allocs := testing.AllocsPerRun(100, func() {
		if _, err := DecodeWindow(GenerationZstd, b, WindowLimits{}, d); err != nil {
			t.Fatal(err)
		}
	})
	if allocs > 1 {
		t.Errorf("%v allocations", allocs)
	}
}

func TestAppendWindowReusesMemory(t *testing.T) {
	z, messages := NewCompressor(), testMessages()
	var dst []byte
	for _, g := range generations[1:] {
		dst, _ = AppendWindow(dst[:0], g, messages, 1, z)
		allocs := testing.AllocsPerRun(100, func() { dst, _ = AppendWindow(dst[:0], g, messages, 1, z) })
		if allocs > 0 {
			t.Errorf("%v: %v allocations", g, allocs)
		}
	}
}

func FuzzDecodeWindow(f *testing.F) {
	z := NewCompressor()
	for _, g := range generations {
		b, _ := AppendWindow(nil, g, testMessages()[:1], 1.5, z)
		f.Add(uint8(g), b)
		b, _ = AppendWindow(nil, g, testMessages(), 1.5, z)
		f.Add(uint8(g), b)
	}
	big := testMessage("/big", bytes.Repeat([]byte("x"), 5000))
	spliced, _ := AppendSplicedWindow(nil, []Part{{Bytes: testMessages()[0]}, {big, z.AppendFrame(nil, big)}}, 2, z)
	f.Add(uint8(GenerationZstd), spliced)
	f.Add(uint8(GenerationPlain), envelope("\x05", "\xc0", encodedMessagesKey, "\x91\x80", encodedTimestampKey, "\x01"))
	d := NewDecompressor()
	lim := WindowLimits{MaxBytes: 1 << 20, MaxMessages: 1000}
	f.Fuzz(func(t *testing.T, g uint8, payload []byte) {
		before := bytes.Clone(payload)
		e, err := DecodeWindow(Generation(g), payload, lim, d)
		if !bytes.Equal(payload, before) {
			t.Fatal("the payload was changed")
		}
		if err != nil {
			if !errors.Is(err, ErrWindowInvalid) && !errors.Is(err, ErrWindowTooLarge) {
				t.Fatalf("error %v", err)
			}
			return
		}
		again, err := AppendWindow(nil, Generation(g), e.Messages, e.TimestampSec, z)
		if err != nil {
			t.Fatal(err)
		}
		e2, err := DecodeWindow(Generation(g), again, WindowLimits{}, nil)
		if err != nil || math.Float64bits(e2.TimestampSec) != math.Float64bits(e.TimestampSec) || !slices.EqualFunc(e.Messages, e2.Messages, bytes.Equal) {
			t.Fatalf("%d messages at %v became %d at %v, %v", len(e.Messages), e.TimestampSec, len(e2.Messages), e2.TimestampSec, err)
		}
	})
}

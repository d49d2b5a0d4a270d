package wsproto

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"testing"
)

// envelopeVector is a window. Error is "", "invalid" or "too large", with a
// limit of 64 KiB.
type envelopeVector struct {
	Name         string     `json:"name"`
	Generation   string     `json:"generation"`
	Payload      hexBytes   `json:"payload"`
	TimestampSec float64    `json:"timestampSec"`
	Messages     []hexBytes `json:"messages"`
	Frames       int        `json:"frames"` // zstd frames, 0 if it is not zstd
	Error        string     `json:"error"`
}

const vectorWindowBytes = 64 << 10

var vectorErrors = map[string]error{"": nil, "invalid": ErrWindowInvalid, "too large": ErrWindowTooLarge}

func TestEnvelopeVectors(t *testing.T) {
	vectors := slices.Concat(writtenEnvelopes(t), splicedEnvelopes(t), handmadeEnvelopes())
	for _, v := range vectors {
		g := Generation(slices.Index(generationNames[:], v.Generation))
		got, err := DecodeWindow(g, v.Payload, WindowLimits{MaxBytes: vectorWindowBytes}, nil)
		if want := vectorErrors[v.Error]; !errors.Is(err, want) {
			t.Errorf("%s: got %v, want %v", v.Name, err, want)
		}
		same := slices.EqualFunc(got.Messages, v.Messages, func(a []byte, b hexBytes) bool { return bytes.Equal(a, b) })
		if !same || got.TimestampSec != v.TimestampSec {
			t.Errorf("%s: got %x at %v", v.Name, got.Messages, got.TimestampSec)
		}
	}
	compareVectors(t, "envelopes.json", vectors)
}

func toHex(messages [][]byte) []hexBytes {
	all := make([]hexBytes, len(messages))
	for i, m := range messages {
		all[i] = m
	}
	return all
}

// writtenEnvelopes are windows of AppendWindow, of 0, 1 and 4 messages.
func writtenEnvelopes(t *testing.T) (vectors []envelopeVector) {
	z := NewCompressor()
	for _, g := range generations {
		for _, count := range []int{0, 1, 4} {
			if g == GenerationMap && count != 1 {
				continue
			}
			messages := testMessages()[:count]
			payload, err := AppendWindow(nil, g, messages, 1262.75, z)
			if err != nil {
				t.Fatal(err)
			}
			v := envelopeVector{Name: fmt.Sprintf("%v: %d messages", g, count), Generation: g.String(), Payload: payload, Messages: toHex(messages)}
			if g >= GenerationPlain {
				v.TimestampSec = 1262.75
			}
			if g == GenerationZstd {
				v.Frames = 1
			}
			vectors = append(vectors, v)
		}
	}
	return vectors
}

// splicedEnvelopes are windows of AppendSplicedWindow.
func splicedEnvelopes(t *testing.T) (vectors []envelopeVector) {
	z := NewCompressor()
	part := func(m []byte) Part { return Part{Bytes: m} }
	ready := func(m []byte) Part { return Part{m, z.AppendFrame(nil, m)} }
	small := testMessages()
	big, raw := testMessage("/big", bytes.Repeat([]byte("scene"), 900)), testMessage("/raw", noise(2000))
	for _, tt := range []struct {
		name   string
		frames int
		parts  []Part
	}{
		{"spliced: a compressed frame at the end", 2, []Part{part(small[0]), ready(big)}},
		{"spliced: a raw frame between small messages", 3, []Part{part(small[0]), ready(raw), part(small[1])}},
		{"spliced: frames next to each other", 4, []Part{ready(big), ready(raw), ready(big)}},
		{"spliced: runs between frames", 5, []Part{part(small[0]), part(small[1]), ready(big), part(small[2]), ready(raw), part(small[3])}},
	} {
		payload, err := AppendSplicedWindow(nil, tt.parts, 0.5, z)
		if err != nil {
			t.Fatal(err)
		}
		v := envelopeVector{Name: tt.name, Generation: "zstd", Payload: payload, TimestampSec: 0.5, Frames: tt.frames}
		for _, p := range tt.parts {
			v.Messages = append(v.Messages, p.Bytes)
		}
		vectors = append(vectors, v)
	}
	return vectors
}

// handmadeEnvelopes are windows as others might write them, and broken ones.
func handmadeEnvelopes() []envelopeVector {
	ok := func(name string, g Generation, payload []byte, frames int) envelopeVector {
		return envelopeVector{name, g.String(), payload, 1, []hexBytes{hexBytes("\x81\xa1a\x01")}, frames, ""}
	}
	bad := func(name string, g Generation, payload []byte, err string) envelopeVector {
		return envelopeVector{name, g.String(), payload, 0, []hexBytes{}, 0, err}
	}
	plain := envelope(encodedMessagesKey, "\x91\x81\xa1a\x01", encodedTimestampKey, encodedOneSecond)
	sized := func(size int, frames ...[]byte) []byte {
		return append(binary.LittleEndian.AppendUint64(nil, uint64(size)), slices.Concat(frames...)...)
	}
	raw := func(b []byte) []byte { return AppendZstdRawFrame(nil, b) }
	return []envelopeVector{
		ok("timestamp last", GenerationPlain, plain, 0),
		ok("unknown keys", GenerationPlain, envelope("\xa3seq", "\x07", encodedTimestampKey, encodedOneSecond, encodedMessagesKey, "\x91\x81\xa1a\x01", "\xa1x", "\x91\xc0"), 0),
		ok("timestamp last, stored", GenerationZstd, sized(len(plain), raw(plain)), 1),
		ok("skippable and empty frames", GenerationZstd, sized(len(plain), AppendZstdSkippable(nil, []byte("seq")), raw(plain[:20]), raw(nil), raw(plain[20:])), 4),
		bad("map: a scalar", GenerationMap, []byte{1}, "invalid"),
		bad("map: bytes after it", GenerationMap, []byte{0x80, 0x80}, "invalid"),
		bad("array: fewer than declared", GenerationArray, []byte("\xdd\xff\xff\xff\xff\x80"), "invalid"),
		bad("array: element not a map", GenerationArray, []byte("\x92\x80\x01"), "invalid"),
		bad("plain: no messages", GenerationPlain, envelope(encodedTimestampKey, encodedOneSecond), "invalid"),
		bad("plain: no timestamp", GenerationPlain, envelope(encodedMessagesKey, "\x90"), "invalid"),
		bad("zstd: no room for the size", GenerationZstd, []byte{1, 2, 3}, "invalid"),
		bad("zstd: declared too small", GenerationZstd, sized(len(plain)-1, raw(plain)), "invalid"),
		bad("zstd: declared too large", GenerationZstd, sized(len(plain)+1, raw(plain)), "invalid"),
		bad("zstd: over the limit", GenerationZstd, sized(vectorWindowBytes+1, raw(plain)), "too large"),
		bad("zstd: cut", GenerationZstd, sized(len(plain), raw(plain)[:20]), "invalid"),
		bad("zstd: a frame is missing", GenerationZstd, sized(len(plain), raw(plain[:20])), "invalid"),
	}
}

// handshakeVector is a request and a server's answer to it.
type handshakeVector struct {
	Key         string   `json:"key"`
	Accept      string   `json:"accept"`
	Offered     []string `json:"offered"`
	Subprotocol string   `json:"subprotocol"`
	Request     string   `json:"request"`
	Response    string   `json:"response"`
}

func TestHandshakeVectors(t *testing.T) {
	vectors := []handshakeVector{
		{Key: sampleKey, Accept: sampleAccept, Offered: []string{}},
		{Key: "x3JJHMbDL1EzLkh9GBhXDw==", Accept: "HSmrc0sMlYUkAGmm5OPpG2HaGWk=", Offered: []string{"scenewire.v1", "viser-v1.0.21"}, Subprotocol: "viser-v1.0.21"},
	}
	for i := range vectors {
		v := &vectors[i]
		if got := AcceptKey(v.Key); got != v.Accept {
			t.Errorf("accept key %q, want %q", got, v.Accept)
		}
		v.Request = string(AppendClientHandshake(nil, "127.0.0.1:8080", "/", v.Key, v.Offered, nil))
		v.Response = string(AppendSwitchingProtocols(nil, v.Key, v.Subprotocol))
	}
	compareVectors(t, "handshakes.json", vectors)
}

package wsproto

import (
	"bytes"
	"errors"
	"reflect"
	"testing"

	"github.com/scenewire/scenewire/internal/msgpscan"
)

var testHeads = []struct {
	name string
	head Head
}{
	{"viser's", Head{TimestampSec: 1.5}},
	{"of the log", Head{TimestampSec: 1.5, Epoch: 7, Seq: 300}},
	{"of the log's beginning", Head{TimestampSec: 1.5, Epoch: 7}},
	{"the largest numbers", Head{TimestampSec: 1.5, Epoch: MaxInteger, Seq: MaxInteger, Own: MaxInteger}},
	{"of the queue", Head{TimestampSec: 1.5, Own: 3}},
	{"a reset", Head{TimestampSec: 1.5, Epoch: 7, Seq: 0, Reset: true, Resync: true}},
	{"a pong", Head{TimestampSec: 1.5, Pong: MaxInteger}},
	{"a hello", Head{TimestampSec: 1.5, Epoch: 7, Seq: 20, Own: 1, Hello: &Hello{Client: 9, Session: "abc_-", GraceSec: 10, Resumed: ResumedClient}}},
	{"a hello without a session", Head{TimestampSec: 1.5, Epoch: 7, Reset: true, Hello: &Hello{}}},
	{"echoes", Head{TimestampSec: 1.5, Epoch: 7, Seq: 20, Except: []uint64{0, 7, 2, 300}}},
}

func TestHeadsRoundTrip(t *testing.T) {
	z, d := NewCompressor(), NewDecompressor()
	messages := testMessages()[:3]
	for _, tt := range testHeads {
		t.Run(tt.name, func(t *testing.T) {
			window := AppendSceneWindow(nil, messages, &tt.head, z)
			got, err := DecodeWindow(GenerationZstd, window, WindowLimits{}, d)
			if err != nil {
				t.Fatal(err)
			}
			sameEnvelope(t, got, messages, 1.5)
			if !reflect.DeepEqual(got.Head, tt.head) {
				t.Errorf("got %+v, want %+v", got.Head, tt.head)
			}
		})
	}
}

func TestSegmentedHeadsRoundTrip(t *testing.T) {
	z, d := NewCompressor(), NewDecompressor()
	for _, tt := range testHeads {
		if tt.head.Hello != nil {
			continue
		}
		t.Run(tt.name, func(t *testing.T) {
			memory, segments := AppendSegments(nil, nil, smallParts(3), 2, z)
			size := 0
			for _, s := range segments {
				size += s.Size
			}
			window := append(AppendSegmentedHead(nil, 3, size, &tt.head), memory...)
			got, err := DecodeWindow(GenerationZstd, AppendSegmentedTail(window, &tt.head), WindowLimits{}, d)
			if err != nil {
				t.Fatal(err)
			}
			if len(got.Messages) != 3 || !reflect.DeepEqual(got.Head, tt.head) {
				t.Errorf("got %d messages and %+v, want %+v", len(got.Messages), got.Head, tt.head)
			}
		})
	}
}

// Viser's clients must not see any of it.
func TestHeadOfViserIsAsEver(t *testing.T) {
	messages := testMessages()[:2]
	want, err := AppendWindow(nil, GenerationPlain, messages, 1.5, nil)
	if err != nil {
		t.Fatal(err)
	}
	head := Head{TimestampSec: 1.5}
	if got := appendPlain(nil, messages, &head); !bytes.Equal(got, want) || got[0] != 0x82 {
		t.Errorf("% x\n% x", got, want)
	}
}

func TestBadHeadsAreRefused(t *testing.T) {
	field := func(key string, value ...byte) []byte { return append(msgpscan.AppendString(nil, key), value...) }
	uint64s := func(v uint64) []byte { return msgpscan.AppendUint(nil, v) }
	for _, tt := range []struct {
		name  string
		field []byte
		err   error
	}{
		{"an epoch of text", field("epoch", 0xa1, 'x'), ErrWindowInvalid},
		{"a negative sequence", field("seq", 0xff), ErrWindowInvalid},
		{"a sequence above 2^53-1", field("seq", uint64s(MaxInteger+1)...), ErrWindowInvalid},
		{"a reset that is a number", field("reset", 1), ErrWindowInvalid},
		{"a hello that is a list", field("hello", 0x90), ErrWindowInvalid},
		{"a client of text", field("hello", 0x81, 0xa6, 'c', 'l', 'i', 'e', 'n', 't', 0xa0), ErrWindowInvalid},
		{"half a pair", field("except", 0x91, 1), ErrWindowInvalid},
		{"more echoes than messages are allowed", field("except", append([]byte{0xdc, 0, 202}, make([]byte, 202)...)...), ErrWindowTooLarge},
		{"echoes that aren't there", field("except", 0x92, 1), ErrWindowInvalid},
	} {
		t.Run(tt.name, func(t *testing.T) {
			head := Head{TimestampSec: 1}
			plain := append(head.append(nil, 0), tt.field...)
			plain[0]++
			_, err := DecodeWindow(GenerationPlain, plain, WindowLimits{MaxMessages: 100}, nil)
			if !errors.Is(err, tt.err) {
				t.Errorf("got %v, want %v", err, tt.err)
			}
		})
	}
}

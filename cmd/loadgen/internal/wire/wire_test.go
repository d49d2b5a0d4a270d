package wire

import (
	"bytes"
	"testing"

	"github.com/klauspost/compress/zstd"

	"github.com/scenewire/scenewire/messages"
)

func TestLookSeesWhatWasSent(t *testing.T) {
	data := NewFiller(0.5, 1).Data(100, 1234567890123)
	const due = 1234567890123
	type other struct {
		messages.Raw `msgpack:"-"`
		ID           uint32 `msgpack:"id"`
		Stamped      []byte `msgpack:"position"`
	}
	registry := NewRegistry().MustRegister(other{})
	for name, c := range map[string]struct {
		message messages.Message
		want    Seen
	}{
		"object":           {Object{ID: 70000, Version: 1 << 40, Data: data}, Seen{Kind: KindObject, ID: 70000, N: 1 << 40, Due: due, Stated: true}},
		"tick":             {Tick{N: 3, Data: data}, Seen{Kind: KindTick, N: 3, Due: due}},
		"echo":             {Echo{Client: 5, N: 6, Data: data}, Seen{Kind: KindEcho, ID: 5, N: 6, Due: due}},
		"pointer":          {Pointer{Client: 5, N: 6, X: 1, Y: 0.5, Data: data}, Seen{Kind: KindPointer, ID: 5, N: 6, Due: due}},
		"flood":            {Flood{N: 6, Data: data}, Seen{Kind: KindFlood, N: 6, Due: due}},
		"no data":          {Object{ID: 1, Version: 2}, Seen{Kind: KindObject, ID: 1, N: 2, Stated: true}},
		"foreign, stamped": {other{ID: 9, Stamped: data}, Seen{Due: due}},
	} {
		body, err := registry.Append(nil, c.message)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := Look(body); err != nil || got != c.want {
			t.Errorf("%s: %+v, %v, want %+v", name, got, err, c.want)
		}
		for n := range body {
			_, _ = Look(body[:n]) // doesn't panic
		}
	}
	if _, err := Look([]byte{0x93}); err == nil {
		t.Error("an array is taken for a message")
	}
}

func TestDigestForgetsTheWay(t *testing.T) {
	var short, long, other Digest
	short.Add(Hash([]byte("a2")))
	short.Add(Hash([]byte("b1")))
	long.Add(Hash([]byte("b1")))
	long.Add(Hash([]byte("a1")))
	long.Replace(Hash([]byte("a1")), Hash([]byte("a2")))
	if short != long {
		t.Errorf("%+v and %+v", short, long)
	}
	other.Add(Hash([]byte("a1")))
	other.Add(Hash([]byte("b1")))
	if other == short {
		t.Error("another state has the same digest")
	}
}

func TestDataHasItsSizeAndShare(t *testing.T) {
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil {
		t.Fatal(err)
	}
	for _, share := range []float64{0, 0.25, 0.5, 1} {
		data := NewFiller(share, 7).Data(100_000, 1)
		got := 1 - float64(len(encoder.EncodeAll(data, nil)))/float64(len(data))
		if len(data) != 100_000 || got < share-0.03 || got > share+0.03 {
			t.Errorf("share %v: %d bytes, of which %.2f compress", share, len(data), got)
		}
	}
	f := NewFiller(0, 7)
	if a, b := f.Data(200, 1), f.Data(200, 1); bytes.Equal(a, b) {
		t.Error("two messages have the same data")
	}
	if n := len(f.Data(1, 1)); n != MinDataBytes {
		t.Errorf("least data has %d bytes", n)
	}
}

func TestOverhead(t *testing.T) {
	registry := NewRegistry()
	for _, size := range []int{64, 256, 1024, 65536} {
		body, err := registry.Append(nil, Object{ID: 300, Version: 70000, Data: make([]byte, DataBytes(size))})
		if err != nil || len(body) < size-6 || len(body) > size+6 {
			t.Errorf("a message of %d bytes has %d, %v", size, len(body), err)
		}
	}
}

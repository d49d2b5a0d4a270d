package messages

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/vmihailenco/msgpack/v5"
)

// benchMessages returns a pose of about 100 bytes and a cloud of 100,000
// points, 1.5 MB.
func benchMessages() map[string]Message {
	rng := rand.New(rand.NewPCG(1, 2))
	c := cloud{Name: "/cloud", Points: make([]float32, 300_000), Colors: make([]uint8, 300_000)}
	for i := range c.Points {
		c.Points[i] = rng.Float32()
		c.Colors[i] = uint8(rng.Uint32())
	}
	return map[string]Message{
		"pose":  pose{Name: "/robot/arm", Position: [3]float64{0.25, -1.5, 3}, WXYZ: [4]float64{1, 0, 0, 0}},
		"array": c,
	}
}

// BenchmarkAppend claims the cost of encoding into a buffer that is large
// enough. It leaves out RedundancyKey.
func BenchmarkAppend(b *testing.B) {
	r := testRegistry(b)
	for name, m := range benchMessages() {
		b.Run(name, func(b *testing.B) {
			dst := mustAppend(b, r, m)
			b.SetBytes(int64(len(dst)))
			b.ReportAllocs()
			for b.Loop() {
				var err error
				if dst, err = r.Append(dst[:0], m); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkDecode claims the cost of a whole Decode, from bytes to a message
// that owns its memory.
func BenchmarkDecode(b *testing.B) {
	r := testRegistry(b)
	for name, m := range benchMessages() {
		b.Run(name, func(b *testing.B) {
			data := mustAppend(b, r, m)
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := r.Decode(data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkLibrary is the comparison for the pose: the library's own struct
// codec with pooled coders, and without looking up a type. It is why fields
// don't go through the library.
func BenchmarkLibrary(b *testing.B) {
	m, _ := benchMessages()["pose"].(pose)
	data, err := msgpack.Marshal(m)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("append/pose", func(b *testing.B) {
		var buf bytes.Buffer
		enc := msgpack.NewEncoder(&buf)
		b.ReportAllocs()
		for b.Loop() {
			buf.Reset()
			if err := enc.Encode(&m); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("decode/pose", func(b *testing.B) {
		in := bytes.NewReader(data)
		dec := msgpack.NewDecoder(in)
		b.ReportAllocs()
		for b.Loop() {
			in.Reset(data)
			p := new(pose)
			if err := dec.Decode(p); err != nil {
				b.Fatal(err)
			}
		}
	})
}

package msgpscan

import (
	"bytes"
	"errors"
	"math"
	"testing"

	"github.com/vmihailenco/msgpack/v5"
)

// nested returns depth arrays of one element around a nil.
func nested(depth int) []byte {
	return append(bytes.Repeat([]byte{0x91}, depth), 0xc0)
}

func TestSize(t *testing.T) {
	tests := []struct {
		name string
		in   []byte
		lim  Limits
		want int
		err  error
	}{
		{"no input", nil, Limits{}, 0, ErrTruncated},
		{"small integer", []byte{0x7f}, Limits{}, 1, nil},
		{"small negative integer", []byte{0xe0}, Limits{}, 1, nil},
		{"nil", []byte{0xc0}, Limits{}, 1, nil},
		{"never used marker", []byte{0xc1}, Limits{}, 0, ErrInvalid},
		{"float64", []byte{0xcb, 0, 0, 0, 0, 0, 0, 0, 0}, Limits{}, 9, nil},
		{"float64 without its last byte", []byte{0xcb, 0, 0, 0, 0, 0, 0, 0}, Limits{}, 0, ErrTruncated},
		{"what follows is not looked at", []byte{0x01, 0xc1}, Limits{}, 1, nil},
		{"short string", []byte{0xa2, 'a', 'b'}, Limits{}, 3, nil},
		{"short string cut off", []byte{0xa2, 'a'}, Limits{}, 0, ErrTruncated},
		{"string 8", []byte{0xd9, 1, 'a'}, Limits{}, 3, nil},
		{"binary 16", []byte{0xc5, 0, 2, 1, 2}, Limits{}, 5, nil},
		{"binary 32 header cut off", []byte{0xc6, 0, 0, 0}, Limits{}, 0, ErrTruncated},
		{"binary 32 of 2^32-1 bytes", []byte{0xc6, 0xff, 0xff, 0xff, 0xff}, Limits{}, 0, ErrTruncated},
		{"extension of 16", append([]byte{0xd8, 1}, make([]byte, 16)...), Limits{}, 18, nil},
		{"extension 8", []byte{0xc7, 2, 5, 1, 1}, Limits{}, 5, nil},
		{"extension 8 without its type", []byte{0xc7, 0}, Limits{}, 0, ErrTruncated},
		{"empty array", []byte{0x90}, Limits{}, 1, nil},
		{"array of array", []byte{0x92, 0x91, 0x01, 0xa0}, Limits{}, 4, nil},
		{"array 32 of 2^32-1 elements", []byte{0xdd, 0xff, 0xff, 0xff, 0xff}, Limits{}, 0, ErrTruncated},
		{"map 32 of 2^32-1 pairs", []byte{0xdf, 0xff, 0xff, 0xff, 0xff}, Limits{}, 0, ErrTruncated},
		{"map with a key of any kind", []byte{0x81, 0xc0, 0x01}, Limits{}, 3, nil},
		{"map without its last value", []byte{0x81, 0xa1, 'a'}, Limits{}, 0, ErrTruncated},
		{"invalid marker inside", []byte{0x91, 0xc1}, Limits{}, 0, ErrInvalid},
		{"as deep as allowed", nested(3), Limits{MaxDepth: 3}, 4, nil},
		{"deeper than allowed", nested(4), Limits{MaxDepth: 3}, 0, ErrDepth},
		{"as deep as the default", nested(64), Limits{}, 65, nil},
		{"deeper than the default", nested(65), Limits{}, 0, ErrDepth},
		{"depth has a bound even without a limit", nested(10_001), Limits{MaxDepth: -1}, 0, ErrDepth},
		{"as many elements as allowed", []byte{0x92, 1, 0x91, 2}, Limits{MaxElements: 3}, 4, nil},
		{"more elements than allowed", []byte{0x92, 1, 0x92, 2, 3}, Limits{MaxElements: 3}, 0, ErrElements},
		{"a pair counts as two elements", []byte{0x81, 1, 2}, Limits{MaxElements: 1}, 0, ErrElements},
		{"elements without a limit", []byte{0x81, 1, 2}, Limits{MaxElements: -1}, 3, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n, err := Size(tt.in, tt.lim)
			if n != tt.want || !errors.Is(err, tt.err) {
				t.Errorf("Size(% x) = %d, %v; want %d, %v", tt.in, n, err, tt.want, tt.err)
			}
		})
	}
}

// TestSizeAgreesWithLibrary encodes values of every format with the library.
func TestSizeAgreesWithLibrary(t *testing.T) {
	values := []any{
		nil, true, 0, 127, 128, 255, 256, 65535, 65536, uint32(math.MaxUint32), uint64(math.MaxUint64),
		-1, -32, -33, -128, -129, -32769, int64(math.MinInt32 - 1), int64(math.MinInt64), float32(1.5), 2.5,
		"", string(make([]byte, 31)), string(make([]byte, 32)), string(make([]byte, 256)), string(make([]byte, 65536)),
		make([]byte, 255), make([]byte, 256), make([]byte, 65536),
		make([]any, 15), make([]any, 16), make([]any, 65536),
		map[string]any{"a": []any{1, map[string]any{"b": nil}}},
	}
	for _, v := range values {
		b, err := msgpack.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := Size(b, Limits{}); n != len(b) || err != nil {
			t.Errorf("Size of %T with %d bytes = %d, %v", v, len(b), n, err)
		}
		for _, cut := range []int{0, 1, len(b) / 2, len(b) - 1} {
			if cut < len(b) {
				if _, err := Size(b[:cut], Limits{}); !errors.Is(err, ErrTruncated) {
					t.Errorf("Size of %T cut to %d of %d bytes: %v", v, cut, len(b), err)
				}
			}
		}
	}
}

func TestSizeDoesNotAllocate(t *testing.T) {
	in := []byte{0xdd, 0xff, 0xff, 0xff, 0xff}
	if n := testing.AllocsPerRun(100, func() { _, _ = Size(in, Limits{}) }); n != 0 {
		t.Errorf("Size allocated %v times", n)
	}
}

// FuzzSize checks that nothing panics, that a size stays inside the input, that
// the value cut to its size has the same size and misses each last byte, and
// that the library, where it takes the value, takes as many bytes.
func FuzzSize(f *testing.F) {
	for _, seed := range [][]byte{
		{0xc0},
		{0xc1},
		nested(5),
		{0xdd, 0xff, 0xff, 0xff, 0xff},
		{0x81, 0xa1, 'a', 0xcb, 0, 0, 0, 0, 0, 0, 0, 0},
		{0xc7, 2, 5, 1, 1},
		{0xdf, 0, 0, 0, 1, 0xc4, 1, 2, 0xd0, 0x80},
		{0x92, 0xca, 0, 0, 0, 0, 0xcf, 1, 2, 3, 4, 5, 6, 7, 8},
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		n, err := Size(in, Limits{})
		readAll(in)
		if err != nil {
			return
		}
		if n < 1 || n > len(in) {
			t.Fatalf("size %d of %d bytes", n, len(in))
		}
		if again, err := Size(in[:n:n], Limits{}); again != n || err != nil {
			t.Fatalf("cut to its size %d: %d, %v", n, again, err)
		}
		if _, err := Size(in[:n-1], Limits{}); !errors.Is(err, ErrTruncated) {
			t.Fatalf("one byte short of %d: %v", n, err)
		}
		r := bytes.NewReader(in)
		if msgpack.NewDecoder(r).Skip() == nil && len(in)-r.Len() != n {
			t.Fatalf("size %d, the library skipped %d", n, len(in)-r.Len())
		}
	})
}

// readAll calls every reader, for the fuzzer.
func readAll(in []byte) {
	_, _, _ = ReadArray(in)
	_, _, _ = ReadMap(in)
	_, _, _ = ReadString(in)
	_, _, _ = ReadBin(in)
	_, _, _ = ReadBool(in)
	_, _, _ = ReadFloat64(in)
	_, _, _ = ReadInt64(in)
	_, _, _ = ReadUint64(in)
}

func BenchmarkSize(b *testing.B) {
	pose, err := msgpack.Marshal(map[string]any{"name": "/box", "position": []float64{1, 2, 3}, "wxyz": []float64{1, 0, 0, 0}, "type": "Pose"})
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(pose)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Size(pose, Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}

package msgpscan

import (
	"bytes"
	"math"
	"reflect"
	"testing"

	"github.com/vmihailenco/msgpack/v5"
)

// FuzzRead checks each reader against the library: what a reader takes, the library
// takes too, with the same value and as many bytes, and Size agrees.
func FuzzRead(f *testing.F) {
	for _, v := range []any{nil, true, 5, -5, 300, -300, uint64(math.MaxUint64), 1.5, float32(2.5), "s", []byte("b"), []any{1}, map[string]any{"a": 1}} {
		b, err := msgpack.Marshal(v)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		agree(t, in, ReadString, func(d *msgpack.Decoder) ([]byte, error) { s, err := d.DecodeString(); return []byte(s), err }, bytes.Equal)
		agree(t, in, ReadBin, (*msgpack.Decoder).DecodeBytes, bytes.Equal)
		agree(t, in, ReadBool, (*msgpack.Decoder).DecodeBool, same[bool])
		agree(t, in, ReadFloat64, decodeNumber, sameFloat)
		agree(t, in, ReadInt64, whole((*msgpack.Decoder).DecodeInt64), same[int64])
		agree(t, in, ReadUint64, whole((*msgpack.Decoder).DecodeUint64), same[uint64])
		agreeHeader(t, in, ReadArray, (*msgpack.Decoder).DecodeArrayLen)
		agreeHeader(t, in, ReadMap, (*msgpack.Decoder).DecodeMapLen)
		agreeList(t, in)
	})
}

// decodeNumber reads a float or an integer. The library's own DecodeFloat64 takes large
// unsigned integers for negative ones.
func decodeNumber(d *msgpack.Decoder) (float64, error) {
	x, err := d.DecodeInterface()
	switch v := reflect.ValueOf(x); {
	case err != nil || !v.IsValid():
		return 0, err
	case v.CanInt():
		return float64(v.Int()), nil
	case v.CanUint():
		return float64(v.Uint()), nil
	default:
		return v.Float(), nil
	}
}

// whole lets the library's reader take floats that are integers, as ours does.
func whole[T int64 | uint64](library func(*msgpack.Decoder) (T, error)) func(*msgpack.Decoder) (T, error) {
	return func(d *msgpack.Decoder) (T, error) {
		code, err := d.PeekCode()
		if err != nil || kindOfMarker(code) != Float {
			return library(d)
		}
		x, err := d.DecodeFloat64()
		if float64(T(x)) != x {
			return 0, ErrInvalid
		}
		return T(x), err
	}
}

func same[T comparable](a, b T) bool { return a == b }

func sameFloat(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) }

// agree compares one reader with the library's. The reader may take less: it is strict
// where the library converts.
func agree[T any](t *testing.T, in []byte, read func([]byte) (T, int, error), library func(*msgpack.Decoder) (T, error), equal func(a, b T) bool) {
	t.Helper()
	got, n, err := read(in)
	if err != nil {
		return
	}
	if size, err := Size(in, Limits{}); err != nil || size != n {
		t.Fatalf("read %d bytes of % x, the size is %d, %v", n, in, size, err)
	}
	want, err := library(msgpack.NewDecoder(bytes.NewReader(in[:n])))
	if err != nil || !equal(got, want) {
		t.Fatalf("read %v from % x, the library %v, %v", got, in[:n], want, err)
	}
}

// agreeHeader compares what is read of an array's or map's header. The reader takes no
// count that the rest of the input can't hold.
func agreeHeader(t *testing.T, in []byte, read func([]byte) (count, n int, err error), library func(*msgpack.Decoder) (int, error)) {
	t.Helper()
	got, n, err := read(in)
	if err != nil {
		return
	}
	want, err := library(msgpack.NewDecoder(bytes.NewReader(in[:n])))
	if err != nil || got != want || got > len(in)-n {
		t.Fatalf("read %d elements in % x, the library %d, %v", got, in, want, err)
	}
}

// agreeList compares ReadFloat64s with ReadFloat64, over and over.
func agreeList(t *testing.T, in []byte) {
	t.Helper()
	var list [4]float64
	done, n := ReadFloat64s(in, list[:])
	pos := 0
	for _, got := range list[:done] {
		want, size, err := ReadFloat64(in[pos:])
		if err != nil || !sameFloat(got, want) {
			t.Fatalf("a list of floats has %v in % x at %d, alone it is %v, %v", got, in, pos, want, err)
		}
		pos += size
	}
	if pos != n {
		t.Fatalf("%d floats took %d bytes of % x, not %d", done, n, in, pos)
	}
}

// FuzzAppend checks that what is written is read back, in the shortest form.
func FuzzAppend(f *testing.F) {
	f.Add("text", []byte("bin"), int64(-5), uint64(300), 1.5, true)
	f.Add("", []byte{}, int64(math.MinInt64), uint64(math.MaxUint64), math.Inf(-1), false)
	f.Fuzz(func(t *testing.T, s string, p []byte, i int64, u uint64, x float64, b bool) {
		in := AppendBool(AppendFloat64(AppendUint(AppendInt(AppendBin(AppendString(nil, s), p), i), u), x), b)
		rest := in
		take := func(n int, ok bool, err error) {
			if err != nil || !ok {
				t.Fatalf("% x isn't read back at its last %d bytes: %v", in, len(rest), err)
			}
			rest = rest[n:]
		}
		gotS, n, err := ReadString(rest)
		take(n, string(gotS) == s, err)
		gotP, n, err := ReadBin(rest)
		take(n, bytes.Equal(gotP, p), err)
		gotI, n, err := ReadInt64(rest)
		take(n, gotI == i, err)
		gotU, n, err := ReadUint64(rest)
		take(n, gotU == u, err)
		gotX, n, err := ReadFloat64(rest)
		take(n, sameFloat(gotX, x), err)
		gotB, n, err := ReadBool(rest)
		take(n, gotB == b, err)
		if len(rest) != 0 {
			t.Fatalf("% x is left", rest)
		}
	})
}

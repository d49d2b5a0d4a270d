package msgpscan

import (
	"bytes"
	"errors"
	"math"
	"testing"
)

func TestReadNumbers(t *testing.T) {
	const none = math.MaxInt8 // marks a reader that is expected to fail
	f32 := []byte{0xca, 0x3f, 0x80, 0, 0}
	tests := []struct {
		name             string
		in               []byte
		float            float64
		signed, unsigned int64
		err              [3]error // of ReadFloat64, ReadInt64, ReadUint64
	}{
		{"small integer", []byte{5}, 5, 5, 5, [3]error{}},
		{"small negative integer", []byte{0xff}, -1, -1, none, [3]error{nil, nil, ErrRange}},
		{"unsigned 8", []byte{0xcc, 200}, 200, 200, 200, [3]error{}},
		{"unsigned 16", []byte{0xcd, 1, 0}, 256, 256, 256, [3]error{}},
		{"signed 32", []byte{0xd2, 0xff, 0xff, 0, 0}, -65536, -65536, none, [3]error{nil, nil, ErrRange}},
		{"signed 64 that is positive", []byte{0xd3, 0, 0, 0, 0, 0, 0, 0, 9}, 9, 9, 9, [3]error{}},
		{"2^63", []byte{0xcf, 0x80, 0, 0, 0, 0, 0, 0, 0}, 1 << 63, none, math.MinInt64, [3]error{nil, ErrRange, nil}},
		{"2^64-1", AppendUint(nil, math.MaxUint64), none, none, -1, [3]error{ErrRange, ErrRange, nil}},
		{"2^53+1", AppendUint(nil, 1<<53+1), none, 1<<53 + 1, 1<<53 + 1, [3]error{ErrRange, nil, nil}},
		{"-2^53-1", AppendInt(nil, -1<<53-1), none, -1<<53 - 1, none, [3]error{ErrRange, nil, ErrRange}},
		{"whole float32", f32, 1, 1, 1, [3]error{}},
		{"float with a fraction", AppendFloat64(nil, 1.5), 1.5, none, none, [3]error{nil, ErrRange, ErrRange}},
		{"infinity", AppendFloat64(nil, math.Inf(1)), math.Inf(1), none, none, [3]error{nil, ErrRange, ErrRange}},
		{"float of 2^63", AppendFloat64(nil, 1<<63), 1 << 63, none, math.MinInt64, [3]error{nil, ErrRange, nil}},
		{"negative whole float", AppendFloat64(nil, -4), -4, -4, none, [3]error{nil, nil, ErrRange}},
		{"float32 cut off", f32[:4], none, none, none, [3]error{ErrTruncated, ErrTruncated, ErrTruncated}},
		{"unsigned 16 cut off", []byte{0xcd, 1}, none, none, none, [3]error{ErrTruncated, ErrTruncated, ErrTruncated}},
		{"no input", nil, none, none, none, [3]error{ErrTruncated, ErrTruncated, ErrTruncated}},
		{"string", []byte{0xa0}, none, none, none, [3]error{ErrKind, ErrKind, ErrKind}},
		{"never used marker", []byte{0xc1}, none, none, none, [3]error{ErrInvalid, ErrInvalid, ErrInvalid}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f, n, err := ReadFloat64(tt.in)
			checkRead(t, "ReadFloat64", f, tt.float, n, len(tt.in), err, tt.err[0])
			i, n, err := ReadInt64(tt.in)
			checkRead(t, "ReadInt64", i, tt.signed, n, len(tt.in), err, tt.err[1])
			u, n, err := ReadUint64(tt.in)
			checkRead(t, "ReadUint64", int64(u), tt.unsigned, n, len(tt.in), err, tt.err[2])
		})
	}
}

func TestReadFloat64KeepsNaN(t *testing.T) {
	v, n, err := ReadFloat64(AppendFloat64(nil, math.NaN()))
	if !math.IsNaN(v) || n != 9 || err != nil {
		t.Errorf("got %v, %d, %v", v, n, err)
	}
	if _, _, err := ReadInt64(AppendFloat64(nil, math.NaN())); !errors.Is(err, ErrRange) {
		t.Errorf("NaN as integer: %v", err)
	}
}

// checkRead compares one reader's answer; a failed read is 0 bytes.
func checkRead[T comparable](t *testing.T, name string, got, want T, n, wantN int, err, wantErr error) {
	t.Helper()
	if !errors.Is(err, wantErr) {
		t.Errorf("%s: error %v, want %v", name, err, wantErr)
	}
	if err != nil {
		wantN = 0
	} else if got != want {
		t.Errorf("%s = %v, want %v", name, got, want)
	}
	if n != wantN {
		t.Errorf("%s took %d bytes, want %d", name, n, wantN)
	}
}

func TestReadHeaders(t *testing.T) {
	count, n, err := ReadArray([]byte{0xdc, 0, 2, 1, 1, 9})
	checkRead(t, "array 16", count, 2, n, 3, err, nil)
	count, n, err = ReadArray([]byte{0xdd, 0xff, 0xff, 0xff, 0xff})
	checkRead(t, "array of 2^32-1", count, 0, n, 0, err, ErrTruncated)
	count, n, err = ReadArray([]byte{0x80})
	checkRead(t, "map as array", count, 0, n, 0, err, ErrKind)
	count, n, err = ReadMap([]byte{0x82, 1, 1, 1, 1})
	checkRead(t, "map", count, 2, n, 1, err, nil)
	count, n, err = ReadMap([]byte{0x82, 1, 1, 1})
	checkRead(t, "map with a value missing", count, 0, n, 0, err, ErrTruncated)
	b, n, err := ReadBool([]byte{0xc3})
	checkRead(t, "bool", b, true, n, 1, err, nil)
	b, n, err = ReadBool([]byte{0x01})
	checkRead(t, "integer as bool", b, false, n, 0, err, ErrKind)
}

func TestReadStringAndBin(t *testing.T) {
	for _, size := range []int{0, 31, 32, 255, 256, 65535, 65536} {
		want := bytes.Repeat([]byte{'x'}, size)
		in := append(AppendString(nil, string(want)), 0xc1)
		s, n, err := ReadString(in)
		if !bytes.Equal(s, want) || n != len(in)-1 || err != nil {
			t.Errorf("string of %d: %d bytes, n = %d, %v", size, len(s), n, err)
		}
		if _, _, err := ReadBin(in); !errors.Is(err, ErrKind) {
			t.Errorf("string of %d as binary: %v", size, err)
		}
		in = append(AppendBin(nil, want), 0xc1)
		p, n, err := ReadBin(in)
		if !bytes.Equal(p, want) || n != len(in)-1 || err != nil {
			t.Errorf("binary of %d: %d bytes, n = %d, %v", size, len(p), n, err)
		}
		if _, _, err := ReadBin(in[:len(in)-2]); size > 0 && !errors.Is(err, ErrTruncated) {
			t.Errorf("binary of %d cut off: %v", size, err)
		}
	}
	if s, _, _ := ReadString([]byte{0xa1, 'a', 'b'}); cap(s) != 1 {
		t.Errorf("the string's capacity reaches %d bytes beyond it", cap(s)-1)
	}
}

func TestKindOf(t *testing.T) {
	tests := map[string][]byte{
		"invalid": {0xc1}, "nil": {0xc0}, "bool": {0xc2}, "integer": {0x00}, "float": {0xca}, "string": {0xa3},
		"binary": {0xc4}, "array": {0x9f}, "map": {0xde}, "extension": {0xd6},
	}
	for want, in := range tests {
		if got := KindOf(in).String(); got != want {
			t.Errorf("KindOf(% x) = %s, want %s", in, got, want)
		}
	}
	if KindOf(nil) != Invalid || IsNil(nil) || !IsNil([]byte{0xc0}) {
		t.Error("no input is not nil, and of no kind")
	}
}

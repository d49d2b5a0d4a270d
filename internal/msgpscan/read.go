package msgpscan

import (
	"encoding/binary"
	"math"
)

// ReadArray reads the header of the array at the start of b: the number of its
// elements, and of the header's bytes. The count is never larger than the
// number of bytes that follow.
func ReadArray(b []byte) (count, n int, err error) {
	if err := want(b, Array); err != nil {
		return 0, 0, err
	}
	return readCount(b)
}

// ReadMap reads the header of the map at the start of b: the number of its
// pairs, and of the header's bytes. Two values follow for each pair, and twice
// the count is never larger than the number of bytes that follow.
func ReadMap(b []byte) (pairs, n int, err error) {
	if err := want(b, Map); err != nil {
		return 0, 0, err
	}
	values, n, err := readCount(b)
	return values / 2, n, err
}

// ReadString reads the string at the start of b. s is a slice of b, and need
// not be UTF-8.
func ReadString(b []byte) (s []byte, n int, err error) {
	if len(b) > 0 && b[0]&0xe0 == mFixStr {
		n = 1 + int(b[0]&0x1f)
		if len(b) < n {
			return nil, 0, ErrTruncated
		}
		return b[1:n:n], n, nil
	}
	return readSized(b, String)
}

// ReadBin reads the binary at the start of b. p is a slice of b.
func ReadBin(b []byte) (p []byte, n int, err error) {
	return readSized(b, Bin)
}

// readSized reads a string or binary that declares its length.
func readSized(b []byte, kind Kind) (p []byte, n int, err error) {
	if err := want(b, kind); err != nil {
		return nil, 0, err
	}
	length, head, err := readLength(b)
	if err != nil {
		return nil, 0, err
	}
	if length > uint64(len(b)-head) {
		return nil, 0, ErrTruncated
	}
	n = head + int(length)
	return b[head:n:n], n, nil
}

// ReadBool reads the boolean at the start of b.
func ReadBool(b []byte) (v bool, n int, err error) {
	if err := want(b, Bool); err != nil {
		return false, 0, err
	}
	return b[0] == mTrue, 1, nil
}

// ReadFloat64 reads the number at the start of b. An integer is taken if a
// float64 holds it exactly, and is ErrRange otherwise.
func ReadFloat64(b []byte) (v float64, n int, err error) {
	if len(b) >= 9 && b[0] == mFloat64 {
		return math.Float64frombits(binary.BigEndian.Uint64(b[1:])), 9, nil
	}
	if KindOf(b) == Float {
		return readFloat(b)
	}
	bits, negative, n, err := readInteger(b)
	if err != nil {
		return 0, 0, err
	}
	if negative {
		v = float64(int64(bits))
		if int64(v) != int64(bits) {
			return 0, 0, ErrRange
		}
		return v, n, nil
	}
	v = float64(bits)
	if v >= 1<<64 || uint64(v) != bits {
		return 0, 0, ErrRange
	}
	return v, n, nil
}

// ReadFloat64s sets the elements of list from the values at the start of b, as far as
// these are floats of 64 bits, and returns how many elements and bytes that were. It
// saves a call for each number (package messages, BenchmarkDecode/pose).
func ReadFloat64s(b []byte, list []float64) (done, n int) {
	for i := range list {
		if len(b) < n+9 || b[n] != mFloat64 {
			return i, n
		}
		list[i] = math.Float64frombits(binary.BigEndian.Uint64(b[n+1:]))
		n += 9
	}
	return len(list), n
}

// ReadInt64 reads the number at the start of b. A float is taken if it is
// whole. A number that an int64 can't hold is ErrRange.
func ReadInt64(b []byte) (v int64, n int, err error) {
	if len(b) > 0 && b[0] <= maxPosFix {
		return int64(b[0]), 1, nil
	}
	if KindOf(b) == Float {
		f, n, err := readFloat(b)
		if err != nil {
			return 0, 0, err
		}
		if f != math.Trunc(f) || f < -1<<63 || f >= 1<<63 {
			return 0, 0, ErrRange
		}
		return int64(f), n, nil
	}
	bits, negative, n, err := readInteger(b)
	if err != nil {
		return 0, 0, err
	}
	if !negative && bits > math.MaxInt64 {
		return 0, 0, ErrRange
	}
	return int64(bits), n, nil
}

// ReadUint64 reads the number at the start of b. A float is taken if it is
// whole. A number that a uint64 can't hold is ErrRange.
func ReadUint64(b []byte) (v uint64, n int, err error) {
	if len(b) > 0 && b[0] <= maxPosFix {
		return uint64(b[0]), 1, nil
	}
	if KindOf(b) == Float {
		f, n, err := readFloat(b)
		if err != nil {
			return 0, 0, err
		}
		if f != math.Trunc(f) || f < 0 || f >= 1<<64 {
			return 0, 0, ErrRange
		}
		return uint64(f), n, nil
	}
	bits, negative, n, err := readInteger(b)
	if err != nil {
		return 0, 0, err
	}
	if negative {
		return 0, 0, ErrRange
	}
	return bits, n, nil
}

// readFloat reads a float of either width, given that b begins with one.
func readFloat(b []byte) (v float64, n int, err error) {
	n = int(fixedSize[b[0]])
	if len(b) < n {
		return 0, 0, ErrTruncated
	}
	if n == 9 {
		return math.Float64frombits(binary.BigEndian.Uint64(b[1:])), n, nil
	}
	return float64(math.Float32frombits(binary.BigEndian.Uint32(b[1:]))), n, nil
}

// readInteger reads an integer of any format: its value as two's complement in
// 64 bits, and whether that is below zero.
func readInteger(b []byte) (bits uint64, negative bool, n int, err error) {
	if err := want(b, Int); err != nil {
		return 0, false, 0, err
	}
	n = int(fixedSize[b[0]])
	if len(b) < n {
		return 0, false, 0, ErrTruncated
	}
	var v int64
	switch c := b[0]; c {
	case mUint8:
		v = int64(b[1])
	case mUint16:
		v = int64(binary.BigEndian.Uint16(b[1:]))
	case mUint32:
		v = int64(binary.BigEndian.Uint32(b[1:]))
	case mUint64:
		return binary.BigEndian.Uint64(b[1:]), false, n, nil
	case mInt8:
		v = int64(int8(b[1]))
	case mInt16:
		v = int64(int16(binary.BigEndian.Uint16(b[1:])))
	case mInt32:
		v = int64(int32(binary.BigEndian.Uint32(b[1:])))
	case mInt64:
		v = int64(binary.BigEndian.Uint64(b[1:]))
	default:
		v = int64(int8(c)) // the marker is the number
	}
	return uint64(v), v < 0, n, nil
}

// want returns the error for b that doesn't begin with a value of this kind.
func want(b []byte, kind Kind) error {
	if len(b) == 0 {
		return ErrTruncated
	}
	switch kindOfMarker(b[0]) {
	case kind:
		return nil
	case Invalid:
		return ErrInvalid
	}
	return ErrKind
}

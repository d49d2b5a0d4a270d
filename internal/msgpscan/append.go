package msgpscan

import (
	"encoding/binary"
	"math"
)

// Each Append function writes the shortest format of its kind. Counts and
// lengths must lie in 0..2^32-1; the format has no larger ones.

// AppendNil appends nil.
func AppendNil(dst []byte) []byte { return append(dst, mNil) }

// AppendBool appends a boolean.
func AppendBool(dst []byte, v bool) []byte {
	if v {
		return append(dst, mTrue)
	}
	return append(dst, mFalse)
}

// AppendFloat64 appends a float of 64 bits; there is no shorter form of it.
func AppendFloat64(dst []byte, v float64) []byte {
	return binary.BigEndian.AppendUint64(append(dst, mFloat64), math.Float64bits(v))
}

// AppendInt appends an integer.
func AppendInt(dst []byte, v int64) []byte {
	switch {
	case v >= 0:
		return AppendUint(dst, uint64(v))
	case v >= -32:
		return append(dst, byte(v))
	case v >= math.MinInt8:
		return append(dst, mInt8, byte(v))
	case v >= math.MinInt16:
		return binary.BigEndian.AppendUint16(append(dst, mInt16), uint16(v))
	case v >= math.MinInt32:
		return binary.BigEndian.AppendUint32(append(dst, mInt32), uint32(v))
	}
	return binary.BigEndian.AppendUint64(append(dst, mInt64), uint64(v))
}

// AppendUint appends an integer that is not negative.
func AppendUint(dst []byte, v uint64) []byte {
	switch {
	case v <= maxPosFix:
		return append(dst, byte(v))
	case v <= math.MaxUint8:
		return append(dst, mUint8, byte(v))
	case v <= math.MaxUint16:
		return binary.BigEndian.AppendUint16(append(dst, mUint16), uint16(v))
	case v <= math.MaxUint32:
		return binary.BigEndian.AppendUint32(append(dst, mUint32), uint32(v))
	}
	return binary.BigEndian.AppendUint64(append(dst, mUint64), v)
}

// AppendString appends a string, which ought to be UTF-8.
func AppendString(dst []byte, s string) []byte {
	n := len(s)
	switch {
	case n <= 0x1f:
		dst = append(dst, mFixStr|byte(n))
	case n <= math.MaxUint8:
		dst = append(dst, mStr8, byte(n))
	default:
		dst = appendWide(dst, n, mStr16, mStr32)
	}
	return append(dst, s...)
}

// AppendBin appends a binary with its bytes.
func AppendBin(dst, p []byte) []byte {
	return append(AppendBinHeader(dst, len(p)), p...)
}

// AppendBinHeader appends the header of a binary of n bytes, which the caller
// appends next.
func AppendBinHeader(dst []byte, n int) []byte {
	if n <= math.MaxUint8 {
		return append(dst, mBin8, byte(n))
	}
	return appendWide(dst, n, mBin16, mBin32)
}

// AppendArrayHeader appends the header of an array of count elements, which
// the caller appends next.
func AppendArrayHeader(dst []byte, count int) []byte {
	if count <= 0x0f {
		return append(dst, mFixArray|byte(count))
	}
	return appendWide(dst, count, mArray16, mArray32)
}

// AppendMapHeader appends the header of a map of that many pairs, which the
// caller appends next, each as key and value.
func AppendMapHeader(dst []byte, pairs int) []byte {
	if pairs <= 0x0f {
		return append(dst, mFixMap|byte(pairs))
	}
	return appendWide(dst, pairs, mMap16, mMap32)
}

// appendWide appends one of two markers and n in 16 or 32 bits.
func appendWide(dst []byte, n int, m16, m32 byte) []byte {
	if n <= math.MaxUint16 {
		return binary.BigEndian.AppendUint16(append(dst, m16), uint16(n))
	}
	return binary.BigEndian.AppendUint32(append(dst, m32), uint32(n))
}

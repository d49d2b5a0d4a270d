package messages

import "math"

// Float16 is the bits of an IEEE 754 half-precision number: 1 sign bit,
// 5 exponent bits, 10 fraction bits. A []Float16 travels as raw little-endian
// binary, as numpy's float16 does; a single Float16 travels as the float64 of
// its value.
type Float16 uint16

// NewFloat16 returns the half-precision number nearest to v, ties to even.
// Magnitudes from 65520 on become infinite; a NaN stays one.
func NewFloat16(v float32) Float16 {
	bits := math.Float32bits(v)
	sign := Float16(bits >> 16 & 0x8000)
	bits &= 0x7fffffff
	switch {
	case bits > 0x7f800000: // NaN: the fraction's top bits, made quiet
		return sign | 0x7e00 | Float16(bits>>13&0x3ff)
	case bits >= 0x477ff000: // rounds to 2^16 or more
		return sign | 0x7c00
	case bits < 0x38800000: // below 2^-14: a multiple of 2^-24
		scaled := math.Float32frombits(bits) * (1 << 24) // exact: a power of two
		return sign | Float16(math.RoundToEven(float64(scaled)))
	}
	// Normal in both: drop 13 fraction bits, rounding, and move the bias from
	// 127 to 15. A carry out of the fraction rightly raises the exponent.
	rounded := bits + 0xfff + bits>>13&1
	return sign | Float16((rounded-(127-15)<<23)>>13)
}

// Float32 returns the number, exactly.
func (f Float16) Float32() float32 {
	sign := uint32(f&0x8000) << 16
	exponent, fraction := uint32(f>>10&0x1f), uint32(f&0x3ff)
	switch exponent {
	case 0: // zero, or a multiple of 2^-24
		magnitude := float32(fraction) / (1 << 24)
		return math.Float32frombits(sign | math.Float32bits(magnitude))
	case 0x1f: // infinity or NaN
		return math.Float32frombits(sign | 0x7f800000 | fraction<<13)
	}
	return math.Float32frombits(sign | (exponent+127-15)<<23 | fraction<<13)
}

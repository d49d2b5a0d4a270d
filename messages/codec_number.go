package messages

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"unsafe"

	"github.com/scenewire/scenewire/internal/msgpscan"
)

// makeNumber makes the codec of a number: a flat switch over the kinds.
func makeNumber(t reflect.Type, f form) codec {
	finite := f&formFinite != 0
	switch t.Kind() {
	case reflect.Int:
		return intCodec[int]{}
	case reflect.Int8:
		return intCodec[int8]{}
	case reflect.Int16:
		return intCodec[int16]{}
	case reflect.Int32:
		return intCodec[int32]{}
	case reflect.Int64:
		return intCodec[int64]{}
	case reflect.Uint:
		return uintCodec[uint]{}
	case reflect.Uint8:
		return uintCodec[uint8]{}
	case reflect.Uint16:
		if t == float16Type {
			return float16Codec{finite}
		}
		return uintCodec[uint16]{}
	case reflect.Uint32:
		return uintCodec[uint32]{}
	case reflect.Uint64:
		return uintCodec[uint64]{}
	case reflect.Float32:
		return float32Codec{finite}
	}
	return float64Codec{finite}
}

// intCodec is of signed integers: the shortest format that holds the value. It
// takes whole floats.
type intCodec[T int | int8 | int16 | int32 | int64] struct{}

func (intCodec[T]) append(dst []byte, v reflect.Value, _ int) ([]byte, error) {
	return msgpscan.AppendInt(dst, v.Int()), nil
}

func (intCodec[T]) decode(b []byte, p unsafe.Pointer) (int, error) {
	x, n, err := msgpscan.ReadInt64(b)
	if err == nil && int64(T(x)) != x {
		err = msgpscan.ErrRange
	}
	if err != nil {
		return 0, mismatch("an "+reflect.TypeFor[T]().String(), b, err)
	}
	*(*T)(p) = T(x)
	return n, nil
}

// uintCodec is intCodec of unsigned integers.
type uintCodec[T uint | uint8 | uint16 | uint32 | uint64] struct{}

func (uintCodec[T]) append(dst []byte, v reflect.Value, _ int) ([]byte, error) {
	return msgpscan.AppendUint(dst, v.Uint()), nil
}

func (uintCodec[T]) decode(b []byte, p unsafe.Pointer) (int, error) {
	x, n, err := msgpscan.ReadUint64(b)
	if err == nil && uint64(T(x)) != x {
		err = msgpscan.ErrRange
	}
	if err != nil {
		return 0, mismatch("a "+reflect.TypeFor[T]().String(), b, err)
	}
	*(*T)(p) = T(x)
	return n, nil
}

// errNotFinite is the error for a number in a field that is tagged "finite".
var errNotFinite = errors.New("neither NaN nor an infinity may stand here")

// checkFinite refuses what a field that is tagged "finite" doesn't take.
func checkFinite(x float64) error {
	if isFinite(x) {
		return nil
	}
	return faultError{FaultNumber, fmt.Errorf("%w, and it is %v", errNotFinite, x)}
}

// isFinite reports whether x is neither NaN nor an infinity.
func isFinite(x float64) bool { return x-x == 0 }

// float64Codec is of float64. It takes integers that a float64 holds exactly.
type float64Codec struct{ finite bool }

func (c float64Codec) append(dst []byte, v reflect.Value, _ int) ([]byte, error) {
	return appendFloat(dst, v.Float(), c.finite)
}

// appendFloat appends x, unless it is to be finite and isn't.
func appendFloat(dst []byte, x float64, finite bool) ([]byte, error) {
	if finite {
		if err := checkFinite(x); err != nil {
			return dst, err
		}
	}
	return msgpscan.AppendFloat64(dst, x), nil
}

func (c float64Codec) decode(b []byte, p unsafe.Pointer) (int, error) {
	x, n, err := msgpscan.ReadFloat64(b)
	if err != nil {
		return 0, mismatch("a float64", b, err)
	}
	if c.finite {
		if err := checkFinite(x); err != nil {
			return 0, err
		}
	}
	*(*float64)(p) = x
	return n, nil
}

// float32Codec is float64Codec of a float32, which gets the nearest value. One that
// is beyond its range is refused, NaN and the infinities are taken.
type float32Codec struct{ finite bool }

func (c float32Codec) append(dst []byte, v reflect.Value, _ int) ([]byte, error) {
	return appendFloat(dst, v.Float(), c.finite)
}

func (c float32Codec) decode(b []byte, p unsafe.Pointer) (int, error) {
	x, n, err := msgpscan.ReadFloat64(b)
	if err == nil && math.Abs(x) > math.MaxFloat32 && !math.IsInf(x, 0) {
		err = msgpscan.ErrRange
	}
	if err != nil {
		return 0, mismatch("a float32", b, err)
	}
	if c.finite {
		if err := checkFinite(x); err != nil {
			return 0, err
		}
	}
	*(*float32)(p) = float32(x)
	return n, nil
}

// float16Codec is float32Codec of a Float16.
type float16Codec struct{ finite bool }

func (c float16Codec) append(dst []byte, v reflect.Value, _ int) ([]byte, error) {
	return appendFloat(dst, float64(Float16(v.Uint()).Float32()), c.finite)
}

func (c float16Codec) decode(b []byte, p unsafe.Pointer) (int, error) {
	x, n, err := msgpscan.ReadFloat64(b)
	half := NewFloat16(float32(x))
	if err == nil && !math.IsInf(x, 0) && math.IsInf(float64(half.Float32()), 0) {
		err = msgpscan.ErrRange
	}
	if err != nil {
		return 0, mismatch("a half-precision float", b, err)
	}
	if c.finite {
		if err := checkFinite(x); err != nil {
			return 0, err
		}
	}
	*(*Float16)(p) = half
	return n, nil
}

package messages

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"unicode/utf8"

	"github.com/scenewire/scenewire/internal/msgpscan"
)

// What a decoder wanted, for errors.
const (
	wantBool   = "a boolean"
	wantNumber = "a number"
	wantString = "a string"
)

var errUTF8 = errors.New("the string is not valid UTF-8")

type boolCodec struct{}

func (boolCodec) append(dst []byte, v reflect.Value, _ int) ([]byte, error) {
	return msgpscan.AppendBool(dst, v.Bool()), nil
}

func (boolCodec) decode(b []byte, v reflect.Value) (int, error) {
	x, n, err := msgpscan.ReadBool(b)
	if err != nil {
		return 0, mismatch(wantBool, b, err)
	}
	v.SetBool(x)
	return n, nil
}

// intCodec is of signed integers: the shortest format that holds the value. It
// takes whole floats.
type intCodec struct{}

func (intCodec) append(dst []byte, v reflect.Value, _ int) ([]byte, error) {
	return msgpscan.AppendInt(dst, v.Int()), nil
}

func (intCodec) decode(b []byte, v reflect.Value) (int, error) {
	x, n, err := msgpscan.ReadInt64(b)
	if err == nil && v.OverflowInt(x) {
		err = msgpscan.ErrRange
	}
	if err != nil {
		return 0, mismatch("an "+v.Kind().String(), b, err)
	}
	v.SetInt(x)
	return n, nil
}

// uintCodec is intCodec of unsigned integers.
type uintCodec struct{}

func (uintCodec) append(dst []byte, v reflect.Value, _ int) ([]byte, error) {
	return msgpscan.AppendUint(dst, v.Uint()), nil
}

func (uintCodec) decode(b []byte, v reflect.Value) (int, error) {
	x, n, err := msgpscan.ReadUint64(b)
	if err == nil && v.OverflowUint(x) {
		err = msgpscan.ErrRange
	}
	if err != nil {
		return 0, mismatch("a "+v.Kind().String(), b, err)
	}
	v.SetUint(x)
	return n, nil
}

// floatCodec is of float32 and float64, both float64 on the wire. It takes
// integers that a float64 holds exactly. A float32 gets the nearest value; one
// that is beyond its range is refused, NaN and the infinities are taken.
type floatCodec struct{}

func (floatCodec) append(dst []byte, v reflect.Value, _ int) ([]byte, error) {
	return msgpscan.AppendFloat64(dst, v.Float()), nil
}

func (floatCodec) decode(b []byte, v reflect.Value) (int, error) {
	x, n, err := msgpscan.ReadFloat64(b)
	if err == nil && v.OverflowFloat(x) {
		err = msgpscan.ErrRange
	}
	if err != nil {
		return 0, mismatch("a "+v.Kind().String(), b, err)
	}
	v.SetFloat(x)
	return n, nil
}

// float16Codec is floatCodec of a Float16.
type float16Codec struct{}

func (float16Codec) append(dst []byte, v reflect.Value, _ int) ([]byte, error) {
	return msgpscan.AppendFloat64(dst, float64(Float16(v.Uint()).Float32())), nil
}

func (float16Codec) decode(b []byte, v reflect.Value) (int, error) {
	x, n, err := msgpscan.ReadFloat64(b)
	half := NewFloat16(float32(x))
	if err == nil && !math.IsInf(x, 0) && math.IsInf(float64(half.Float32()), 0) {
		err = msgpscan.ErrRange
	}
	if err != nil {
		return 0, mismatch("a half-precision float", b, err)
	}
	v.SetUint(uint64(half))
	return n, nil
}

// stringCodec is of strings, named ones too.
type stringCodec struct{}

func (stringCodec) append(dst []byte, v reflect.Value, _ int) ([]byte, error) {
	return appendString(dst, v.String())
}

func (stringCodec) decode(b []byte, v reflect.Value) (int, error) {
	s, n, err := readString(b)
	if err != nil {
		return 0, err
	}
	v.SetString(s)
	return n, nil
}

// appendString appends a string that is checked to be UTF-8: other readers
// refuse the message or change the text.
func appendString(dst []byte, s string) ([]byte, error) {
	if !utf8.ValidString(s) {
		return dst, errUTF8
	}
	if err := checkLength(len(s)); err != nil {
		return dst, err
	}
	return msgpscan.AppendString(dst, s), nil
}

// readString reads a copy of the string at the start of b, checked to be
// UTF-8.
func readString(b []byte) (s string, n int, err error) {
	p, n, err := msgpscan.ReadString(b)
	if err != nil {
		return "", 0, mismatch(wantString, b, err)
	}
	if !utf8.Valid(p) {
		return "", 0, errUTF8
	}
	return string(p), n, nil
}

// checkLength refuses a number of bytes or elements that MessagePack can't
// express.
func checkLength(n int) error {
	if uint64(n) > math.MaxUint32 {
		return fmt.Errorf("%w: %d bytes or elements", ErrTooLarge, n)
	}
	return nil
}

// pointerCodec is of optional values: nil, or the value.
type pointerCodec struct{ elem codec }

func (c pointerCodec) append(dst []byte, v reflect.Value, depth int) ([]byte, error) {
	if v.IsNil() {
		return msgpscan.AppendNil(dst), nil
	}
	return c.elem.append(dst, v.Elem(), depth)
}

func (c pointerCodec) decode(b []byte, v reflect.Value) (int, error) {
	if msgpscan.IsNil(b) {
		v.SetZero()
		return 1, nil
	}
	target := reflect.New(v.Type().Elem())
	n, err := c.elem.decode(b, target.Elem())
	if err != nil {
		return 0, err
	}
	v.Set(target)
	return n, nil
}

package messages

import (
	"fmt"
	"math"
	"reflect"
	"unicode/utf8"
	"unsafe"

	"github.com/scenewire/scenewire/internal/msgpscan"
)

// What a decoder wanted, for errors.
const (
	wantBool   = "a boolean"
	wantNumber = "a number"
	wantString = "a string"
)

type boolCodec struct{}

func (boolCodec) append(dst []byte, v reflect.Value, _ int) ([]byte, error) {
	return msgpscan.AppendBool(dst, v.Bool()), nil
}

func (boolCodec) decode(b []byte, p unsafe.Pointer) (int, error) {
	x, n, err := msgpscan.ReadBool(b)
	if err != nil {
		return 0, mismatch(wantBool, b, err)
	}
	*(*bool)(p) = x
	return n, nil
}

// stringCodec is of strings, named ones too.
type stringCodec struct{}

func (stringCodec) append(dst []byte, v reflect.Value, _ int) ([]byte, error) {
	return appendString(dst, v.String())
}

func (stringCodec) decode(b []byte, p unsafe.Pointer) (int, error) {
	s, n, err := readString(b)
	if err != nil {
		return 0, err
	}
	*(*string)(p) = s
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
type pointerCodec struct {
	elem     codec
	elemType reflect.Type
}

func (c pointerCodec) append(dst []byte, v reflect.Value, depth int) ([]byte, error) {
	if v.IsNil() {
		return msgpscan.AppendNil(dst), nil
	}
	return c.elem.append(dst, v.Elem(), depth)
}

func (c pointerCodec) decode(b []byte, p unsafe.Pointer) (int, error) {
	if msgpscan.IsNil(b) {
		*(*unsafe.Pointer)(p) = nil
		return 1, nil
	}
	target := reflect.New(c.elemType).UnsafePointer()
	n, err := c.elem.decode(b, target)
	if err != nil {
		return 0, err
	}
	*(*unsafe.Pointer)(p) = target
	return n, nil
}

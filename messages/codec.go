package messages

import (
	"errors"
	"fmt"
	"reflect"
	"time"
	"unsafe"
)

// codec encodes and decodes the values of one Go type. It is made once, when
// a type is registered (or first met inside an any), and is immutable after
// publication.
type codec interface {
	// append appends the encoding of v, which may open depth more levels of
	// maps and arrays. v need not be addressable.
	append(dst []byte, v reflect.Value, depth int) ([]byte, error)
	// decode sets the zero value of the codec's type that p points to from the
	// value at the start of b, and returns that value's size. Nothing of b is kept.
	// The structure of b has been checked. After an error p may hold a part of it.
	// Pointers instead of reflect.Values: BenchmarkDecode/pose.
	decode(b []byte, p unsafe.Pointer) (n int, err error)
}

// form is how the lists in a field travel.
type form uint8

const (
	formDefault form = iota // slices of numbers as binary, other lists as arrays
	formTuple               // every list as an array: `wire:"tuple"`
	formBin                 // nested lists of numbers as one binary: `wire:"bin"`

	// formFinite is set besides the others: numbers are neither NaN nor infinite.
	formFinite form = 1 << 7
)

// layout returns f without what it says of numbers.
func (f form) layout() form { return f &^ formFinite }

// codecKey is what a codec depends on.
type codecKey struct {
	typ  reflect.Type
	form form
}

// builder makes codecs. It remembers those it has begun, so that a type may
// contain itself.
type builder struct {
	begun map[codecKey]*reference
}

func newBuilder() *builder { return &builder{begun: map[codecKey]*reference{}} }

// reference stands for a codec that is still being made.
type reference struct{ codec }

// codec returns the codec of t. A type without a wire form is an error that
// names it and the path of fields to it.
func (b *builder) codec(t reflect.Type, f form) (codec, error) {
	key := codecKey{t, f}
	if ref, ok := b.begun[key]; ok {
		if ref.codec != nil {
			return ref.codec, nil
		}
		return ref, nil
	}
	ref := &reference{}
	b.begun[key] = ref
	c, err := b.make(t, f)
	if err != nil {
		return nil, err
	}
	ref.codec = c
	return c, nil
}

// make makes the codec of t: a flat switch over the kinds.
func (b *builder) make(t reflect.Type, f form) (codec, error) {
	if custom, err := customCodecOf(t); custom != nil || err != nil {
		return custom, err
	}
	if f.layout() == formBin && isList(t) {
		return b.makeBin(t, f)
	}
	switch t.Kind() {
	case reflect.Bool:
		return boolCodec{}, nil
	case reflect.String:
		return stringCodec{}, nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64,
		reflect.Float32, reflect.Float64:
		return makeNumber(t, f), nil
	case reflect.Interface:
		if t.NumMethod() == 0 {
			return anyCodec{}, nil
		}
		return nil, noForm(t, "of the interfaces only any can be decoded")
	case reflect.Pointer:
		return b.makePointer(t, f)
	case reflect.Slice:
		if f.layout() == formDefault && isNumeric(t.Elem()) {
			return b.makeBin(t, f)
		}
		return b.makeList(t, f)
	case reflect.Array:
		return b.makeList(t, f)
	case reflect.Map:
		return b.makeMap(t, f)
	case reflect.Struct:
		return b.makeStruct(t)
	}
	return nil, noForm(t, "")
}

// makePointer makes the codec of an optional value.
func (b *builder) makePointer(t reflect.Type, f form) (codec, error) {
	if t.Elem().Kind() == reflect.Pointer {
		return nil, noForm(t, "a nil inside a pointer can't be told from a nil")
	}
	elem, err := b.codec(t.Elem(), f)
	if err != nil {
		return nil, err
	}
	return pointerCodec{elem: elem, elemType: t.Elem()}, nil
}

// noForm is the error for a type that can't travel.
func noForm(t reflect.Type, why string) error {
	if t == timeType {
		why = "send seconds as float64, or a type with its own codec"
	}
	if why == "" {
		return fmt.Errorf("%v has no wire form", t)
	}
	return fmt.Errorf("%v has no wire form: %s", t, why)
}

// isList reports whether t is a slice or an array.
func isList(t reflect.Type) bool {
	return t.Kind() == reflect.Slice || t.Kind() == reflect.Array
}

// isNumeric reports whether a slice of t is raw numbers on the wire. Numbers
// whose size depends on the machine count, so that makeBin can refuse them.
func isNumeric(t reflect.Type) bool {
	if c, err := customCodecOf(t); c != nil || err != nil {
		return false
	}
	switch t.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64,
		reflect.Float32, reflect.Float64:
		return true
	}
	return false
}

var (
	timeType    = reflect.TypeFor[time.Time]()
	float16Type = reflect.TypeFor[Float16]()
)

// errNil is the error for a nil pointer to a message.
var errNil = errors.New("the pointer is nil")

package messages

import (
	"fmt"
	"reflect"
	"unsafe"

	"github.com/scenewire/scenewire/internal/msgpscan"
)

const wantArray = "an array"

// listCodec is of slices and arrays that travel as arrays: tuples, strings,
// structs. A nil slice is an empty array; nil decodes to a nil slice.
type listCodec struct {
	elem     codec
	typ      reflect.Type
	elemSize uintptr
	length   int  // of an array, which must match
	fixed    bool // an array
	floats   bool // of float64 that may have any value
}

// makeList makes the codec of a list that travels as an array.
func (b *builder) makeList(t reflect.Type, f form) (codec, error) {
	elem, err := b.codec(t.Elem(), f)
	if err != nil {
		return nil, err
	}
	c := listCodec{elem: elem, typ: t, elemSize: t.Elem().Size(), floats: elem == codec(float64Codec{})}
	if t.Kind() == reflect.Array {
		c.fixed, c.length = true, t.Len()
	}
	return c, nil
}

func (c listCodec) append(dst []byte, v reflect.Value, depth int) ([]byte, error) {
	if depth == 0 {
		return dst, ErrTooDeep
	}
	count := v.Len()
	if err := checkLength(count); err != nil {
		return dst, err
	}
	dst = msgpscan.AppendArrayHeader(dst, count)
	for i := range count {
		var err error
		if dst, err = c.elem.append(dst, v.Index(i), depth-1); err != nil {
			return dst, atIndex(i, err)
		}
	}
	return dst, nil
}

func (c listCodec) decode(b []byte, p unsafe.Pointer) (int, error) {
	if !c.fixed && msgpscan.IsNil(b) {
		setNilSlice(p)
		return 1, nil
	}
	count, pos, err := msgpscan.ReadArray(b)
	if err != nil {
		return 0, mismatch(wantArray, b, err)
	}
	first := p
	if !c.fixed {
		first = growSlice(c.typ, p, count)
	} else if count != c.length {
		return 0, fmt.Errorf("want %d elements, got %d", c.length, count)
	}
	done := 0
	if c.floats {
		var n int
		done, n = msgpscan.ReadFloat64s(b[pos:], unsafe.Slice((*float64)(first), count))
		pos += n
	}
	for i := done; i < count; i++ {
		n, err := c.elem.decode(b[pos:], unsafe.Add(first, uintptr(i)*c.elemSize))
		if err != nil {
			return 0, atIndex(i, err)
		}
		pos += n
	}
	return pos, nil
}

// setNilSlice sets the slice that p points to, of whatever type, to nil.
func setNilSlice(p unsafe.Pointer) { *(*[]struct{})(p) = nil }

// growSlice gives the nil slice of type t that p points to a backing of n zero
// elements, and returns where they are. An empty one is not nil. Memory that may hold
// pointers can be had from package reflect only.
func growSlice(t reflect.Type, p unsafe.Pointer, n int) unsafe.Pointer {
	v := reflect.NewAt(t, p).Elem()
	if n == 0 {
		v.Set(reflect.MakeSlice(t, 0, 0))
		return nil
	}
	v.Grow(n) // not MakeSlice, which would put the slice's header on the heap
	v.SetLen(n)
	return v.UnsafePointer()
}

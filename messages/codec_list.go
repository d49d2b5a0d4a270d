package messages

import (
	"fmt"
	"reflect"

	"github.com/scenewire/scenewire/internal/msgpscan"
)

const wantArray = "an array"

// listCodec is of slices and arrays that travel as arrays: tuples, strings,
// structs. A nil slice is an empty array; nil decodes to a nil slice.
type listCodec struct {
	elem  codec
	fixed bool // an array, whose length must match
}

// makeList makes the codec of a list that travels as an array.
func (b *builder) makeList(t reflect.Type, f form) (codec, error) {
	elem, err := b.codec(t.Elem(), f)
	if err != nil {
		return nil, err
	}
	return listCodec{elem: elem, fixed: t.Kind() == reflect.Array}, nil
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

func (c listCodec) decode(b []byte, v reflect.Value) (int, error) {
	if !c.fixed && msgpscan.IsNil(b) {
		v.SetZero()
		return 1, nil
	}
	count, pos, err := msgpscan.ReadArray(b)
	if err != nil {
		return 0, mismatch(wantArray, b, err)
	}
	if !c.fixed {
		resize(v, count)
	} else if count != v.Len() {
		return 0, fmt.Errorf("want %d elements, got %d", v.Len(), count)
	}
	for i := range count {
		n, err := c.elem.decode(b[pos:], v.Index(i))
		if err != nil {
			return 0, atIndex(i, err)
		}
		pos += n
	}
	return pos, nil
}

// resize gives the slice v a new backing of n zero elements. An empty one is
// not nil.
func resize(v reflect.Value, n int) {
	if n == 0 {
		v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		return
	}
	v.SetZero()
	v.Grow(n) // not MakeSlice, which would put the slice's header on the heap
	v.SetLen(n)
}

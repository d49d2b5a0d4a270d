package messages

import (
	"encoding/binary"
	"fmt"
	"reflect"
	"slices"
	"unsafe"

	"github.com/scenewire/scenewire/internal/msgpscan"
)

const wantBin = "a binary"

// binCodec is of numbers that travel as one binary, raw and little-endian:
// slices of numbers, and under `wire:"bin"` slices and arrays of arrays of
// numbers. A nil slice is an empty binary; nil decodes to a nil slice. It takes
// an array of numbers too, which is what a peer without typed arrays writes.
type binCodec struct {
	array      codec // for when an array arrives
	elemSize   int   // bytes of the outermost list's element
	numberSize int   // bytes of a number
	fixed      bool  // the outermost list is an array
}

// makeBin makes the codec of a list of numbers that travels as a binary.
func (b *builder) makeBin(t reflect.Type) (codec, error) {
	number := t.Elem()
	for number.Kind() == reflect.Array {
		number = number.Elem()
	}
	if !isNumeric(number) || t.Elem().Size() == 0 {
		return nil, noForm(t, "as a binary: it is not made of arrays of numbers")
	}
	if number.Kind() == reflect.Int || number.Kind() == reflect.Uint {
		return nil, noForm(t, fmt.Sprintf("as a binary: the size of %v depends on the machine; "+
			"use a sized type, or wire:\"tuple\"", number))
	}
	array, err := b.codec(t, formTuple)
	if err != nil {
		return nil, err
	}
	return binCodec{
		array:      array,
		elemSize:   int(t.Elem().Size()),
		numberSize: int(number.Size()),
		fixed:      t.Kind() == reflect.Array,
	}, nil
}

func (c binCodec) append(dst []byte, v reflect.Value, _ int) ([]byte, error) {
	if c.fixed && !v.CanAddr() {
		addressable := reflect.New(v.Type()).Elem()
		addressable.Set(v)
		v = addressable
	}
	raw := listMemory(v, c.elemSize)
	if err := checkLength(len(raw)); err != nil {
		return dst, err
	}
	dst = msgpscan.AppendBin(dst, raw)
	orderBytes(dst[len(dst)-len(raw):], c.numberSize)
	return dst, nil
}

func (c binCodec) decode(b []byte, v reflect.Value) (int, error) {
	switch msgpscan.KindOf(b) {
	case msgpscan.Array:
		return c.array.decode(b, v)
	case msgpscan.Nil:
		if !c.fixed {
			v.SetZero()
			return 1, nil
		}
	}
	raw, n, err := msgpscan.ReadBin(b)
	if err != nil {
		return 0, mismatch(wantBin, b, err)
	}
	if err := c.setLength(v, len(raw)); err != nil {
		return 0, err
	}
	memory := listMemory(v, c.elemSize)
	copy(memory, raw)
	orderBytes(memory, c.numberSize)
	return n, nil
}

// setLength makes room in v for a binary of size bytes.
func (c binCodec) setLength(v reflect.Value, size int) error {
	if c.fixed {
		if size != v.Len()*c.elemSize {
			return fmt.Errorf("want a binary of %d bytes, got %d", v.Len()*c.elemSize, size)
		}
		return nil
	}
	if size%c.elemSize != 0 {
		return fmt.Errorf("want a binary of whole elements of %d bytes, got %d bytes", c.elemSize, size)
	}
	resize(v, size/c.elemSize)
	return nil
}

// listMemory returns the memory of a slice, or of an addressable array, whose
// elements have elemSize bytes and hold nothing but numbers. It is what makes
// encoding a large array one copy; see BenchmarkAppend/array.
func listMemory(v reflect.Value, elemSize int) []byte {
	if v.Len() == 0 {
		return nil
	}
	start := v.Index(0).Addr().UnsafePointer()
	return unsafe.Slice((*byte)(start), v.Len()*elemSize)
}

// bigEndian reports the order of bytes in this machine's numbers.
var bigEndian = binary.NativeEndian.Uint16([]byte{0, 1}) == 1

// orderBytes turns the numbers in raw from the machine's order into
// little-endian, or back. On most machines the two are the same.
func orderBytes(raw []byte, numberSize int) {
	if bigEndian {
		swapBytes(raw, numberSize)
	}
}

// swapBytes reverses the bytes of each number of size bytes.
func swapBytes(raw []byte, size int) {
	for number := range slices.Chunk(raw, size) {
		slices.Reverse(number)
	}
}

package messages

import (
	"encoding/binary"
	"fmt"
	"math"
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
	typ        reflect.Type
	elemSize   int                       // bytes of the outermost list's element
	numberSize int                       // bytes of a number
	length     int                       // elements of the outermost list, if it is an array
	fixed      bool                      // it is one
	finite     func(memory []byte) error // nil: numbers may have any value
}

// makeBin makes the codec of a list of numbers that travels as a binary.
func (b *builder) makeBin(t reflect.Type, f form) (codec, error) {
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
	array, err := b.codec(t, formTuple|f&formFinite)
	if err != nil {
		return nil, err
	}
	c := binCodec{
		array:      array,
		typ:        t,
		elemSize:   int(t.Elem().Size()),
		numberSize: int(number.Size()),
	}
	if t.Kind() == reflect.Array {
		c.fixed, c.length = true, t.Len()
	}
	if f&formFinite != 0 {
		c.finite = finiteCheck(number)
	}
	return c, nil
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
	if c.finite != nil {
		if err := c.finite(raw); err != nil {
			return dst, err
		}
	}
	dst = msgpscan.AppendBin(dst, raw)
	orderBytes(dst[len(dst)-len(raw):], c.numberSize)
	return dst, nil
}

func (c binCodec) decode(b []byte, p unsafe.Pointer) (int, error) {
	switch msgpscan.KindOf(b) {
	case msgpscan.Array:
		return c.array.decode(b, p)
	case msgpscan.Nil:
		if !c.fixed {
			setNilSlice(p)
			return 1, nil
		}
	}
	raw, n, err := msgpscan.ReadBin(b)
	if err != nil {
		return 0, mismatch(wantBin, b, err)
	}
	first, err := c.room(p, len(raw))
	if err != nil {
		return 0, err
	}
	memory := unsafe.Slice((*byte)(first), len(raw))
	copy(memory, raw)
	orderBytes(memory, c.numberSize)
	if c.finite != nil {
		if err := c.finite(memory); err != nil {
			return 0, err
		}
	}
	return n, nil
}

// room makes room in the list that p points to for a binary of size bytes, and
// returns where that is.
func (c binCodec) room(p unsafe.Pointer, size int) (first unsafe.Pointer, err error) {
	if c.fixed {
		if want := c.length * c.elemSize; size != want {
			return nil, fmt.Errorf("want a binary of %d bytes, got %d", want, size)
		}
		return p, nil
	}
	if size%c.elemSize != 0 {
		return nil, fmt.Errorf("want a binary of whole elements of %d bytes, got %d bytes", c.elemSize, size)
	}
	return growSlice(c.typ, p, size/c.elemSize), nil
}

// finiteCheck returns what refuses numbers of a type in memory, in this machine's
// order, that are NaN or infinite; nil for types that have none.
func finiteCheck(number reflect.Type) func(memory []byte) error {
	switch {
	case number == float16Type:
		return func(memory []byte) error {
			return checkAll(memory, 2, func(b []byte) float64 { return float64(Float16(binary.NativeEndian.Uint16(b)).Float32()) })
		}
	case number.Kind() == reflect.Float32:
		return func(memory []byte) error {
			return checkAll(memory, 4, func(b []byte) float64 { return float64(math.Float32frombits(binary.NativeEndian.Uint32(b))) })
		}
	case number.Kind() == reflect.Float64:
		return func(memory []byte) error {
			return checkAll(memory, 8, func(b []byte) float64 { return math.Float64frombits(binary.NativeEndian.Uint64(b)) })
		}
	}
	return nil
}

// checkAll returns the error for the first number, of size bytes, that isn't finite.
func checkAll(memory []byte, size int, read func([]byte) float64) error {
	for i := 0; i < len(memory); i += size {
		if err := checkFinite(read(memory[i:])); err != nil {
			return atIndex(i/size, err)
		}
	}
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

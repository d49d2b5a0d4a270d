package messages

import (
	"bytes"
	"reflect"
	"unsafe"

	"github.com/scenewire/scenewire/internal/msgpscan"
)

// structCodec is of structs, which are maps of their fields in the order of
// declaration. A message is one with its type behind the fields.
type structCodec struct {
	fields   []field
	byName   map[string]int // wire name to index in fields
	required []int          // indices of the required fields
	optional bool           // some field has omitempty
	message  bool           // the struct is a message, so its map has a type
	tail     []byte         // of a message: the encoded pair "type": name
}

// field is one field of a struct as it travels.
type field struct {
	name      string
	key       []byte  // the name, encoded
	index     []int   // for reflect: a step for each embedded struct, then the field
	offset    uintptr // of the field in the struct, for decode
	codec     codec
	omitEmpty bool
	required  bool
}

// of returns the field's value in the struct v.
func (f *field) of(v reflect.Value) reflect.Value {
	for _, i := range f.index {
		v = v.Field(i)
	}
	return v
}

func (c *structCodec) append(dst []byte, v reflect.Value, depth int) ([]byte, error) {
	if depth == 0 {
		return dst, ErrTooDeep
	}
	dst = msgpscan.AppendMapHeader(dst, c.count(v))
	return c.appendFields(dst, v, depth-1)
}

// count returns how many fields of v travel.
func (c *structCodec) count(v reflect.Value) int {
	n := len(c.fields)
	if !c.optional {
		return n
	}
	for i := range c.fields {
		if f := &c.fields[i]; f.omitEmpty && isEmpty(f.of(v)) {
			n--
		}
	}
	return n
}

// appendFields appends the pairs of v without the map's header.
func (c *structCodec) appendFields(dst []byte, v reflect.Value, depth int) ([]byte, error) {
	for i := range c.fields {
		f := &c.fields[i]
		value := f.of(v)
		if f.omitEmpty && isEmpty(value) {
			continue
		}
		dst = append(dst, f.key...)
		var err error
		if dst, err = f.codec.append(dst, value, depth); err != nil {
			return dst, at(f.name, err)
		}
	}
	return dst, nil
}

func (c *structCodec) decode(b []byte, p unsafe.Pointer) (int, error) {
	pairs, pos, err := msgpscan.ReadMap(b)
	if err != nil {
		return 0, mismatch(wantMap, b, err)
	}
	var seen fieldSet
	next := 0 // fields usually arrive in the order in which they are written
	for range pairs {
		f, n := c.find(b[pos:], next)
		if f < 0 {
			if n, err = c.skip(b[pos:]); err != nil {
				return 0, err
			}
			pos += n
			continue
		}
		pos += n
		field := &c.fields[f]
		if !seen.add(f) {
			return 0, at(field.name, ErrDuplicate)
		}
		if n, err = field.codec.decode(b[pos:], unsafe.Add(p, field.offset)); err != nil {
			return 0, at(field.name, err)
		}
		pos += n
		next = f + 1
	}
	if missing := seen.lacks(c.required); missing >= 0 {
		return 0, at(c.fields[missing].name, ErrMissing)
	}
	return pos, nil
}

// skip returns the size of a pair that is no field's, mostly the message's type.
func (c *structCodec) skip(b []byte) (int, error) {
	if c.message && bytes.HasPrefix(b, c.tail) {
		return len(c.tail), nil
	}
	return skipPair(b)
}

// find returns the index of the field whose key is at the start of b, and the
// key's size, or -1 if there is none. It looks at the field next first, whose key
// mostly has the form in which it is written here.
func (c *structCodec) find(b []byte, next int) (index, n int) {
	if next < len(c.fields) && bytes.HasPrefix(b, c.fields[next].key) {
		return next, len(c.fields[next].key)
	}
	key, n, err := msgpscan.ReadString(b)
	if err != nil || c.message && string(key) == typeKey {
		return -1, 0
	}
	if i, ok := c.byName[string(key)]; ok {
		return i, n
	}
	return -1, 0
}

// isEmpty reports whether a field with omitempty stays away: a list, map or
// string of length 0, otherwise the zero value. Structs are never empty.
func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}

// fieldSet is a set of indices of fields. Up to 64 of them cost no allocation.
type fieldSet struct {
	low  uint64
	high map[int]struct{}
}

// add adds i, and reports whether it wasn't there.
func (s *fieldSet) add(i int) bool {
	if i < 64 {
		bit := uint64(1) << i
		had := s.low&bit != 0
		s.low |= bit
		return !had
	}
	if s.high == nil {
		s.high = map[int]struct{}{}
	}
	before := len(s.high)
	s.high[i] = struct{}{}
	return len(s.high) > before
}

// lacks returns the first of the indices that is not in s, or -1.
func (s *fieldSet) lacks(indices []int) int {
	for _, i := range indices {
		_, high := s.high[i]
		if i < 64 && s.low&(1<<i) == 0 || i >= 64 && !high {
			return i
		}
	}
	return -1
}

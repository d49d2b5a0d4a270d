package messages

import (
	"math/bits"
	"reflect"

	"github.com/scenewire/scenewire/internal/msgpscan"
)

// structCodec is of structs, which are maps of their fields in the order of
// declaration. A message is one with its type behind the fields.
type structCodec struct {
	fields   []field
	byName   map[string]int // wire name to index in fields
	required uint64         // one bit for each required field
	optional bool           // some field has omitempty
	message  bool           // the struct is a message, so its map has a type
}

// field is one field of a struct as it travels.
type field struct {
	name      string
	key       []byte // the name, encoded
	index     []int  // for reflect: a step for each embedded struct, then the field
	codec     codec
	omitEmpty bool
	required  uint64 // its bit, or 0
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

func (c *structCodec) decode(b []byte, v reflect.Value) (int, error) {
	v.SetZero()
	return c.decodeFields(b, v)
}

// decodeFields sets the fields of v, which is zero, from the map at the start
// of b. It returns the map's size. Fields that it does not know are skipped.
func (c *structCodec) decodeFields(b []byte, v reflect.Value) (int, error) {
	pairs, pos, err := msgpscan.ReadMap(b)
	if err != nil {
		return 0, mismatch(wantMap, b, err)
	}
	missing := c.required
	next := 0 // fields usually arrive in the order in which they are written
	for range pairs {
		f, n := c.find(b[pos:], next)
		if f < 0 {
			if n, err = skipPair(b[pos:]); err != nil {
				return 0, err
			}
			pos += n
			continue
		}
		pos += n
		field := &c.fields[f]
		if n, err = field.codec.decode(b[pos:], field.of(v)); err != nil {
			return 0, at(field.name, err)
		}
		pos += n
		missing &^= field.required
		next = f + 1
	}
	if missing != 0 {
		return 0, at(c.nameOf(missing), ErrMissing)
	}
	return pos, nil
}

// find returns the index of the field whose key is at the start of b, and the
// key's size, or -1 if there is none. It looks at the field next first.
func (c *structCodec) find(b []byte, next int) (index, n int) {
	key, n, err := msgpscan.ReadString(b)
	if err != nil {
		return -1, 0
	}
	if next < len(c.fields) && string(key) == c.fields[next].name {
		return next, n
	}
	if c.message && string(key) == typeKey {
		return -1, 0
	}
	if i, ok := c.byName[string(key)]; ok {
		return i, n
	}
	return -1, 0
}

// nameOf returns the name of the first of the required fields in the set.
func (c *structCodec) nameOf(set uint64) string {
	first := uint64(1) << bits.TrailingZeros64(set)
	for i := range c.fields {
		if c.fields[i].required == first {
			return c.fields[i].name
		}
	}
	return ""
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

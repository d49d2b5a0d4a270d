package messages

import (
	"reflect"
	"slices"
	"strings"
	"unsafe"

	"github.com/scenewire/scenewire/internal/msgpscan"
)

const wantMap = "a map"

// mapCodec is of maps with string keys, which are written in sorted order so
// that equal maps are equal bytes. A nil map is an empty one; nil decodes to a
// nil map. Pairs whose key is not a string are ignored, a key that comes twice is
// refused. Maps are made and filled by reflection: there is no other way to them.
type mapCodec struct {
	elem codec
	typ  reflect.Type
}

// makeMap makes the codec of a map.
func (b *builder) makeMap(t reflect.Type, f form) (codec, error) {
	if t.Key().Kind() != reflect.String {
		return nil, noForm(t, "map keys must be strings")
	}
	if custom, err := customCodecOf(t.Key()); custom != nil || err != nil {
		return nil, noForm(t, "a map's key can't have a codec of its own")
	}
	elem, err := b.codec(t.Elem(), f)
	if err != nil {
		return nil, err
	}
	return mapCodec{elem: elem, typ: t}, nil
}

func (c mapCodec) append(dst []byte, v reflect.Value, depth int) ([]byte, error) {
	if depth == 0 {
		return dst, ErrTooDeep
	}
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	dst = msgpscan.AppendMapHeader(dst, len(keys))
	for _, key := range keys {
		var err error
		if dst, err = appendString(dst, key.String()); err == nil {
			dst, err = c.elem.append(dst, v.MapIndex(key), depth-1)
		}
		if err != nil {
			return dst, atKey(key.String(), err)
		}
	}
	return dst, nil
}

func (c mapCodec) decode(b []byte, p unsafe.Pointer) (int, error) {
	if msgpscan.IsNil(b) {
		*(*unsafe.Pointer)(p) = nil
		return 1, nil
	}
	pairs, pos, err := msgpscan.ReadMap(b)
	if err != nil {
		return 0, mismatch(wantMap, b, err)
	}
	decoded := reflect.MakeMapWithSize(c.typ, pairs)
	key, elem := reflect.New(c.typ.Key()).Elem(), reflect.New(c.typ.Elem()).Elem()
	for range pairs {
		n, err := c.decodePair(b[pos:], decoded, key, elem)
		if err != nil {
			return 0, err
		}
		pos += n
	}
	reflect.NewAt(c.typ, p).Elem().Set(decoded)
	return pos, nil
}

// decodePair puts the pair at the start of b into the map, by way of key and
// elem, whose values it replaces.
func (c mapCodec) decodePair(b []byte, into, key, elem reflect.Value) (int, error) {
	if msgpscan.KindOf(b) != msgpscan.String {
		return skipPair(b)
	}
	name, pos, err := readString(b)
	if err != nil {
		return 0, err
	}
	elem.SetZero()
	n, err := c.elem.decode(b[pos:], elem.Addr().UnsafePointer())
	if err != nil {
		return 0, atKey(name, err)
	}
	key.SetString(name)
	before := into.Len()
	if into.SetMapIndex(key, elem); into.Len() == before {
		return 0, atKey(name, ErrDuplicate)
	}
	return pos + n, nil
}

// skipPair returns the size of the key and value at the start of b, whose
// structure has been checked.
func skipPair(b []byte) (int, error) {
	keySize, err := skipValue(b)
	if err != nil {
		return 0, err
	}
	valueSize, err := skipValue(b[keySize:])
	return keySize + valueSize, err
}

// skipValue returns the size of the value at the start of b, whose structure
// has been checked.
func skipValue(b []byte) (int, error) {
	n, err := msgpscan.Size(b, msgpscan.Limits{MaxDepth: -1, MaxElements: -1})
	if err != nil {
		return 0, structureError(err)
	}
	return n, nil
}

package messages

import (
	"math"
	"reflect"
	"sync"
	"unsafe"

	"github.com/scenewire/scenewire/internal/msgpscan"
)

// anyCodec is of fields of type any. A value is encoded by the rules for its
// dynamic type. What arrives becomes nil, bool, int64 (uint64 beyond its
// range), float64, string, []byte, []any or map[string]any.
type anyCodec struct{}

func (anyCodec) append(dst []byte, v reflect.Value, depth int) ([]byte, error) {
	return appendAny(dst, v.Interface(), depth)
}

func (anyCodec) decode(b []byte, p unsafe.Pointer) (int, error) {
	x, n, err := decodeAny(b)
	if err != nil {
		return 0, err
	}
	*(*any)(p) = x
	return n, nil
}

// appendAny appends the encoding of x: the commonest types at once, the others
// by the codec of their type.
func appendAny(dst []byte, x any, depth int) ([]byte, error) {
	switch x := x.(type) {
	case nil:
		return msgpscan.AppendNil(dst), nil
	case bool:
		return msgpscan.AppendBool(dst, x), nil
	case int:
		return msgpscan.AppendInt(dst, int64(x)), nil
	case int64:
		return msgpscan.AppendInt(dst, x), nil
	case float64:
		return msgpscan.AppendFloat64(dst, x), nil
	case string:
		return appendString(dst, x)
	}
	v := reflect.ValueOf(x)
	c, err := dynamicCodec(v.Type())
	if err != nil {
		return dst, err
	}
	return c.append(dst, v, depth)
}

// dynamicCodecs holds the codecs of types that were met inside an any, by
// reflect.Type. Atomic; written when a type is first met, so it grows with the
// types of the program and not with its messages.
var dynamicCodecs sync.Map

// dynamicCodec returns the codec of a type met inside an any.
func dynamicCodec(t reflect.Type) (codec, error) {
	if c, ok := dynamicCodecs.Load(t); ok {
		return c.(codec), nil
	}
	c, err := newBuilder().codec(t, formDefault)
	if err != nil {
		return nil, err
	}
	dynamicCodecs.Store(t, c)
	return c, nil
}

// decodeAny returns the value at the start of b as one of the types that
// anyCodec promises: a flat switch over the kinds.
func decodeAny(b []byte) (x any, n int, err error) {
	switch msgpscan.KindOf(b) {
	case msgpscan.Nil:
		return nil, 1, nil
	case msgpscan.Bool:
		x, n, err = msgpscan.ReadBool(b)
	case msgpscan.Int:
		return decodeAnyInt(b)
	case msgpscan.Float:
		x, n, err = msgpscan.ReadFloat64(b)
	case msgpscan.String:
		return wrapAny(readString(b))
	case msgpscan.Bin:
		p, size, readErr := msgpscan.ReadBin(b)
		x, n, err = append([]byte{}, p...), size, readErr
	case msgpscan.Array:
		return decodeAnyArray(b)
	case msgpscan.Map:
		return decodeAnyMap(b)
	default:
		err = msgpscan.ErrKind
	}
	if err != nil {
		return nil, 0, mismatch("any value but an extension", b, err)
	}
	return x, n, nil
}

func wrapAny(s string, n int, err error) (any, int, error) {
	if err != nil {
		return nil, 0, err
	}
	return s, n, nil
}

func decodeAnyInt(b []byte) (any, int, error) {
	u, n, err := msgpscan.ReadUint64(b)
	if err == nil && u > math.MaxInt64 {
		return u, n, nil
	}
	i, n, err := msgpscan.ReadInt64(b)
	if err != nil {
		return nil, 0, mismatch(wantNumber, b, err)
	}
	return i, n, nil
}

func decodeAnyArray(b []byte) (any, int, error) {
	count, pos, err := msgpscan.ReadArray(b)
	if err != nil {
		return nil, 0, mismatch(wantArray, b, err)
	}
	list := make([]any, count)
	for i := range list {
		x, n, err := decodeAny(b[pos:])
		if err != nil {
			return nil, 0, atIndex(i, err)
		}
		list[i] = x
		pos += n
	}
	return list, pos, nil
}

func decodeAnyMap(b []byte) (any, int, error) {
	pairs, pos, err := msgpscan.ReadMap(b)
	if err != nil {
		return nil, 0, mismatch(wantMap, b, err)
	}
	m := make(map[string]any, pairs)
	for range pairs {
		n, err := decodeAnyPair(b[pos:], m)
		if err != nil {
			return nil, 0, err
		}
		pos += n
	}
	return m, pos, nil
}

// decodeAnyPair puts the pair at the start of b into m, or skips it where the
// key is not a string.
func decodeAnyPair(b []byte, m map[string]any) (int, error) {
	if msgpscan.KindOf(b) != msgpscan.String {
		return skipPair(b)
	}
	key, pos, err := readString(b)
	if err != nil {
		return 0, err
	}
	x, n, err := decodeAny(b[pos:])
	if err != nil {
		return 0, atKey(key, err)
	}
	before := len(m)
	if m[key] = x; len(m) == before {
		return 0, atKey(key, ErrDuplicate)
	}
	return pos + n, nil
}

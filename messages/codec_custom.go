package messages

import (
	"bytes"
	"fmt"
	"reflect"
	"unsafe"

	"github.com/scenewire/scenewire/internal/msgpscan"
	"github.com/vmihailenco/msgpack/v5"
)

// customCodec is of types that have a MessagePack form of their own, in the
// library's terms: they implement msgpack.CustomEncoder and CustomDecoder, or
// msgpack.Marshaler and Unmarshaler. The library encodes and decodes them.
type customCodec struct{ typ reflect.Type }

var (
	customEncoderType = reflect.TypeFor[msgpack.CustomEncoder]()
	customDecoderType = reflect.TypeFor[msgpack.CustomDecoder]()
	marshalerType     = reflect.TypeFor[msgpack.Marshaler]()
	unmarshalerType   = reflect.TypeFor[msgpack.Unmarshaler]()
)

// customCodecOf returns the codec of a type with a form of its own, nil for
// any other type, and an error for a type that has one direction only.
func customCodecOf(t reflect.Type) (codec, error) {
	if t.Kind() == reflect.Pointer || t.Kind() == reflect.Interface {
		return nil, nil // pointerCodec looks at what it points to
	}
	p := reflect.PointerTo(t)
	encodes := p.Implements(customEncoderType) || p.Implements(marshalerType)
	decodes := p.Implements(customDecoderType) || p.Implements(unmarshalerType)
	switch {
	case encodes && decodes:
		return customCodec{t}, nil
	case encodes:
		return nil, noForm(t, "it has a msgpack encoder of its own, but no decoder")
	case decodes:
		return nil, noForm(t, "it has a msgpack decoder of its own, but no encoder")
	}
	return nil, nil
}

func (customCodec) append(dst []byte, v reflect.Value, depth int) ([]byte, error) {
	pointer := reflect.New(v.Type())
	pointer.Elem().Set(v)
	buf := bytes.NewBuffer(dst)
	enc := msgpack.GetEncoder()
	defer msgpack.PutEncoder(enc)
	enc.Reset(buf)
	enc.UseCompactInts(true)
	enc.SetSortMapKeys(true)
	if err := enc.Encode(pointer.Interface()); err != nil {
		return dst, err
	}
	return checkCustom(dst, buf.Bytes(), depth)
}

// checkCustom returns out, which is dst and what a type's own encoder wrote
// behind it, if that is one value.
func checkCustom(dst, out []byte, depth int) ([]byte, error) {
	written := out[len(dst):]
	kind := msgpscan.KindOf(written)
	if depth == 0 && (kind == msgpscan.Array || kind == msgpscan.Map) {
		return dst, ErrTooDeep
	}
	n, err := msgpscan.Size(written, msgpscan.Limits{MaxDepth: max(depth, 1), MaxElements: -1})
	if err != nil {
		return dst, structureError(err)
	}
	if n != len(written) {
		return dst, fmt.Errorf("its encoder wrote %d bytes behind the value", len(written)-n)
	}
	return out, nil
}

// decode has the type decode itself. Its panic is an error, too: what made it panic came
// from a peer.
func (c customCodec) decode(b []byte, p unsafe.Pointer) (size int, err error) {
	defer func() {
		if v := recover(); v != nil {
			size, err = 0, fmt.Errorf("its decoder panicked: %v", v)
		}
	}()
	n, err := skipValue(b)
	if err != nil {
		return 0, err
	}
	target := reflect.New(c.typ)
	in := bytes.NewReader(b[:n:n])
	dec := msgpack.GetDecoder()
	defer msgpack.PutDecoder(dec)
	dec.Reset(in)
	if err := dec.Decode(target.Interface()); err != nil {
		return 0, err
	}
	if in.Len() != 0 {
		return 0, fmt.Errorf("its decoder left %d bytes of %s", in.Len(), describe(b))
	}
	reflect.NewAt(c.typ, p).Elem().Set(target.Elem())
	return n, nil
}

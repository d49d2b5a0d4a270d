package messages

import (
	"fmt"
	"reflect"
	"sync"

	"github.com/scenewire/scenewire/internal/msgpscan"
)

// plan is how one registered type is encoded and decoded. It is made at
// registration and immutable after publication, but for its pool.
type plan struct {
	name    string       // wire name
	goType  reflect.Type // as registered: a struct or a pointer to one
	fields  *structCodec
	tail    []byte    // the encoded pair "type": name
	scratch sync.Pool // *struct, zero: where messages that are values are decoded
}

// newPlan makes the plan of a message type.
func newPlan(name string, goType reflect.Type) (*plan, error) {
	structType := goType
	if goType.Kind() == reflect.Pointer {
		structType = goType.Elem()
	}
	if structType.Kind() != reflect.Struct {
		return nil, fmt.Errorf("%v is not a struct or a pointer to one", goType)
	}
	if custom, err := customCodecOf(structType); custom != nil || err != nil {
		return nil, fmt.Errorf("%v has a msgpack codec of its own; a message is encoded by its fields", goType)
	}
	fields, err := newBuilder().makeStruct(structType)
	if err != nil {
		return nil, err
	}
	if _, taken := fields.byName[typeKey]; taken {
		return nil, fmt.Errorf("a field has the wire name %q, which is the message's own", typeKey)
	}
	fields.message = true
	p := &plan{name: name, goType: goType, fields: fields}
	p.tail = msgpscan.AppendString(msgpscan.AppendString(nil, typeKey), name)
	p.scratch.New = func() any { return reflect.New(structType).Interface() }
	return p, nil
}

// append appends m, whose dynamic type is the plan's struct or a pointer to it.
func (p *plan) append(dst []byte, m Message, lim Limits) ([]byte, error) {
	v := reflect.ValueOf(m)
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return dst, fieldError(p.name, errNil)
		}
		v = v.Elem()
	}
	out := msgpscan.AppendMapHeader(dst, p.fields.count(v)+1)
	out, err := p.fields.appendFields(out, v, lim.MaxDepth-1)
	if err != nil {
		return dst, fieldError(p.name, err)
	}
	return append(out, p.tail...), nil
}

// decode returns the message in data, whose structure has been checked.
func (p *plan) decode(data []byte) (Message, error) {
	if p.goType.Kind() == reflect.Pointer {
		target := reflect.New(p.goType.Elem())
		if _, err := p.fields.decodeFields(data, target.Elem()); err != nil {
			return nil, fieldError(p.name, err)
		}
		return target.Interface().(Message), nil
	}
	return p.decodeValue(data)
}

// decodeValue is decode for a struct that is registered by value. Making an
// interface of it copies it, so what it is decoded into can be used again.
func (p *plan) decodeValue(data []byte) (Message, error) {
	scratch := p.scratch.Get()
	v := reflect.ValueOf(scratch).Elem()
	_, err := p.fields.decodeFields(data, v)
	var m Message
	if err == nil {
		m = v.Interface().(Message)
	}
	v.SetZero()
	p.scratch.Put(scratch)
	if err != nil {
		return nil, fieldError(p.name, err)
	}
	return m, nil
}

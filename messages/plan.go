package messages

import (
	"fmt"
	"reflect"
	"unsafe"

	"github.com/scenewire/scenewire/internal/msgpscan"
)

// plan is how one registered type is encoded and decoded. It is made at
// registration and immutable after publication.
type plan struct {
	name   string       // wire name
	goType reflect.Type // as registered: a struct or a pointer to one
	fields *structCodec

	structType reflect.Type
	zero       Message // the zero value of goType
	direct     bool    // goType is a struct that an interface holds directly
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
	zero := reflect.Zero(goType).Interface().(Message)
	p := &plan{
		name: name, goType: goType, fields: fields,
		structType: structType,
		zero:       zero,
		direct:     goType.Kind() == reflect.Struct && holdsDirectly(zero),
	}
	fields.tail = msgpscan.AppendString(msgpscan.AppendString(nil, typeKey), name)
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
	return append(out, p.fields.tail...), nil
}

// decode returns the message in data, whose structure has been checked. It allocates
// the struct and what the fields point to, and nothing else.
func (p *plan) decode(data []byte) (Message, error) {
	target := reflect.New(p.structType).UnsafePointer()
	if _, err := p.fields.decode(data, target); err != nil {
		return nil, fieldError(p.name, err)
	}
	return p.box(target), nil
}

// box returns the struct at target, which is handed over, as a message: the struct
// itself or the pointer, as the type was registered.
func (p *plan) box(target unsafe.Pointer) Message {
	if p.direct {
		return reflect.NewAt(p.structType, target).Elem().Interface().(Message)
	}
	return withData(p.zero, target)
}

// withData returns m with another value of its type: the one that data points to, or,
// if m's type is a pointer, data itself. Through reflection a struct would be copied
// once more (BenchmarkDecode/pose). An interface is two words, of which the second is
// the pointer to its value, unless the value is a pointer itself.
func withData(m Message, data unsafe.Pointer) Message {
	words := (*[2]unsafe.Pointer)(unsafe.Pointer(&m))
	words[1] = data
	return m
}

// holdsDirectly reports whether an interface holds the zero value of m's struct itself,
// which consists of one pointer then, and not a pointer to it.
func holdsDirectly(m Message) bool {
	words := (*[2]unsafe.Pointer)(unsafe.Pointer(&m))
	return words[1] == nil
}

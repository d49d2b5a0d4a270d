package messages

import (
	"fmt"
	"reflect"
)

// Raw is a message that is encoded already: for messages that are recorded or
// come from elsewhere, and have no Go type here. It needs no registration, and
// Decode never returns it.
type Raw struct {
	// Name is the wire name inside Body.
	Name string
	// Key is the redundancy key.
	Key string
	// Body is one MessagePack map with a "type", at whatever place. It is
	// shared, read-only.
	Body []byte
}

// NewRaw returns body, which is handed over, as a message with its wire name
// and the given redundancy key. It fails as Registry.Decode does for bytes
// that are not one whole map with a type.
func NewRaw(key string, body []byte) (Raw, error) {
	name, err := findType(body, Limits{MaxBytes: -1}.withDefaults())
	if err != nil {
		return Raw{}, err
	}
	return Raw{Name: string(name), Key: key, Body: body}, nil
}

// RedundancyKey returns Key.
func (r Raw) RedundancyKey() string { return r.Key }

// appendRaw appends the body as it is, once it is seen to be one whole map
// with the wire name that the message claims.
func appendRaw(dst []byte, r Raw, lim Limits) ([]byte, error) {
	lim.MaxBytes = -1 // a limit of what peers may send
	name, err := findType(r.Body, lim)
	if err != nil {
		return dst, err
	}
	if string(name) != r.Name {
		return dst, fmt.Errorf("messages: raw message %q has the type %q in its body", clip(r.Name), clip(string(name)))
	}
	return append(dst, r.Body...), nil
}

var rawType = reflect.TypeFor[Raw]()

// asRaw returns the Raw that m is or points to.
func asRaw(m Message) (Raw, bool) {
	switch m := m.(type) {
	case Raw:
		return m, true
	case *Raw:
		if m != nil {
			return *m, true
		}
	}
	return Raw{}, false
}

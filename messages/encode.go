package messages

import (
	"fmt"
	"reflect"
)

// Append appends the encoding of m to dst: one MessagePack map of its fields in
// the order of declaration, with "type" last. m may be of a registered struct
// or a pointer to one, whichever of them was registered, or a Raw, whose body
// is appended as it is.
//
// The bytes share nothing with m, and equal messages give equal bytes. On an
// error dst is returned as it was: *UnknownTypeError for a type that is not
// registered, *FieldError for a value that has no wire form (a string that is
// not UTF-8, a value inside an any that has no wire form or contains itself).
func (r *Registry) Append(dst []byte, m Message) ([]byte, error) {
	t := r.tables.Load()
	p, ok := t.byType[reflect.TypeOf(m)]
	if !ok {
		return appendUnregistered(dst, m, t.limits)
	}
	return p.append(dst, m, t.limits)
}

// appendUnregistered appends a Raw and refuses everything else.
func appendUnregistered(dst []byte, m Message, lim Limits) ([]byte, error) {
	if raw, ok := asRaw(m); ok {
		return appendRaw(dst, raw, lim)
	}
	return dst, &UnknownTypeError{Name: fmt.Sprintf("%T", m)}
}

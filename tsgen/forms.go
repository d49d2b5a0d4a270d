package tsgen

import (
	"fmt"
	"go/types"
)

// noForm is the error for a type that can't travel.
func noForm(t types.Type, why string) error {
	if why == "" {
		return fmt.Errorf("%s has no wire form", shortName(t))
	}
	return fmt.Errorf("%s has no wire form: %s", shortName(t), why)
}

// listElem returns the element of a slice or an array.
func listElem(t types.Type) (elem types.Type, ok bool) {
	switch t := t.Underlying().(type) {
	case *types.Slice:
		return t.Elem(), true
	case *types.Array:
		return t.Elem(), true
	}
	return nil, false
}

// isNumeric reports whether a slice of t is raw numbers on the wire.
func isNumeric(t types.Type) bool {
	if custom, err := customForm(t); custom || err != nil {
		return false
	}
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&(types.IsInteger|types.IsFloat) != 0 && b.Kind() != types.Uintptr
}

func isFloat16(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Name() == "Float16" && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == messagesPath
}

// holdsList reports whether t is a list, or an optional one or a map of lists.
func holdsList(t types.Type) bool {
	for begun := map[types.Type]bool{}; !begun[t]; { // a map may contain itself
		begun[t] = true
		switch u := t.Underlying().(type) {
		case *types.Pointer:
			t = u.Elem()
		case *types.Map:
			t = u.Elem()
		default:
			_, ok := listElem(t)
			return ok
		}
	}
	return false
}

// holdsFloats reports whether t is a float, or a list, an optional one or a map of floats.
func holdsFloats(t types.Type) bool {
	for begun := map[types.Type]bool{}; !begun[t]; {
		begun[t] = true
		switch u := t.Underlying().(type) {
		case *types.Pointer:
			t = u.Elem()
		case *types.Map:
			t = u.Elem()
		case *types.Slice:
			t = u.Elem()
		case *types.Array:
			t = u.Elem()
		default:
			b, ok := u.(*types.Basic)
			return isFloat16(t) || ok && (b.Kind() == types.Float32 || b.Kind() == types.Float64)
		}
	}
	return false
}

// checkOpaque refuses a struct that has fields, but none that travels.
func checkOpaque(t *types.Struct) error {
	opaque := false
	for f := range t.Fields() {
		if f.Exported() || f.Embedded() {
			return nil
		}
		opaque = true
	}
	if opaque {
		return fmt.Errorf("the struct has no wire form: no field of it is exported")
	}
	return nil
}

// checkNamed refuses the named types that have no form, or one that isn't known.
func checkNamed(t *types.Named) error {
	if shortName(t) == "time.Time" {
		return noForm(t, "send seconds as float64, or a type with its own codec")
	}
	if i, ok := t.Underlying().(*types.Interface); ok && i.NumMethods() > 0 {
		return noForm(t, onlyAny)
	}
	return checkCustom(t)
}

// onlyAny is why an interface has no form.
const onlyAny = "of the interfaces only any can be decoded"

// checkCustom refuses a type that encodes itself.
func checkCustom(t types.Type) error {
	custom, err := customForm(t)
	if err == nil && custom {
		err = fmt.Errorf("%s has a msgpack codec of its own: say what it is with a tag `ts:\"...\"`, "+
			"or above the type with //tsgen:type", shortName(t))
	}
	return err
}

// customForm reports whether a type has a MessagePack form of its own, in terms of
// github.com/vmihailenco/msgpack: that of its encoder and decoder.
func customForm(t types.Type) (bool, error) {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Interface:
		return false, nil
	}
	encodes := hasMethod(t, "EncodeMsgpack") || hasMethod(t, "MarshalMsgpack")
	decodes := hasMethod(t, "DecodeMsgpack") || hasMethod(t, "UnmarshalMsgpack")
	switch {
	case encodes && !decodes:
		return false, noForm(t, "it has a msgpack encoder of its own, but no decoder")
	case decodes && !encodes:
		return false, noForm(t, "it has a msgpack decoder of its own, but no encoder")
	}
	return encodes, nil
}

// hasMethod reports whether a type or the pointer to it has one of msgpack's methods. Their
// parameters aren't looked at: go vet knows what they must be.
func hasMethod(t types.Type, name string) bool {
	object, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
	_, ok := object.(*types.Func)
	return ok
}

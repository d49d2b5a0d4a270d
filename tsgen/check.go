package tsgen

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/scenewire/scenewire/messages"
)

// Check compares the bindings with registries as they are in a running program: both must
// have the same messages, and messages of each type are encoded, once empty and once with
// something in every field, to see that what is on the wire is of the type in TypeScript.
//
// It is for a test beside the messages. The error joins everything that differs.
func (b *Bindings) Check(registries ...*messages.Registry) error {
	f := &fitting{seen: map[*field]bool{}}
	registered := map[string]bool{}
	var errs []error
	for _, r := range registries {
		for _, name := range r.Names() {
			registered[name] = true
			errs = append(errs, b.checkMessage(r, name, f))
		}
	}
	begun := map[*declaration]bool{}
	for _, name := range slices.Sorted(maps.Keys(b.messages)) {
		d := b.messages[name]
		if !registered[name] {
			errs = append(errs, fmt.Errorf("tsgen: %q is in TypeScript, but not registered", name))
			continue
		}
		begun[d] = true
		for _, err := range f.unseen(d.body, name, begun) {
			errs = append(errs, fmt.Errorf("tsgen: %w", err))
		}
	}
	return errors.Join(errs...)
}

// checkMessage compares one registered type with its declaration.
func (b *Bindings) checkMessage(r *messages.Registry, name string, f *fitting) error {
	d, ok := b.messages[name]
	if !ok {
		return fmt.Errorf("tsgen: %q is registered, but not in TypeScript", name)
	}
	t, _ := r.Type(name)
	for _, full := range []bool{false, true} {
		encoded, err := r.Append(nil, sample(t, full))
		if err != nil {
			return fmt.Errorf("tsgen: %q: %w", name, err)
		}
		if err := d.fitMessage(encoded, f); err != nil {
			return fmt.Errorf("tsgen: %q: %w", name, err)
		}
	}
	return nil
}

// sample returns a message of type t, a struct or a pointer to one: empty, or with
// something in every field.
func sample(t reflect.Type, full bool) messages.Message {
	structType := t
	if t.Kind() == reflect.Pointer {
		structType = t.Elem()
	}
	pointer := reflect.New(structType)
	if full {
		fill(pointer.Elem(), map[reflect.Type]bool{})
	}
	if t.Kind() == reflect.Pointer {
		return pointer.Interface().(messages.Message)
	}
	return pointer.Elem().Interface().(messages.Message)
}

// fill puts something into v. Types on the way to it are in begun: what contains itself
// ends there.
func fill(v reflect.Value, begun map[reflect.Type]bool) {
	if !v.CanSet() || begun[v.Type()] {
		return
	}
	if v.Type().Name() != "" && v.Type().PkgPath() != "" {
		begun[v.Type()] = true
		defer delete(begun, v.Type())
	}
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(true)
	case reflect.String:
		v.SetString("x")
	case reflect.Interface:
		if v.NumMethod() == 0 {
			v.Set(reflect.ValueOf(1))
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), begun)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), begun)
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i), begun)
		}
	case reflect.Map:
		fillMap(v, begun)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), begun)
		}
	default:
		if number := reflect.ValueOf(1); number.CanConvert(v.Type()) {
			v.Set(number.Convert(v.Type()))
		}
	}
}

func fillMap(v reflect.Value, begun map[reflect.Type]bool) {
	key, elem := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
	fill(key, begun)
	fill(elem, begun)
	v.Set(reflect.MakeMap(v.Type()))
	v.SetMapIndex(key, elem)
}

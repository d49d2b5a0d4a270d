package messages

import (
	"fmt"
	"reflect"

	"github.com/scenewire/scenewire/internal/fieldtag"
	"github.com/scenewire/scenewire/internal/msgpscan"
)

// tags are the options of a struct field.
type tags struct {
	fieldtag.Tags
	form form
}

// parseTags reads the tags of a field and checks that they fit its type.
func parseTags(f reflect.StructField) (tags, error) {
	parsed, err := fieldtag.Parse(f.Tag)
	if err != nil {
		return tags{}, err
	}
	t := tags{Tags: parsed}
	switch {
	case t.Tuple:
		t.form = formTuple
	case t.Bin:
		t.form = formBin
	}
	if t.Finite {
		t.form |= formFinite
	}
	return t, t.check(f.Type)
}

// check refuses options that contradict the field's type.
func (t tags) check(typ reflect.Type) error {
	switch {
	case t.Finite && !holdsFloats(typ):
		return fmt.Errorf("finite is for floats and lists of them, not for %v", typ)
	case t.form.layout() != formDefault && !holdsList(typ):
		return fmt.Errorf("tuple and bin are for slices and arrays, not for %v", typ)
	}
	return nil
}

// holdsList reports whether t is a list, or an optional one or a map of lists.
func holdsList(t reflect.Type) bool { return isList(innermost(t, isOptionalOrMap)) }

// holdsFloats reports whether t is a float, or a list, an optional one or a map of
// floats.
func holdsFloats(t reflect.Type) bool {
	t = innermost(t, func(t reflect.Type) bool { return isList(t) || isOptionalOrMap(t) })
	return t == float16Type || t.Kind() == reflect.Float32 || t.Kind() == reflect.Float64
}

func isOptionalOrMap(t reflect.Type) bool {
	return t.Kind() == reflect.Pointer || t.Kind() == reflect.Map
}

// innermost returns what t holds, and what that holds, up to the first type that isn't to
// be looked into. Of a type that holds nothing but itself (type M map[string]M) it returns
// one that is.
func innermost(t reflect.Type, lookInto func(reflect.Type) bool) reflect.Type {
	seen := map[reflect.Type]bool{}
	for lookInto(t) && !seen[t] {
		seen[t] = true
		t = t.Elem()
	}
	return t
}

// makeStruct makes the codec of a struct.
func (b *builder) makeStruct(t reflect.Type) (*structCodec, error) {
	if t == timeType {
		return nil, noForm(t, "")
	}
	candidates, err := b.collect(t, nil)
	if err != nil {
		return nil, err
	}
	if len(candidates) == 0 && isOpaque(t) {
		return nil, noForm(t, "no field of it is exported")
	}
	c := &structCodec{byName: map[string]int{}}
	for i, f := range candidates {
		shadowed, err := isShadowed(i, candidates)
		if err != nil {
			return nil, err
		}
		if !shadowed {
			c.add(f, t)
		}
	}
	return c, nil
}

// add adds a field of the struct t.
func (c *structCodec) add(f field, t reflect.Type) {
	for _, i := range f.index {
		sf := t.Field(i)
		f.offset += sf.Offset
		t = sf.Type
	}
	c.byName[f.name] = len(c.fields)
	if f.required {
		c.required = append(c.required, len(c.fields))
	}
	c.fields = append(c.fields, f)
	c.optional = c.optional || f.omitEmpty
}

// collect returns the fields of t, with those of embedded structs in their
// place.
func (b *builder) collect(t reflect.Type, path []int) ([]field, error) {
	var all []field
	for i := range t.NumField() {
		sf := t.Field(i)
		found, err := b.collectField(sf, append(path[:len(path):len(path)], i))
		if err != nil {
			return nil, at(sf.Name, err)
		}
		all = append(all, found...)
	}
	return all, nil
}

// collectField returns what one field of a struct contributes: itself, the
// fields of an embedded struct, or nothing.
func (b *builder) collectField(sf reflect.StructField, path []int) ([]field, error) {
	embedded := sf.Anonymous && sf.Type.Kind() == reflect.Struct
	embeddedPointer := sf.Anonymous && sf.Type.Kind() == reflect.Pointer
	if !sf.IsExported() && !embedded && !embeddedPointer {
		return nil, fieldtag.CheckUnexported(sf.Tag)
	}
	t, err := parseTags(sf)
	if err != nil || t.Skip {
		return nil, err
	}
	if embedded && !t.Nested {
		if custom, err := customCodecOf(sf.Type); custom == nil && err == nil {
			return b.collect(sf.Type, path)
		}
	}
	if embeddedPointer && !t.Nested {
		return nil, fmt.Errorf("an embedded pointer can't be flattened: embed the struct, or name the field")
	}
	if !sf.IsExported() {
		return nil, nil
	}
	c, err := b.codec(sf.Type, t.form)
	if err != nil {
		return nil, err
	}
	return []field{newField(sf, t, path, c)}, nil
}

// isOpaque reports whether a struct has fields of its own that are not
// exported.
func isOpaque(t reflect.Type) bool {
	for i := range t.NumField() {
		if f := t.Field(i); !f.IsExported() && !f.Anonymous {
			return true
		}
	}
	return false
}

func newField(sf reflect.StructField, t tags, path []int, c codec) field {
	f := field{name: t.Name, index: path, codec: c, omitEmpty: t.OmitEmpty, required: t.Required}
	if f.name == "" {
		f.name = sf.Name
	}
	f.key = msgpscan.AppendString(nil, f.name)
	return f
}

// isShadowed reports whether another field has the wire name of the field i
// and is embedded less deeply, as in Go. Two at one depth are an error.
func isShadowed(i int, all []field) (bool, error) {
	for j := range all {
		switch {
		case j == i || all[j].name != all[i].name:
		case len(all[j].index) < len(all[i].index):
			return true, nil
		case len(all[j].index) == len(all[i].index):
			return false, fmt.Errorf("two fields have the wire name %q", all[i].name)
		}
	}
	return false, nil
}

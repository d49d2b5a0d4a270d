package tsgen

import (
	"errors"
	"fmt"
	"go/token"
	"go/types"
	"reflect"

	"github.com/scenewire/scenewire/internal/fieldtag"
)

// candidate is a field of a struct, or of one embedded in it, before Go's rules tell
// which of two with one name counts.
type candidate struct {
	field
	depth int // of embedding
	pos   token.Pos
}

// fields returns the fields of a struct as they travel, with those of embedded structs
// in their place. What is wrong with one is noted.
func (c *converter) fields(t *types.Struct) object {
	all := c.collect(t, 0)
	fields := object{}
	for i := range all {
		shadowed, err := isShadowed(i, all)
		switch {
		case err != nil:
			c.failOnce(all[i].pos, err)
		case !shadowed:
			fields = append(fields, all[i].field)
		}
	}
	return fields
}

func (c *converter) collect(t *types.Struct, depth int) []candidate {
	var all []candidate
	for i := range t.NumFields() {
		v := t.Field(i)
		found, err := c.collectField(v, reflect.StructTag(t.Tag(i)), depth)
		if err != nil {
			c.failOnce(v.Pos(), fmt.Errorf("field %s: %w", v.Name(), err))
		}
		all = append(all, found...)
	}
	return all
}

// collectField returns what one field of a struct contributes: itself, the fields of an
// embedded struct, or nothing. It follows package messages step by step.
func (c *converter) collectField(v *types.Var, tag reflect.StructTag, depth int) ([]candidate, error) {
	embedded, isStruct := embeddedStruct(v)
	_, isPointer := v.Type().(*types.Pointer)
	embeddedPointer := v.Embedded() && isPointer
	if !v.Exported() && !isStruct && !embeddedPointer {
		return nil, fieldtag.CheckUnexported(tag)
	}
	tags, err := fieldtag.Parse(tag)
	if err != nil || tags.Skip {
		return nil, err
	}
	if isStruct && !tags.Nested {
		if custom, err := customForm(v.Type()); !custom && err == nil {
			return c.collect(embedded, depth+1), nil
		}
	}
	if embeddedPointer && !tags.Nested {
		return nil, errors.New("an embedded pointer can't be flattened: embed the struct, or name the field")
	}
	if !v.Exported() {
		return nil, nil
	}
	f, err := c.field(v, tag, tags)
	if err != nil {
		return nil, err
	}
	return []candidate{{f, depth, v.Pos()}}, nil
}

// field returns one field.
func (c *converter) field(v *types.Var, tag reflect.StructTag, tags fieldtag.Tags) (field, error) {
	f := field{name: tags.Name, optional: tags.OmitEmpty, doc: c.textAt(v)}
	if f.name == "" {
		f.name = v.Name()
	}
	form, err := formOf(tags, v.Type())
	if err != nil {
		return f, err
	}
	if override, ok := tag.Lookup("ts"); ok {
		f.typ = verbatim(override)
		return f, checkVerbatim(override)
	}
	var notes notes
	if f.typ, err = c.convert(v.Type(), form, &notes); err != nil {
		return f, err
	}
	if n, ok := f.typ.(nullable); ok && f.optional {
		f.typ = n.elem // a nil is left out
	}
	if notes.wide != "" {
		c.warn(v.Pos(), wideWarning("field "+v.Name(), notes.wide))
		notes.add(wideNote)
	}
	f.notes = notes.texts
	return f, nil
}

// formOf returns the form of the lists in a field of type t.
func formOf(tags fieldtag.Tags, t types.Type) (form, error) {
	switch {
	case tags.Finite && !holdsFloats(t):
		return formDefault, fmt.Errorf("finite is for floats and lists of them, not for %s", shortName(t))
	case (tags.Tuple || tags.Bin) && !holdsList(t):
		return formDefault, fmt.Errorf("tuple and bin are for slices and arrays, not for %s", shortName(t))
	case tags.Tuple:
		return formTuple, nil
	case tags.Bin:
		return formBin, nil
	}
	return formDefault, nil
}

// embeddedStruct returns the struct that a field embeds.
func embeddedStruct(v *types.Var) (*types.Struct, bool) {
	if !v.Embedded() {
		return nil, false
	}
	s, ok := v.Type().Underlying().(*types.Struct)
	return s, ok
}

// isShadowed reports whether another field has the wire name of the field i and is
// embedded less deeply, as in Go. Two at one depth are an error.
func isShadowed(i int, all []candidate) (bool, error) {
	for j := range all {
		switch {
		case j == i || all[j].name != all[i].name:
		case all[j].depth < all[i].depth:
			return true, nil
		case all[j].depth == all[i].depth:
			return false, fmt.Errorf("two fields have the wire name %q", all[i].name)
		}
	}
	return false, nil
}

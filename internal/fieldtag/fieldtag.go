// Package fieldtag reads the struct tags that say how a message's field travels. Package
// messages and the generator of TypeScript read them here, so that they can't disagree.
package fieldtag

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// Tags are what the tags of one field say. The documentation of package messages tells
// what each means.
type Tags struct {
	Name      string // wire name, "" for the Go name
	Skip      bool   // the field doesn't travel
	Nested    bool   // an embedded struct that is not flattened
	OmitEmpty bool
	Required  bool
	Tuple     bool
	Bin       bool
	Finite    bool
}

// Parse reads `msgpack:"name,omitempty"`, with the meaning that
// github.com/vmihailenco/msgpack gives it, and `wire:"tuple"`. An option that is not
// known is an error, since the peers would come to disagree about the form without
// anyone noticing; so are options that contradict one another.
func Parse(tag reflect.StructTag) (Tags, error) {
	var t Tags
	name, options, _ := strings.Cut(tag.Get("msgpack"), ",")
	t.Skip = name == "-"
	t.Name = name
	t.Nested = name != ""
	for option := range split(options) {
		switch option {
		case "omitempty":
			t.OmitEmpty = true
		case "noinline":
			t.Nested = true
		case "inline":
			t.Nested = false
		default:
			return t, fmt.Errorf("the msgpack tag has the unknown option %q", option)
		}
	}
	for option := range split(tag.Get("wire")) {
		switch option {
		case "required":
			t.Required = true
		case "tuple":
			t.Tuple = true
		case "bin":
			t.Bin = true
		case "finite":
			t.Finite = true
		default:
			return t, fmt.Errorf("the wire tag has the unknown option %q", option)
		}
	}
	return t, t.check()
}

func (t Tags) check() error {
	switch {
	case t.Tuple && t.Bin:
		return errors.New("it can't be both a tuple and a binary")
	case t.Required && t.OmitEmpty:
		return errors.New("a required field can't be omitted")
	}
	return nil
}

// CheckUnexported refuses tags on a field that never travels, as it is not exported.
func CheckUnexported(tag reflect.StructTag) error {
	if name, ok := tag.Lookup("msgpack"); ok && name != "-" {
		return errors.New("it has a msgpack tag and is not exported")
	}
	if _, ok := tag.Lookup("wire"); ok {
		return errors.New("it has a wire tag and is not exported")
	}
	return nil
}

// split yields the options of a tag that are not empty.
func split(s string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for option := range strings.SplitSeq(s, ",") {
			if option != "" && !yield(option) {
				return
			}
		}
	}
}

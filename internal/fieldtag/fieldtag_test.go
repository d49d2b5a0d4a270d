package fieldtag

import (
	"reflect"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		what string
		tag  reflect.StructTag
		want Tags
	}{
		{"no tag", ``, Tags{}},
		{"a name nests an embedded struct", `msgpack:"n"`, Tags{Name: "n", Nested: true}},
		{"inline flattens in spite of a name", `msgpack:"n,inline"`, Tags{Name: "n"}},
		{"noinline nests without a name", `msgpack:",noinline"`, Tags{Nested: true}},
		{"a field that stays at home", `msgpack:"-"`, Tags{Name: "-", Skip: true, Nested: true}},
		{"empty options are none", `msgpack:",,omitempty" wire:",tuple,"`, Tags{OmitEmpty: true, Tuple: true}},
		{"all of wire", `wire:"bin,required,finite"`, Tags{Bin: true, Required: true, Finite: true}},
	} {
		t.Run(c.what, func(t *testing.T) {
			got, err := Parse(c.tag)
			if err != nil || got != c.want {
				t.Errorf("Parse(%s) = %+v, %v, want %+v", c.tag, got, err, c.want)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	for tag, want := range map[reflect.StructTag]string{
		`msgpack:"a,as_array"`: `msgpack tag has the unknown option "as_array"`,
		`wire:"tupel"`:         `wire tag has the unknown option "tupel"`,
		`wire:"tuple,bin"`:     "both a tuple and a binary",
		`msgpack:",omitempty" wire:"required,finite"`: "required field can't be omitted",
	} {
		if _, err := Parse(tag); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Parse(%s) = %v, want an error with %q", tag, err, want)
		}
	}
}

func TestCheckUnexported(t *testing.T) {
	for tag, ok := range map[reflect.StructTag]bool{
		``:                  true,
		`json:"a"`:          true,
		`msgpack:"-"`:       true,
		`msgpack:"a"`:       false,
		`wire:"tuple"`:      false,
		`msgpack:",inline"`: false,
	} {
		if err := CheckUnexported(tag); (err == nil) != ok {
			t.Errorf("CheckUnexported(%s) = %v", tag, err)
		}
	}
}

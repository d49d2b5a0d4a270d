//go:build linux

package main

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/scenewire/scenewire/cmd/loadgen/internal/scenario"
)

// settings returns what a scenario says, by the paths of its fields as YAML has them:
// "produce.rate" is "60/s". What isn't said, or is zero, is left out.
func settings(s *scenario.Scenario) map[string]string {
	flat := map[string]string{}
	flatten(flat, "", reflect.ValueOf(s).Elem())
	return flat
}

func flatten(flat map[string]string, path string, v reflect.Value) {
	if v.IsZero() {
		return
	}
	text, isText := v.Interface().(fmt.Stringer)
	switch {
	case isText:
		flat[path] = text.String()
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			name := v.Type().Field(i).Tag.Get("yaml")
			flatten(flat, strings.TrimPrefix(path+"."+name, "."), v.Field(i))
		}
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			flatten(flat, fmt.Sprintf("%s[%d]", path, i), v.Index(i))
		}
	default:
		flat[path] = fmt.Sprint(v.Interface())
	}
}

package report

import (
	"encoding/csv"
	"io"
	"reflect"
	"strconv"
)

// WriteCSV writes a line for each second under a line of names. What wasn't measured is
// empty.
func (r *Report) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	fields := reflect.VisibleFields(reflect.TypeFor[Sample]())
	line := make([]string, len(fields))
	for i, f := range fields {
		line[i] = f.Tag.Get("json")
	}
	_ = out.Write(line)
	for i := range r.Samples {
		v := reflect.ValueOf(r.Samples[i])
		for j := range fields {
			line[j] = cell(v.Field(j))
		}
		_ = out.Write(line)
	}
	out.Flush()
	return out.Error()
}

func cell(v reflect.Value) string {
	if n, ok := v.Interface().(Number); ok && !n.Known() {
		return ""
	}
	if v.CanFloat() {
		return strconv.FormatFloat(rounded(v.Float()), 'f', -1, 64)
	}
	return strconv.FormatInt(v.Int(), 10)
}

package record

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/scenewire/scenewire/internal/msgpscan"
)

// template is text with fields of a message in it.
type template []templatePart

// templatePart is literal text, and a field behind it.
type templatePart struct {
	literal string
	field   string // "": none
	keys    bool   // the field's keys, not the field
}

// parseTemplate reads text with fields in braces.
func parseTemplate(text string) (template, error) {
	var t template
	for rest := text; rest != ""; {
		literal, after, open := strings.Cut(rest, "{")
		if strings.Contains(literal, "}") {
			return nil, fmt.Errorf("%q has a } without {", text)
		}
		part := templatePart{literal: literal}
		rest = ""
		if open {
			field, further, closed := strings.Cut(after, "}")
			part.field, part.keys = strings.CutSuffix(field, ":keys")
			if !closed || part.field == "" || strings.Contains(field, "{") {
				return nil, fmt.Errorf("%q has no field between { and }", text)
			}
			rest = further
		}
		t = append(t, part)
	}
	return t, nil
}

// expand puts a message's fields in. It returns false if one is missing.
func (t template) expand(fields messageFields) (string, bool) {
	var room [96]byte
	text := room[:0]
	for _, part := range t {
		text = append(text, part.literal...)
		if part.field == "" {
			continue
		}
		value := fields.find(part.field)
		var ok bool
		if part.keys {
			text, ok = appendKeys(text, value)
		} else {
			text, ok = appendScalar(text, value)
		}
		if !ok {
			return "", false
		}
	}
	return string(text), true
}

// appendScalar appends a string, number or boolean as text.
func appendScalar(dst, value []byte) ([]byte, bool) {
	switch msgpscan.KindOf(value) {
	case msgpscan.String:
		s, _, err := msgpscan.ReadString(value)
		return append(dst, s...), err == nil
	case msgpscan.Bool:
		v, _, err := msgpscan.ReadBool(value)
		return strconv.AppendBool(dst, v), err == nil
	case msgpscan.Int:
		if v, _, err := msgpscan.ReadInt64(value); err == nil {
			return strconv.AppendInt(dst, v, 10), true
		}
		v, _, err := msgpscan.ReadUint64(value)
		return strconv.AppendUint(dst, v, 10), err == nil
	case msgpscan.Float:
		v, _, err := msgpscan.ReadFloat64(value)
		return strconv.AppendFloat(dst, v, 'g', -1, 64), err == nil
	}
	return dst, false
}

// appendKeys appends the keys of a map, joined by commas.
func appendKeys(dst, value []byte) ([]byte, bool) {
	fields, ok := readFields(value)
	for i, f := range fields {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, f.name...)
	}
	return dst, ok
}

// messageFields are the fields of a map, in its order.
type messageFields []messageField

// messageField is a field; both parts are slices of the message.
type messageField struct{ name, value []byte }

// find returns a field's value, nil if there is no such field.
func (m messageFields) find(name string) []byte {
	for _, f := range m {
		if string(f.name) == name {
			return f.value
		}
	}
	return nil
}

// readFields returns the fields of the map at the start of b that have names. It
// returns false for anything else.
func readFields(b []byte) (messageFields, bool) {
	walker := msgpscan.NewWalker(msgpscan.Limits{})
	pairs, pos, err := walker.EnterMap(b)
	if err != nil {
		return nil, false
	}
	fields := make(messageFields, 0, min(pairs, 32))
	for range pairs {
		keySize, err := walker.Skip(b[pos:])
		if err != nil {
			return nil, false
		}
		key := b[pos : pos+keySize]
		pos += keySize
		valueSize, err := walker.Skip(b[pos:])
		if err != nil {
			return nil, false
		}
		if name, _, err := msgpscan.ReadString(key); err == nil {
			fields = append(fields, messageField{name, b[pos : pos+valueSize]})
		}
		pos += valueSize
	}
	return fields, true
}

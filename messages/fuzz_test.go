package messages

import (
	"bytes"
	"testing"

	"github.com/scenewire/scenewire/internal/msgpscan"
)

// FuzzDecode checks that no input makes Decode panic, and that what it takes
// comes to rest: the message's encoding decodes, and to a message with the same
// encoding.
func FuzzDecode(f *testing.F) {
	r := testRegistry(f)
	for _, m := range goldenMessages() {
		f.Add(mustAppend(f, r, m.message))
	}
	f.Add(encodeMap(f, "position", []any{1, 2.5, nil}, "type", "pose"))
	f.Add(encodeMap(f, "any", map[any]any{1: 2, "a": []any{-1, []byte{1}, float32(0.5)}}, "type", "nests"))
	f.Add([]byte{0xdf, 0xff, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := r.Decode(data)
		if err != nil {
			if m != nil {
				t.Fatalf("both a message and %v", err)
			}
			return
		}
		first := mustAppend(t, r, m)
		again, err := r.Decode(first)
		if err != nil {
			t.Fatalf("its encoding %x: %v", first, err)
		}
		if second := mustAppend(t, r, again); !bytes.Equal(second, first) {
			t.Fatalf("encoded\n%x, then\n%x", first, second)
		}
		if raw, err := NewRaw("", first); err != nil {
			t.Fatalf("as raw %+v: %v", raw, err)
		}
	})
}

// FuzzDecodeField gives one field of a registered type any value. Whether the type's name
// comes first or last, and whether a field that nobody knows stands beside it, makes no
// difference to the message or the kind of fault.
func FuzzDecodeField(f *testing.F) {
	r := testRegistry(f)
	fields := wireFields(f, r)
	for i := range fields {
		f.Add(uint16(i), fields[i].value)
		f.Add(uint16(i), []byte{0xc0})
	}
	f.Fuzz(func(t *testing.T, which uint16, value []byte) {
		field := fields[int(which)%len(fields)]
		if n, err := msgpscan.Size(value, msgpscan.Limits{}); err != nil || n != len(value) {
			return
		}
		name := append(msgpscan.AppendString(nil, "type"), msgpscan.AppendString(nil, field.message)...)
		entry := append(msgpscan.AppendString(nil, field.name), value...)
		unknown := msgpscan.AppendInt(msgpscan.AppendString(nil, "nobody knows"), 1)
		want, wantFault := decodeAndEncode(t, r, pairs(name, entry))
		for _, in := range [][]byte{pairs(entry, name), pairs(unknown, entry, name), pairs(name, entry, unknown)} {
			if got, fault := decodeAndEncode(t, r, in); fault != wantFault || !bytes.Equal(got, want) {
				t.Fatalf("% x\nbecame % x, %v\nin another order % x, %v", in, got, fault, want, wantFault)
			}
		}
	})
}

// pairs is the map of what are keys with their values.
func pairs(entries ...[]byte) []byte {
	return append(msgpscan.AppendMapHeader(nil, len(entries)), bytes.Join(entries, nil)...)
}

// decodeAndEncode returns the encoding of what data decodes to, or the kind of fault.
func decodeAndEncode(t *testing.T, r *Registry, data []byte) ([]byte, string) {
	t.Helper()
	m, err := r.Decode(data)
	if err != nil {
		return nil, FaultOf(err).String()
	}
	return mustAppend(t, r, m), ""
}

type wireField struct {
	message, name string
	value         []byte
}

// wireFields returns the fields of all golden messages, with their values.
func wireFields(f *testing.F, r *Registry) []wireField {
	f.Helper()
	var fields []wireField
	for _, m := range goldenMessages() {
		name, _ := r.Name(m.message)
		in := mustAppend(f, r, m.message)
		count, pos, err := msgpscan.ReadMap(in)
		for range count {
			var key []byte
			var n, size int
			key, n, err = msgpscan.ReadString(in[pos:])
			if err == nil {
				size, err = msgpscan.Size(in[pos+n:], msgpscan.Limits{})
			}
			if err != nil {
				f.Fatal(err)
			}
			if string(key) != "type" {
				fields = append(fields, wireField{name, string(key), in[pos+n : pos+n+size]})
			}
			pos += n + size
		}
		if err != nil {
			f.Fatal(err)
		}
	}
	return fields
}

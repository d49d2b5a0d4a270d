package messages

import (
	"bytes"
	"testing"
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

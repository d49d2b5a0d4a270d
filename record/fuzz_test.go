package record

import (
	"bytes"
	"errors"
	"io"
	"testing"
)

var fuzzLimits = Limits{MaxBytes: 1 << 20, MaxMessages: 1000}

// FuzzRead takes files as they come: no panic, and no more than the limits allow.
func FuzzRead(f *testing.F) {
	for _, g := range generations {
		f.Add(file(f, golden(g)))
		f.Add(file(f, &Recording{Header: Header{Generation: g}}))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := NewReader(bytes.NewReader(data), &fuzzLimits)
		if err == nil {
			_, err = drain(t, d)
		}
		var corrupt *CorruptError
		if err != nil && !errors.As(err, &corrupt) && !errors.Is(err, ErrLimit) {
			t.Fatal(err)
		}
	})
}

// FuzzContent does it for what is compressed, which a fuzzer doesn't get through: what
// is read whole, written again and read once more, is the same.
func FuzzContent(f *testing.F) {
	for _, g := range generations {
		f.Add(contentOf(f, golden(g)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		rec, err := readContent(t, data)
		if err != nil {
			return
		}
		again, err := readContent(t, contentOf(t, rec))
		if err != nil {
			t.Fatal(err)
		}
		const exact = 1e15 // nanoseconds; beyond that a float64 loses some
		if rec.Duration > exact || rec.Duration < -exact {
			again.Duration = rec.Duration
		}
		for i, m := range rec.Messages {
			if i < len(again.Messages) && (m.Time > exact || m.Time < -exact) {
				again.Messages[i].Time = m.Time
			}
		}
		if diff := differ(again, rec); diff != "" {
			t.Fatal(diff)
		}
	})
}

func contentOf(t testing.TB, rec *Recording) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := rec.validate(); err != nil {
		t.Fatal(err)
	}
	if err := rec.writeContent(&b); err != nil || int64(b.Len()) != rec.contentBytes() {
		t.Fatalf("%d bytes, expected %d, %v", b.Len(), rec.contentBytes(), err)
	}
	return b.Bytes()
}

// readContent reads what isn't compressed.
func readContent(t testing.TB, data []byte) (*Recording, error) {
	t.Helper()
	d := newReader(&fuzzLimits)
	d.content.plain = plain{Reader: bytes.NewReader(data), close: func() {}}
	if err := d.begin(); err != nil {
		return nil, err
	}
	return drain(t, d)
}

// drain reads to the end, and looks at what comes.
func drain(t testing.TB, d *Reader) (*Recording, error) {
	t.Helper()
	rec := &Recording{}
	for {
		m, err := d.Next()
		if errors.Is(err, io.EOF) {
			rec.Header = d.Header()
			return rec, nil
		}
		if err != nil {
			return nil, err
		}
		name, size, err := scanBody(m.Body, d.lim.value())
		if err != nil || size != len(m.Body) || string(name) != m.Type {
			t.Fatalf("%q, %q, %v", m.Type, m.Body, err)
		}
		rec.Messages = append(rec.Messages, m)
		if len(rec.Messages) > d.lim.MaxMessages {
			t.Fatalf("%d messages", len(rec.Messages))
		}
	}
}

package record

import (
	"os"
	"reflect"
	"testing"

	"github.com/scenewire/scenewire/internal/mcap"
)

// FuzzReadStep reads any records as steps. What is read is written again and read once
// more, the same.
func FuzzReadStep(f *testing.F) {
	golden, err := os.ReadFile("testdata/layout.mcap")
	if err != nil {
		f.Fatal(err)
	}
	var known channels
	for at := len(mcap.Magic); at < len(golden)-len(mcap.Magic); {
		op, content, n, err := mcap.Next(golden[at:])
		if err != nil {
			f.Fatal(err)
		}
		at += n
		switch op {
		case mcap.OpChannel:
			c, err := mcap.ParseChannel(content)
			if err != nil {
				f.Fatal(err)
			}
			known.learn(c)
		case mcap.OpChunk:
			c, err := mcap.ParseChunk(content)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(c.Records)
		}
	}
	f.Fuzz(func(t *testing.T, records []byte) {
		known := append(channels(nil), known...)
		for {
			s, n, err := known.readStep(records)
			if n < 0 || n > len(records) {
				t.Fatalf("place %d of %d", n, len(records))
			}
			if err != nil {
				return
			}
			records = records[n:]
			checkAgain(t, s)
		}
	})
}

// checkAgain writes a step that was read.
func checkAgain(t *testing.T, s Step) {
	t.Helper()
	if err := checkStep(&s); err != nil {
		return // nobody has written it
	}
	s.Time = timeOf(nanos(s.Time))
	var b chunkBuilder
	c := newCatalog()
	b.appendStep(&s, nanos(s.Time), c)
	known := c.known
	again, n, err := known.readStep(b.records)
	if err != nil || n != len(b.records) {
		t.Fatalf("%+v is read back by %d of %d bytes: %v", s, n, len(b.records), err)
	}
	// What the payloads are called may have changed: the channels are the fuzzer's.
	again.Message.Type, s.Message.Type = "", ""
	if !reflect.DeepEqual(normal(again), normal(s)) {
		t.Fatalf("%+v becomes %+v", s, again)
	}
}

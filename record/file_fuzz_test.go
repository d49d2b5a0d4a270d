package record

import (
	"bytes"
	"errors"
	"hash/crc32"
	"io"
	"testing"
	"time"

	"github.com/scenewire/scenewire/internal/mcap"
)

// FuzzFile takes files as they come, of any kind: no panic, no endless loop, and no more
// memory than the limits allow. What can be recovered of them is whole.
func FuzzFile(f *testing.F) {
	_, capture := small(f)
	f.Add(capture)
	f.Add(unended(f, capture))
	f.Add(capture[:len(capture)/2])
	f.Add(crafted(func(*mcap.Chunk) {}))
	for _, g := range generations {
		f.Add(file(f, golden(g)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		opened, err := OpenReader(bytes.NewReader(data), int64(len(data)), &fuzzLimits)
		if err == nil {
			readThrough(t, opened)
		}
		checkError(t, err)
		var out bytes.Buffer
		found, err := Recover(&out, bytes.NewReader(data), int64(len(data)), &fuzzLimits)
		checkError(t, err)
		if err == nil {
			again := open(t, out.Bytes())
			steps := whole(t, again)
			if again.Info().Generation == 0 && len(withoutGaps(steps)) > found.Steps {
				t.Fatalf("%d steps, %+v", len(steps), found)
			}
		}
	})
}

// FuzzChunk takes the records of a chunk that is sound but for them, which a fuzzer
// doesn't get to through a checksum.
func FuzzChunk(f *testing.F) {
	steps, _ := small(f)
	for i := range 4 {
		var b chunkBuilder
		c := newCatalog()
		for j := range steps[i*3 : i*3+3] {
			b.appendStep(&steps[i*3+j], nanos(steps[i*3+j].Time), c)
		}
		f.Add(append(c.defs, b.records...), b.first, b.last)
	}
	f.Fuzz(func(t *testing.T, records []byte, start, end uint64) {
		file := crafted(func(c *mcap.Chunk) {
			c.Records, c.Size, c.CRC = records, uint64(len(records)), crc32.ChecksumIEEE(records)
			c.Start, c.End = start, end
		})
		opened, err := OpenReader(bytes.NewReader(file), int64(len(file)), &fuzzLimits)
		if err != nil {
			t.Fatal(err)
		}
		readThrough(t, opened)
	})
}

// readThrough reads all that a file has.
func readThrough(t *testing.T, f *File) {
	t.Helper()
	last := time.Time{}
	for n := 0; ; n++ {
		s, err := f.Next()
		if err != nil {
			checkError(t, err)
			if !f.Skip() {
				break
			}
			continue
		}
		if !s.Time.After(last) || s.Kind == 0 || int(s.Kind) >= len(kindNames) {
			t.Fatalf("%+v behind %v", s, last)
		}
		last = s.Time
	}
	for _, at := range []time.Time{day, last, last.Add(time.Hour)} {
		_, err := f.State(at)
		checkError(t, err)
	}
	if _, err := f.Gaps(); err != nil {
		checkError(t, err)
	}
	if _, err := f.Survey(t.Context(), 3, nil); err != nil {
		t.Fatal(err)
	}
}

// checkError wants an error that tells the place, or none but the end.
func checkError(t *testing.T, err error) {
	t.Helper()
	var corrupt *CorruptError
	if err != nil && !errors.As(err, &corrupt) && !errors.Is(err, ErrLimit) && !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
}

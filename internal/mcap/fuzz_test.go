package mcap

import (
	"bytes"
	"errors"
	"reflect"
	"testing"

	library "github.com/foxglove/mcap/go/mcap"
)

// FuzzParse has every parser read any content. None panics, and what one takes the
// library takes too, if it doesn't panic.
func FuzzParse(f *testing.F) {
	for _, r := range records {
		f.Add(r.ours)
	}
	f.Add(AppendChunk(nil, Chunk{Start: 1, Records: []byte("records")}))
	f.Add(AppendMessage(nil, 1, 2, 3, []byte("data")))
	f.Fuzz(func(t *testing.T, in []byte) {
		op, content, n, err := Next(in)
		if err != nil {
			if !errors.Is(err, ErrTruncated) {
				t.Fatal(err)
			}
			return
		}
		if n != HeadBytes+len(content) || n > len(in) {
			t.Fatalf("%d bytes of %d, with content of %d", n, len(in), len(content))
		}
		parseAny(t, op, content)
	})
}

func parseAny(t *testing.T, op Op, content []byte) {
	switch op {
	case OpHeader:
		_, err := ParseHeader(content)
		agree(t, err, library.ParseHeader, content)
	case OpSchema:
		_, err := ParseSchema(content)
		agree(t, err, library.ParseSchema, content)
	case OpChannel:
		_, err := ParseChannel(content)
		agree(t, err, library.ParseChannel, content)
	case OpMessage:
		_, err := ParseMessage(content)
		agree(t, err, library.ParseMessage, content)
	case OpChunk:
		c, err := ParseChunk(content)
		agree(t, err, library.ParseChunk, content)
		if _, stored, headErr := ParseChunkHead(content); err == nil && (headErr != nil || stored != uint64(len(c.Records))) {
			t.Fatalf("the head says %d bytes, %v; there are %d", stored, headErr, len(c.Records))
		}
	case OpMessageIndex:
		x, err := ParseMessageIndex(content)
		agree(t, err, library.ParseMessageIndex, content)
		for i := range x.Len() {
			x.At(i)
		}
	case OpChunkIndex:
		_, err := ParseChunkIndex(content)
		agree(t, err, library.ParseChunkIndex, content)
	case OpStatistics:
		_, err := ParseStatistics(content)
		agree(t, err, library.ParseStatistics, content)
	case OpMetadata:
		m, err := ParseMetadata(content)
		agree(t, err, library.ParseMetadata, content)
		if again, _ := ParseMetadata(AppendMetadata(nil, m)[HeadBytes:]); err == nil && !reflect.DeepEqual(again, m) {
			t.Fatalf("%v becomes %v", m, again)
		}
	case OpMetadataIndex:
		_, err := ParseMetadataIndex(content)
		agree(t, err, library.ParseMetadataIndex, content)
	case OpSummaryOffset:
		_, err := ParseSummaryOffset(content)
		agree(t, err, library.ParseSummaryOffset, content)
	case OpDataEnd:
		_, err := ParseDataEnd(content)
		agree(t, err, library.ParseDataEnd, content)
	case OpFooter:
		_, err := ParseFooter(content)
		agree(t, err, library.ParseFooter, content)
	}
}

// agree checks that the library takes what was taken here.
func agree[T any](t *testing.T, ours error, parse func([]byte) (T, error), content []byte) {
	t.Helper()
	if ours != nil {
		if !errors.Is(ours, ErrShort) {
			t.Fatal(ours)
		}
		return
	}
	defer func() {
		if problem := recover(); problem != nil {
			t.Logf("the library panics: %v", problem)
		}
	}()
	if _, err := parse(bytes.Clone(content)); err != nil {
		t.Fatalf("% x is taken here; the library: %v", content, err)
	}
}

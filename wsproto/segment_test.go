package wsproto

import (
	"bytes"
	"fmt"
	"testing"
)

// segmented writes a segmented window the way a server does: head, then each
// segment's frame, wherever it lies.
func segmented(parts []Part, perSegment int, z *Compressor) ([]byte, []Segment) {
	memory, segments := AppendSegments(nil, nil, parts, perSegment, z)
	count, size := 0, 0
	for _, s := range segments {
		count += s.Count
		size += s.Size
	}
	window := AppendSegmentedHead(nil, count, size, &Head{TimestampSec: 1.5})
	for _, s := range segments {
		if s.Start == s.End {
			window = append(window, parts[s.First].Zstd...)
			continue
		}
		window = append(window, memory[s.Start:s.End]...)
	}
	return window, segments
}

func TestSegmentedWindowDecodes(t *testing.T) {
	z, d := NewCompressor(), NewDecompressor()
	big := testMessage("/big", bytes.Repeat([]byte("x"), 9000))
	raw := testMessage("/raw", noise(300_000))
	for _, tt := range []struct {
		name       string
		parts      []Part
		perSegment int
		segments   int
	}{
		{"nothing", nil, 0, 0},
		{"small ones together", smallParts(40), 0, 1},
		{"small ones in pieces", smallParts(40), 16, 3},
		{"a large one between", append(append(smallParts(3), Part{big, z.AppendFrame(nil, big)}), smallParts(3)...), 0, 3},
		{"a large one that doesn't shrink", append(smallParts(1), Part{raw, z.AppendFrame(nil, raw)}), 2, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			window, segments := segmented(tt.parts, tt.perSegment, z)
			if len(segments) != tt.segments {
				t.Errorf("%d segments, want %d", len(segments), tt.segments)
			}
			got, err := DecodeWindow(GenerationZstd, window, WindowLimits{}, d)
			if err != nil {
				t.Fatal(err)
			}
			var want [][]byte
			for _, p := range tt.parts {
				want = append(want, p.Bytes)
			}
			sameEnvelope(t, got, want, 1.5)
		})
	}
}

func TestSegmentedHeadKeepsItsBound(t *testing.T) {
	for _, count := range []int{0, 15, 16, 1 << 16, 1 << 31} {
		for _, head := range []*Head{
			{TimestampSec: 1.5},
			{TimestampSec: 1.5, Epoch: MaxInteger, Seq: MaxInteger, Own: MaxInteger, Reset: true, Resync: true},
		} {
			if n := len(AppendSegmentedHead(nil, count, 1<<40, head)); n > MaxSegmentedHead {
				t.Errorf("%d bytes for %d messages and %+v", n, count, head)
			}
		}
	}
}

func smallParts(n int) (parts []Part) {
	for i := range n {
		parts = append(parts, Part{Bytes: testMessage(fmt.Sprint("/small/", i), nil)})
	}
	return parts
}

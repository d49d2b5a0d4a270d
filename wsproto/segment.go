package wsproto

import "encoding/binary"

// Segment is one zstd frame of a segmented window: that of the messages
// [First, First+Count).
type Segment struct {
	First, Count int
	Size         int // bytes of its content
	// Start and End are its frame in the memory that AppendSegments extended. Both are
	// the same when the frame is the part's own.
	Start, End int
}

// AppendSegments appends zstd frames for all parts to dst, and what they are to
// segments. A part with a frame of its own (Zstd) is a segment and is not copied; the
// others are compressed together, at most perSegment of them (0 = no limit).
//
// A window is AppendSegmentedHead and then the segments' frames in order. So the
// memory of a window's segments can serve windows that lack some of its messages.
func AppendSegments(dst []byte, segments []Segment, parts []Part, perSegment int, z *Compressor) ([]byte, []Segment) {
	for first := 0; first < len(parts); {
		s := Segment{First: first, Start: len(dst), Count: 1}
		if p := parts[first]; len(p.Zstd) > 0 {
			s.Size = len(p.Bytes)
		} else {
			s.Count = runLength(parts[first:], perSegment)
			dst, s.Size = appendTogether(dst, parts[first:first+s.Count], z)
		}
		s.End = len(dst)
		segments = append(segments, s)
		first += s.Count
	}
	return dst, segments
}

// runLength is how many parts from the first on can share a frame.
func runLength(parts []Part, limit int) int {
	n := 1
	for n < len(parts) && n != limit && len(parts[n].Zstd) == 0 {
		n++
	}
	return n
}

// appendTogether appends one frame that holds all of parts, and says how much.
func appendTogether(dst []byte, parts []Part, z *Compressor) ([]byte, int) {
	size := 0
	for _, p := range parts {
		size += len(p.Bytes)
	}
	plain := z.scratch(size)
	for _, p := range parts {
		plain = append(plain, p.Bytes...)
	}
	dst = z.AppendFrame(dst, plain)
	z.keep(plain)
	return dst, size
}

// MaxSegmentedHead is the most that AppendSegmentedHead appends.
const MaxSegmentedHead = sizeBytes + maxHead + 16

// AppendSegmentedHead appends the beginning of a segmented window: the u64 size and
// the zstd frame of the envelope up to its first message. size is that of all
// segments' contents, count that of their messages. The head has no hello; if it has
// Except, [AppendSegmentedTail] follows the segments. It is borrowed until return.
func AppendSegmentedHead(dst []byte, count, size int, head *Head) []byte {
	var room [maxHead]byte
	plain := head.append(room[:0], count)
	var tailRoom [64]byte
	size += len(plain) + len(head.appendTail(tailRoom[:0]))
	dst = binary.LittleEndian.AppendUint64(dst, uint64(size))
	return AppendZstdRawFrame(dst, plain)
}

// AppendSegmentedTail appends the zstd frame that ends a segmented window whose head has
// Except; nothing if it has none.
func AppendSegmentedTail(dst []byte, head *Head) []byte {
	if len(head.Except) == 0 {
		return dst
	}
	return AppendZstdRawFrame(dst, head.appendTail(nil))
}

package msgpscan

import "encoding/binary"

// Limits bounds what Size walks through. For each field 0 means the default,
// and a negative number means no limit of the caller's own.
type Limits struct {
	// MaxDepth is how many arrays and maps may enclose one another; a scalar
	// has depth 0, an empty array depth 1. Default 64; never above 10,000,
	// which keeps the walk's own stack small.
	MaxDepth int
	// MaxElements is how many elements all arrays and maps inside the value
	// may hold together; a pair of a map counts as two. Default 16,777,216.
	MaxElements int
}

const (
	defaultMaxDepth    = 64
	hardMaxDepth       = 10_000
	defaultMaxElements = 1 << 24
)

func (l Limits) withDefaults() Limits {
	switch {
	case l.MaxDepth == 0:
		l.MaxDepth = defaultMaxDepth
	case l.MaxDepth < 0 || l.MaxDepth > hardMaxDepth:
		l.MaxDepth = hardMaxDepth
	}
	switch {
	case l.MaxElements == 0:
		l.MaxElements = defaultMaxElements
	case l.MaxElements < 0:
		l.MaxElements = int(^uint(0) >> 1)
	}
	return l
}

// Size returns the number of bytes of the value at the start of b, with
// everything inside it. What follows the value is not looked at.
//
// It checks structure only: strings need not be UTF-8, map keys may be of any
// kind and may repeat. The error is ErrTruncated, ErrInvalid, ErrDepth or
// ErrElements. The cost is proportional to the number of elements, not bytes.
func Size(b []byte, lim Limits) (n int, err error) {
	w := NewWalker(lim)
	return w.Skip(b)
}

// Walker steps over values one at a time, and counts the elements of all of
// them against one limit. It is for a reader that looks at some of a value's
// parts itself; Size is the whole in one step.
type Walker struct {
	depth    int // levels that one value may have
	elements int // how many more may be met
}

// NewWalker returns a walker that has met nothing yet.
func NewWalker(lim Limits) Walker {
	lim = lim.withDefaults()
	return Walker{depth: lim.MaxDepth, elements: lim.MaxElements}
}

// EnterMap reads the header of the map at the start of b as ReadMap does, and
// counts its pairs. The values that follow have one level less.
func (w *Walker) EnterMap(b []byte) (pairs, n int, err error) {
	pairs, n, err = ReadMap(b)
	switch {
	case err != nil:
		return 0, 0, err
	case w.depth == 0:
		return 0, 0, ErrDepth
	case 2*pairs > w.elements:
		return 0, 0, ErrElements
	}
	w.depth--
	w.elements -= 2 * pairs
	return pairs, n, nil
}

// Skip returns the size of the value at the start of b, as Size does.
func (w *Walker) Skip(b []byte) (n int, err error) { return w.skip(b, 0, w.depth) }

// skip returns the position after the value at pos in b, which may have depth
// levels.
func (w *Walker) skip(b []byte, pos, depth int) (int, error) {
	if pos >= len(b) {
		return 0, ErrTruncated
	}
	c := b[pos]
	if n := int(fixedSize[c]); n != 0 {
		if n > len(b)-pos {
			return 0, ErrTruncated
		}
		return pos + n, nil
	}
	switch kindOfMarker(c) {
	case Array, Map:
		return w.skipElements(b, pos, depth)
	case Invalid:
		return 0, ErrInvalid
	}
	length, n, err := readLength(b[pos:])
	if err != nil {
		return 0, err
	}
	if length > uint64(len(b)-pos-n) {
		return 0, ErrTruncated
	}
	return pos + n + int(length), nil
}

// skipElements returns the position after the array or map at pos.
func (w *Walker) skipElements(b []byte, pos, depth int) (int, error) {
	if depth == 0 {
		return 0, ErrDepth
	}
	count, n, err := readCount(b[pos:])
	if err != nil {
		return 0, err
	}
	if count > w.elements {
		return 0, ErrElements
	}
	w.elements -= count
	pos += n
	for range count {
		if pos < len(b) { // numbers and short strings without a call
			if n := int(fixedSize[b[pos]]); n != 0 && n <= len(b)-pos {
				pos += n
				continue
			}
		}
		if pos, err = w.skip(b, pos, depth-1); err != nil {
			return 0, err
		}
	}
	return pos, nil
}

// readCount reads the header of an array or map and returns how many values
// follow it (two for a pair), which is never more than there are bytes left.
func readCount(b []byte) (count, n int, err error) {
	var declared uint64
	switch c := b[0]; {
	case c&0xf0 == mFixMap || c&0xf0 == mFixArray:
		declared, n = uint64(c&0x0f), 1
	case c == mArray16 || c == mMap16:
		if len(b) < 3 {
			return 0, 0, ErrTruncated
		}
		declared, n = uint64(binary.BigEndian.Uint16(b[1:])), 3
	default:
		if len(b) < 5 {
			return 0, 0, ErrTruncated
		}
		declared, n = uint64(binary.BigEndian.Uint32(b[1:])), 5
	}
	if kindOfMarker(b[0]) == Map {
		declared *= 2
	}
	if declared > uint64(len(b)-n) {
		return 0, 0, ErrTruncated
	}
	return int(declared), n, nil
}

// readLength reads the header of a string, binary or extension that declares
// its length, and returns the number of bytes after the header.
func readLength(b []byte) (length uint64, n int, err error) {
	var extra uint64 // an extension's length leaves out its type byte
	switch b[0] {
	case mExt8, mExt16, mExt32:
		extra = 1
	}
	switch b[0] {
	case mStr8, mBin8, mExt8:
		if len(b) < 2 {
			return 0, 0, ErrTruncated
		}
		return uint64(b[1]) + extra, 2, nil
	case mStr16, mBin16, mExt16:
		if len(b) < 3 {
			return 0, 0, ErrTruncated
		}
		return uint64(binary.BigEndian.Uint16(b[1:])) + extra, 3, nil
	}
	if len(b) < 5 {
		return 0, 0, ErrTruncated
	}
	return uint64(binary.BigEndian.Uint32(b[1:])) + extra, 5, nil
}

// fixedSize is the size of each value whose marker alone tells it, and 0 for
// the rest. Empty arrays and maps count as the rest, since they have a depth.
var fixedSize = func() (t [256]uint8) {
	for c := range t {
		switch {
		case c <= maxPosFix || c >= minNegFix:
			t[c] = 1
		case c >= mFixStr && c <= mFixStr|0x1f:
			t[c] = uint8(1 + c&0x1f)
		}
	}
	for c, n := range map[int]uint8{
		mNil: 1, mFalse: 1, mTrue: 1, mFloat32: 5, mFloat64: 9,
		mUint8: 2, mUint16: 3, mUint32: 5, mUint64: 9,
		mInt8: 2, mInt16: 3, mInt32: 5, mInt64: 9,
		mFixExt1: 3, mFixExt2: 4, mFixExt4: 6, mFixExt8: 10, mFixExt16: 18,
	} {
		t[c] = n
	}
	return t
}()

package frames

import (
	"bytes"
	"encoding/binary"
)

// StampBytes is the size of a time stamp.
const StampBytes = 16

// stampMark begins a stamp. Random bytes don't contain it.
const stampMark = "\xf3stamp\x9e\x01"

// PutStamp writes a stamp to the first StampBytes bytes of b: the mark, and
// nanoseconds of CLOCK_MONOTONIC, little-endian.
func PutStamp(b []byte, nanoseconds int64) {
	binary.LittleEndian.PutUint64(b[copy(b, stampMark):StampBytes], uint64(nanoseconds))
}

// IndexStamp returns where the first stamp in b begins, or -1.
func IndexStamp(b []byte) int {
	i := bytes.Index(b, []byte(stampMark))
	if len(b)-i < StampBytes {
		return -1
	}
	return i
}

// FindStamp returns the first stamp in b.
func FindStamp(b []byte) (nanoseconds int64, ok bool) {
	i := IndexStamp(b)
	if i < 0 {
		return 0, false
	}
	return int64(binary.LittleEndian.Uint64(b[i+len(stampMark):])), true
}

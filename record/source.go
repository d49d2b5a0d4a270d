package record

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/scenewire/scenewire/internal/mcap"
)

// maxSmallRecord bounds the content of a record that is taken into memory whole and is
// no chunk.
const maxSmallRecord = 1 << 20

// source is a file's bytes, up to a size: one that grows gets another source. Immutable.
type source struct {
	r    io.ReaderAt
	size int64
	name string // of the file, if it has one
}

// corrupt is the error for what is found at off.
func (s *source) corrupt(off int64, format string, args ...any) error {
	return &CorruptError{File: s.name, Offset: off, Err: fmt.Errorf(format, args...)}
}

// fail is the error for err, which came while reading at off.
func (s *source) fail(off int64, err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return s.corrupt(off, "%w", ErrTruncated)
	}
	return fmt.Errorf("record: %s: at byte %d: %w", s.name, off, err)
}

// read fills b from off. A file that has become shorter is truncated.
func (s *source) read(b []byte, off int64) error {
	if off < 0 || off > s.size || int64(len(b)) > s.size-off {
		return s.corrupt(s.size, "%w", ErrTruncated)
	}
	if n, err := s.r.ReadAt(b, off); n < len(b) {
		return s.fail(off+int64(n), err)
	}
	return nil
}

// recordAt is the head of a record, and where it stands.
type recordAt struct {
	off  int64 // of the head
	op   mcap.Op
	size int64 // of the content
}

// content is where the content begins.
func (r recordAt) content() int64 { return r.off + mcap.HeadBytes }

// end is where the next record begins.
func (r recordAt) end() int64 { return r.content() + r.size }

// recordAt reads the head of the record at off, which is all in the file.
func (s *source) recordAt(off int64) (recordAt, error) {
	var head [mcap.HeadBytes]byte
	if err := s.read(head[:], off); err != nil {
		return recordAt{}, err
	}
	op, length, err := mcap.ReadHead(head[:])
	switch left := s.size - off - mcap.HeadBytes; {
	case err != nil:
		return recordAt{}, s.corrupt(off, "%w", err)
	case op == 0:
		return recordAt{}, s.corrupt(off, "there is no record")
	case length > uint64(left):
		return recordAt{}, s.corrupt(off, "%w: the record (%v) declares %d bytes, there are %d", ErrTruncated, op, length, left)
	}
	return recordAt{off: off, op: op, size: int64(length)}, nil
}

// small reads the content of a record that is no chunk.
func (s *source) small(r recordAt) ([]byte, error) {
	if r.size > maxSmallRecord {
		return nil, s.corrupt(r.off, "%w: a record (%v) of %d bytes", ErrLimit, r.op, r.size)
	}
	b := make([]byte, r.size)
	return b, s.read(b, r.content())
}

// measure returns how large the file is now.
func (s *source) measure() (int64, error) {
	switch r := s.r.(type) {
	case interface{ Size() int64 }:
		return r.Size(), nil
	case interface{ Stat() (os.FileInfo, error) }:
		info, err := r.Stat()
		if err != nil {
			return 0, err
		}
		return info.Size(), nil
	}
	return s.size, nil
}

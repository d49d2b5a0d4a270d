package record

import (
	"errors"
	"fmt"
)

// Conditions of a file, for errors.Is.
var (
	// ErrFormat: this is no .viser file of any generation, nor an MCAP file of this package.
	ErrFormat = errors.New("not a recording")
	// ErrTruncated: the file ends before the recording does.
	ErrTruncated = errors.New("the file ends too early")
	// ErrLimit: the recording is larger than Limits allow.
	ErrLimit = errors.New("larger than the limits allow")
)

// Conditions of a handle, for errors.Is.
var (
	// ErrEnded is returned by every method of a handle after its end.
	ErrEnded = errors.New("record: the recording has ended")
	// ErrFull is returned by the methods of a handle that has come to its bound.
	ErrFull = errors.New("record: the recording is full")
	// ErrLoopStart is returned when the start of the loop is set again.
	ErrLoopStart = errors.New("record: the start of the loop is set already")
	// ErrSleep is returned for a sleep that is negative, or beyond what a
	// time.Duration can add up.
	ErrSleep = errors.New("record: a sleep is negative or too long")
)

// CorruptError says where a file isn't what it should be, and how.
type CorruptError struct {
	// File is the name of the file, "" if it isn't known.
	File string
	// Offset is the place in bytes: of the file, up to where its compressed form was
	// taken in, or of the decompressed content.
	Offset int64
	// InContent says that Offset counts the bytes of the decompressed content.
	InContent bool
	// Err says what was found there.
	Err error
}

// Error names the place and what was found.
func (e *CorruptError) Error() string {
	where := "the file"
	if e.File != "" {
		where = e.File
	}
	if e.InContent {
		where = "the decompressed content"
		if e.File != "" {
			where += " of " + e.File
		}
	}
	return fmt.Sprintf("record: at byte %d of %s: %v", e.Offset, where, e.Err)
}

// Unwrap returns Err.
func (e *CorruptError) Unwrap() error { return e.Err }

package msgpscan

import "errors"

// The conditions under which reading fails, for errors.Is. They are returned
// as they are, without an offset: a caller knows where it stood.
var (
	// ErrTruncated: the input ends before the value does.
	ErrTruncated = errors.New("msgpack: truncated")
	// ErrDepth: arrays and maps are nested deeper than Limits.MaxDepth.
	ErrDepth = errors.New("msgpack: nested too deeply")
	// ErrElements: the value holds more than Limits.MaxElements elements.
	ErrElements = errors.New("msgpack: too many elements")
	// ErrInvalid: the marker 0xc1, which the format never uses.
	ErrInvalid = errors.New("msgpack: invalid marker 0xc1")
	// ErrKind: the value is of another kind than the reader reads.
	ErrKind = errors.New("msgpack: value of another kind")
	// ErrRange: the number has no exact counterpart in the type that the
	// reader returns (too large, negative, or with a fraction).
	ErrRange = errors.New("msgpack: number out of range")
)

package mcap

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// Magic begins and ends a file.
const Magic = "\x89MCAP0\r\n"

// Op says what a record is.
type Op byte

// The records that are written or looked at here.
const (
	OpHeader          Op = 0x01
	OpFooter          Op = 0x02
	OpSchema          Op = 0x03
	OpChannel         Op = 0x04
	OpMessage         Op = 0x05
	OpChunk           Op = 0x06
	OpMessageIndex    Op = 0x07
	OpChunkIndex      Op = 0x08
	OpAttachment      Op = 0x09
	OpAttachmentIndex Op = 0x0a
	OpStatistics      Op = 0x0b
	OpMetadata        Op = 0x0c
	OpMetadataIndex   Op = 0x0d
	OpSummaryOffset   Op = 0x0e
	OpDataEnd         Op = 0x0f
)

var opNames = [...]string{
	"", "header", "footer", "schema", "channel", "message", "chunk", "message index",
	"chunk index", "attachment", "attachment index", "statistics", "metadata",
	"metadata index", "summary offset", "data end",
}

// String returns the name of the record as the specification has it.
func (op Op) String() string {
	if op == 0 || int(op) >= len(opNames) {
		return fmt.Sprintf("record 0x%02x", byte(op))
	}
	return opNames[op]
}

// HeadBytes is what stands before a record's content: op and length.
const HeadBytes = 1 + 8

// Conditions of input, for errors.Is.
var (
	// ErrTruncated: the input ends before the record does.
	ErrTruncated = errors.New("mcap: truncated")
	// ErrShort: a record's content ends before its fields do.
	ErrShort = errors.New("mcap: a record is too short for its fields")
)

// ReadHead reads what stands before the content of the record at the start of b. The
// length is as declared: it may be anything. The error is [ErrTruncated].
func ReadHead(b []byte) (op Op, length uint64, err error) {
	if len(b) < HeadBytes {
		return 0, 0, ErrTruncated
	}
	return Op(b[0]), binary.LittleEndian.Uint64(b[1:]), nil
}

// Next takes the record at the start of b apart. It takes n bytes. The error is
// [ErrTruncated].
func Next(b []byte) (op Op, content []byte, n int, err error) {
	op, length, err := ReadHead(b)
	if err != nil {
		return 0, nil, 0, err
	}
	if length > uint64(len(b)-HeadBytes) {
		return op, nil, 0, ErrTruncated
	}
	n = HeadBytes + int(length)
	return op, b[HeadBytes:n:n], n, nil
}

// begin appends the head of a record, whose length end puts in.
func begin(dst []byte, op Op) (extended []byte, at int) {
	dst = append(dst, byte(op), 0, 0, 0, 0, 0, 0, 0, 0)
	return dst, len(dst)
}

// end puts the length of the record whose content begins at into its head.
func end(dst []byte, at int) []byte {
	binary.LittleEndian.PutUint64(dst[at-8:], uint64(len(dst)-at))
	return dst
}

func appendUint16(dst []byte, v uint16) []byte { return binary.LittleEndian.AppendUint16(dst, v) }

func appendUint32(dst []byte, v uint32) []byte { return binary.LittleEndian.AppendUint32(dst, v) }

func appendUint64(dst []byte, v ...uint64) []byte {
	for _, x := range v {
		dst = binary.LittleEndian.AppendUint64(dst, x)
	}
	return dst
}

func appendText(dst []byte, texts ...string) []byte {
	for _, s := range texts {
		dst = append(appendUint32(dst, uint32(len(s))), s...)
	}
	return dst
}

// fields reads a record's content from the front. After a field that isn't whole every
// further one is zero.
type fields struct {
	b   []byte
	bad bool
}

// take returns the next n bytes, or nil.
func (f *fields) take(n uint64) []byte {
	if f.bad || n > uint64(len(f.b)) {
		f.bad = true
		return nil
	}
	taken := f.b[:n:n]
	f.b = f.b[n:]
	return taken
}

func (f *fields) uint8() uint8 {
	if b := f.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (f *fields) uint16() uint16 {
	if b := f.take(2); b != nil {
		return binary.LittleEndian.Uint16(b)
	}
	return 0
}

func (f *fields) uint32() uint32 {
	if b := f.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

func (f *fields) uint64() uint64 {
	if b := f.take(8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}

// sized reads a list or string: its length in bytes, and these.
func (f *fields) sized() []byte { return f.take(uint64(f.uint32())) }

func (f *fields) text() string { return string(f.sized()) }

// err is nil if every field was there.
func (f *fields) err(op Op) error {
	if f.bad {
		return fmt.Errorf("%w: %v", ErrShort, op)
	}
	return nil
}

package record

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

const (
	sizeBytes = 8 // of the content's size, before the zstd frames
	// headBytes is what tells the generations apart: the size and zstd's magic.
	headBytes = sizeBytes + 4

	zstdMagic     = 0xFD2FB528
	skippableMask = 0xFFFFFFF0 // any of 16 magics (RFC 8878 section 3.1.2)
	skippable     = 0x184D2A50
)

// packed is a file as it lies there: its compressed bytes, counted.
type packed struct {
	r   *bufio.Reader
	off int64
	err error // that of the reader below, if it is no end of the file
}

// Read reads compressed bytes.
func (p *packed) Read(b []byte) (int, error) {
	n, err := p.r.Read(b)
	p.off += int64(n)
	return n, p.note(err)
}

// ReadByte lets gzip take no more than it needs, so that off is exact.
func (p *packed) ReadByte() (byte, error) {
	b, err := p.r.ReadByte()
	if err == nil {
		p.off++
	}
	return b, p.note(err)
}

func (p *packed) note(err error) error {
	if err != nil && !errors.Is(err, io.EOF) {
		p.err = err
	}
	return err
}

// fail makes the error of a decompressor, or of the reader below, a reader's.
func (p *packed) fail(err error) error {
	switch {
	case p.err != nil:
		return fmt.Errorf("record: at byte %d of the file: %w", p.off, p.err)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		err = ErrTruncated
	}
	return &CorruptError{Offset: p.off, Err: err}
}

// plain is the decompressed content of a file.
type plain struct {
	io.Reader
	zstd  bool
	size  uint64 // that is declared, of zstd
	close func()
}

// open tells the generations apart and begins to decompress.
func (p *packed) open(maxBytes int64) (plain, error) {
	head, err := p.r.Peek(headBytes)
	if err != nil && p.note(err) != nil && p.err != nil {
		return plain{}, p.fail(err)
	}
	switch {
	case len(head) == headBytes && isZstd(head[sizeBytes:]):
		return p.openZstd(maxBytes)
	case len(head) > 1 && head[0] == 0x1f && head[1] == 0x8b:
		return p.openGzip()
	case len(head) < headBytes:
		return plain{}, &CorruptError{Offset: int64(len(head)), Err: ErrTruncated}
	}
	return plain{}, &CorruptError{Err: fmt.Errorf("%w: it begins with % x", ErrFormat, head)}
}

func isZstd(magic []byte) bool {
	m := binary.LittleEndian.Uint32(magic)
	return m == zstdMagic || m&skippableMask == skippable
}

func (p *packed) openZstd(maxBytes int64) (plain, error) {
	var head [sizeBytes]byte
	if _, err := io.ReadFull(p, head[:]); err != nil {
		return plain{}, p.fail(err)
	}
	size := binary.LittleEndian.Uint64(head[:])
	if size > uint64(maxBytes) {
		return plain{}, &CorruptError{Err: fmt.Errorf("%w: %d bytes are declared, at most %d", ErrLimit, size, maxBytes)}
	}
	// Without concurrency there is no goroutine that would have to be stopped, and
	// nothing is read ahead of what is decoded.
	dec, err := zstd.NewReader(p, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxWindow(maxZstdWindow))
	if err != nil {
		return plain{}, p.fail(err)
	}
	return plain{Reader: dec, zstd: true, size: size, close: dec.Close}, nil
}

func (p *packed) openGzip() (plain, error) {
	dec, err := gzip.NewReader(p)
	if err != nil {
		return plain{}, p.fail(err)
	}
	return plain{Reader: dec, close: func() {}}, nil
}

package record

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/scenewire/scenewire/internal/msgpscan"
)

// chunkBytes is how much content is decompressed at a time, and shared by the small
// messages in it.
const chunkBytes = 64 << 10

// content is the decompressed content of a file, of which a part is in memory.
type content struct {
	packed packed
	plain  plain
	buf    []byte // read, and not taken yet; the memory before it belongs to who took it
	off    int64  // of buf in the content
	read   int64  // up to the end of buf
	max    int64
	err    error // why there is no more; io.EOF: the end
}

// take returns the value at the front, whose size scan tells, and goes on behind it.
// The bytes are handed over; they share memory with their neighbours. scan may be
// called several times, each time with more of the content, until it doesn't return
// msgpscan.ErrTruncated any more. With another error its number is the place.
func (c *content) take(scan func(b []byte) (n int, err error)) ([]byte, error) {
	for {
		n, err := scan(c.buf)
		if err == nil {
			value := c.buf[:n:n]
			c.buf = c.buf[n:]
			c.off += int64(n)
			return value, nil
		}
		if !errors.Is(err, msgpscan.ErrTruncated) {
			return nil, c.corrupt(n, err)
		}
		if err := c.fill(); errors.Is(err, io.EOF) {
			return nil, c.corrupt(len(c.buf), ErrTruncated)
		} else if err != nil {
			return nil, err
		}
	}
}

// corrupt is the error for what is found n bytes behind the front.
func (c *content) corrupt(n int, err error) error {
	return &CorruptError{Offset: c.off + int64(n), InContent: true, Err: err}
}

// fill reads more content behind buf, twice as much as there is if that is much, so
// that a long value is scanned a few times and not once for each piece of it.
func (c *content) fill() error {
	if c.err != nil {
		return c.err
	}
	if len(c.buf) == cap(c.buf) {
		grown := make([]byte, len(c.buf), max(chunkBytes, 2*len(c.buf)))
		copy(grown, c.buf)
		c.buf = grown
	}
	before := len(c.buf)
	for len(c.buf) < cap(c.buf) && c.err == nil {
		n, err := c.plain.Read(c.buf[len(c.buf):cap(c.buf)])
		c.buf = c.buf[:len(c.buf)+n]
		c.read += int64(n)
		c.check(err)
	}
	if len(c.buf) == before {
		return c.err
	}
	return nil
}

// check keeps why nothing more is to be read.
func (c *content) check(err error) {
	switch {
	case c.read > c.max:
		c.err = fmt.Errorf("record: %w: more than %d bytes of content", ErrLimit, c.max)
	case c.plain.zstd && uint64(c.read) > c.plain.size:
		c.err = &CorruptError{Err: fmt.Errorf("%d bytes are declared, there are more", c.plain.size)}
	case errors.Is(err, io.EOF) && c.plain.zstd && uint64(c.read) < c.plain.size:
		c.err = &CorruptError{Offset: c.packed.off, Err: fmt.Errorf(
			"%w: %d bytes are declared, there are %d", ErrTruncated, c.plain.size, c.read)}
	case errors.Is(err, io.EOF):
		c.err = io.EOF
	case err != nil:
		c.err = c.packed.fail(err)
	}
}

// end checks that nothing follows, and the file's checksum with that.
func (c *content) end() error {
	if len(c.buf) == 0 {
		if err := c.fill(); err != nil {
			return err
		}
	}
	return c.corrupt(0, errors.New("something follows the recording"))
}

// readCount reads the header of an array, or of a map: how many elements or pairs are
// declared. Unlike msgpscan.ReadArray it doesn't ask that they be in b.
func readCount(b []byte, kind msgpscan.Kind) (count uint64, n int, err error) {
	if len(b) == 0 {
		return 0, 0, msgpscan.ErrTruncated
	}
	if found := msgpscan.KindOf(b); found != kind {
		return 0, 0, fmt.Errorf("%v instead of %v", found, kind)
	}
	switch marker := b[0]; {
	case marker < 0xa0: // the count is in it
		return uint64(marker & 0x0f), 1, nil
	case marker == 0xdc || marker == 0xde:
		if len(b) < 3 {
			return 0, 0, msgpscan.ErrTruncated
		}
		return uint64(binary.BigEndian.Uint16(b[1:])), 3, nil
	}
	if len(b) < 5 {
		return 0, 0, msgpscan.ErrTruncated
	}
	return uint64(binary.BigEndian.Uint32(b[1:])), 5, nil
}

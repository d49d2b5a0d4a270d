package frames

import (
	"encoding/binary"
	"errors"
)

// What a server must not send (RFC 6455 sections 5.1 and 5.2).
var (
	ErrMasked   = errors.New("frames: the server has sent a masked frame")
	ErrTooLarge = errors.New("frames: a payload of 2^63 bytes or more")
)

// Scanner finds the ends of unmasked frames in a stream that comes in pieces of any
// size (RFC 6455 section 5.2). It looks at headers only and skips payloads.
type Scanner struct {
	Opcode byte  // of the frame that Next is in
	Size   int64 // of that frame's payload, in bytes
	// Inflated is the first 8 bytes of the payload as a little-endian number: the
	// size of a compressed window before compression. It is 0 if there are fewer.
	Inflated uint64

	left   int64 // of the payload
	head   [8 + 10]byte
	filled int // bytes of head: the header, and then the first 8 of the payload
	header int // size of the header; 0 until it is known
}

// Next consumes bytes of b up to the end of a frame, and reports whether the frame is
// at its end. Then Opcode, Size and Inflated describe it, until the next call.
// n is less than len(b) only at a frame's end.
func (s *Scanner) Next(b []byte) (n int, done bool, err error) {
	if s.header == 0 {
		if n, err = s.readHeader(b); err != nil || s.header == 0 {
			return n, false, err
		}
	}
	rest := b[n:]
	if s.filled < s.header+8 && s.left > 0 {
		s.filled += copy(s.head[s.filled:min(s.header+8, s.filled+int(min(s.left, 8)))], rest)
	}
	if int64(len(rest)) < s.left {
		s.left -= int64(len(rest))
		return len(b), false, nil
	}
	n += int(s.left)
	s.Inflated = 0
	if s.filled == s.header+8 {
		s.Inflated = binary.LittleEndian.Uint64(s.head[s.header:])
	}
	s.left, s.filled, s.header = 0, 0, 0
	return n, true, nil
}

// HeaderBytes returns the size of the header that a payload of this size gets.
func HeaderBytes(size int64) int64 {
	switch {
	case size <= 125:
		return 2
	case size <= 0xffff:
		return 4
	}
	return 10
}

// readHeader takes the header's bytes from b.
func (s *Scanner) readHeader(b []byte) (n int, err error) {
	for n < len(b) {
		s.head[s.filled] = b[n]
		s.filled++
		n++
		if s.filled < 2 {
			continue
		}
		if s.head[1]&0x80 != 0 {
			return n, ErrMasked
		}
		if size := headerSize(s.head[1]); s.filled == size {
			s.header = size
			s.Opcode = s.head[0] & 0x0f
			s.Size = payloadSize(s.head[:size])
			s.left = s.Size
			if s.Size < 0 {
				return n, ErrTooLarge
			}
			return n, nil
		}
	}
	return n, nil
}

// headerSize returns the size of an unmasked header whose second byte is b.
func headerSize(b byte) int {
	switch b & 0x7f {
	case 126:
		return 4
	case 127:
		return 10
	}
	return 2
}

func payloadSize(header []byte) int64 {
	switch len(header) {
	case 4:
		return int64(binary.BigEndian.Uint16(header[2:]))
	case 10:
		return int64(binary.BigEndian.Uint64(header[2:]))
	}
	return int64(header[1] & 0x7f)
}

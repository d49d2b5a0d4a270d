package wsproto

import (
	"encoding/binary"
	"math"
)

const (
	// MaxHeaderBytes is the size of the longest frame header: 2 bytes, a length
	// of 8 bytes and a masking key of 4.
	MaxHeaderBytes = 14
	// MaxControlPayload is the largest payload of a close, ping or pong frame
	// (RFC 6455 section 5.5).
	MaxControlPayload = 125
)

// Bits and marks of the first two bytes of a header.
const (
	finBit      = 0x80
	reservedMap = 0x70
	opcodeMap   = 0x0f
	maskBit     = 0x80
	lengthMap   = 0x7f
	length16    = 126
	length64    = 127
)

// AppendHeader appends the header of an unmasked frame whose payload has n
// bytes, for a caller that writes the payload itself.
func AppendHeader(dst []byte, op Opcode, fin bool, n int) []byte {
	return appendHeader(dst, op, fin, 0, n)
}

// AppendFrame appends an unmasked frame that is a whole message. A control
// payload must not exceed MaxControlPayload bytes. The payload is borrowed until
// return.
func AppendFrame(dst []byte, op Opcode, payload []byte) []byte {
	return append(appendHeader(dst, op, true, 0, len(payload)), payload...)
}

// AppendMaskedFrame appends a frame of a client, masked with key, which must be
// fresh and unpredictable for each frame (RFC 6455 section 5.3). fin says
// whether it is the last frame of its message. The payload is borrowed until
// return and not changed.
func AppendMaskedFrame(dst []byte, op Opcode, fin bool, payload []byte, key [4]byte) []byte {
	dst = appendHeader(dst, op, fin, maskBit, len(payload))
	dst = append(dst, key[:]...)
	start := len(dst)
	dst = append(dst, payload...)
	Mask(dst[start:], key, 0)
	return dst
}

// appendHeader appends a header up to the masking key; mask is maskBit or 0.
func appendHeader(dst []byte, op Opcode, fin bool, mask byte, n int) []byte {
	first := byte(op)
	if fin {
		first |= finBit
	}
	switch {
	case n < length16:
		return append(dst, first, mask|byte(n))
	case n <= math.MaxUint16:
		return append(dst, first, mask|length16, byte(n>>8), byte(n))
	}
	dst = append(dst, first, mask|length64)
	return binary.BigEndian.AppendUint64(dst, uint64(n))
}

package wsproto

import (
	"encoding/binary"
	"math/bits"
)

// Mask masks or unmasks b in place (RFC 6455 section 5.3), where pos is the
// number of payload bytes before b. It returns pos for the bytes after b,
// modulo 4.
//
// Words of 8 bytes, 64 bytes per round, ran 1.5 to 3 times as fast as
// crypto/subtle.XORBytes over a repeated key (BenchmarkMask).
func Mask(b []byte, key [4]byte, pos int) int {
	next := (pos + len(b)) & 3
	k := bits.RotateLeft32(binary.LittleEndian.Uint32(key[:]), -8*(pos&3))
	word := uint64(k)<<32 | uint64(k)
	for len(b) >= 64 {
		xorBlock((*[64]byte)(b), word)
		b = b[64:]
	}
	for len(b) >= 8 {
		xorWord(b, word)
		b = b[8:]
	}
	for i := range b {
		b[i] ^= byte(word)
		word >>= 8
	}
	return next
}

// xorBlock is eight words, written out so that no bounds are checked.
func xorBlock(b *[64]byte, word uint64) {
	xorWord(b[0:8], word)
	xorWord(b[8:16], word)
	xorWord(b[16:24], word)
	xorWord(b[24:32], word)
	xorWord(b[32:40], word)
	xorWord(b[40:48], word)
	xorWord(b[48:56], word)
	xorWord(b[56:64], word)
}

func xorWord(b []byte, word uint64) {
	binary.LittleEndian.PutUint64(b, binary.LittleEndian.Uint64(b)^word)
}

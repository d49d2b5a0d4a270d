package wsproto

import "unicode/utf8"

// textChecker validates UTF-8 (RFC 3629) that arrives in pieces, and fails at
// the first byte after which no text can be valid. The zero value is ready.
type textChecker struct {
	pending [utf8.UTFMax - 1]byte // the start of a rune that the last piece cut
	n       uint8                 // bytes of it
}

// feed takes the next piece, and reports whether the text can still be valid.
func (c *textChecker) feed(b []byte) bool {
	for c.n > 0 && len(b) > 0 {
		if !c.complete(b[0]) {
			return false
		}
		b = b[1:]
	}
	whole := len(b) - cutRune(b)
	if !utf8.Valid(b[:whole]) {
		return false
	}
	if whole < len(b) {
		c.n = uint8(copy(c.pending[:], b[whole:]))
	}
	return true
}

// complete adds one byte to the pending rune, and reports whether that can
// still become a valid one.
func (c *textChecker) complete(next byte) bool {
	var r [utf8.UTFMax]byte
	n := copy(r[:], c.pending[:c.n])
	r[n] = next
	n++
	if !utf8.FullRune(r[:n]) {
		c.pending[c.n] = next
		c.n++
		return true
	}
	c.n = 0
	_, size := utf8.DecodeRune(r[:n])
	return size == n
}

// atBoundary reports whether the text may end here.
func (c *textChecker) atBoundary() bool { return c.n == 0 }

// cutRune returns the length of the incomplete rune at the end of b, 0 if there
// is none. A sequence that can't become a rune any more counts as complete.
func cutRune(b []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(b); n++ {
		tail := b[len(b)-n:]
		if !utf8.RuneStart(tail[0]) {
			continue
		}
		if utf8.FullRune(tail) {
			return 0
		}
		return n
	}
	return 0
}

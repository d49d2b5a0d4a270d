// Package msgpscan walks and writes raw MessagePack without turning it into Go
// values.
//
// A reader takes the bytes that begin with a value, and returns what it read
// and how many bytes that took, so that calls chain by slicing. Strings and
// binaries come back as slices of the input. Nothing here allocates, panics on
// input, or trusts a declared length: an array header that promises more
// elements than there are bytes left is truncated input.
//
// The formats, each a marker byte and what follows it (all numbers big-endian;
// https://github.com/msgpack/msgpack/blob/master/spec.md):
//
//	00-7f           integer 0..127
//	80-8f           map, 0..15 pairs               de, df      map 16, 32
//	90-9f           array, 0..15 elements          dc, dd      array 16, 32
//	a0-bf           string, 0..31 bytes            d9, da, db  string 8, 16, 32
//	c0              nil                            c2, c3      false, true
//	c1              never used                     c4, c5, c6  binary 8, 16, 32
//	ca, cb          float 32, 64                   c7, c8, c9  extension 8, 16, 32
//	cc, cd, ce, cf  unsigned 8, 16, 32, 64         d4 .. d8    extension of 1, 2, 4, 8, 16
//	d0, d1, d2, d3  signed 8, 16, 32, 64           e0-ff       integer -32..-1
//
// All functions are pure and safe for concurrent use; a Walker belongs to one
// goroutine.
package msgpscan

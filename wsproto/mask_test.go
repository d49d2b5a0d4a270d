package wsproto

import (
	"bytes"
	"testing"
	"testing/quick"
)

func TestMaskIsXORWithTheRepeatedKey(t *testing.T) {
	for size := range 200 {
		for pos := range 5 {
			buf := make([]byte, 1+size+8)
			for i := range buf {
				buf[i] = byte(i * 7)
			}
			want := bytes.Clone(buf)
			for i := range size {
				want[1+i] ^= testKey[(pos+i)%4]
			}
			next := Mask(buf[1:1+size], testKey, pos) // not aligned
			if !bytes.Equal(buf, want) || next != (pos+size)%4 {
				t.Fatalf("size %d, pos %d: wrong bytes or next position %d", size, pos, next)
			}
		}
	}
}

func TestMaskInPieces(t *testing.T) {
	same := func(b []byte, key [4]byte, cut uint16) bool {
		whole, pieces := bytes.Clone(b), bytes.Clone(b)
		Mask(whole, key, 0)
		n := int(cut) % (len(b) + 1)
		Mask(pieces[n:], key, Mask(pieces[:n], key, 0))
		return bytes.Equal(whole, pieces)
	}
	if err := quick.Check(same, &quick.Config{MaxCount: 1000}); err != nil {
		t.Error(err)
	}
}

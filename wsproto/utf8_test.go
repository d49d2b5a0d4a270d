package wsproto

import (
	"testing"
	"unicode/utf8"
)

// checkText feeds s in pieces of that size, and returns where it failed (the
// number of bytes fed) or -1, and whether it may end there.
func checkText(s string, piece int) (failedAt int, complete bool) {
	var c textChecker
	for i := 0; i < len(s); i += piece {
		end := min(i+piece, len(s))
		if !c.feed([]byte(s[i:end])) {
			return end, false
		}
	}
	return -1, c.atBoundary()
}

func TestTextFailsAtTheFirstImpossibleByte(t *testing.T) {
	tests := []struct {
		text     string
		failedAt int
	}{
		{"ascii", -1},
		{"κόσμε 水 🐟", -1},
		{"\xef\xbf\xbf\xf4\x8f\xbf\xbf", -1}, // U+FFFF, U+10FFFF
		{"a\x80", 2},                         // continuation alone
		{"\xc0\xaf", 1},                      // overlong
		{"\xc1", 1},
		{"\xe0\x80\x80", 2},     // overlong
		{"\xed\xa0\x80", 2},     // surrogate
		{"\xf0\x80\x80\x80", 2}, // overlong
		{"\xf4\x90\x80\x80", 2}, // over U+10FFFF
		{"\xf5", 1},
		{"\xff", 1},
		{"\xe1\xbd\xe1", 3},
		{"\xf0\x9f\x90a", 4},
	}
	for _, tt := range tests {
		if at, _ := checkText(tt.text, 1); at != tt.failedAt {
			t.Errorf("%q: failed at %d, want %d", tt.text, at, tt.failedAt)
		}
		for piece := 2; piece < 6; piece++ {
			if at, _ := checkText(tt.text, piece); (at < 0) != (tt.failedAt < 0) {
				t.Errorf("%q in pieces of %d: failed at %d", tt.text, piece, at)
			}
		}
	}
}

// TestTextAgainstStandardLibrary tries every sequence of three bytes from a set
// with all the interesting bounds, and every way to cut it.
func TestTextAgainstStandardLibrary(t *testing.T) {
	bounds := []byte("a\x7f\x80\x8f\x90\x9f\xa0\xbf\xc0\xc1\xc2\xdf\xe0\xe1\xec\xed\xee\xef\xf0\xf1\xf3\xf4\xf5\xff")
	for _, a := range bounds {
		for _, b := range bounds {
			for _, c := range bounds {
				for _, last := range []string{"", "a", "\x80", "\xbf"} {
					text := string([]byte{a, b, c}) + last
					want := utf8.ValidString(text)
					for piece := 1; piece <= len(text); piece++ {
						at, complete := checkText(text, piece)
						if got := at < 0 && complete; got != want {
							t.Fatalf("%q in pieces of %d: valid %v", text, piece, got)
						}
					}
				}
			}
		}
	}
}

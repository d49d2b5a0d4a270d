package probe

import (
	"strings"
	"testing"
)

// TestChunks sends chunked bodies, few of them well. The body ends where it ends: what
// follows is the next request, or is never read.
func TestChunks(t *testing.T) {
	s := attack(t, usualBudget, nil)
	s.run(t, []exchange{
		{name: "two chunks", send: chunked + "3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n", want: "200 POST /a hello; usable"},
		{name: "no chunk", send: chunked + "0\r\n\r\n", want: "200 POST /a; usable"},
		{name: "in single writes", parts: []string{chunked, "5", "\r", "\nhe", "llo\r", "\n0\r\n", "\r"}, send: "\n", want: "200 POST /a hello; usable"},
		{name: "a size in capitals", send: chunked + "A\r\nhellohello\r\n0\r\n\r\n", want: "200 POST /a hellohello; usable"},
		{name: "a size with leading zeros", send: chunked + "0005\r\nhello\r\n0\r\n\r\n", want: "200 POST /a hello; usable"},
		{name: "a size of many zeros", send: chunked + strings.Repeat("0", 40) + "5\r\nhello\r\n0\r\n\r\n", want: "400"},
		{name: "an extension", send: chunked + "5;a=b\r\nhello\r\n0;c\r\n\r\n", want: "200 POST /a hello; usable"},
		{name: "an extension with a quoted line break", send: chunked + "5;a=\"\r\n\"\r\nhello\r\n0\r\n\r\n", want: "400"},
		{name: "a huge extension", send: chunked + "5;" + strings.Repeat("a", 10_000) + "\r\nhello\r\n0\r\n\r\n", want: "400"},
		{name: "many small chunks with long extensions", send: chunked + strings.Repeat("1;"+strings.Repeat("a", 500)+"\r\nx\r\n", 1000) + "0\r\n\r\n", want: "400"},
		{name: "a size with a prefix", send: chunked + "0x5\r\nhello\r\n0\r\n\r\n", want: "400"},
		{name: "a size with a sign", send: chunked + "+5\r\nhello\r\n0\r\n\r\n", want: "400"},
		{name: "a negative size", send: chunked + "-5\r\nhello\r\n0\r\n\r\n", want: "400"},
		{name: "a size with an underscore", send: chunked + "1_0\r\nhello\r\n0\r\n\r\n", want: "400"},
		{name: "a size that isn't one", send: chunked + "five\r\nhello\r\n0\r\n\r\n", want: "400"},
		{name: "an empty size", send: chunked + "\r\nhello\r\n0\r\n\r\n", want: "400"},
		{name: "a size with a space before it", send: chunked + " 5\r\nhello\r\n0\r\n\r\n", want: "400"},
		// Spaces behind a size are ignored, as RFC 9112 section 7.1.1 asks for extensions.
		{name: "a size with a space behind it", send: chunked + "5 \r\nhello\r\n0\r\n\r\n", want: "200 POST /a hello; usable"},
		{name: "a size over 64 bits", send: chunked + "10000000000000005\r\nhello\r\n0\r\n\r\n", want: "400"},
		{name: "a size of 2^64-1", send: chunked + "ffffffffffffffff\r\nhello\r\n0\r\n\r\n", ending: thenHalfClose, want: "400"},
		{name: "a size of 2^63", send: chunked + "8000000000000000\r\nhello\r\n0\r\n\r\n", ending: thenHalfClose, want: "400"},
		{name: "a chunk longer than its size", send: chunked + "4\r\nhello\r\n0\r\n\r\n" + hidden, want: "400"},
		{name: "a chunk shorter than its size", send: chunked + "9\r\nhello\r\n0\r\n\r\n" + hidden, want: "400"},
		{name: "a chunk that LF ends", send: chunked + "5\r\nhello\n0\r\n\r\n" + hidden, want: "400"},
		{name: "a size that LF ends", send: chunked + "5\nhello\r\n0\r\n\r\n" + hidden, want: "400"},
		{name: "a size that CR ends", send: chunked + "5\rhello\r\n0\r\n\r\n" + hidden, want: "400"},
		{name: "no end", send: chunked + "5\r\nhello\r\n", ending: thenHalfClose, want: "400"},
		{name: "no line break at the end", send: chunked + "5\r\nhello\r\n0\r\n", ending: thenHalfClose, want: "400"},
		{name: "a trailer", send: chunked + "5\r\nhello\r\n0\r\nX: y\r\n\r\n", want: "200 POST /a hello; usable"},
		// Trailers come after the body's end is known, and are dropped: they say nothing about lengths any more.
		{name: "a trailer of Content-Length", send: chunked + "5\r\nhello\r\n0\r\nContent-Length: 44\r\n\r\n" + hidden, want: "200 POST /a hello; 200 GET /hidden; usable"},
		{name: "a trailer of Transfer-Encoding", send: chunked + "0\r\nTransfer-Encoding: chunked\r\n\r\n" + hidden, want: "200 POST /a; 200 GET /hidden; usable"},
		{name: "a trailer without a colon", send: chunked + "0\r\nhello\r\n\r\n" + hidden, want: "400"},
		{name: "a huge trailer", send: chunked + "0\r\nX: " + strings.Repeat("y", 10_000) + "\r\n\r\n", want: "400"},
		{name: "the next request right behind", send: chunked + "5\r\nhello\r\n0\r\n\r\n" + hidden, want: "200 POST /a hello; 200 GET /hidden; usable"},
		{name: "more than the handler takes", send: chunked + "200000\r\n" + strings.Repeat("x", 2*mib) + "\r\n0\r\n\r\n" + hidden, want: "400"},
	})
}

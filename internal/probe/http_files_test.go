package probe

import (
	"strings"
	"testing"
)

const (
	file     = "GET /data.bin HTTP/1.1\r\nHost: {host}\r\n" // 1000 bytes
	headFile = "HEAD /data.bin HTTP/1.1\r\nHost: {host}\r\n"
)

// TestHead asks for headers alone: no answer may have a body, or the next one is lost.
func TestHead(t *testing.T) {
	s := attack(t, usualBudget, nil)
	s.run(t, []exchange{
		{name: "of a file", send: headFile + "\r\n", methods: "HEAD", want: "200 (0); usable"},
		{name: "of the handler", send: "HEAD /a HTTP/1.1\r\nHost: {host}\r\n\r\n", methods: "HEAD", want: "200 ; usable"},
		{name: "of a large file", send: "HEAD /big.bin HTTP/1.1\r\nHost: {host}\r\n\r\n", methods: "HEAD", want: "200 (0); usable"},
		{name: "of a range", send: headFile + "Range: bytes=0-9\r\n\r\n", methods: "HEAD", want: "206 (0); usable"},
		{name: "with a body", send: headFile + "Content-Length: 18\r\n\r\n" + hidden[:18], methods: "HEAD", want: "200 (0); usable"},
		{name: "then GET", send: headFile + "\r\n" + file + "\r\n", methods: "HEAD GET", want: "200 (0); 200 (1000); usable"},
		{name: "of an upgrade", send: "HEAD / HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", methods: "HEAD", want: "405; usable"},
	})
}

// TestRange asks for parts of a file, and for more than there is.
func TestRange(t *testing.T) {
	s := attack(t, usualBudget, nil)
	one := func(name, value, want string) exchange {
		return exchange{name: name, send: file + "Range: " + value + "\r\n\r\n", want: want + "; usable"}
	}
	s.run(t, []exchange{
		one("the first bytes", "bytes=0-9", "206 (10)"),
		one("the last bytes", "bytes=-9", "206 (9)"),
		one("from the middle", "bytes=990-", "206 (10)"),
		one("more than there is", "bytes=990-99999", "206 (10)"),
		one("a suffix of more than there is", "bytes=-99999", "206 (1000)"),
		// No bytes of the end: net/http takes it for satisfiable.
		one("an empty suffix", "bytes=-0", "206 (0)"),
		one("behind the end", "bytes=1000-", "416"),
		one("backwards", "bytes=9-0", "416"),
		one("over 64 bits", "bytes=99999999999999999999-", "416"),
		one("up to over 64 bits", "bytes=0-99999999999999999999", "416"),
		one("negative", "bytes=--5", "416"),
		one("without a unit", "0-9", "416"),
		one("of another unit", "lines=0-9", "416"),
		one("of nothing", "bytes=", "200 (1000)"),
		one("of words", "bytes=a-b", "416"),
		// In multipart/byteranges, with a header for each part.
		one("two parts", "bytes=0-0,10-10", "206 (348)"),
		one("parts that overlap to more than the file", "bytes="+strings.Repeat("0-,", 500)+"0-", "200 (1000)"),
		// More than the file all together: it is sent once, and whole.
		one("10,000 single bytes", "bytes="+strings.Repeat("0-0,", 10_000)+"0-0", "200 (1000)"),
		one("spaces inside", "bytes= 0 - 9", "206 (10)"),
		{name: "twice", send: file + "Range: bytes=0-9\r\nRange: bytes=0-4\r\n\r\n", want: "206 (10); usable"},
		{name: "for another version of the file", send: file + "Range: bytes=0-9\r\nIf-Range: \"other\"\r\n\r\n", want: "200 (1000); usable"},
		{name: "for the handler", send: get + "Range: bytes=0-0\r\n\r\n", want: "200 GET /a; usable"},
	})
}

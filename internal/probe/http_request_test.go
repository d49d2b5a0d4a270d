package probe

import (
	"strings"
	"testing"
)

const tlsHello = "\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03" + "0123456789abcdef0123456789abcdef" + "\x00\x00\x20\xc0\x2f\x00\xff"

// TestRequestLine sends methods, versions and targets of all sorts, and other protocols.
func TestRequestLine(t *testing.T) {
	s := attack(t, usualBudget, nil)
	host := "Host: {host}\r\n\r\n"
	s.run(t, []exchange{
		{name: "an unknown method", send: "BREW /a HTTP/1.1\r\n" + host, want: "200 BREW /a; usable"},
		// What isn't GET or HEAD is the handler's.
		{name: "an unknown method for a file", send: "BREW /data.bin HTTP/1.1\r\n" + host, want: "200 BREW /data.bin; usable"},
		{name: "DELETE of a file", send: "DELETE /data.bin HTTP/1.1\r\n" + host, want: "200 DELETE /data.bin; usable"},
		{name: "TRACE", send: "TRACE /a HTTP/1.1\r\nCookie: a\r\n" + host, want: "200 TRACE /a; usable"},
		{name: "a method in small letters", send: "get /data.bin HTTP/1.1\r\n" + host, want: "200 get /data.bin; usable"},
		{name: "an empty method", send: " /a HTTP/1.1\r\n" + host, want: "400"},
		{name: "a method with a slash", send: "GE/T /a HTTP/1.1\r\n" + host, want: "400"},
		{name: "a method of 100 kB", send: strings.Repeat("A", 100_000) + " /a HTTP/1.1\r\n" + host, want: "431"},
		{name: "no target", send: "GET HTTP/1.1\r\n" + host, want: "400"},
		{name: "two spaces", send: "GET  /a HTTP/1.1\r\n" + host, want: "400"},
		{name: "a space in the target", send: "GET /a b HTTP/1.1\r\n" + host, want: "400"},
		{name: "a tab for a space", send: "GET\t/a\tHTTP/1.1\r\n" + host, want: "400"},
		{name: "a target without a slash", send: "GET a HTTP/1.1\r\n" + host, want: "400"},
		{name: "a target with a bad escape", send: "GET /%zz HTTP/1.1\r\n" + host, want: "400"},
		{name: "a target with a control character", send: "GET /\x01 HTTP/1.1\r\n" + host, want: "400"},
		{name: "a target with a fragment", send: "GET /a#b HTTP/1.1\r\n" + host, want: "200 GET /a#b; usable"},
		{name: "an endless target", send: "GET /" + strings.Repeat("a", mib), want: "431"},
		{name: "no version", send: "GET /a\r\n" + host, want: "400"},
		{name: "a version of words", send: "GET /a HTTP/one\r\n" + host, want: "400"},
		{name: "HTTP/0.9", send: "GET /a HTTP/0.9\r\n" + host, want: "505"},
		{name: "HTTP/1.0", send: "GET /a HTTP/1.0\r\n" + host, want: "200 GET /a"},
		{name: "HTTP/1.0 that wants to stay", send: "GET /a HTTP/1.0\r\nConnection: keep-alive\r\n" + host, want: "200 GET /a; usable"},
		// The major version alone says how a request is read (RFC 9110 section 2.5).
		{name: "HTTP/1.2", send: "GET /a HTTP/1.2\r\n" + host, want: "200 GET /a; usable"},
		{name: "HTTP/2.0 in HTTP/1's form", send: "GET /a HTTP/2.0\r\n" + host, want: "505"},
		{name: "HTTP/11.1", send: "GET /a HTTP/11.1\r\n" + host, want: "400"},
		// net/http leaves this one to handlers, and closes the connection behind it.
		{name: "HTTP/2's preface", send: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00", want: "200 PRI *"},
		{name: "an offer of h2c", send: get + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n", want: "200 GET /a; usable"},
		{name: "a TLS hello", send: tlsHello, ending: thenHalfClose, want: "400"},
		{name: "an answer instead of a request", send: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", want: "400"},
		{name: "zeros", send: strings.Repeat("\x00", 1000), want: "400"},
		{name: "zeros without end", send: strings.Repeat("\x00", 4*mib), want: "431"},
		{name: "nothing", ending: thenHalfClose, want: ""},
		{name: "half a request", send: get, ending: thenHalfClose, want: "400"},
		{name: "one byte", send: "G", ending: thenHalfClose, want: "400"},
	})
}

// TestHeadersOverTheLimit sends more than Options.MaxHeaderBytes.
func TestHeadersOverTheLimit(t *testing.T) {
	s := attack(t, usualBudget, nil)
	s.run(t, []exchange{
		{name: "one of 32 kB", send: get + "X: " + strings.Repeat("a", 32<<10) + "\r\n\r\n", want: "200 GET /a; usable"},
		{name: "one of 128 kB", send: get + "X: " + strings.Repeat("a", 128<<10) + "\r\n\r\n", want: "431"},
		{name: "one of 4 MiB", send: get + "X: " + strings.Repeat("a", 4*mib) + "\r\n\r\n", want: "431"},
		{name: "a name of 128 kB", send: get + strings.Repeat("a", 128<<10) + ": x\r\n\r\n", want: "431"},
		{name: "1,000 small ones", send: get + strings.Repeat("X: a\r\n", 1000) + "\r\n", want: "200 GET /a; usable"},
		{name: "20,000 small ones", send: get + strings.Repeat("X: a\r\n", 20_000) + "\r\n", want: "431"},
		{name: "one on 20,000 folded lines", send: get + "X: a" + strings.Repeat("\r\n b", 20_000) + "\r\n\r\n", want: "431"},
		{name: "a request line over it", send: "GET /?" + strings.Repeat("a", 128<<10) + " HTTP/1.1\r\nHost: {host}\r\n\r\n", want: "431"},
		{name: "without an end", send: get + strings.Repeat("X: "+strings.Repeat("a", 1000)+"\r\n", 4000), want: "431"},
	})
}

// TestExpect sends the expectations of RFC 9110 section 10.1.1.
func TestExpect(t *testing.T) {
	s := attack(t, usualBudget, nil)
	s.run(t, []exchange{
		{name: "100-continue is sent when the body is read", send: post + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\nhello", want: "100; 200 POST /a hello; usable"},
		{name: "100-continue of a chunked body", send: chunked[:len(chunked)-2] + "Expect: 100-continue\r\n\r\n5\r\nhello\r\n0\r\n\r\n", want: "100; 200 POST /a hello; usable"},
		{name: "100-continue without a body", send: get + "Expect: 100-continue\r\n\r\n", want: "200 GET /a; usable"},
		// Whether the body comes is not known, so nothing behind it can be read as a request.
		{name: "100-continue for a file ends the connection", send: "GET /data.bin HTTP/1.1\r\nHost: {host}\r\nExpect: 100-continue\r\nContent-Length: 44\r\n\r\n" + hidden, want: "200 (1000)"},
		{name: "100-continue that the handler doesn't want", send: "POST /unread HTTP/1.1\r\nHost: {host}\r\nExpect: 100-continue\r\nContent-Length: 44\r\n\r\n" + hidden, want: "200 (6)"},
		{name: "another expectation", send: post + "Expect: magic\r\n\r\n", want: "417"},
	})
}

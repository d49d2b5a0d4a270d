package probe

import "testing"

// TestSmuggling sends requests whose length two parsers could take differently. What
// must never happen is that a part of one request is answered as another.
func TestSmuggling(t *testing.T) {
	s := attack(t, usualBudget, nil)
	s.run(t, []exchange{
		{name: "a body of Content-Length is no request", send: post + "Content-Length: 18\r\n\r\nGET /hidden HTTP/1", want: "200 POST /a GET /hidden HTTP/1; usable"},
		{name: "no length is no body", send: post + "\r\n", want: "200 POST /a; usable"},
		{name: "a GET may have a body", send: get + "Content-Length: 5\r\n\r\nhello", want: "200 GET /a hello; usable"},
		// Chunked wins, as RFC 9112 section 6.3 has it. It says to close the connection, too, which net/http
		// doesn't; a proxy in front must not pass on both (it has to drop Content-Length), so nothing is hidden.
		{name: "Content-Length and chunked", send: post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", want: "200 POST /a hello; usable"},
		{name: "chunked and Content-Length", send: post + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n" + hidden, want: "200 POST /a; 200 GET /hidden; usable"},
		// Allowed by RFC 9110 section 8.6: there is only one way to read it.
		{name: "Content-Length twice, the same", send: post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", want: "200 POST /a hello; usable"},
		{name: "Content-Length twice, different", send: post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!", want: "400"},
		{name: "Content-Length twice, one zero", send: post + "Content-Length: 0\r\nContent-Length: 44\r\n\r\n" + hidden, want: "400"},
		{name: "Content-Length as a list of the same", send: post + "Content-Length: 5, 5\r\n\r\nhello", want: "400"},
		{name: "Content-Length with a sign", send: post + "Content-Length: +5\r\n\r\nhello", want: "400"},
		{name: "Content-Length negative", send: post + "Content-Length: -5\r\n\r\nhello", want: "400"},
		{name: "Content-Length hexadecimal", send: post + "Content-Length: 0x5\r\n\r\nhello", want: "400"},
		{name: "Content-Length with an underscore", send: post + "Content-Length: 1_0\r\n\r\nhellohello", want: "400"},
		{name: "Content-Length with a space inside", send: post + "Content-Length: 1 0\r\n\r\nhellohello", want: "400"},
		{name: "Content-Length empty", send: post + "Content-Length: \r\n\r\n" + hidden, want: "400"},
		{name: "Content-Length of 2^63", send: post + "Content-Length: 9223372036854775808\r\n\r\nhello", want: "400"},
		{name: "Content-Length of 2^64+5", send: post + "Content-Length: 18446744073709551621\r\n\r\nhello", want: "400"},
		{name: "Content-Length with a vertical tab", send: post + "Content-Length: 5\x0b\r\n\r\nhello", want: "400"},
		{name: "Content-Length before a space and a colon", send: post + "Content-Length : 5\r\n\r\nhello", want: "400"},
		{name: "Content-Length in an underscored name", send: post + "Content_Length: 44\r\n\r\n" + hidden, want: "200 POST /a; 200 GET /hidden; usable"},

		{name: "chunked twice in a list", send: post + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n" + hidden, want: "501"},
		{name: "chunked in two headers", send: post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden, want: "501"},
		{name: "chunked not last", send: post + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + hidden, want: "501"},
		{name: "gzip before chunked", send: post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" + hidden, want: "501"},
		{name: "identity with a Content-Length", send: post + "Transfer-Encoding: identity\r\nContent-Length: 5\r\n\r\nhello", want: "501"},
		{name: "an unknown coding", send: post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + hidden, want: "501"},
		{name: "a quoted coding", send: post + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n" + hidden, want: "501"},
		{name: "a coding with a vertical tab before it", send: post + "Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n" + hidden, want: "400"},
		{name: "a coding with a vertical tab behind it", send: post + "Transfer-Encoding: chunked\x0b\r\n\r\n0\r\n\r\n" + hidden, want: "400"},
		{name: "a coding with a NUL behind it", send: post + "Transfer-Encoding: chunked\x00\r\n\r\n0\r\n\r\n" + hidden, want: "400"},
		{name: "an empty coding", send: post + "Transfer-Encoding: \r\nContent-Length: 5\r\n\r\nhello", want: "501"},
		{name: "a coding with tabs around it", send: post + "Transfer-Encoding: \tchunked\t\r\n\r\n2\r\nok\r\n0\r\n\r\n", want: "200 POST /a ok; usable"},
		{name: "a coding in capitals", send: post + "TRANSFER-ENCODING: CHUNKED\r\n\r\n2\r\nok\r\n0\r\n\r\n", want: "200 POST /a ok; usable"},
		{name: "a coding before a space and a colon", send: post + "Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", want: "400"},
		// Folded lines are joined by a space, as RFC 9112 section 5.2 asks of those who don't refuse them.
		{name: "a coding on a folded line", send: post + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n" + hidden, want: "200 POST /a; 200 GET /hidden; usable"},
		{name: "a coding folded behind another header", send: post + "X: y\r\n Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nhello", want: "200 POST /a hello; usable"},
		{name: "a coding in an underscored name", send: post + "Transfer_Encoding: chunked\r\nContent-Length: 5\r\n\r\nhello", want: "200 POST /a hello; usable"},
		// HTTP/1.0 has no codings: the body is empty, and what follows is thrown away with the connection.
		{name: "a coding in HTTP/1.0", send: "POST /a HTTP/1.0\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden, want: "200 POST /a"},

		{name: "bare LF ends lines", send: "POST /a HTTP/1.1\nHost: {host}\nContent-Length: 5\n\nhello", want: "200 POST /a hello; usable"},
		{name: "a bare CR in a header", send: post + "X: a\rContent-Length: 44\r\n\r\n" + hidden, want: "400"},
		{name: "a NUL in a header", send: post + "X: a\x00b\r\n\r\n", want: "400"},
		{name: "a control character in a header", send: post + "X: a\x01b\r\n\r\n", want: "400"},
		{name: "a header without a colon", send: post + "Content-Length 5\r\n\r\nhello", want: "400"},
		{name: "a header without a name", send: post + ": 5\r\n\r\n", want: "400"},
		{name: "a space before the first header", send: "POST /a HTTP/1.1\r\n Content-Length: 5\r\nHost: {host}\r\n\r\nhello", want: "400"},
		{name: "a header name with a bracket", send: post + "Content(Length: 5\r\n\r\nhello", want: "400"},
		{name: "a header name of UTF-8", send: post + "Cont\u00ebnt: 5\r\n\r\n", want: "400"},
		{name: "empty lines before a request", send: "\r\n\r\n" + get + "\r\n", want: "400"},
		{name: "a body that the handler doesn't read", send: "POST /unread HTTP/1.1\r\nHost: {host}\r\nContent-Length: 44\r\n\r\n" + hidden[:18] + "aaaaaaaaaaaaaaaaaaaaaaaaaa", want: "200 (6); usable"},
		{name: "a body for a file", send: "GET /data.bin HTTP/1.1\r\nHost: {host}\r\nContent-Length: 18\r\n\r\n" + hidden[:18], want: "200 (1000); usable"},
		{name: "a body shorter than its length", send: post + "Content-Length: 500\r\n\r\nhello", ending: thenHalfClose, want: "400"},
		{name: "a body in single bytes", parts: []string{post, "Content-Length: 4\r", "\n\r\n", "G", "E", "T"}, send: " ", want: "200 POST /a GET; usable"},
	})
}

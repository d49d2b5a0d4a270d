package probe

import (
	"strings"
	"testing"
)

// TestPipelining sends requests without waiting for answers, which come in order.
func TestPipelining(t *testing.T) {
	s := attack(t, usualBudget, nil)
	bad := "GET /a HTTP/1.1\r\n\r\n"
	s.run(t, []exchange{
		{name: "100 requests", send: strings.Repeat(file+"\r\n", 100), want: strings.Repeat("200 (1000); ", 100) + "usable"},
		{name: "10,000 requests", send: strings.Repeat(get+"\r\n", 10_000), want: strings.Repeat("200 GET /a; ", 10_000) + "usable"},
		{name: "of all kinds", send: headFile + "\r\n" + chunked + "2\r\nok\r\n0\r\n\r\n" + file + "\r\n", methods: "HEAD", want: "200 (0); 200 POST /a ok; 200 (1000); usable"},
		{name: "behind a bad one", send: get + "\r\n" + bad + hidden, want: "200 GET /a; 400"},
		{name: "behind Connection: close", send: get + "Connection: close\r\n\r\n" + hidden, want: "200 GET /a"},
		{name: "behind Connection: close in a list", send: get + "Connection: x, close\r\n\r\n" + hidden, want: "200 GET /a"},
		{name: "cut in the middle", parts: []string{get + "\r\nGET /b HT", "TP/1.1\r\nHo"}, send: "st: {host}\r\n\r\n", want: "200 GET /a; 200 GET /b; usable"},
		{name: "half a request behind a whole one", send: get + "\r\n" + get, ending: thenHalfClose, want: "200 GET /a; 400"},
		{name: "behind a refused handshake", send: get + "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n" + hidden, want: "426; 200 GET /hidden; usable"},
	})
}

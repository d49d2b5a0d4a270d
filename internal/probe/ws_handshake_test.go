package probe

import (
	"strings"
	"testing"
)

// knock is a handshake: the lines that all have, and further ones.
func knock(lines ...string) string {
	return "GET / HTTP/1.1\r\nHost: {host}\r\n" + strings.Join(lines, "\r\n") + "\r\n\r\n"
}

const (
	upgrade    = "Upgrade: websocket"
	connection = "Connection: Upgrade"
	version    = "Sec-WebSocket-Version: 13"
	key        = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
)

// closeFrame is a masked close frame with 1000, which ends a client that got in.
const closeFrame = "\x88\x82\x00\x00\x00\x00\x03\xe8"

// TestHandshake sends handshakes that break a rule each, and a few odd ones that don't.
// Refused ones are answered like any request, and the connection lives on.
func TestHandshake(t *testing.T) {
	s := attack(t, usualBudget, nil)
	long := strings.Repeat("x", 30_000)
	for _, c := range []struct{ name, send, want string }{
		{"a good one", knock(upgrade, connection, version, key), "101"},
		{"names and values in capitals", knock("UPGRADE: WEBSOCKET", "CONNECTION: UPGRADE", "SEC-WEBSOCKET-VERSION: 13", key), "101"},
		{"Connection as a list", knock(upgrade, "Connection: keep-alive, Upgrade", version, key), "101"},
		{"Connection in two headers", knock(upgrade, "Connection: keep-alive", connection, version, key), "101"},
		{"Upgrade as a list", knock("Upgrade: h2c, websocket", connection, version, key), "101"},
		{"no Connection", knock(upgrade, version, key), "426"},
		{"Connection that only looks like it", knock(upgrade, "Connection: Upgraded", version, key), "426"},
		{"Connection: close", knock(upgrade, "Connection: close", version, key), "426 closed"},
		{"Upgrade that only looks like it", knock("Upgrade: websockets", connection, version, key), "200 (4)"},
		{"Upgrade with a version", knock("Upgrade: websocket/13", connection, version, key), "200 (4)"},
		{"no version", knock(upgrade, connection, key), "426"},
		{"version 12", knock(upgrade, connection, "Sec-WebSocket-Version: 12", key), "426"},
		{"version 013", knock(upgrade, connection, "Sec-WebSocket-Version: 013", key), "426"},
		{"versions as a list", knock(upgrade, connection, "Sec-WebSocket-Version: 13, 8", key), "426"},
		{"two versions", knock(upgrade, connection, version, "Sec-WebSocket-Version: 8", key), "426"},
		{"no key", knock(upgrade, connection, version), "400"},
		{"an empty key", knock(upgrade, connection, version, "Sec-WebSocket-Key:"), "400"},
		{"a key of 15 bytes", knock(upgrade, connection, version, "Sec-WebSocket-Key: MTIzNDU2Nzg5MDEyMzQ1"), "400"},
		{"a key of 17 bytes", knock(upgrade, connection, version, "Sec-WebSocket-Key: MTIzNDU2Nzg5MDEyMzQ1Njc="), "400"},
		{"a key that isn't base64", knock(upgrade, connection, version, "Sec-WebSocket-Key: !!!!!!!!!!!!!!!!!!!!!!=="), "400"},
		{"a key in URL-safe base64", knock(upgrade, connection, version, "Sec-WebSocket-Key: ----__________________=="), "400"},
		{"a key of 30 kB", knock(upgrade, connection, version, "Sec-WebSocket-Key: "+long), "400"},
		{"two keys", knock(upgrade, connection, version, key, key), "400"},
		{"POST", "POST" + knock(upgrade, connection, version, key)[3:], "405"},
		{"HTTP/1.0", strings.Replace(knock(upgrade, connection, version, key), "HTTP/1.1", "HTTP/1.0", 1), "505 closed"},
		{"a body", knock(upgrade, connection, version, key, "Content-Length: 5") + "hello", "400"},
		{"a chunked body", knock(upgrade, connection, version, key, "Transfer-Encoding: chunked") + "5\r\nhello\r\n0\r\n\r\n", "400"},
		{"an empty chunked body", knock(upgrade, connection, version, key, "Transfer-Encoding: chunked") + "0\r\n\r\n", "400"},
		{"a body of no bytes", knock(upgrade, connection, version, key, "Content-Length: 0"), "101"},
		{"no Host", strings.Replace(knock(upgrade, connection, version, key), "Host: {host}\r\n", "", 1), "400 closed"},
		{"two Hosts", knock("Host: {host}", upgrade, connection, version, key), "400 closed"},
		{"an Origin of this server", knock(upgrade, connection, version, key, "Origin: http://{host}"), "101"},
		{"a foreign Origin", knock(upgrade, connection, version, key, "Origin: http://evil.example"), "403"},
		{"an Origin that begins with this server", knock(upgrade, connection, version, key, "Origin: http://{host}.evil.example"), "403"},
		{"an Origin with this server as its user", knock(upgrade, connection, version, key, "Origin: http://{host}@evil.example"), "403"},
		{"an Origin on another port", knock(upgrade, connection, version, key, "Origin: http://127.0.0.1:1"), "403"},
		{"Origin null", knock(upgrade, connection, version, key, "Origin: null"), "403"},
		{"two Origins", knock(upgrade, connection, version, key, "Origin: http://{host}", "Origin: http://evil.example"), "400"},
		{"an unknown subprotocol", knock(upgrade, connection, version, key, "Sec-WebSocket-Protocol: chat"), "101"},
		{"a subprotocol that is no token", knock(upgrade, connection, version, key, "Sec-WebSocket-Protocol: a b"), "400"},
		{"a subprotocol that splits the answer", knock(upgrade, connection, version, key, "Sec-WebSocket-Protocol: viser-v1\rX: y"), "400 closed"},
		{"3,000 subprotocols", knock(upgrade, connection, version, key, "Sec-WebSocket-Protocol: "+strings.Repeat("a,", 3000)), "101"},
		{"a subprotocol of 30 kB", knock(upgrade, connection, version, key, "Sec-WebSocket-Protocol: viser-v"+long), "101 viser"},
		{"extensions", knock(upgrade, connection, version, key, "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"), "101"},
		{"extensions of 30 kB", knock(upgrade, connection, version, key, "Sec-WebSocket-Extensions: "+long), "101"},
		{"a path of 30 kB", strings.Replace(knock(upgrade, connection, version, key), "/", "/"+long, 1), "101"},
		{"cookies of 30 kB", knock(upgrade, connection, version, key, "Cookie: "+long), "101"},
		{"headers over the limit", knock(upgrade, connection, version, key, "Cookie: "+strings.Repeat("x", 128<<10)), "431 closed"},
	} {
		t.Run(c.name, func(t *testing.T) { s.tryHandshake(t, c.send, c.want) })
	}
}

// tryHandshake expects an answer: 101 is followed by nothing but frames, other codes by
// the answer to a further request, unless the connection is closed.
func (s *subject) tryHandshake(t *testing.T, send, want string) {
	t.Helper()
	behind := after
	if strings.HasPrefix(want, "101") {
		behind = closeFrame
	}
	raw, _ := s.talk(t, exchange{send: send + behind, ending: thenWait})
	if !strings.HasPrefix(want, "101") {
		want, closed := strings.CutSuffix(want, " closed")
		if !closed {
			want += "; usable"
		}
		if got, _ := transcript(raw, ""); got != want {
			t.Errorf("got %s, want %s: %.300q", got, want, raw)
		}
		return
	}
	head, frames, _ := strings.Cut(string(raw), "\r\n\r\n")
	wantProtocol := strings.HasSuffix(want, "viser")
	switch {
	case !strings.HasPrefix(head, "HTTP/1.1 101 ") || !strings.Contains(head, "\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="):
		t.Errorf("not a 101 with the right accept key: %.300q", raw)
	case strings.Contains(head, "Sec-WebSocket-Extensions"):
		t.Errorf("an extension was agreed on: %q", head)
	case strings.Contains(head, "\r\nSec-WebSocket-Protocol: ") != wantProtocol:
		t.Errorf("subprotocol agreed on: %v, want %v: %.300q", !wantProtocol, wantProtocol, head)
	case !strings.HasSuffix(frames, "\x88\x02\x03\xe8"):
		t.Errorf("no close frame with 1000 at the end: %q", frames)
	}
}

// TestBehindAHandshake sends more than the handshake in one go.
func TestBehindAHandshake(t *testing.T) {
	s := attack(t, usualBudget, nil)
	good := knock(upgrade, connection, version, key)
	ping := "\x89\x81\x00\x00\x00\x00p"
	pong := "\x8a\x01p"
	fault := frame(more, true, "")
	for _, c := range []struct {
		name, send string
		answers    int // of HTTP
		frames     string
	}{
		{"a frame", good + closeFrame, 1, "\x88\x02\x03\xe8"},
		{"a frame and a fault", good + ping + fault, 1, pong + "\x88\x1c\x03\xeacontinuation of no message"},
		{"a request is not answered as HTTP", good + hidden, 1, "\x88\x13\x03\xeareserved bits set"},
		{"a request before it is answered", get + "\r\n" + good + closeFrame, 2, "\x88\x02\x03\xe8"},
		{"a second handshake is a fault", good + good, 1, "\x88\x13\x03\xeareserved bits set"},
	} {
		t.Run(c.name, func(t *testing.T) {
			raw, _ := s.talk(t, exchange{send: c.send, ending: thenWait})
			if n := strings.Count(string(raw), "HTTP/1.1"); n != c.answers {
				t.Errorf("%d answers instead of %d: %.400q", n, c.answers, raw)
			}
			frames := string(raw[strings.LastIndex(string(raw), "\r\n\r\n")+4:])
			if got := withoutWindows(frames); got != c.frames {
				t.Errorf("got %q, want %q", got, c.frames)
			}
		})
	}
}

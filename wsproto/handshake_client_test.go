package wsproto

import (
	"bufio"
	"bytes"
	"errors"
	"maps"
	"net/http"
	"net/textproto"
	"slices"
	"strings"
	"testing"
)

func TestClientHandshakeIsAcceptedByServer(t *testing.T) {
	key := ClientKey([16]byte([]byte("the sample nonce")))
	if key != sampleKey {
		t.Fatalf("key %q", key)
	}
	b := AppendClientHandshake(nil, "localhost:8080", "/room?x=1", key, []string{"a", "b"},
		map[string][]string{"Origin": {"http://localhost"}, "Cookie": {"c=1\r\nd: 2"}})
	r, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(b)))
	if err != nil {
		t.Fatalf("%q: %v", b, err)
	}
	h, err := CheckHandshake(HandshakeRequest{r.Method, r.ProtoMajor, r.ProtoMinor, r.Host, r.Header, r.ContentLength != 0})
	if err != nil || h.Key != key || h.Origin != "http://localhost" || !slices.Equal(h.Subprotocols, []string{"a", "b"}) {
		t.Errorf("got %+v, %v", h, err)
	}
	if r.RequestURI != "/room?x=1" || r.Header.Get("Cookie") != "c=1  d: 2" {
		t.Errorf("request for %q with %q", r.RequestURI, r.Header)
	}
	if root := string(AppendClientHandshake(nil, "h", "", key, nil, nil)); !strings.HasPrefix(root, "GET / HTTP/1.1\r\n") {
		t.Errorf("empty path: %q", root)
	}
}

func TestCheckSwitchingProtocols(t *testing.T) {
	set := func(name string, values ...string) func(map[string][]string) {
		return func(h map[string][]string) { h[name] = values }
	}
	tests := []struct {
		name   string
		status int
		change func(map[string][]string)
		want   string // subprotocol
		reason string // "" = accepted
	}{
		{"plain", 101, set("X"), "", ""},
		{"offered subprotocol", 101, set("Sec-Websocket-Protocol", "b"), "b", ""},
		{"refused", 403, set("X"), "", "the server answered 403"},
		{"no Upgrade", 101, set("Upgrade"), "", "no Upgrade header that names websocket"},
		{"no Connection", 101, set("Connection", "close"), "", "no Connection header that names Upgrade"},
		{"no accept key", 101, set("Sec-Websocket-Accept"), "", "Sec-WebSocket-Accept doesn't match the key"},
		{"wrong accept key", 101, set("Sec-Websocket-Accept", sampleKey), "", "Sec-WebSocket-Accept doesn't match the key"},
		{"extension", 101, set("Sec-Websocket-Extensions", "permessage-deflate"), "", "an extension that was not offered"},
		{"other subprotocol", 101, set("Sec-Websocket-Protocol", "c"), "", "a subprotocol that was not offered"},
		{"two subprotocols", 101, set("Sec-Websocket-Protocol", "a", "b"), "", "a subprotocol that was not offered"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			header := map[string][]string{"Upgrade": {"websocket"}, "Connection": {"upgrade"}, "Sec-Websocket-Accept": {sampleAccept}}
			tt.change(header)
			got, err := CheckSwitchingProtocols(tt.status, header, sampleKey, []string{"a", "b"})
			var he *HandshakeError
			switch {
			case tt.reason == "" && (err != nil || got != tt.want):
				t.Errorf("got %q, %v", got, err)
			case tt.reason != "" && (!errors.As(err, &he) || he.Reason != tt.reason || he.Status != tt.status):
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestReadResponseHead(t *testing.T) {
	in := string(AppendSwitchingProtocols(nil, sampleKey, "b")) + "\x82\x00"
	for n := range len(in) - 2 {
		if _, used, err := ReadResponseHead([]byte(in[:n]), 1000); used != 0 || err != nil {
			t.Fatalf("after %d bytes: %d, %v", n, used, err)
		}
	}
	head, n, err := ReadResponseHead([]byte(in), 1000)
	if err != nil || in[n:] != "\x82\x00" {
		t.Fatalf("took %d of %d, %v", n, len(in), err)
	}
	if got, err := CheckSwitchingProtocols(head.Status, head.Header, sampleKey, []string{"b"}); got != "b" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestReadResponseHeadErrors(t *testing.T) {
	tests := []struct {
		name, in string
		want     error
	}{
		{"over the limit", strings.Repeat("a", 100), ErrHeadTooLarge},
		{"ends over the limit", "HTTP/1.1 101 x\r\nA: " + strings.Repeat("a", 80) + "\r\n\r\n", ErrHeadTooLarge},
		{"not HTTP", "SSH-2.0-OpenSSH\r\n\r\n", ErrHeadInvalid},
		{"HTTP/2", "HTTP/2.0 200 OK\r\n\r\n", ErrHeadInvalid},
		{"no status", "HTTP/1.1\r\n\r\n", ErrHeadInvalid},
		{"status not a number", "HTTP/1.1 2x0 OK\r\n\r\n", ErrHeadInvalid},
		{"negative status", "HTTP/1.1 -10 OK\r\n\r\n", ErrHeadInvalid},
		{"line without a colon", "HTTP/1.1 200 OK\r\nabc\r\n\r\n", ErrHeadInvalid},
		{"space in a name", "HTTP/1.1 200 OK\r\na b: c\r\n\r\n", ErrHeadInvalid},
	}
	for _, tt := range tests {
		if _, n, err := ReadResponseHead([]byte(tt.in), 100); !errors.Is(err, tt.want) || n != 0 {
			t.Errorf("%s: %d, %v", tt.name, n, err)
		}
	}
}

// FuzzReadResponseHead compares with net/http where both accept.
func FuzzReadResponseHead(f *testing.F) {
	f.Add(AppendSwitchingProtocols(nil, sampleKey, "b"))
	f.Add([]byte("HTTP/1.0 404 Not Found\r\nx-y:  z \r\nX-Y: 2\r\n\r\nbody"))
	f.Add([]byte("HTTP/1.1 200\r\n\r\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		head, n, err := ReadResponseHead(b, 4096)
		if err != nil || n == 0 {
			return
		}
		if head.Status < 100 || head.Status > 999 || n > len(b) {
			t.Fatalf("status %d, %d of %d bytes", head.Status, n, len(b))
		}
		want, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(b[:n])), nil)
		if err != nil {
			return
		}
		if want.StatusCode != head.Status {
			t.Fatalf("status %d, net/http says %d", head.Status, want.StatusCode)
		}
		for name := range maps.Keys(head.Header) {
			if name != textproto.CanonicalMIMEHeaderKey(name) {
				t.Fatalf("name %q is not canonical", name)
			}
		}
	})
}

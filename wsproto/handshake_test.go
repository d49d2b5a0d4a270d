package wsproto

import (
	"errors"
	"maps"
	"slices"
	"testing"
)

// sampleKey and sampleAccept are the example of RFC 6455 section 1.3.
const (
	sampleKey    = "dGhlIHNhbXBsZSBub25jZQ=="
	sampleAccept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
)

// goodRequest is a valid request, for tests to break.
func goodRequest() HandshakeRequest {
	return HandshakeRequest{
		Method: "GET", ProtoMajor: 1, ProtoMinor: 1, Host: "localhost:8080",
		Header: map[string][]string{
			"Upgrade":               {"websocket"},
			"Connection":            {"Upgrade"},
			"Sec-Websocket-Key":     {sampleKey},
			"Sec-Websocket-Version": {"13"},
		},
	}
}

func TestCheckHandshakeAccepts(t *testing.T) {
	set := func(name string, values ...string) func(*HandshakeRequest) {
		return func(r *HandshakeRequest) { r.Header[name] = values }
	}
	tests := []struct {
		name   string
		change func(*HandshakeRequest)
		want   Handshake
	}{
		{"the plain request", func(*HandshakeRequest) {}, Handshake{}},
		{"HTTP/1.2", func(r *HandshakeRequest) { r.ProtoMinor = 2 }, Handshake{}},
		{"Upgrade in another case, in a list", set("Upgrade", "h2c , WebSocket"), Handshake{}},
		{"Connection over several lines", set("Connection", "keep-alive", "x,\tUPGRADE"), Handshake{}},
		{"one Origin", set("Origin", "http://localhost"), Handshake{Origin: "http://localhost"}},
		{"subprotocols over several lines", set("Sec-Websocket-Protocol", "viser-v1.0.21,,b", " c "), Handshake{Subprotocols: []string{"viser-v1.0.21", "b", "c"}}},
		{"extensions are not looked at", set("Sec-Websocket-Extensions", "permessage-deflate; x"), Handshake{}},
		{"empty body", set("Content-Length", "0"), Handshake{}},
		{"Host in the header", func(r *HandshakeRequest) { r.Host, r.Header["Host"] = "", []string{"h"} }, Handshake{}},
		{"Host in both places", set("Host", "localhost:8080"), Handshake{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := goodRequest()
			tt.change(&r)
			got, err := CheckHandshake(r)
			if err != nil || got.Key != sampleKey || got.Origin != tt.want.Origin || !slices.Equal(got.Subprotocols, tt.want.Subprotocols) {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

func TestCheckHandshakeRefuses(t *testing.T) {
	set := func(name string, values ...string) func(*HandshakeRequest) {
		return func(r *HandshakeRequest) { r.Header[name] = values }
	}
	tests := []struct {
		name   string
		change func(*HandshakeRequest)
		status int
		reason string
	}{
		{"POST", func(r *HandshakeRequest) { r.Method = "POST" }, 405, "the method must be GET"},
		{"HTTP/1.0", func(r *HandshakeRequest) { r.ProtoMinor = 0 }, 505, "HTTP/1.1 is needed"},
		{"HTTP/2", func(r *HandshakeRequest) { r.ProtoMajor, r.ProtoMinor = 2, 0 }, 505, "HTTP/1.1 is needed"},
		{"no Host", func(r *HandshakeRequest) { r.Host = "" }, 400, "no Host header"},
		{"empty Host", func(r *HandshakeRequest) { r.Host, r.Header["Host"] = "", []string{""} }, 400, "no Host header"},
		{"two Hosts", set("Host", "a", "a"), 400, "more than one Host header"},
		{"two different Hosts", set("Host", "other"), 400, "more than one Host header"},
		{"a body", set("Content-Length", "5"), 400, "the request has a body"},
		{"a chunked body", set("Transfer-Encoding", "chunked"), 400, "the request has a body"},
		{"a body that no header tells of", func(r *HandshakeRequest) { r.HasBody = true }, 400, "the request has a body"},
		{"no Upgrade", set("Upgrade"), 426, "no Upgrade header that names websocket"},
		{"Upgrade to something else", set("Upgrade", "websockets"), 426, "no Upgrade header that names websocket"},
		{"no Connection", set("Connection"), 426, "no Connection header that names Upgrade"},
		{"Connection: keep-alive", set("Connection", "keep-alive"), 426, "no Connection header that names Upgrade"},
		{"no version", set("Sec-Websocket-Version"), 426, "Sec-WebSocket-Version must be 13"},
		{"version 8", set("Sec-Websocket-Version", "8"), 426, "Sec-WebSocket-Version must be 13"},
		{"two versions", set("Sec-Websocket-Version", "13", "13"), 426, "Sec-WebSocket-Version must be 13"},
		{"no key", set("Sec-Websocket-Key"), 400, "no Sec-WebSocket-Key header"},
		{"two keys", set("Sec-Websocket-Key", sampleKey, sampleKey), 400, "more than one Sec-WebSocket-Key header"},
		{"key of 15 bytes", set("Sec-Websocket-Key", "dGhlIHNhbXBsZSBub25j"), 400, "Sec-WebSocket-Key is not the base64 of 16 bytes"},
		{"key of 17 bytes", set("Sec-Websocket-Key", "dGhlIHNhbXBsZSBub25jZWU="), 400, "Sec-WebSocket-Key is not the base64 of 16 bytes"},
		{"key not base64", set("Sec-Websocket-Key", "dGhlIHNhbXBs!SBub25jZQ=="), 400, "Sec-WebSocket-Key is not the base64 of 16 bytes"},
		{"key with a line break", set("Sec-Websocket-Key", "dGhlIHNhbXBsZSBub25j\r\n=="), 400, "Sec-WebSocket-Key is not the base64 of 16 bytes"},
		{"two Origins", set("Origin", "a", "b"), 400, "more than one Origin header"},
		{"subprotocol not a token", set("Sec-Websocket-Protocol", "a\r\nX: y"), 400, "Sec-WebSocket-Protocol is not a list of tokens"},
		{"subprotocol with a space", set("Sec-Websocket-Protocol", "a b"), 400, "Sec-WebSocket-Protocol is not a list of tokens"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := goodRequest()
			tt.change(&r)
			_, err := CheckHandshake(r)
			var he *HandshakeError
			if !errors.As(err, &he) || he.Status != tt.status || err.Error() != "websocket handshake: "+tt.reason {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestHandshakeErrorsSayWhatToSend(t *testing.T) {
	tests := []struct {
		name   string
		change func(*HandshakeRequest)
		want   map[string]string
	}{
		{"method", func(r *HandshakeRequest) { r.Method = "PUT" }, map[string]string{"Allow": "GET"}},
		{
			"version", func(r *HandshakeRequest) { r.Header["Sec-Websocket-Version"] = []string{"7"} },
			map[string]string{"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"},
		},
		{"key", func(r *HandshakeRequest) { r.Header["Sec-Websocket-Key"] = nil }, nil},
	}
	for _, tt := range tests {
		r := goodRequest()
		tt.change(&r)
		_, err := CheckHandshake(r)
		var he *HandshakeError
		if !errors.As(err, &he) || !maps.Equal(he.Header, tt.want) {
			t.Errorf("%s: got %+v", tt.name, he)
		}
	}
}

func TestIsUpgrade(t *testing.T) {
	for _, tt := range []struct {
		upgrade []string
		want    bool
	}{
		{nil, false},
		{[]string{"h2c"}, false},
		{[]string{"WebSocket"}, true},
		{[]string{"h2c", "foo, websocket"}, true},
	} {
		if got := IsUpgrade(map[string][]string{"Upgrade": tt.upgrade}); got != tt.want {
			t.Errorf("%q: got %v", tt.upgrade, got)
		}
	}
}

func TestAppendSwitchingProtocols(t *testing.T) {
	const head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " + sampleAccept + "\r\n"
	for subprotocol, want := range map[string]string{
		"":              head + "\r\n",
		"viser-v1.0.21": head + "Sec-WebSocket-Protocol: viser-v1.0.21\r\n\r\n",
		"a\r\nX: y":     head + "Sec-WebSocket-Protocol: a  X: y\r\n\r\n",
	} {
		if got := string(AppendSwitchingProtocols(nil, sampleKey, subprotocol)); got != want {
			t.Errorf("%q: got %q", subprotocol, got)
		}
	}
}

func FuzzHandshake(f *testing.F) {
	f.Add("GET", "localhost", "websocket", "Upgrade", sampleKey, "13", "viser-v1.0.21, b", "http://localhost", 1)
	f.Add("GET", "h", "h2c, WebSocket", "keep-alive, Upgrade", sampleKey, "8", ",,", "", 0)
	f.Add("POST", "", "", "", "", "", "a b", "null", 2)
	f.Fuzz(func(t *testing.T, method, host, upgrade, connection, key, version, protocols, origin string, minor int) {
		h, err := CheckHandshake(HandshakeRequest{
			Method: method, ProtoMajor: 1, ProtoMinor: minor, Host: host,
			Header: map[string][]string{
				"Upgrade": {upgrade}, "Connection": {connection}, "Sec-Websocket-Key": {key},
				"Sec-Websocket-Version": {version}, "Sec-Websocket-Protocol": {protocols}, "Origin": {origin},
			},
		})
		if err != nil {
			var he *HandshakeError
			if !errors.As(err, &he) || !slices.Contains([]int{400, 405, 426, 505}, he.Status) || he.Reason == "" {
				t.Fatalf("error %#v", err)
			}
			return
		}
		for _, subprotocol := range append(h.Subprotocols, "") {
			b := AppendSwitchingProtocols(nil, h.Key, subprotocol)
			head, n, err := ReadResponseHead(b, len(b)+1)
			if err != nil || n != len(b) {
				t.Fatalf("response %q: read %d bytes, %v", b, n, err)
			}
			if got, err := CheckSwitchingProtocols(head.Status, head.Header, key, h.Subprotocols); err != nil || got != subprotocol {
				t.Fatalf("response %q: subprotocol %q, %v", b, got, err)
			}
		}
	})
}

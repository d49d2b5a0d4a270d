package wsproto

import (
	"bytes"
	"encoding/base64"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// ClientKey returns the Sec-WebSocket-Key for a nonce, which must be fresh and
// random for each connection (RFC 6455 section 4.1, item 7).
func ClientKey(nonce [16]byte) string { return base64.StdEncoding.EncodeToString(nonce[:]) }

// AppendClientHandshake appends a client's whole request. path may carry a
// query, and "" is "/". key comes from ClientKey. header holds further fields,
// which are written in order of their names.
func AppendClientHandshake(dst []byte, host, path, key string, subprotocols []string, header map[string][]string) []byte {
	if path == "" {
		path = "/"
	}
	dst = append(append(append(dst, "GET "...), path...), " HTTP/1.1\r\n"...)
	dst = appendField(dst, "Host", host)
	dst = append(dst, "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"...)
	dst = appendField(dst, "Sec-WebSocket-Key", key)
	if len(subprotocols) > 0 {
		dst = appendField(dst, "Sec-WebSocket-Protocol", strings.Join(subprotocols, ", "))
	}
	for _, name := range slices.Sorted(maps.Keys(header)) {
		for _, value := range header[name] {
			dst = appendField(dst, name, value)
		}
	}
	return append(dst, "\r\n"...)
}

// CheckSwitchingProtocols checks the response to AppendClientHandshake (RFC
// 6455 section 4.1) and returns the subprotocol that the server chose, "" if
// none. header has its names in the canonical form of net/http, offered is what
// the request offered. The error is a *HandshakeError.
func CheckSwitchingProtocols(status int, header map[string][]string, key string, offered []string) (subprotocol string, err error) {
	refuse := func(reason string) (string, error) {
		return "", &HandshakeError{Status: status, Reason: reason}
	}
	chosen := header[headerProtocol]
	switch {
	case status != statusSwitchingProtocols:
		return refuse("the server answered " + strconv.Itoa(status))
	case !hasToken(header[headerUpgrade], "websocket"):
		return refuse("no Upgrade header that names websocket")
	case !hasToken(header[headerConnection], "upgrade"):
		return refuse("no Connection header that names Upgrade")
	case len(header[headerAccept]) != 1 || header[headerAccept][0] != AcceptKey(key):
		return refuse("Sec-WebSocket-Accept doesn't match the key")
	case len(header[headerExtensions]) > 0:
		return refuse("an extension that was not offered")
	case len(chosen) == 0:
		return "", nil
	case len(chosen) > 1 || !slices.Contains(offered, chosen[0]):
		return refuse("a subprotocol that was not offered")
	}
	return chosen[0], nil
}

// Errors of ReadResponseHead.
var (
	ErrHeadTooLarge = errors.New("websocket handshake: response head over the limit")
	ErrHeadInvalid  = errors.New("websocket handshake: response head is not HTTP/1.x")
)

// ResponseHead is the start of an HTTP response.
type ResponseHead struct {
	Status int
	Header map[string][]string // names in the canonical form of net/http
}

// ReadResponseHead reads the head of an HTTP/1.x response at the start of b,
// for clients that have no net/http. n is its size, after which frames may
// follow in b; 0 with no error means that b doesn't hold all of it yet. A head
// over maxBytes is ErrHeadTooLarge.
func ReadResponseHead(b []byte, maxBytes int) (head ResponseHead, n int, err error) {
	end := bytes.Index(b[:min(len(b), maxBytes)], []byte("\r\n\r\n"))
	if end < 0 {
		if len(b) >= maxBytes {
			return ResponseHead{}, 0, ErrHeadTooLarge
		}
		return ResponseHead{}, 0, nil
	}
	first, rest, _ := strings.Cut(string(b[:end]), "\r\n")
	if head.Status, err = parseStatusLine(first); err != nil {
		return ResponseHead{}, 0, err
	}
	if head.Header, err = parseFields(rest); err != nil {
		return ResponseHead{}, 0, err
	}
	return head, end + len("\r\n\r\n"), nil
}

// parseStatusLine reads "HTTP/1.1 101 Switching Protocols".
func parseStatusLine(line string) (status int, err error) {
	version, rest, _ := strings.Cut(line, " ")
	if len(version) != len("HTTP/1.1") || !strings.HasPrefix(version, "HTTP/1.") {
		return 0, ErrHeadInvalid
	}
	code, _, _ := strings.Cut(rest, " ")
	status, err = strconv.Atoi(code)
	if err != nil || len(code) != 3 || status < 100 {
		return 0, ErrHeadInvalid
	}
	return status, nil
}

// parseFields reads header lines, without their end.
func parseFields(lines string) (map[string][]string, error) {
	header := make(map[string][]string)
	if lines == "" {
		return header, nil
	}
	for line := range strings.SplitSeq(lines, "\r\n") {
		name, value, found := strings.Cut(line, ":")
		if !found || !isToken(name) || strings.ContainsAny(value, "\r\n\x00") {
			return nil, ErrHeadInvalid
		}
		name = canonicalName(name)
		header[name] = append(header[name], trimSpace(value))
	}
	return header, nil
}

// canonicalName writes a token as net/http does: "Sec-Websocket-Key".
func canonicalName(token string) string {
	name := []byte(strings.ToLower(token))
	start := true
	for i, c := range name {
		if start && 'a' <= c && c <= 'z' {
			name[i] = c - 'a' + 'A'
		}
		start = c == '-'
	}
	return string(name)
}

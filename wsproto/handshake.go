package wsproto

import (
	"crypto/sha1"
	"encoding/base64"
	"strings"
)

// Header names in the canonical form of net/http, which is how they are found
// in a request's header.
const (
	headerHost       = "Host"
	headerUpgrade    = "Upgrade"
	headerConnection = "Connection"
	headerOrigin     = "Origin"
	headerLength     = "Content-Length"
	headerTransfer   = "Transfer-Encoding"
	headerKey        = "Sec-Websocket-Key"
	headerVersion    = "Sec-Websocket-Version"
	headerProtocol   = "Sec-Websocket-Protocol"
	headerExtensions = "Sec-Websocket-Extensions"
	headerAccept     = "Sec-Websocket-Accept"
)

const (
	protocolVersion = "13"
	// acceptGUID is fixed by RFC 6455 section 1.3.
	acceptGUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
	keyBytes   = 16 // of the nonce inside Sec-WebSocket-Key
	keyLength  = 24 // of its base64
)

// Statuses of refused handshakes.
const (
	statusSwitchingProtocols      = 101
	statusBadRequest              = 400
	statusMethodNotAllowed        = 405
	statusUpgradeRequired         = 426
	statusHTTPVersionNotSupported = 505
)

// HandshakeRequest is what CheckHandshake looks at in an HTTP request.
type HandshakeRequest struct {
	Method     string
	ProtoMajor int
	ProtoMinor int
	// Host is the value of the Host header, which net/http keeps apart. If
	// Header has one too, both must say the same.
	Host string
	// Header has its names in the canonical form of net/http.
	Header map[string][]string
	// HasBody says that a body follows or may follow. net/http takes
	// Transfer-Encoding out of the headers, so they alone don't tell.
	HasBody bool
}

// Handshake is what a valid request asks for.
type Handshake struct {
	Key          string   // Sec-WebSocket-Key, for AppendSwitchingProtocols
	Subprotocols []string // in the client's order of preference
	Origin       string   // "" if the client sent none
}

// HandshakeError says why a handshake failed. On the server Status, Reason and
// Header make up the answer. On the client Status is the one received.
type HandshakeError struct {
	Status int // HTTP status
	Reason string
	Header map[string]string // to send beside the status; nil mostly
}

// Error returns the reason.
func (e *HandshakeError) Error() string { return "websocket handshake: " + e.Reason }

// IsUpgrade reports whether a request asks for a WebSocket at all. Whether it
// does so correctly is for CheckHandshake to say.
func IsUpgrade(header map[string][]string) bool {
	return hasToken(header[headerUpgrade], "websocket")
}

// CheckHandshake checks a client's opening handshake (RFC 6455 section 4.2.1).
// Whether the origin, the host and the path are welcome is for the caller to
// decide. The error is a *HandshakeError with status 400, 405, 426 or 505.
func CheckHandshake(r HandshakeRequest) (Handshake, error) {
	for _, check := range requestChecks {
		if err := check(&r); err != nil {
			return Handshake{}, err
		}
	}
	subprotocols, err := offeredSubprotocols(r.Header[headerProtocol])
	if err != nil {
		return Handshake{}, err
	}
	h := Handshake{Key: r.Header[headerKey][0], Subprotocols: subprotocols}
	if origin := r.Header[headerOrigin]; len(origin) == 1 {
		h.Origin = origin[0]
	}
	return h, nil
}

// requestChecks run in this order; the first fault is the answer.
var requestChecks = [...]func(*HandshakeRequest) error{
	checkRequestLine, checkHost, checkBody, checkUpgrade, checkVersion, checkKey, checkOrigin,
}

func checkRequestLine(r *HandshakeRequest) error {
	if r.ProtoMajor != 1 || r.ProtoMinor < 1 {
		return &HandshakeError{Status: statusHTTPVersionNotSupported, Reason: "HTTP/1.1 is needed"}
	}
	if r.Method != "GET" {
		return &HandshakeError{
			Status: statusMethodNotAllowed, Reason: "the method must be GET",
			Header: map[string]string{"Allow": "GET"},
		}
	}
	return nil
}

func checkHost(r *HandshakeRequest) error {
	lines := r.Header[headerHost]
	switch {
	case len(lines) > 1, len(lines) == 1 && r.Host != "" && lines[0] != r.Host:
		return badRequest("more than one Host header")
	case r.Host == "" && (len(lines) == 0 || lines[0] == ""):
		return badRequest("no Host header")
	}
	return nil
}

// checkBody refuses a body, since its bytes would be read as frames.
func checkBody(r *HandshakeRequest) error {
	for _, v := range r.Header[headerLength] {
		if v != "0" {
			return badRequest("the request has a body")
		}
	}
	if r.HasBody || len(r.Header[headerTransfer]) > 0 {
		return badRequest("the request has a body")
	}
	return nil
}

func checkUpgrade(r *HandshakeRequest) error {
	if !IsUpgrade(r.Header) {
		return upgradeRequired("no Upgrade header that names websocket")
	}
	if !hasToken(r.Header[headerConnection], "upgrade") {
		return upgradeRequired("no Connection header that names Upgrade")
	}
	return nil
}

func checkVersion(r *HandshakeRequest) error {
	if v := r.Header[headerVersion]; len(v) != 1 || v[0] != protocolVersion {
		return upgradeRequired("Sec-WebSocket-Version must be 13")
	}
	return nil
}

func checkKey(r *HandshakeRequest) error {
	switch keys := r.Header[headerKey]; {
	case len(keys) == 0:
		return badRequest("no Sec-WebSocket-Key header")
	case len(keys) > 1:
		return badRequest("more than one Sec-WebSocket-Key header")
	case !validKey(keys[0]):
		return badRequest("Sec-WebSocket-Key is not the base64 of 16 bytes")
	}
	return nil
}

func checkOrigin(r *HandshakeRequest) error {
	if len(r.Header[headerOrigin]) > 1 {
		return badRequest("more than one Origin header")
	}
	return nil
}

func badRequest(reason string) error {
	return &HandshakeError{Status: statusBadRequest, Reason: reason}
}

// upgradeRequired says what the client should have sent (RFC 6455 section 4.4,
// RFC 9110 section 15.5.22).
func upgradeRequired(reason string) error {
	return &HandshakeError{
		Status: statusUpgradeRequired, Reason: reason,
		Header: map[string]string{
			"Connection": "Upgrade", "Upgrade": "websocket",
			"Sec-WebSocket-Version": protocolVersion,
		},
	}
}

func validKey(key string) bool {
	if len(key) != keyLength {
		return false
	}
	var nonce [keyLength]byte
	n, err := base64.StdEncoding.Decode(nonce[:], []byte(key))
	return err == nil && n == keyBytes
}

// offeredSubprotocols returns the elements of the lists in lines. Each must be
// a token, so that one can be echoed as it is.
func offeredSubprotocols(lines []string) ([]string, error) {
	var offered []string
	for _, line := range lines {
		for element := range strings.SplitSeq(line, ",") {
			element = trimSpace(element)
			if element == "" { // RFC 9110 section 5.6.1: to be ignored
				continue
			}
			if !isToken(element) {
				return nil, badRequest("Sec-WebSocket-Protocol is not a list of tokens")
			}
			offered = append(offered, element)
		}
	}
	return offered, nil
}

// hasToken reports whether one of the comma separated lists in lines holds
// token, which is in lower case; the comparison ignores case.
func hasToken(lines []string, token string) bool {
	for _, line := range lines {
		for element := range strings.SplitSeq(line, ",") {
			if strings.EqualFold(trimSpace(element), token) {
				return true
			}
		}
	}
	return false
}

// trimSpace trims what RFC 9110 section 5.6.3 calls optional whitespace.
func trimSpace(s string) string { return strings.Trim(s, " \t") }

// isToken reports whether s is a token of RFC 9110 section 5.6.2.
func isToken(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c <= ' ' || c >= 0x7f || strings.IndexByte(`"(),/:;<=>?@[\]{}`, c) >= 0 {
			return false
		}
	}
	return s != ""
}

// AcceptKey returns the Sec-WebSocket-Accept that answers a key (RFC 6455
// section 4.2.2, item 5.4).
func AcceptKey(key string) string {
	sum := sha1.Sum([]byte(key + acceptGUID))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// AppendSwitchingProtocols appends the whole 101 response. subprotocol is one
// that the client offered, or "" for none.
func AppendSwitchingProtocols(dst []byte, key, subprotocol string) []byte {
	dst = append(dst, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"...)
	dst = appendField(dst, "Sec-WebSocket-Accept", AcceptKey(key))
	if subprotocol != "" {
		dst = appendField(dst, "Sec-WebSocket-Protocol", subprotocol)
	}
	return append(dst, "\r\n"...)
}

// appendField appends a header line. Line breaks in the value become spaces, so
// that no value can add a line of its own.
func appendField(dst []byte, name, value string) []byte {
	dst = append(append(dst, name...), ": "...)
	for i := range len(value) {
		c := value[i]
		if c == '\r' || c == '\n' {
			c = ' '
		}
		dst = append(dst, c)
	}
	return append(dst, "\r\n"...)
}

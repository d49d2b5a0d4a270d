package wsproto

import (
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf8"
)

// CloseCode says why a connection ended (RFC 6455 section 7.4).
type CloseCode uint16

// The codes of RFC 6455 section 7.4.1 and of the IANA registry that it founded.
const (
	CloseNormal             CloseCode = 1000 // the purpose is fulfilled
	CloseGoingAway          CloseCode = 1001 // the server shuts down, the page is left
	CloseProtocolError      CloseCode = 1002 // the peer broke RFC 6455
	CloseUnsupportedData    CloseCode = 1003 // a kind of data that this endpoint doesn't take
	CloseNoStatus           CloseCode = 1005 // never sent: the close frame had no code
	CloseAbnormal           CloseCode = 1006 // never sent: there was no close frame
	CloseInvalidPayload     CloseCode = 1007 // text that is not UTF-8
	ClosePolicyViolation    CloseCode = 1008 // a message against the endpoint's policy
	CloseMessageTooBig      CloseCode = 1009 // a message over the endpoint's limit
	CloseMandatoryExtension CloseCode = 1010 // client only: the server lacks an extension
	CloseInternalError      CloseCode = 1011 // the server met an unexpected condition
	CloseServiceRestart     CloseCode = 1012 // IANA: the server restarts, reconnect
	CloseTryAgainLater      CloseCode = 1013 // IANA: overload, reconnect later
	CloseBadGateway         CloseCode = 1014 // IANA: a gateway got a bad answer upstream
	CloseTLSHandshake       CloseCode = 1015 // never sent: TLS failed
)

// Codes of Scenewire's own, for pages, which don't see the status of a handshake that
// is refused. They are like the statuses 401 and 403 of HTTP.
const (
	CloseUnauthorized CloseCode = 4401 // the client must say first who it is
	CloseForbidden    CloseCode = 4403 // the client may not come in
)

var closeCodeNames = map[CloseCode]string{
	CloseNormal:             "normal closure",
	CloseGoingAway:          "going away",
	CloseProtocolError:      "protocol error",
	CloseUnsupportedData:    "unsupported data",
	CloseNoStatus:           "no status",
	CloseAbnormal:           "abnormal closure",
	CloseInvalidPayload:     "invalid payload",
	ClosePolicyViolation:    "policy violation",
	CloseMessageTooBig:      "message too big",
	CloseMandatoryExtension: "mandatory extension",
	CloseInternalError:      "internal error",
	CloseServiceRestart:     "service restart",
	CloseTryAgainLater:      "try again later",
	CloseBadGateway:         "bad gateway",
	CloseTLSHandshake:       "TLS handshake",
	CloseUnauthorized:       "unauthorized",
	CloseForbidden:          "forbidden",
}

// String returns the number and its name: "1002 protocol error".
func (c CloseCode) String() string {
	if name, ok := closeCodeNames[c]; ok {
		return fmt.Sprintf("%d %s", uint16(c), name)
	}
	return fmt.Sprintf("%d", uint16(c))
}

// Sendable reports whether c may stand in a close frame: the registered codes
// except 1005, 1006 and 1015, and 3000..4999 (RFC 6455 section 7.4.2).
func (c CloseCode) Sendable() bool {
	switch {
	case c >= CloseNormal && c <= CloseUnsupportedData:
		return true
	case c >= CloseInvalidPayload && c <= CloseBadGateway:
		return true
	}
	return c >= 3000 && c <= 4999
}

// CloseError is the end of a connection for a reason, as found by a Parser or
// received in a close frame. Reason fits a close frame.
type CloseError struct {
	Code   CloseCode
	Reason string
}

// Error returns the code, its name and the reason.
func (e *CloseError) Error() string {
	if e.Reason == "" {
		return "websocket: " + e.Code.String()
	}
	return "websocket: " + e.Code.String() + ": " + e.Reason
}

// maxCloseReason is what MaxControlPayload leaves beside the code.
const maxCloseReason = MaxControlPayload - 2

// AppendClose appends an unmasked close frame; see AppendClosePayload.
func AppendClose(dst []byte, code CloseCode, reason string) []byte {
	start := len(dst)
	dst = AppendHeader(dst, OpClose, true, 0)
	dst = AppendClosePayload(dst, code, reason)
	dst[start+1] = byte(len(dst) - start - 2) // at most MaxControlPayload: one byte
	return dst
}

// AppendClosePayload appends the payload of a close frame, at most
// MaxControlPayload bytes. The reason is made valid UTF-8 and cut at a rune
// boundary to 123 bytes. CloseNoStatus gives an empty payload; any other code
// that is not Sendable is sent as CloseInternalError.
func AppendClosePayload(dst []byte, code CloseCode, reason string) []byte {
	if code == CloseNoStatus {
		return dst
	}
	if !code.Sendable() {
		code = CloseInternalError
	}
	dst = binary.BigEndian.AppendUint16(dst, uint16(code))
	return append(dst, cutReason(reason)...)
}

func cutReason(reason string) string {
	if !utf8.ValidString(reason) {
		reason = strings.ToValidUTF8(reason, "\uFFFD")
	}
	if len(reason) <= maxCloseReason {
		return reason
	}
	end := maxCloseReason
	for !utf8.RuneStart(reason[end]) {
		end--
	}
	return reason[:end]
}

// ParseClose splits the payload of a close event, which the Parser has already
// checked. An empty payload is CloseNoStatus (RFC 6455 section 7.1.5), and so is
// one that is too short to hold a code.
func ParseClose(payload []byte) (CloseCode, string) {
	if len(payload) < 2 {
		return CloseNoStatus, ""
	}
	return CloseCode(binary.BigEndian.Uint16(payload)), string(payload[2:])
}

// checkClose returns the error that a close payload deserves, or nil (RFC 6455
// sections 5.5.1 and 7.4).
func checkClose(payload []byte) *CloseError {
	switch {
	case len(payload) == 0:
		return nil
	case len(payload) == 1:
		return &CloseError{CloseProtocolError, "close frame with half a code"}
	}
	if !CloseCode(binary.BigEndian.Uint16(payload)).Sendable() {
		return &CloseError{CloseProtocolError, "invalid close code"}
	}
	if !utf8.Valid(payload[2:]) {
		return &CloseError{CloseInvalidPayload, "close reason is not UTF-8"}
	}
	return nil
}

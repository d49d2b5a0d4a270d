package loop

import (
	"errors"

	"github.com/scenewire/scenewire/wsproto"
)

// SetProtocolErrorCode has the connection closed with this code where it would be with
// 1002, for peers to whom 1002 means something else; the codes 1007 and 1009 stay. It is
// to be called in the function that makes the endpoint, see [Loop.Upgrade].
func (c *Conn) SetProtocolErrorCode(code wsproto.CloseCode) { c.protocolError = code }

// faultCode returns what the peer is sent in the place of code.
func (c *Conn) faultCode(code wsproto.CloseCode) wsproto.CloseCode {
	if code == wsproto.CloseProtocolError && c.protocolError != 0 {
		return c.protocolError
	}
	return code
}

// peerClosed answers the peer's close frame with the same code (RFC 6455 section 5.5.1).
func (c *Conn) peerClosed(payload []byte) {
	code, reason := wsproto.ParseClose(payload)
	c.peerHasClosed = true
	c.setReason(&wsproto.CloseError{Code: code, Reason: reason})
	c.requestClose(closeRequest{code: c.faultCode(code)})
}

// failProtocol closes with the code of the fault that the parser found. What came
// before the fault is handled first, and answered.
func (c *Conn) failProtocol(err error) {
	c.discard = true
	c.count(func(to *inboundCounters) { to.protocolErrors.Add(1) })
	fault := wsproto.CloseError{Code: wsproto.CloseProtocolError, Reason: err.Error()}
	var found *wsproto.CloseError
	if errors.As(err, &found) {
		fault = *found
	}
	fault.Code = c.faultCode(fault.Code)
	c.setReason(&fault)
	c.inbox.closeBehind(c, closeRequest{code: fault.Code, text: fault.Reason, drain: true})
}

package scenewire

import (
	"errors"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire/messages"
)

// ErrClientGone is returned for a client that has disconnected.
var ErrClientGone = errors.New("scenewire: the client is gone")

var errTextMessage = errors.New("a text message; messages are binary")

// faultKind groups what can be wrong with a client's message.
type faultKind uint8

const (
	faultMalformed faultKind = iota
	faultText
	faultUnknownType
	faultField
)

var faultNames = [...]string{"malformed message", "text message", "unknown message type", "wrong field"}

func faultOf(err error) faultKind {
	var unknown *messages.UnknownTypeError
	var field *messages.FieldError
	switch {
	case errors.As(err, &unknown):
		return faultUnknownType
	case errors.As(err, &field):
		return faultField
	}
	return faultMalformed
}

// fault logs a bad message, once for each kind and client. The connection is kept:
// nobody else is to notice.
func (c *Client) fault(kind faultKind, err error) {
	c.mu.Lock()
	seen := c.faults[kind]
	if !seen {
		if c.faults == nil {
			c.faults = map[faultKind]bool{}
		}
		c.faults[kind] = true
	}
	c.mu.Unlock()
	if !seen {
		c.server.opts.Logger.Warn("a client's message was ignored; more of this kind won't be logged",
			zap.Uint64("client", uint64(c.id)), zap.String("kind", faultNames[kind]), zap.Error(err))
	}
}

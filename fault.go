package scenewire

import (
	"errors"
	"fmt"
	"sync/atomic"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/wsproto"
)

// ErrClientGone is returned for a client that has disconnected.
var ErrClientGone = errors.New("scenewire: the client is gone")

var errTextMessage = errors.New("a text message; messages are binary")

// fault is a kind of bad message: a messages.Fault, or one of these.
type fault uint8

const (
	faultText    = fault(messages.Faults) + iota // a text frame
	faultControl                                 // a text frame that is no control message
	faults       = messages.Faults + iota
)

// String returns the fault's name in [Stats].BadMessages and in logs.
func (f fault) String() string {
	switch f {
	case faultText:
		return "text_message"
	case faultControl:
		return "control"
	}
	return messages.Fault(f).String()
}

// faultCounts counts bad messages by their kind. The zero value is ready.
type faultCounts [faults]atomic.Uint64

// counts returns the kinds that were met.
func (c *faultCounts) counts() map[string]uint64 {
	byName := map[string]uint64{}
	for f := range c {
		if n := c[f].Load(); n > 0 {
			byName[fault(f).String()] = n
		}
	}
	return byName
}

// conduct is what a client has done wrong. It is touched by its callbacks only.
type conduct struct {
	seen     uint16 // a bit for each fault that was logged
	bad      int    // messages
	expelled bool   // closed for MaxBadMessages: what still comes is ignored
}

// fault counts a bad message and logs it, once for each kind and client. The connection
// is kept, and nobody else notices, until there are [Options.MaxBadMessages] of them.
func (c *Client) fault(kind fault, err error) {
	s := c.server
	s.badMessages[kind].Add(1)
	c.conduct.bad++
	if bit := uint16(1) << kind; c.conduct.seen&bit == 0 {
		c.conduct.seen |= bit
		s.opts.Logger.Warn("a client's message was ignored; more of this kind won't be logged",
			zap.Uint64("client", uint64(c.id)), zap.String("kind", kind.String()), zap.Error(err))
	}
	if limit := s.opts.MaxBadMessages; limit > 0 && c.conduct.bad >= limit {
		c.conduct.expelled = true
		c.Close(wsproto.ClosePolicyViolation, fmt.Sprintf("%d bad messages, the last: %v", c.conduct.bad, kind))
	}
}

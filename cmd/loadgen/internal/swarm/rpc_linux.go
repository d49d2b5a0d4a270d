package swarm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
)

// request is a line to a worker process, and response the answer with the same ID. Answers
// come in any order.
type request struct {
	ID   uint64          `json:"id"`
	Op   string          `json:"op"`
	Body json.RawMessage `json:"body,omitempty"`
}

type response struct {
	ID    uint64          `json:"id"`
	Body  json.RawMessage `json:"body,omitempty"`
	Error *remoteError    `json:"error,omitempty"`
}

// The bodies that are no type of Fleet's.
type (
	openBody struct {
		Options Options `json:"options"`
		First   int     `json:"first"`
		Stride  int     `json:"stride"`
	}
	paceBody struct {
		Group string `json:"group"`
		Pace  Pace   `json:"pace"`
	}
)

// remoteError carries an error, and which of the known ones it is.
type remoteError struct {
	Text    string        `json:"text"`
	Kind    string        `json:"kind,omitempty"`
	Connect *ConnectError `json:"connect,omitempty"`
}

var kinds = map[string]error{
	"closed": ErrClosed, "group": ErrGroup, "tls": ErrTLS,
	"address": ErrAddress, "cancelled": context.Canceled,
}

func toRemote(err error) *remoteError {
	if err == nil {
		return nil
	}
	r := &remoteError{Text: err.Error()}
	if errors.As(err, &r.Connect) {
		return r
	}
	for kind, known := range kinds {
		if errors.Is(err, known) {
			r.Kind = kind
		}
	}
	return r
}

// err returns the error as it was, to errors.Is and errors.As.
func (r *remoteError) err() error {
	switch known := kinds[r.Kind]; {
	case r.Connect != nil:
		return r.Connect
	case known == nil:
		return errors.New(r.Text)
	case known.Error() == r.Text:
		return known
	default:
		return fmt.Errorf("%w (%s)", known, r.Text)
	}
}

package scenewire

import (
	"context"
	"errors"
	"net/http"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire/wsproto"
)

// ErrUnauthorized is for [Options.Authorize] to return, wrapped or not, when who asks
// must say first who they are: the answer is 401. Any other error is answered with 403.
// Clients of [Subprotocol] get the close codes 4401 and 4403 instead.
var ErrUnauthorized = errors.New("scenewire: unauthorized")

var (
	errAuthorizePanicked = errors.New("authorization failed")
	errAuthorizeLate     = errors.New("authorization took too long")
)

// Identity returns what [Options.Authorize] returned for this client; nil without it.
func (c *Client) Identity() any { return c.identity }

// authorize asks the application whether a's client may come in. False: the request is
// answered. A client of ours that may not is let in as far as to be told why.
func (s *Server) authorize(w http.ResponseWriter, r *http.Request, a *arrival) bool {
	identity, status, err := s.askAuthorize(r)
	if err == nil {
		a.client.identity = identity
		return true
	}
	if code, ok := authorizeCloseCodes[status]; ok && a.agreed.scene {
		a.refusal = &refusal{kind: refusedAuthorize, code: code, reason: err.Error()}
		return true
	}
	challenge(w, status)
	s.refuse(w, refusedAuthorize, status, err.Error())
	return false
}

// authorizeCloseCodes are what stands for a status when it is told after the handshake.
// The other statuses are for faults, after which clients should try again.
var authorizeCloseCodes = map[int]CloseCode{
	http.StatusUnauthorized: wsproto.CloseUnauthorized,
	http.StatusForbidden:    wsproto.CloseForbidden,
}

// challenge goes with 401, which RFC 9110 section 11.6.1 wants one for. Browsers ask
// nobody for this one.
func challenge(w http.ResponseWriter, status int) {
	if status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", "Bearer")
	}
}

// askAuthorize returns the identity, or the error to answer with its status.
func (s *Server) askAuthorize(r *http.Request) (identity any, status int, err error) {
	if s.opts.Authorize == nil {
		return nil, 0, nil
	}
	ctx, cancel := context.WithCancel(r.Context())
	if s.opts.RequestTimeout > 0 {
		ctx, cancel = context.WithTimeout(r.Context(), s.opts.RequestTimeout)
	}
	defer cancel()
	identity, err = s.callAuthorize(r.WithContext(ctx))
	switch {
	case err == nil:
		return identity, 0, nil
	case errors.Is(err, errAuthorizePanicked):
		return nil, http.StatusInternalServerError, err
	case errors.Is(err, context.DeadlineExceeded) && ctx.Err() != nil:
		return nil, http.StatusServiceUnavailable, errAuthorizeLate
	case errors.Is(err, ErrUnauthorized):
		return nil, http.StatusUnauthorized, err
	}
	return nil, http.StatusForbidden, err
}

func (s *Server) callAuthorize(r *http.Request) (identity any, err error) {
	defer func() {
		if v := recover(); v != nil {
			s.opts.Logger.Error("a callback panicked", zap.String("callback", "Authorize"), zap.Any("panic", v), zap.Stack("stack"))
			identity, err = nil, errAuthorizePanicked
		}
	}()
	return s.opts.Authorize(r)
}

package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/scenewire/scenewire/internal/wsclient"
	"github.com/scenewire/scenewire/wsproto"
)

// backoff is how long to wait before the next connection: a random time of up to 250 ms,
// 500 ms, 1 s … 10 s, as docs/close-codes.md has it for every client.
type backoff struct{ most time.Duration }

const (
	firstBackoff = 250 * time.Millisecond
	mostBackoff  = 10 * time.Second
)

// next returns the next wait.
func (b *backoff) next() time.Duration {
	b.most = min(max(2*b.most, firstBackoff), mostBackoff)
	return rand.N(b.most)
}

// reset is for a connection that worked.
func (b *backoff) reset() { b.most = 0 }

// sleep waits, or until ctx is done.
func sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// comesBack says whether another connection may do better than the one that ended so.
func comesBack(err error) bool {
	var closed *wsproto.CloseError
	var refused *wsclient.RefusedError
	switch {
	case errors.Is(err, wsclient.ErrAddress):
		return false
	case errors.As(err, &refused):
		return refused.Status == 429 || refused.Status >= 500
	case errors.As(err, &closed):
		switch closed.Code {
		case wsproto.CloseNormal, wsproto.CloseProtocolError, wsproto.CloseUnsupportedData,
			wsproto.CloseInvalidPayload, wsproto.ClosePolicyViolation, wsproto.CloseMandatoryExtension,
			wsproto.CloseUnauthorized, wsproto.CloseForbidden:
			return false
		}
	}
	return true
}

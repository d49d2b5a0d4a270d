package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/internal/wsclient"
	"github.com/scenewire/scenewire/record"
	"github.com/scenewire/scenewire/wsproto"
)

// capture records a server over one connection after another.
type capture struct {
	address   string
	options   wsclient.Options // without subprotocols
	offers    []string         // subprotocols; none: find out
	reconnect bool
	say       func(format string, args ...any)
	progress  func(c *capture)
	// open begins the recording, when it is known whose messages it will have.
	open func(subprotocol string) (*scene, error)

	scene       *scene
	subprotocol string
	connections int
	received    int64 // bytes, before the connection that there is
	lostAt      time.Time
	backoff     backoff
}

// closeCorrupt is what a client closes with that doesn't understand a window, as
// docs/close-codes.md has it.
const closeCorrupt wsproto.CloseCode = 4007

// writingError is an error of the recording, not of the connection.
type writingError struct{ err error }

func (e *writingError) Error() string { return e.err.Error() }
func (e *writingError) Unwrap() error { return e.err }

func isWriting(err error) bool { return errors.As(err, new(*writingError)) }

// run records until ctx is done, which is no error, or the server doesn't go on.
func (c *capture) run(ctx context.Context) error {
	for {
		err := c.connection(ctx)
		switch {
		case ctx.Err() != nil && !isWriting(err):
			return nil
		case c.takesOffer(err):
			continue
		case !c.reconnect || !comesBack(err) || isWriting(err):
			return c.explain(err)
		}
		if c.scene != nil && c.lostAt.IsZero() {
			c.lostAt = c.scene.now()
			if err := c.scene.out.Flush(); err != nil {
				return err
			}
		}
		wait := c.backoff.next()
		c.say("%v; connecting again in %v", c.explain(err), wait.Round(10*time.Millisecond))
		sleep(ctx, wait)
	}
}

// takesOffer reports whether the server named the version that it wants, and notes it.
func (c *capture) takesOffer(err error) bool {
	var closed *wsproto.CloseError
	if len(c.offers) > 0 || !errors.As(err, &closed) {
		return false
	}
	version := wantedVersion(closed)
	if version == "" {
		return false
	}
	c.offers = []string{viserPrefix + version}
	return true
}

// connection records one connection to its end.
func (c *capture) connection(ctx context.Context) error {
	options := c.options
	options.Subprotocols = c.offers
	if len(c.offers) == 0 {
		options.Subprotocols = []string{scenewire.Subprotocol}
	}
	conn, err := wsclient.Dial(ctx, c.address, options)
	if err != nil {
		return err
	}
	code := wsproto.CloseNormal
	defer func() {
		c.received += conn.Received()
		_ = conn.Close(code)
	}()
	c.subprotocol = conn.Subprotocol
	decoder := windows{}
	for {
		payload, err := c.read(ctx, conn)
		if err != nil {
			return err
		}
		messages, err := decoder.decode(payload)
		if err != nil {
			code = closeCorrupt
			return fmt.Errorf("a window that can't be understood: %w", err)
		}
		if err := c.add(messages); err != nil {
			return &writingError{err}
		}
	}
}

// add writes a window. The first one of a connection begins the recording, or goes on
// with it: before it the server may still turn out to speak another version.
func (c *capture) add(messages [][]byte) error {
	if err := c.begin(); err != nil {
		return err
	}
	if err := c.scene.window(messages); err != nil {
		return err
	}
	c.progress(c)
	return c.scene.flush()
}

// wait is what is done when nothing came for a while: the server has let us in.
func (c *capture) wait() error {
	if err := c.begin(); err != nil {
		return err
	}
	c.progress(c)
	return c.scene.flush()
}

func (c *capture) begin() (err error) {
	switch {
	case c.scene == nil:
		if c.scene, err = c.open(c.subprotocol); err != nil {
			return err
		}
	case c.lostAt.IsZero():
		return nil
	}
	lostAt := c.lostAt
	c.lostAt = time.Time{}
	c.connections++
	c.backoff.reset()
	return c.scene.begin(lostAt)
}

// read returns the next window. While it waits it writes what waits to be written.
func (c *capture) read(ctx context.Context, conn *wsclient.Conn) ([]byte, error) {
	for {
		op, payload, err := c.readUntilFlush(ctx, conn)
		switch {
		case err == nil && op == wsproto.OpBinary:
			return payload, nil
		case err == nil: // a text message is no window
		case ctx.Err() != nil || !errors.Is(err, context.DeadlineExceeded):
			return nil, err
		}
		if err := c.wait(); err != nil {
			return nil, &writingError{err}
		}
	}
}

func (c *capture) readUntilFlush(ctx context.Context, conn *wsclient.Conn) (wsproto.Opcode, []byte, error) {
	until := time.Now().Add(flushInterval)
	if c.scene != nil && !c.scene.dirty.IsZero() {
		until = c.scene.flushAt()
	}
	ctx, cancel := context.WithDeadline(ctx, until)
	defer cancel()
	return conn.Read(ctx)
}

// explain says what to do about the end of a connection.
func (c *capture) explain(err error) error {
	var closed *wsproto.CloseError
	var refused *wsclient.RefusedError
	switch {
	case isWriting(err):
		return err
	case errors.Is(err, wsclient.ErrAddress):
		return commandline.WithHint(err, "An address is like ws://localhost:8080 or wss://example.org/scene.")
	case errors.As(err, &refused):
		return commandline.WithHint(fmt.Errorf("%s: %w", c.address, err), "%s", refusedHint(refused.Status))
	case errors.As(err, &closed):
		if version := wantedVersion(closed); version != "" {
			return commandline.WithHint(err, "The server wants another version: --subprotocol %s%s", viserPrefix, version)
		}
		if closed.Code == wsproto.CloseUnauthorized || closed.Code == wsproto.CloseForbidden {
			return commandline.WithHint(&closedError{closed}, "%s", refusedHint(401))
		}
		return &closedError{closed}
	}
	if c.scene == nil {
		return commandline.WithHint(fmt.Errorf("can't connect to %s: %w", c.address, err), "Is the server running? --reconnect waits for it.")
	}
	return fmt.Errorf("the connection broke: %w", err)
}

// closedError is the end of a connection by the server.
type closedError struct{ *wsproto.CloseError }

func (e *closedError) Error() string {
	text := "the server closed the connection: " + e.Code.String()
	if e.Reason != "" {
		text += ": " + e.Reason
	}
	return text
}

func (e *closedError) Unwrap() error { return e.CloseError }

// refusedHint says what to do about an answer to the handshake.
func refusedHint(status int) string {
	switch status {
	case 401, 403:
		return "The server wants to know who asks: --header 'Authorization: Bearer …', or ws://user:password@host."
	case 404:
		return "There is no scene at this path."
	case 421:
		return "The server doesn't know that name: use one of its Options.Hosts, or its address."
	case 426, 200:
		return "This is a web server without a scene at this path."
	case 429, 503:
		return "The server is full. --reconnect tries again."
	}
	return "The server's log may tell more."
}

// viserMessages reports whether a server that speaks so sends viser's messages. Those
// that agree on no subprotocol are of the time before there was one.
func viserMessages(subprotocol string) bool {
	return subprotocol == "" || viserVersion(subprotocol) != ""
}

var _ stepWriter = (*record.Writer)(nil)

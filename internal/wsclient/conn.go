package wsclient

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"sync"
	"time"

	"github.com/scenewire/scenewire/wsproto"
)

// ErrSilent says that a server sent nothing and didn't answer a ping either.
var ErrSilent = errors.New("the server is silent and answers no ping")

// Conn is a connection after its handshake. One goroutine may read while others write.
type Conn struct {
	Subprotocol string // what the server chose; "" if nothing

	conn     net.Conn
	silence  time.Duration
	patience time.Duration // for the server's close frame

	// Of the goroutine that reads.
	parser   wsproto.Parser
	buf      []byte
	rest     []byte // read and not parsed yet
	pinged   bool
	received int64

	mu      sync.Mutex // guards all below
	out     []byte     // scratch for frames
	closing bool       // our close frame was sent
}

func newConn(conn net.Conn, o Options) *Conn {
	c := &Conn{conn: conn, silence: o.Silence, patience: o.CloseTimeout, buf: make([]byte, 64<<10)}
	c.parser.Init(wsproto.Client, o.MaxMessageBytes)
	return c
}

// Received is how many bytes the server has sent behind the handshake. It belongs to
// the goroutine that reads.
func (c *Conn) Received() int64 { return c.received }

// Read returns the next text or binary message; it is valid until the next call. Pings
// are answered. The error is a [*wsproto.CloseError] when the server closes the
// connection or breaks the protocol, [ErrSilent], that of ctx, or of the network. After
// an error of ctx reading can go on.
func (c *Conn) Read(ctx context.Context) (wsproto.Opcode, []byte, error) {
	interrupted := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		_ = c.conn.SetReadDeadline(past)
		close(interrupted)
	})
	defer func() {
		if !stop() {
			<-interrupted // so that it can't strike the next call
		}
	}()
	for {
		ev, err := c.next(ctx)
		if err != nil {
			return 0, nil, err
		}
		switch ev.Opcode {
		case wsproto.OpText, wsproto.OpBinary:
			return ev.Opcode, ev.Payload, nil
		case wsproto.OpPing:
			err = c.Write(wsproto.OpPong, ev.Payload)
		case wsproto.OpClose:
			code, reason := wsproto.ParseClose(ev.Payload)
			_ = c.sendClose(code)
			return 0, nil, &wsproto.CloseError{Code: code, Reason: reason}
		}
		if err != nil {
			return 0, nil, err
		}
	}
}

// next returns the next message or control frame.
func (c *Conn) next(ctx context.Context) (wsproto.Event, error) {
	for {
		ev, n, err := c.parser.Next(c.rest)
		c.rest = c.rest[n:]
		var broken *wsproto.CloseError
		if errors.As(err, &broken) {
			_ = c.sendClose(broken.Code)
			return ev, fmt.Errorf("the server broke the protocol: %w", broken)
		}
		if err != nil || ev.Opcode != 0 {
			return ev, err
		}
		if err := c.fill(ctx); err != nil {
			return ev, err
		}
	}
}

// fill reads more, and asks a silent server whether it is there.
func (c *Conn) fill(ctx context.Context) error {
	for {
		_ = c.conn.SetReadDeadline(time.Now().Add(c.silence))
		if err := ctx.Err(); err != nil { // which the deadline just set may hide
			return err
		}
		n, err := c.conn.Read(c.buf)
		if n > 0 {
			c.rest, c.pinged = c.buf[:n], false
			c.received += int64(n)
			return nil
		}
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, io.EOF):
			return &wsproto.CloseError{Code: wsproto.CloseAbnormal, Reason: "the connection ended without a close frame"}
		case !errors.Is(err, os.ErrDeadlineExceeded):
			return err
		case c.pinged:
			return ErrSilent
		}
		c.pinged = true
		if err := c.Write(wsproto.OpPing, nil); err != nil {
			return err
		}
	}
}

// Write sends a message or control frame. The payload is borrowed until return.
func (c *Conn) Write(op wsproto.Opcode, payload []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.writeLocked(op, payload)
}

func (c *Conn) writeLocked(op wsproto.Opcode, payload []byte) error {
	if c.closing {
		return net.ErrClosed
	}
	var key [4]byte
	_, _ = rand.Read(key[:])
	c.out = wsproto.AppendMaskedFrame(c.out[:0], op, true, payload, key)
	_ = c.conn.SetWriteDeadline(time.Now().Add(c.silence))
	_, err := c.conn.Write(c.out)
	const keptBytes = 1 << 20
	if cap(c.out) > keptBytes {
		c.out = nil
	}
	return err
}

// sendClose sends our close frame, once.
func (c *Conn) sendClose(code wsproto.CloseCode) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	err := c.writeLocked(wsproto.OpClose, wsproto.AppendClosePayload(nil, code, ""))
	c.closing = true
	return err
}

// Close makes the closing handshake, for which it waits a moment, and closes the
// connection. What the server still sends is dropped. It must not be called while
// another goroutine reads.
func (c *Conn) Close(code wsproto.CloseCode) error {
	ctx, cancel := context.WithTimeout(context.Background(), c.patience)
	defer cancel()
	if c.sendClose(code) == nil {
		for {
			if _, _, err := c.Read(ctx); err != nil {
				break
			}
		}
	}
	return c.conn.Close()
}

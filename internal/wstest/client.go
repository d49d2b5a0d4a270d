// Package wstest is a small blocking WebSocket client for tests, on the client half
// of wsproto: what it sends and sees is not smoothed over by a library. It also tells
// test programs what they leave behind.
package wstest

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/scenewire/scenewire/wsproto"
)

// Timeout bounds every call of a client that waits.
const Timeout = 10 * time.Second

const (
	maxHeadBytes    = 64 << 10
	maxMessageBytes = 256 << 20
)

// Client is one connection. It is not safe for concurrent use, except that one
// goroutine may write while another reads.
type Client struct {
	Conn        net.Conn
	Subprotocol string // what the server chose
	parser      wsproto.Parser
	buf         []byte
	rest        []byte // read and not parsed yet
}

// Options configures a [Dial].
type Options struct {
	Path         string // default: "/"
	Subprotocols []string
	Header       map[string][]string
	// Network is that of the address. Default: "tcp".
	Network string
	// TLS is spoken on the connection. nil: none.
	TLS *tls.Config
	// Nonce is that of the handshake's key. Zero: random.
	Nonce [16]byte
	// ReceiveBufferBytes sets the kernel's buffer, for clients that are to be slow.
	ReceiveBufferBytes int
}

// DialConn connects to an address, without a WebSocket handshake.
func DialConn(addr string, o Options) (net.Conn, error) {
	if o.Network == "" {
		o.Network = "tcp"
	}
	conn, err := net.DialTimeout(o.Network, addr, Timeout)
	if err != nil {
		return nil, err
	}
	if o.ReceiveBufferBytes > 0 {
		_ = conn.(interface{ SetReadBuffer(bytes int) error }).SetReadBuffer(o.ReceiveBufferBytes)
	}
	if o.TLS != nil {
		return tls.Client(conn, o.TLS), nil
	}
	return conn, nil
}

// Dial connects to an address and makes the handshake.
func Dial(addr string, o Options) (*Client, error) {
	conn, err := DialConn(addr, o)
	if err != nil {
		return nil, err
	}
	c := &Client{Conn: conn, buf: make([]byte, 64<<10)}
	c.parser.Init(wsproto.Client, maxMessageBytes)
	host := addr
	if o.Network == "unix" {
		host = "localhost"
	}
	if err := c.handshake(host, o); err != nil {
		_ = conn.Close()
		return nil, err
	}
	return c, nil
}

func (c *Client) handshake(host string, o Options) error {
	nonce := o.Nonce
	if nonce == [16]byte{} {
		_, _ = rand.Read(nonce[:])
	}
	key := wsproto.ClientKey(nonce)
	request := wsproto.AppendClientHandshake(nil, host, o.Path, key, o.Subprotocols, o.Header)
	_ = c.Conn.SetDeadline(time.Now().Add(Timeout))
	if _, err := c.Conn.Write(request); err != nil {
		return err
	}
	var head []byte
	for {
		n, err := c.Conn.Read(c.buf)
		if err != nil {
			return err
		}
		head = append(head, c.buf[:n]...)
		response, used, err := wsproto.ReadResponseHead(head, maxHeadBytes)
		if err != nil {
			return err
		}
		if used == 0 {
			continue
		}
		c.rest = head[used:]
		c.Subprotocol, err = wsproto.CheckSwitchingProtocols(response.Status, response.Header, key, o.Subprotocols)
		return err
	}
}

// Next returns the next message or control frame. Its payload is valid until the
// next call.
func (c *Client) Next() (wsproto.Event, error) {
	_ = c.Conn.SetReadDeadline(time.Now().Add(Timeout))
	for {
		ev, n, err := c.parser.Next(c.rest)
		c.rest = c.rest[n:]
		if err != nil || ev.Opcode != 0 {
			return ev, err
		}
		n, err = c.Conn.Read(c.buf)
		if err != nil {
			return wsproto.Event{}, err
		}
		c.rest = c.buf[:n]
	}
}

// Message returns the next text or binary message; pings are answered. When the
// server closes, the error is a *wsproto.CloseError.
func (c *Client) Message() (wsproto.Opcode, []byte, error) {
	for {
		ev, err := c.Next()
		if err != nil {
			return 0, nil, err
		}
		switch ev.Opcode {
		case wsproto.OpPing:
			if err := c.Write(wsproto.OpPong, ev.Payload); err != nil {
				return 0, nil, err
			}
		case wsproto.OpPong:
		case wsproto.OpClose:
			code, reason := wsproto.ParseClose(ev.Payload)
			return 0, nil, &wsproto.CloseError{Code: code, Reason: reason}
		default:
			return ev.Opcode, ev.Payload, nil
		}
	}
}

// Window decodes the next message as a window.
func (c *Client) Window(g wsproto.Generation, d *wsproto.Decompressor) (wsproto.Envelope, error) {
	op, payload, err := c.Message()
	if err != nil {
		return wsproto.Envelope{}, err
	}
	if op != wsproto.OpBinary {
		return wsproto.Envelope{}, fmt.Errorf("a window in a %v message", op)
	}
	return wsproto.DecodeWindow(g, append([]byte(nil), payload...), wsproto.WindowLimits{}, d)
}

// Write sends one message or control frame.
func (c *Client) Write(op wsproto.Opcode, payload []byte) error {
	return c.WriteRaw(wsproto.AppendMaskedFrame(nil, op, true, payload, [4]byte{1, 2, 3, 4}))
}

// WriteRaw sends bytes as they are.
func (c *Client) WriteRaw(b []byte) error {
	_ = c.Conn.SetWriteDeadline(time.Now().Add(Timeout))
	_, err := c.Conn.Write(b)
	return err
}

// AwaitClose reads to the end and returns the close frame that came, or an error if
// the connection ended without one.
func (c *Client) AwaitClose() (*wsproto.CloseError, error) {
	for {
		_, _, err := c.Message()
		var closed *wsproto.CloseError
		if errors.As(err, &closed) {
			return closed, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// CloseNormally makes the closing handshake.
func (c *Client) CloseNormally() error {
	if err := c.Write(wsproto.OpClose, wsproto.AppendClosePayload(nil, wsproto.CloseNormal, "")); err != nil {
		return err
	}
	_, err := c.AwaitClose()
	return errors.Join(err, c.Conn.Close())
}

// Reset closes the connection so that the peer sees a reset. Unix sockets have none:
// they are only closed.
func (c *Client) Reset() error {
	socket := c.socket()
	if tcp, ok := socket.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	return socket.Close()
}

// CloseWrite closes the client's side of the socket: TLS isn't told.
func (c *Client) CloseWrite() error {
	return c.socket().(interface{ CloseWrite() error }).CloseWrite()
}

// socket is what lies below TLS.
func (c *Client) socket() net.Conn {
	if over, ok := c.Conn.(*tls.Conn); ok {
		return over.NetConn()
	}
	return c.Conn
}

// Eventually waits until ok, and reports whether it came true within [Timeout].
func Eventually(ok func() bool) bool {
	ctx, cancel := context.WithTimeout(context.Background(), Timeout)
	defer cancel()
	for !ok() {
		select {
		case <-ctx.Done():
			return ok()
		case <-time.After(2 * time.Millisecond):
		}
	}
	return true
}

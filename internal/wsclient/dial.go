package wsclient

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/scenewire/scenewire/wsproto"
)

// Options configures a [Dial]. The zero value of each field means its default.
type Options struct {
	// Subprotocols are offered, the best first. Default: none.
	Subprotocols []string
	// Header has further fields of the request.
	Header http.Header
	// TLS is for wss addresses. It is copied. Default: that of crypto/tls.
	TLS *tls.Config
	// DialTimeout bounds the connection and the handshake together. Default 10 s.
	DialTimeout time.Duration
	// MaxMessageBytes bounds one message. Default 1 GiB.
	MaxMessageBytes int
	// Silence is how long the server may send nothing before it is asked by a ping,
	// and then again until it is given up with [ErrSilent]. Default 30 s.
	Silence time.Duration
	// CloseTimeout is how long [Conn.Close] waits for the server's close frame.
	// Default 2 s.
	CloseTimeout time.Duration
}

const (
	maxHeadBytes = 64 << 10
	maxBodyBytes = 512 // of a refusal, to be shown
)

func (o *Options) withDefaults() Options {
	out := *o
	out.DialTimeout = durationOr(o.DialTimeout, 10*time.Second)
	out.Silence = durationOr(o.Silence, 30*time.Second)
	out.CloseTimeout = durationOr(o.CloseTimeout, 2*time.Second)
	if out.MaxMessageBytes == 0 {
		out.MaxMessageBytes = 1 << 30
	}
	return out
}

func durationOr(d, def time.Duration) time.Duration {
	if d == 0 {
		return def
	}
	return d
}

// ErrAddress says that an address is none of a WebSocket.
var ErrAddress = errors.New("not a WebSocket's address")

// RefusedError is a server that answered the handshake with something else.
type RefusedError struct {
	// Status is that of the answer. 101: it agreed, but wrongly.
	Status int
	// Text is what the answer says, one line of at most 512 bytes, or what is wrong
	// with the handshake.
	Text string
}

// Error returns the status and what the server said.
func (e *RefusedError) Error() string {
	text := fmt.Sprintf("the server answered %d %s", e.Status, http.StatusText(e.Status))
	if e.Text != "" {
		text += ": " + e.Text
	}
	return text
}

// ParseURL reads the address of a WebSocket. http and https stand for ws and wss, and
// without a scheme it is ws. The error is [ErrAddress].
func ParseURL(address string) (*url.URL, error) {
	if !strings.Contains(address, "://") {
		address = "ws://" + address
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAddress, err)
	}
	switch u.Scheme {
	case "http":
		u.Scheme = "ws"
	case "https":
		u.Scheme = "wss"
	case "ws", "wss":
	default:
		return nil, fmt.Errorf("%w: %q has the scheme %q, not ws or wss", ErrAddress, address, u.Scheme)
	}
	if u.Hostname() == "" {
		return nil, fmt.Errorf("%w: %q names no host", ErrAddress, address)
	}
	return u, nil
}

// Dial connects to an address such as "wss://example.org/scene" and makes the
// handshake. A user in the address is sent as HTTP's basic authorization. The error is
// [ErrAddress], a [*RefusedError], or that of the network or of ctx.
func Dial(ctx context.Context, address string, o Options) (*Conn, error) {
	u, err := ParseURL(address)
	if err != nil {
		return nil, err
	}
	o = o.withDefaults()
	ctx, cancel := context.WithTimeout(ctx, o.DialTimeout)
	defer cancel()
	conn, err := connect(ctx, u, o.TLS)
	if err != nil {
		return nil, err
	}
	c := newConn(conn, o)
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(past) })
	err = c.handshake(u, o)
	if !stop() && ctx.Err() != nil {
		err = ctx.Err()
	}
	if err != nil {
		_ = conn.Close()
		return nil, err
	}
	return c, nil
}

// past is a deadline that is over.
var past = time.Unix(1, 0)

// connect opens the connection below the WebSocket.
func connect(ctx context.Context, u *url.URL, config *tls.Config) (net.Conn, error) {
	port := u.Port()
	if port == "" {
		port = map[string]string{"ws": "80", "wss": "443"}[u.Scheme]
	}
	addr := net.JoinHostPort(u.Hostname(), port)
	if u.Scheme == "ws" {
		return new(net.Dialer).DialContext(ctx, "tcp", addr)
	}
	return (&tls.Dialer{Config: config}).DialContext(ctx, "tcp", addr)
}

func (c *Conn) handshake(u *url.URL, o Options) error {
	var nonce [16]byte
	_, _ = rand.Read(nonce[:])
	key := wsproto.ClientKey(nonce)
	header := o.Header.Clone()
	if u.User != nil {
		if header == nil {
			header = http.Header{}
		}
		password, _ := u.User.Password()
		token := base64.StdEncoding.EncodeToString([]byte(u.User.Username() + ":" + password))
		header.Set("Authorization", "Basic "+token)
	}
	request := wsproto.AppendClientHandshake(nil, u.Host, u.RequestURI(), key, o.Subprotocols, header)
	if _, err := c.conn.Write(request); err != nil {
		return err
	}
	head, err := c.readHead()
	if err != nil {
		return err
	}
	if head.Status != http.StatusSwitchingProtocols {
		return c.refused(head)
	}
	c.Subprotocol, err = wsproto.CheckSwitchingProtocols(head.Status, head.Header, key, o.Subprotocols)
	var bad *wsproto.HandshakeError
	if errors.As(err, &bad) {
		return &RefusedError{Status: head.Status, Text: bad.Reason}
	}
	return err
}

// readHead reads the answer's head; what follows it stays in c.rest.
func (c *Conn) readHead() (wsproto.ResponseHead, error) {
	var head []byte
	for {
		n, err := c.conn.Read(c.buf)
		head = append(head, c.buf[:n]...)
		response, used, bad := wsproto.ReadResponseHead(head, maxHeadBytes)
		switch {
		case bad != nil:
			return response, bad
		case used > 0:
			c.rest = head[used:]
			c.received = int64(len(c.rest))
			return response, nil
		case errors.Is(err, io.EOF):
			return response, io.ErrUnexpectedEOF
		case err != nil:
			return response, err
		}
	}
}

// refused reads the beginning of what a server says that doesn't agree.
func (c *Conn) refused(head wsproto.ResponseHead) error {
	size := maxBodyBytes
	if declared := head.Header["Content-Length"]; len(declared) == 1 {
		if n, err := strconv.Atoi(declared[0]); err == nil && n >= 0 {
			size = min(size, n)
		}
	}
	body := append([]byte(nil), c.rest[:min(len(c.rest), size)]...)
	_ = c.conn.SetReadDeadline(time.Now().Add(time.Second))
	more, _ := io.ReadAll(io.LimitReader(c.conn, int64(size-len(body))))
	line, _, _ := bytes.Cut(bytes.TrimSpace(append(body, more...)), []byte("\n"))
	text := strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, string(line))
	if strings.HasPrefix(text, "<") {
		text = "" // a page
	}
	return &RefusedError{Status: head.Status, Text: text}
}

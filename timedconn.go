package scenewire

import (
	"bufio"
	"crypto/tls"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// maxHTTPWrite is how much of an answer must be taken within Options.WriteTimeout.
const maxHTTPWrite = 16 << 10

// timedListener makes the connections of net/http's server bound what they write.
type timedListener struct {
	net.Listener
	timeout time.Duration
}

func (l *timedListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &timedConn{Conn: conn, timeout: l.timeout}, nil
}

// timedConn gives every 16 KiB of an answer a deadline. net/http knows one for a whole
// answer only, which a large file on a slow line would miss; without any, a peer that
// doesn't read its answers holds a goroutine for ever.
type timedConn struct {
	net.Conn
	timeout  time.Duration
	hijacked atomic.Bool // the deadlines are the new owner's
}

func (c *timedConn) Write(b []byte) (n int, err error) {
	for err == nil && !c.hijacked.Load() && len(b)-n > maxHTTPWrite {
		var m int
		m, err = c.writePart(b[n : n+maxHTTPWrite])
		n += m
	}
	if err != nil {
		return n, err
	}
	m, err := c.writePart(b[n:])
	return n + m, err
}

func (c *timedConn) writePart(b []byte) (int, error) {
	if !c.hijacked.Load() {
		if err := c.SetWriteDeadline(time.Now().Add(c.timeout)); err != nil {
			return 0, err
		}
	}
	return c.Conn.Write(b)
}

// NetConn is the connection below, whose socket the loop looks for under TLS.
func (c *timedConn) NetConn() net.Conn { return c.Conn }

// CloseWrite lets net/http send what it has before it closes.
func (c *timedConn) CloseWrite() error {
	if inner, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return inner.CloseWrite()
	}
	return nil
}

// untimeHijacked returns a ConnState hook that leaves connections which net/http gives
// away to their new owners, and calls next.
func untimeHijacked(next func(net.Conn, http.ConnState)) func(net.Conn, http.ConnState) {
	return func(conn net.Conn, state http.ConnState) {
		next(conn, state)
		if state != http.StateHijacked {
			return
		}
		if over, ok := conn.(*tls.Conn); ok {
			conn = over.NetConn()
		}
		if c, ok := conn.(*timedConn); ok {
			c.hijacked.Store(true)
		}
	}
}

// hijackWriter hands out connections as the loop wants them: the socket itself, or TLS.
type hijackWriter struct{ http.ResponseWriter }

func (w hijackWriter) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, buffered, err := http.NewResponseController(w.ResponseWriter).Hijack()
	if c, ok := conn.(*timedConn); ok {
		conn = c.Conn
	}
	return conn, buffered, err
}

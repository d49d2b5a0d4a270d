package loop

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/scenewire/scenewire/wsproto"
)

// handshakeTimeout bounds the writing of the 101 response, whose few bytes only
// wait if the peer has filled the socket's buffer without reading.
const handshakeTimeout = 5 * time.Second

// CheckUpgrade checks the request for a WebSocket handshake (RFC 6455 section 4.2.1).
// If it is none that can be accepted, the error is answered, and ok is false.
func CheckUpgrade(w http.ResponseWriter, r *http.Request) (h wsproto.Handshake, ok bool) {
	h, err := wsproto.CheckHandshake(wsproto.HandshakeRequest{
		Method:     r.Method,
		ProtoMajor: r.ProtoMajor,
		ProtoMinor: r.ProtoMinor,
		Host:       r.Host,
		Header:     r.Header,
		HasBody:    r.ContentLength != 0,
	})
	if err == nil {
		return h, true
	}
	status := http.StatusBadRequest
	var fault *wsproto.HandshakeError
	if errors.As(err, &fault) {
		status = fault.Status
		for name, value := range fault.Header {
			w.Header().Set(name, value)
		}
	}
	http.Error(w, err.Error(), status)
	return h, false
}

// Upgrade answers an accepted handshake with 101 and the chosen subprotocol (empty:
// none), takes the connection from net/http and runs it on the loop. newEndpoint is
// called once, before anything else happens to the connection; group may be nil.
//
// When the connection can't be taken over, the error is answered if that is still
// possible, and returned.
func (l *Loop) Upgrade(w http.ResponseWriter, h wsproto.Handshake, subprotocol string, group *Group, newEndpoint func(*Conn) Endpoint) error {
	l.closing.RLock()
	defer l.closing.RUnlock()
	if l.closed {
		http.Error(w, "server is shutting down", http.StatusServiceUnavailable)
		return ErrClosed
	}
	if !l.takePlace() {
		w.Header().Set("Retry-After", "10")
		http.Error(w, ErrFull.Error(), http.StatusServiceUnavailable)
		return ErrFull
	}
	c := l.newConn(group)
	buffered, err := c.switchProtocols(w, h, subprotocol)
	if err != nil {
		l.places.Add(-1)
		return err
	}
	c.endpoint = newEndpoint(c)
	c.inbox.man()
	return l.add(c, buffered)
}

// takePlace counts a connection, which release ends, unless there are too many.
func (l *Loop) takePlace() bool {
	taken := l.places.Add(1)
	if l.opts.MaxConns > 0 && taken > int64(l.opts.MaxConns) {
		l.places.Add(-1)
		return false
	}
	return true
}

// switchProtocols takes the socket from net/http, answers the handshake, and gives the
// connection its transport. It returns what the client sent behind its handshake.
func (c *Conn) switchProtocols(w http.ResponseWriter, h wsproto.Handshake, subprotocol string) ([]byte, error) {
	netConn, buffered, err := c.loop.hijack(w)
	if err != nil {
		return nil, err
	}
	if err := writeSwitchingProtocols(netConn, h.Key, subprotocol); err != nil {
		_ = netConn.Close()
		return nil, fmt.Errorf("loop: answer the handshake: %w", err)
	}
	c.loop.setSocketBuffers(netConn)
	c.remote = netConn.RemoteAddr()
	if err := c.attach(netConn); err != nil {
		_ = netConn.Close()
		return nil, err
	}
	return buffered, nil
}

// attach gives the connection its transport. nbio duplicates the descriptor; where there
// is none left for that, goroutines do with the one that there is.
func (c *Conn) attach(conn net.Conn) error {
	if tcp, ok := conn.(*net.TCPConn); ok && c.loop.usesEpoll {
		err := c.attachEpoll(tcp)
		if err == nil || c.loop.opts.Transport == TransportEpoll {
			return err
		}
	}
	c.attachNet(conn)
	return nil
}

// hijack takes the connection, and what the client sent behind its handshake.
func (l *Loop) hijack(w http.ResponseWriter) (net.Conn, []byte, error) {
	netConn, rw, err := http.NewResponseController(w).Hijack()
	if err != nil {
		http.Error(w, "this connection can't be upgraded", http.StatusNotImplemented)
		return nil, nil, fmt.Errorf("loop: hijack: %w", err)
	}
	if _, tcp := netConn.(*net.TCPConn); !tcp && l.opts.Transport == TransportEpoll {
		_, _ = io.WriteString(netConn, "HTTP/1.1 501 Not Implemented\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
		_ = netConn.Close()
		return nil, nil, fmt.Errorf("loop: Options.Transport is %q: only plain TCP connections can be upgraded, not %T", TransportEpoll, netConn)
	}
	buffered := make([]byte, rw.Reader.Buffered())
	if _, err := io.ReadFull(rw.Reader, buffered); err != nil {
		_ = netConn.Close()
		return nil, nil, fmt.Errorf("loop: read what follows the handshake: %w", err)
	}
	return netConn, buffered, nil
}

func writeSwitchingProtocols(c net.Conn, key, subprotocol string) error {
	if err := c.SetDeadline(time.Now().Add(handshakeTimeout)); err != nil {
		return err
	}
	if _, err := c.Write(wsproto.AppendSwitchingProtocols(nil, key, subprotocol)); err != nil {
		return err
	}
	return c.SetDeadline(time.Time{})
}

// newConn returns a connection that isn't on its shard yet, and has no socket.
func (l *Loop) newConn(group *Group) *Conn {
	id := l.nextID.Add(1)
	index := id % uint64(len(l.shards))
	c := &Conn{loop: l, shard: l.shards[index], id: id}
	if group != nil {
		c.group = &group.parts[index]
	}
	c.parser.Init(wsproto.Server, l.opts.MaxMessageBytes)
	c.lastRead.Store(int64(l.Now()))
	c.lastMessage.Store(c.lastRead.Load())
	return c
}

// add starts the life of a connection whose socket is upgraded.
func (l *Loop) add(c *Conn, buffered []byte) error {
	l.conns.Add(1)
	l.stats.conns.Add(1)
	c.shard.mu.Lock()
	c.shard.conns[c.id] = c
	c.shard.mu.Unlock()
	err := c.transport.start(buffered)
	if err != nil {
		c.setReason(&wsproto.CloseError{Code: wsproto.CloseInternalError, Reason: err.Error()})
		c.post(postClosed)
	}
	return err
}

// setSocketBuffers sets the kernel's buffers of the socket below conn, if there is one.
func (l *Loop) setSocketBuffers(conn net.Conn) {
	socket, ok := socketOf(conn).(interface {
		SetReadBuffer(bytes int) error
		SetWriteBuffer(bytes int) error
	})
	if !ok {
		return
	}
	if n := l.opts.SendBufferBytes; n > 0 {
		_ = socket.SetWriteBuffer(n)
	}
	if n := l.opts.ReceiveBufferBytes; n > 0 {
		_ = socket.SetReadBuffer(n)
	}
}

// socketOf returns what lies below a wrapped connection that tells, as TLS does.
func socketOf(conn net.Conn) net.Conn {
	for {
		wrapper, ok := conn.(interface{ NetConn() net.Conn })
		if !ok {
			return conn
		}
		conn = wrapper.NetConn()
	}
}

package scenewire

import (
	"container/list"
	"context"
	"net"
	"net/http"
	"sync"
	"time"
)

// httpConns are the server's connections that aren't clients: those that a request is
// awaited from, or read from, and those whose handler runs. When there are too many,
// the one that has waited longest is closed: a browser sends its request at once, so
// whoever keeps half-open connections loses them to those who come.
type httpConns struct {
	max int // 0 or less: no limit

	mu      sync.Mutex // guards all below
	conns   map[net.Conn]*httpConn
	waiting list.List // of *httpConn: no handler runs; the one that waits longest first
	evicted uint64
	ending  bool // closeUnused was called
}

// httpConn is guarded by httpConns.mu.
type httpConn struct {
	conn     net.Conn
	handlers int           // running; HTTP/2 may have several
	unused   bool          // no request has come whole
	place    *list.Element // in waiting; nil: a handler runs
	since    time.Time     // of the wait
}

// evictAfter is how long a connection must have waited to make room for others when
// there are no descriptors left, unlike those that are about to become clients.
const evictAfter = time.Second

// httpConnKey finds a request's connection in its context.
type httpConnKey struct{}

// install has srv tell of its connections.
func (h *httpConns) install(srv *http.Server, maxConns int) {
	h.max = maxConns
	h.conns = map[net.Conn]*httpConn{}
	srv.ConnState = h.changed
	srv.ConnContext = func(ctx context.Context, c net.Conn) context.Context {
		return context.WithValue(ctx, httpConnKey{}, c)
	}
	handler := srv.Handler
	srv.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, _ := r.Context().Value(httpConnKey{}).(net.Conn)
		h.enter(conn)
		defer h.leave(conn)
		handler.ServeHTTP(w, r)
	})
}

// changed is net/http's ConnState hook.
func (h *httpConns) changed(conn net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew:
		h.closeAll(h.add(conn))
	case http.StateIdle:
		h.rest(conn)
	case http.StateHijacked, http.StateClosed:
		h.remove(conn)
	case http.StateActive: // its place in the queue is from when it began to wait
		h.used(conn)
	}
}

// add takes in a new connection, and returns those that have to go for it.
func (h *httpConns) add(conn net.Conn) (evicted []net.Conn) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.ending {
		return []net.Conn{conn}
	}
	c := &httpConn{conn: conn, unused: true}
	h.conns[conn] = c
	h.awaitLocked(c)
	for h.max > 0 && len(h.conns) > h.max && h.waiting.Len() > 0 {
		evicted = append(evicted, h.evictLocked())
	}
	return evicted
}

// awaitLocked puts c behind the others that wait.
func (h *httpConns) awaitLocked(c *httpConn) {
	if c.place != nil {
		h.waiting.Remove(c.place)
	}
	c.place, c.since = h.waiting.PushBack(c), time.Now()
}

// evictLocked takes out the connection that waits longest. There is one.
func (h *httpConns) evictLocked() net.Conn {
	c := h.waiting.Front().Value.(*httpConn)
	h.waiting.Remove(c.place)
	delete(h.conns, c.conn)
	h.evicted++
	return c.conn
}

// evictOne closes the connection that waits longest, if that is long.
func (h *httpConns) evictOne() {
	h.mu.Lock()
	var victims []net.Conn
	if first := h.waiting.Front(); first != nil && time.Since(first.Value.(*httpConn).since) > evictAfter {
		victims = append(victims, h.evictLocked())
	}
	h.mu.Unlock()
	h.closeAll(victims)
}

// rest begins a connection's wait for its next request.
func (h *httpConns) rest(conn net.Conn) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if c := h.conns[conn]; c != nil && c.place != nil {
		h.awaitLocked(c)
	}
}

func (h *httpConns) enter(conn net.Conn) {
	h.mu.Lock()
	defer h.mu.Unlock()
	c := h.conns[conn]
	if c == nil {
		return
	}
	c.handlers++
	if c.place != nil {
		h.waiting.Remove(c.place)
		c.place = nil
	}
}

func (h *httpConns) leave(conn net.Conn) {
	h.mu.Lock()
	defer h.mu.Unlock()
	c := h.conns[conn]
	if c == nil {
		return
	}
	c.handlers--
	if c.handlers == 0 {
		h.awaitLocked(c)
	}
}

func (h *httpConns) remove(conn net.Conn) {
	h.mu.Lock()
	defer h.mu.Unlock()
	c := h.conns[conn]
	if c == nil {
		return
	}
	if c.place != nil {
		h.waiting.Remove(c.place)
	}
	delete(h.conns, conn)
}

// used notes that the header of a connection's first request has come.
func (h *httpConns) used(conn net.Conn) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if c := h.conns[conn]; c != nil {
		c.unused = false
	}
}

// closeUnused closes the connections that no request has come from: browsers open some
// in advance, and net/http's Shutdown would wait for them for 5 s. Those that were being
// accepted are closed when they come.
func (h *httpConns) closeUnused() {
	h.mu.Lock()
	h.ending = true
	var unused []net.Conn
	for conn, c := range h.conns {
		if c.unused {
			unused = append(unused, conn)
		}
	}
	h.mu.Unlock()
	h.closeAll(unused)
}

// closeAll closes what lies below TLS: its goodbye could wait for a peer that doesn't
// read.
func (h *httpConns) closeAll(conns []net.Conn) {
	for _, c := range conns {
		if over, ok := c.(interface{ NetConn() net.Conn }); ok {
			c = over.NetConn()
		}
		_ = c.Close()
	}
}

// counts returns how many connections there are, and how many were closed for others.
func (h *httpConns) counts() (open int, evicted uint64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.conns), h.evicted
}

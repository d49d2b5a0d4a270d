package loop

import (
	"crypto/tls"
	"net"
	"sync"
	"sync/atomic"
	"syscall"
)

// idleReadBytes is the read buffer that a connection keeps. What fills it is followed by
// more, and read into a pooled one.
const idleReadBytes = 512

// netTransport runs any net.Conn with goroutines: one reads, and another one, a flight,
// writes while there is something to write. The shard decides what is written and when,
// as for any connection; one flight at a time is under way.
type netTransport struct {
	*Conn
	conn   net.Conn
	below  net.Conn        // conn, or what it is TLS over: closing it doesn't wait for the peer
	socket syscall.RawConn // the descriptor; nil: unknown
	news   chan struct{}   // capacity 1: the inbox has room, or the connection has ended

	wrote       atomic.Int64 // Loop.Now of the last bytes written
	peerHasLeft atomic.Bool  // while reading was paused; set by the shard
	endsAtOnce  atomic.Bool  // nothing can be shut but the whole: it is when the peer has closed

	// What the last flight has left: written by it, read by the shard when it has landed.
	landed struct {
		bytes  int
		failed bool
		waited bool // the socket didn't take all of it at once
	}

	stalled bool // the flight was counted as a stall; loop-owned (the shard)

	mu    sync.Mutex // guards users
	users int        // goroutines that use conn; the last one posts postClosed

	idle [idleReadBytes]byte // the reader's
}

// attachNet gives the connection its goroutine transport.
func (c *Conn) attachNet(conn net.Conn) {
	below := conn
	if over, ok := conn.(*tls.Conn); ok {
		below = over.NetConn()
	}
	c.net = &netTransport{Conn: c, conn: conn, below: below, news: make(chan struct{}, 1), users: 1}
	if socket, ok := socketOf(conn).(syscall.Conn); ok {
		c.net.socket, _ = socket.SyscallConn()
	}
	c.transport = c.net
}

func (t *netTransport) start(buffered []byte) error {
	t.loop.sockets.Add(1)
	t.enter()
	go t.run(buffered)
	return nil
}

// join counts a goroutine that uses conn. False: it is too late, the connection has ended.
func (t *netTransport) join() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.users == 0 {
		return false
	}
	t.users++
	return true
}

// leave is called at the end of a goroutine that uses conn.
func (t *netTransport) leave() {
	t.mu.Lock()
	t.users--
	last := t.users == 0
	t.mu.Unlock()
	if last {
		t.post(postClosed)
		t.loop.sockets.Done()
	}
}

// run is the reader: it reads until the socket ends, and closes it.
func (t *netTransport) run(buffered []byte) {
	defer t.leave()
	err := t.read(buffered)
	t.lost(err)
	_ = t.below.Close()
}

func (t *netTransport) read(buffered []byte) error {
	if !t.take(buffered) {
		return net.ErrClosed
	}
	buf := t.idle[:]
	for {
		n, err := t.conn.Read(buf)
		if n > 0 && !t.take(buf[:n]) {
			err = net.ErrClosed
		}
		buf = t.nextBuffer(buf, n)
		if err != nil {
			t.nextBuffer(buf, 0)
			return err
		}
	}
}

// nextBuffer returns what to read into after n bytes came into buf.
func (t *netTransport) nextBuffer(buf []byte, n int) []byte {
	full, pooled := n == len(buf), len(buf) == readBufferBytes
	switch {
	case full && !pooled:
		return readBuffers.Get().(*[readBufferBytes]byte)[:]
	case !full && pooled:
		readBuffers.Put((*[readBufferBytes]byte)(buf))
		return t.idle[:]
	}
	return buf
}

// take hands bytes that were read to the parser, and waits until the inbox has taken
// what they held. False: the connection was hung up meanwhile.
func (t *netTransport) take(b []byte) bool {
	t.readMu.Lock()
	more := t.receivedLocked(b)
	t.readMu.Unlock()
	for !more {
		<-t.news
		if t.hungUp.Load() {
			return false
		}
		more = t.goOn()
	}
	if t.endsAtOnce.Load() {
		t.endIfPeerClosed()
	}
	return true
}

// goOn parses what was read before the pause, if the pause is over. It returns false
// when there is another one, or still the same.
func (t *netTransport) goOn() (more bool) {
	t.readMu.Lock()
	defer t.readMu.Unlock()
	if t.peerHasLeft.Load() {
		t.drainsReceiveBuffer = true
	} else if t.inbox.paused() {
		return false
	}
	return t.parseRestLocked()
}

// lookForPeer has what the kernel holds read to its end, if reading is paused and the
// peer has closed its side meanwhile: its messages aren't lost, and its place is free
// soon. It runs on the shard, at each sweep. Where the system can't tell, the next
// writes find out.
func (t *netTransport) lookForPeer() {
	if t.socket == nil || !t.inbox.paused() {
		return
	}
	_ = t.socket.Control(func(fd uintptr) {
		if peerHasShut(int(fd)) && !t.peerHasLeft.Swap(true) {
			t.notify()
		}
	})
}

func (t *netTransport) resume() { t.notify() }

func (t *netTransport) notify() {
	select {
	case t.news <- struct{}{}:
	default:
	}
}

// hangUp closes the socket, which ends the reader and the flight. TLS isn't closed: its
// last record could wait for a peer that doesn't read.
func (t *netTransport) hangUp(forget bool) {
	t.notify()
	if tcp, ok := socketOf(t.conn).(*net.TCPConn); ok && forget {
		_ = tcp.SetLinger(0)
	}
	switch t.below.(type) {
	case *net.TCPConn, *net.UnixConn:
		_ = t.below.Close()
	default: // may wait
		if t.join() {
			go func() {
				defer t.leave()
				_ = t.below.Close()
			}()
		}
	}
}

// shutWrite tells the peer that we are through, on a goroutine: TLS writes for that.
func (t *netTransport) shutWrite() {
	if t.join() {
		go func() {
			defer t.leave()
			t.closeWrite()
		}()
	}
}

type writeCloser interface{ CloseWrite() error }

func (t *netTransport) closeWrite() {
	conn, ok := t.conn.(writeCloser)
	if !ok {
		t.endsAtOnce.Store(true)
		t.endIfPeerClosed()
		return
	}
	_ = conn.CloseWrite()
	if below, ok := t.below.(writeCloser); ok && t.below != t.conn {
		_ = below.CloseWrite()
	}
}

// endIfPeerClosed hangs up if the peer's close frame has come. It waits for ours to end
// the connection (RFC 6455 section 7.1.1), and has nothing more to say.
func (t *netTransport) endIfPeerClosed() {
	t.readMu.Lock()
	closed := t.peerHasClosed
	t.readMu.Unlock()
	if closed {
		t.Conn.hangUp()
	}
}

package loop

import (
	"net/http"
	"net/http/httptest"
	"syscall"
	"testing"
	"time"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

// An event that the poller has fetched for a socket mustn't be taken for one of the
// next socket with its descriptor.
func TestEventOfAClosedSocketDoesNotReachTheNextOwnerOfItsDescriptor(t *testing.T) {
	testMode.onEpollOnly(t)
	l, err := New(&Options{Pollers: 1, Shards: 1, Writer: testMode.writer})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	var before func() // of the next handshake
	conns := make(chan *Conn, 4)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handshake, ok := CheckUpgrade(w, r)
		if !ok {
			return
		}
		before()
		_ = l.Upgrade(w, handshake, "", nil, func(c *Conn) Endpoint {
			e := &recorder{conn: c}
			e.open = func() { conns <- c }
			return e
		})
	}))
	defer server.Close()
	dial := func() (*wstest.Client, *Conn) {
		c, err := wstest.Dial(server.Listener.Addr().String(), wstest.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Conn.Close() })
		return c, <-conns
	}
	before = func() {}
	busy, busyConn := dial()
	first, firstConn := dial()
	victim, victimConn := dial()
	descriptor := victimConn.socket.Hash()

	// The poller fetches the events of first and victim together, and is held up by first.
	busyConn.readMu.Lock()
	firstConn.readMu.Lock()
	_ = busy.Write(wsproto.OpBinary, []byte{1})
	time.Sleep(50 * time.Millisecond)
	_ = first.Write(wsproto.OpBinary, []byte{1})
	time.Sleep(10 * time.Millisecond)
	_ = victim.Reset()
	time.Sleep(50 * time.Millisecond)
	busyConn.readMu.Unlock()
	time.Sleep(50 * time.Millisecond)

	// Meanwhile the victim's socket is closed, as by a failed write or a deadline, and a
	// new connection gets its descriptor.
	victimConn.Abort(&wsproto.CloseError{Code: wsproto.CloseAbnormal, Reason: "test"})
	before = func() { freeOnly(t, descriptor) }
	next, nextConn := dial()
	t.Logf("descriptors: %d before, %d now", descriptor, nextConn.socket.Hash())
	firstConn.readMu.Unlock()

	time.Sleep(50 * time.Millisecond)
	if err := next.Write(wsproto.OpPing, []byte("alive")); err != nil {
		t.Error(err)
	}
	if ev, err := next.Next(); err != nil || ev.Opcode != wsproto.OpPong {
		t.Errorf("%v, %v instead of a pong", ev.Opcode, err)
	}
}

// freeOnly makes fd the lowest free descriptor, if it is free, until the test's end.
func freeOnly(t *testing.T, fd int) {
	for {
		got, err := syscall.Open("/dev/null", syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got == fd {
			defer func() { _ = syscall.Close(fd) }()
			continue
		}
		t.Cleanup(func() { _ = syscall.Close(got) })
		if got > fd {
			return
		}
	}
}

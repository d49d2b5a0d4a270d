package loop

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

func TestCloseComesBehindWhatIsBeingWritten(t *testing.T) {
	f := newFixture(t, &Options{CloseTimeout: wstest.Timeout}, nil)
	c := f.dial(t)
	e := f.endpoint(t, 0)
	want := bytes.Repeat([]byte("large"), 4<<20)
	e.send(&f.pool, wsproto.OpBinary, want)
	if !wstest.Eventually(func() bool { return e.conn.Pending() > 0 }) {
		t.Fatal("nothing is being written")
	}
	e.conn.Close(4001, "enough")
	if _, got, err := c.Message(); err != nil || !bytes.Equal(got, want) {
		t.Fatalf("%d bytes came, and %v", len(got), err)
	}
	if closed, err := c.AwaitClose(); err != nil || closed.Code != 4001 {
		t.Fatalf("closed with %v, %v", closed, err)
	}
}

// A frame that takes longer than WriteTimeout passes as long as the peer reads on: what
// it takes of the frame is seen before the end.
func TestProgressWithinAFrameIsSeen(t *testing.T) {
	f := newFixture(t, nil, nil)
	c := f.dial(t)
	e := f.endpoint(t, 0)
	const size, read = 64 << 20, 16 << 20
	e.send(&f.pool, wsproto.OpBinary, make([]byte, size))
	if !wstest.Eventually(func() bool { return e.conn.Pending() > 0 }) {
		t.Fatal("nothing is being written")
	}
	before := f.loop.Now()
	_ = c.Conn.SetReadDeadline(time.Now().Add(wstest.Timeout))
	if _, err := io.CopyN(io.Discard, c.Conn, read); err != nil {
		t.Fatal(err)
	}
	if !wstest.Eventually(func() bool { return e.conn.Pending() <= size-read }) {
		t.Errorf("%d bytes are pending, of %d of which the client has read %d", e.conn.Pending(), size, read)
	}
	if e.conn.Pending() == 0 {
		t.Fatal("the sockets hold more than the test thinks of")
	}
	if e.conn.net != nil && time.Duration(e.conn.net.wrote.Load()) < before {
		t.Error("WriteTimeout doesn't see it")
	}
}

func TestTransportAndWriterMustFit(t *testing.T) {
	for _, o := range []Options{
		{Transport: "smoke signals"},
		{Transport: TransportGoroutines, Writer: WriterURing},
	} {
		if l, err := New(&o); err == nil {
			_ = l.Close()
			t.Errorf("%q with %q was accepted", o.Transport, o.Writer)
		} else if !strings.Contains(err.Error(), "Options.") {
			t.Error(err)
		}
	}
}

func TestEpollAloneRefusesWhatIsNotPlainTCP(t *testing.T) {
	if !hasEpoll || testMode.writer != WriterAuto {
		t.Skip("once is enough")
	}
	defer func(m mode) { testMode = m }(testMode)
	plain := testMode.transport == TransportGoroutines
	testMode.transport = TransportEpoll
	f := newFixture(t, nil, nil)
	c, err := wstest.Dial(f.addr, testMode.dial(wstest.Options{}))
	switch {
	case plain && err != nil:
		t.Error(err)
	case plain:
		_ = c.Conn.Close()
	case err == nil || !strings.Contains(err.Error(), "501"):
		t.Errorf("got %v, want an answer of 501", err)
	}
}

// A client waits for the server to end the connection (RFC 6455 section 7.1.1).
func TestServerEndsTheConnectionAfterTheClosingHandshake(t *testing.T) {
	f := newFixture(t, &Options{CloseTimeout: time.Minute}, nil)
	c := f.dial(t)
	if err := c.Write(wsproto.OpClose, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := c.AwaitClose(); err != nil {
		t.Fatal(err)
	}
	_ = c.Conn.SetReadDeadline(time.Now().Add(wstest.Timeout))
	if n, err := c.Conn.Read(make([]byte, 1)); err != io.EOF {
		t.Errorf("%d bytes and %v came behind the close frame, want the end", n, err)
	}
}

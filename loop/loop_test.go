package loop

import (
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

func TestMessagesAreEchoedInOrder(t *testing.T) {
	var f *fixture
	f = newFixture(t, nil, echoing(&f))
	c := f.dial(t)
	const n = 500
	go func() {
		for i := range n {
			_ = c.Write(wsproto.OpBinary, fmt.Appendf(nil, "message %d", i))
		}
	}()
	for i := range n {
		_, got, err := c.Message()
		if err != nil {
			t.Fatal(err)
		}
		if want := fmt.Sprintf("message %d", i); string(got) != want {
			t.Fatalf("got %q, want %q", got, want)
		}
	}
}

func TestLargeMessagePassesBothWays(t *testing.T) {
	var f *fixture
	f = newFixture(t, nil, echoing(&f))
	c := f.dial(t)
	want := bytes.Repeat([]byte("0123456789abcdef"), 1<<20)
	go func() { _ = c.Write(wsproto.OpBinary, want) }()
	_, got, err := c.Message()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Fatalf("%d bytes came back, not the %d that were sent", len(got), len(want))
	}
}

func TestBytesBehindTheHandshakeAreRead(t *testing.T) {
	var f *fixture
	f = newFixture(t, nil, echoing(&f))
	conn, err := wstest.DialConn(f.addr, testMode.dial(wstest.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	request := wsproto.AppendClientHandshake(nil, "localhost", "/", wsproto.ClientKey([16]byte{}), nil, nil)
	request = wsproto.AppendMaskedFrame(request, wsproto.OpText, true, []byte("early"), [4]byte{9, 9, 9, 9})
	if _, err := conn.Write(request); err != nil {
		t.Fatal(err)
	}
	_ = conn.SetReadDeadline(time.Now().Add(wstest.Timeout))
	var got []byte
	buf := make([]byte, 4096)
	for !bytes.HasSuffix(got, []byte("early")) {
		n, err := conn.Read(buf)
		if err != nil {
			t.Fatalf("%v after %q", err, got)
		}
		got = append(got, buf[:n]...)
	}
}

func TestFullInboxStopsReadingAndLosesNothing(t *testing.T) {
	release := make(chan struct{})
	var handled atomic.Int64
	f := newFixture(t, &Options{InboxMessages: 8, Workers: 4}, func(e *recorder) {
		e.receive = func(wsproto.Opcode, []byte) {
			<-release
			handled.Add(1)
		}
	})
	c := f.dial(t)
	const n = 5000
	sent := make(chan error, 1)
	go func() {
		var err error
		for i := 0; i < n && err == nil; i++ {
			err = c.Write(wsproto.OpBinary, bytes.Repeat([]byte{byte(i)}, 1000))
		}
		sent <- err
	}()
	if !wstest.Eventually(func() bool { return f.loop.Stats().Pauses > 0 }) {
		t.Fatal("reading wasn't paused")
	}
	if got := f.loop.Stats().Messages; got > 16+8 {
		t.Errorf("%d messages were taken in, with an inbox of 8", got)
	}
	close(release)
	if err := <-sent; err != nil {
		t.Fatal(err)
	}
	if !wstest.Eventually(func() bool { return handled.Load() == n }) {
		t.Fatalf("%d of %d messages were handled", handled.Load(), n)
	}
}

func TestHalfClosedPeerIsReadToTheEnd(t *testing.T) {
	release := make(chan struct{})
	var handled atomic.Int64
	f := newFixture(t, &Options{InboxMessages: 4}, func(e *recorder) {
		e.receive = func(wsproto.Opcode, []byte) {
			<-release
			handled.Add(1)
		}
	})
	c := f.dial(t)
	const n = 200
	for i := range n {
		if err := c.Write(wsproto.OpBinary, bytes.Repeat([]byte{byte(i)}, 100)); err != nil {
			t.Fatal(err)
		}
	}
	if !wstest.Eventually(func() bool { return f.loop.Stats().Pauses > 0 }) {
		t.Fatal("reading wasn't paused")
	}
	_ = c.CloseWrite()
	close(release)
	if !wstest.Eventually(func() bool { return handled.Load() == n }) {
		t.Fatalf("%d of %d messages were handled", handled.Load(), n)
	}
	if reason := f.endpoint(t, 0).awaitClosed(t); reason.Code != wsproto.CloseAbnormal {
		t.Errorf("reason %v, want 1006", reason)
	}
}

func TestBlockedHandlerDelaysOnlyItsOwnConnection(t *testing.T) {
	release := make(chan struct{})
	var f *fixture
	f = newFixture(t, nil, func(e *recorder) {
		e.receive = func(op wsproto.Opcode, payload []byte) {
			if string(payload) == "block" {
				<-release
			}
			e.send(&f.pool, op, payload)
		}
	})
	slow, fast := f.dial(t), f.dial(t)
	if err := slow.Write(wsproto.OpText, []byte("block")); err != nil {
		t.Fatal(err)
	}
	for range 10 {
		if err := fast.Write(wsproto.OpText, []byte("ping")); err != nil {
			t.Fatal(err)
		}
		if _, _, err := fast.Message(); err != nil {
			t.Fatal(err)
		}
	}
	close(release)
	if _, got, err := slow.Message(); err != nil || string(got) != "block" {
		t.Fatalf("%q, %v", got, err)
	}
}

func TestPanicOfAnEndpointIsContained(t *testing.T) {
	var f *fixture
	f = newFixture(t, nil, func(e *recorder) {
		e.receive = func(op wsproto.Opcode, payload []byte) {
			if string(payload) == "panic" {
				panic("boom")
			}
			e.send(&f.pool, op, payload)
		}
	})
	c := f.dial(t)
	for _, m := range []string{"panic", "still here"} {
		if err := c.Write(wsproto.OpText, []byte(m)); err != nil {
			t.Fatal(err)
		}
	}
	if _, got, err := c.Message(); err != nil || string(got) != "still here" {
		t.Fatalf("%q, %v", got, err)
	}
}

func TestClosingHandshakes(t *testing.T) {
	for _, tt := range []struct {
		name   string
		act    func(*wstest.Client, *recorder) error
		frame  wsproto.CloseCode // what the client is sent
		reason wsproto.CloseError
	}{
		{
			name: "the client's code comes back",
			act: func(c *wstest.Client, _ *recorder) error {
				return c.Write(wsproto.OpClose, wsproto.AppendClosePayload(nil, 3456, "bye"))
			},
			frame: 3456, reason: wsproto.CloseError{Code: 3456, Reason: "bye"},
		},
		{
			name:  "a close without a code is answered without one",
			act:   func(c *wstest.Client, _ *recorder) error { return c.Write(wsproto.OpClose, nil) },
			frame: wsproto.CloseNoStatus, reason: wsproto.CloseError{Code: wsproto.CloseNoStatus},
		},
		{
			name: "the server's code is the reason",
			act: func(_ *wstest.Client, e *recorder) error {
				e.conn.Close(4001, "enough")
				return nil
			},
			frame: 4001, reason: wsproto.CloseError{Code: 4001, Reason: "enough"},
		},
		{
			name: "an unmasked frame is a protocol error",
			act: func(c *wstest.Client, _ *recorder) error {
				return c.WriteRaw(wsproto.AppendFrame(nil, wsproto.OpText, []byte("plain")))
			},
			frame: wsproto.CloseProtocolError, reason: wsproto.CloseError{Code: wsproto.CloseProtocolError},
		},
		{
			name: "a message over the limit is refused at its header",
			act: func(c *wstest.Client, _ *recorder) error {
				return c.WriteRaw([]byte{0x82, 0xff, 0, 0, 0, 0, 0x40, 0, 0, 0, 1, 2, 3, 4})
			},
			frame: wsproto.CloseMessageTooBig, reason: wsproto.CloseError{Code: wsproto.CloseMessageTooBig},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := newFixture(t, nil, nil)
			c := f.dial(t)
			e := f.endpoint(t, 0)
			if err := tt.act(c, e); err != nil {
				t.Fatal(err)
			}
			closed, err := c.AwaitClose()
			if err != nil {
				t.Fatal("no close frame:", err)
			}
			if closed.Code != tt.frame {
				t.Errorf("the client got %v, want %d", closed, tt.frame)
			}
			_ = c.Conn.Close()
			reason := e.awaitClosed(t)
			if reason.Code != tt.reason.Code || (tt.reason.Reason != "" && reason.Reason != tt.reason.Reason) {
				t.Errorf("reason %v, want %v", reason, &tt.reason)
			}
		})
	}
}

func TestPeerThatDoesNotAnswerACloseIsCutOff(t *testing.T) {
	f := newFixture(t, &Options{CloseTimeout: 50 * time.Millisecond}, nil)
	f.dial(t)
	e := f.endpoint(t, 0)
	e.conn.Close(wsproto.CloseGoingAway, "")
	if reason := e.awaitClosed(t); reason.Code != wsproto.CloseGoingAway {
		t.Errorf("reason %v", reason)
	}
}

func TestNothingIsReceivedAfterClose(t *testing.T) {
	var received atomic.Int64
	f := newFixture(t, &Options{CloseTimeout: 300 * time.Millisecond}, func(e *recorder) {
		e.receive = func(wsproto.Opcode, []byte) { received.Add(1) }
	})
	c := f.dial(t)
	e := f.endpoint(t, 0)
	e.conn.Close(4000, "enough")
	if closed, err := c.AwaitClose(); err != nil || closed.Code != 4000 {
		t.Fatalf("%v, %v", closed, err)
	}
	for range 100 { // as a peer that pays no heed
		if c.Write(wsproto.OpBinary, []byte("and another thing")) != nil {
			break
		}
	}
	e.awaitClosed(t)
	if n := received.Load(); n != 0 {
		t.Errorf("%d messages were received", n)
	}
}

func TestDrainSendsWhatIsQueuedFirst(t *testing.T) {
	f := newFixture(t, nil, nil)
	c := f.dial(t)
	e := f.endpoint(t, 0)
	const n = 300
	for i := range n {
		e.send(&f.pool, wsproto.OpBinary, bytes.Repeat([]byte{byte(i)}, 10_000))
	}
	e.conn.Drain(wsproto.CloseGoingAway, "drained")
	for i := range n {
		if _, got, err := c.Message(); err != nil || got[0] != byte(i) {
			t.Fatalf("message %d: %v", i, err)
		}
	}
	closed, err := c.AwaitClose()
	if err != nil || closed.Code != wsproto.CloseGoingAway {
		t.Fatalf("%v, %v", closed, err)
	}
}

func TestNeverReadingPeerIsClosedAndOthersNoticeNothing(t *testing.T) {
	f := newFixture(t, &Options{WriteTimeout: 200 * time.Millisecond, SendBufferBytes: 16 << 10}, nil)
	stuck := f.dialWith(t, wstest.Options{ReceiveBufferBytes: 4 << 10})
	stuckEnd := f.endpoint(t, 0) // before the other one dials: 101 comes before the endpoint
	reader := f.dial(t)
	readerEnd := f.endpoint(t, 1)
	stuckEnd.send(&f.pool, wsproto.OpBinary, make([]byte, 8<<20))
	for range 20 {
		readerEnd.send(&f.pool, wsproto.OpBinary, []byte("tick"))
		if _, _, err := reader.Message(); err != nil {
			t.Fatal(err)
		}
	}
	reason := stuckEnd.awaitClosed(t)
	if !strings.Contains(reason.Reason, "no write progress") {
		t.Errorf("reason %v", reason)
	}
	_ = stuck.Conn.Close()
}

func TestSilentPeerIsPingedAndThenClosed(t *testing.T) {
	f := newFixture(t, &Options{PingInterval: 100 * time.Millisecond, PingTimeout: 200 * time.Millisecond}, nil)
	c := f.dial(t)
	ev, err := c.Next()
	if err != nil || ev.Opcode != wsproto.OpPing {
		t.Fatalf("%v, %v", ev, err)
	}
	if reason := f.endpoint(t, 0).awaitClosed(t); !strings.Contains(reason.Reason, "ping") {
		t.Errorf("reason %v", reason)
	}
}

func TestPingFloodIsAnsweredWithinBounds(t *testing.T) {
	f := newFixture(t, &Options{SendBufferBytes: 8 << 10, WriteTimeout: time.Minute}, nil)
	c := f.dialWith(t, wstest.Options{ReceiveBufferBytes: 4 << 10})
	payload := bytes.Repeat([]byte("p"), wsproto.MaxControlPayload)
	for range 20_000 {
		if err := c.Write(wsproto.OpPing, payload); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Write(wsproto.OpPing, []byte("last")); err != nil {
		t.Fatal(err)
	}
	for {
		ev, err := c.Next()
		if err != nil {
			t.Fatal(err)
		}
		if string(ev.Payload) == "last" {
			break
		}
	}
	e := f.endpoint(t, 0)
	e.conn.ctlMu.Lock()
	defer e.conn.ctlMu.Unlock()
	if len(e.conn.control) > maxControlBytes {
		t.Errorf("%d bytes of control frames wait", len(e.conn.control))
	}
}

func TestResetPeersAreReleased(t *testing.T) {
	f := newFixture(t, nil, nil)
	for i := range 20 {
		c := f.dial(t)
		e := f.endpoint(t, i)
		for range 4 {
			e.send(&f.pool, wsproto.OpBinary, make([]byte, 1<<20))
		}
		if err := c.Reset(); err != nil {
			t.Fatal(err)
		}
		e.awaitClosed(t)
	}
	if !wstest.Eventually(func() bool { return f.loop.Stats().Conns == 0 }) {
		t.Errorf("%d connections are left", f.loop.Stats().Conns)
	}
}

func TestGroupWakesAllItsConnections(t *testing.T) {
	f := newFixture(t, nil, nil)
	const n = 10
	var clients []*wstest.Client
	for range n {
		clients = append(clients, f.dial(t))
	}
	f.endpoint(t, n-1)
	if !wstest.Eventually(func() bool {
		opened := 0
		for _, e := range f.all() {
			if e.conn.opened.Load() {
				opened++
			}
		}
		return opened == n
	}) {
		t.Fatal("not all connections opened")
	}
	for _, e := range f.all() {
		frame := f.pool.Get(16)
		frame.Set(wsproto.AppendFrame(frame.Buffer(), wsproto.OpText, []byte("all")))
		e.mu.Lock()
		e.queue = append(e.queue, frame)
		e.mu.Unlock()
	}
	f.group.Wake()
	for _, c := range clients {
		if _, got, err := c.Message(); err != nil || string(got) != "all" {
			t.Fatalf("%q, %v", got, err)
		}
	}
}

func TestUpgradeIsRefusedAfterClose(t *testing.T) {
	f := newFixture(t, nil, nil)
	if err := f.loop.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := wstest.Dial(f.addr, testMode.dial(wstest.Options{})); err == nil || !strings.Contains(err.Error(), "503") {
		t.Errorf("got %v, want an answer of 503", err)
	}
	if err := f.loop.Close(); !errors.Is(err, ErrClosed) {
		t.Errorf("the second Close returned %v", err)
	}
}

func TestBadOptionsAreAllNamed(t *testing.T) {
	_, err := New(&Options{Shards: -1, InboxMessages: -2})
	if err == nil || !strings.Contains(err.Error(), "Shards") || !strings.Contains(err.Error(), "InboxMessages") {
		t.Errorf("got %v", err)
	}
}

// A server shows its client to others before the connection has its endpoint.
func TestTaskFromBeforeTheEndpointRunsBehindOpen(t *testing.T) {
	opensBefore := make(chan int, 1)
	f := newFixture(t, nil, func(e *recorder) {
		scheduled := make(chan bool)
		go func() { scheduled <- e.conn.Do(func() { opensBefore <- e.opens }) }()
		if !<-scheduled {
			t.Error("the task was refused")
		}
		runtime.Gosched()
	})
	f.dial(t)
	select {
	case n := <-opensBefore:
		if n != 1 {
			t.Errorf("it ran behind %d calls of Open", n)
		}
	case <-time.After(wstest.Timeout):
		t.Error("the task didn't run")
	}
}

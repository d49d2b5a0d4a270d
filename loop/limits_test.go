package loop

import (
	"errors"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

func TestSilentConnectionIsClosedAsIdle(t *testing.T) {
	t.Parallel()
	f := newFixture(t, &Options{IdleTimeout: 300 * time.Millisecond, PingInterval: time.Millisecond}, nil)
	c := f.dial(t)
	pings := 0
	for {
		ev, err := c.Next()
		if err != nil {
			t.Fatal(err)
		}
		if ev.Opcode == wsproto.OpPing { // pongs don't keep it from being idle
			pings++
			if err := c.Write(wsproto.OpPong, ev.Payload); err != nil {
				t.Fatal(err)
			}
			continue
		}
		code, reason := wsproto.ParseClose(ev.Payload)
		if ev.Opcode != wsproto.OpClose || code != wsproto.CloseNormal || reason != "no message for 300ms" {
			t.Errorf("%v with %v %q", ev.Opcode, code, reason)
		}
		break
	}
	if pings == 0 {
		t.Error("it wasn't pinged before")
	}
	if err := c.Write(wsproto.OpClose, wsproto.AppendClosePayload(nil, wsproto.CloseNormal, "")); err != nil {
		t.Fatal(err)
	}
	if n := f.loop.Stats().IdleTimeouts; n != 1 {
		t.Errorf("%d idle timeouts were counted", n)
	}
}

func TestConnectionWithWorkToDoIsNotIdle(t *testing.T) {
	t.Parallel()
	const timeout = 50 * time.Millisecond
	release := make(chan struct{})
	handled := make(chan struct{}, 1)
	f := newFixture(t, &Options{IdleTimeout: timeout}, func(r *recorder) {
		r.receive = func(wsproto.Opcode, []byte) {
			<-release
			handled <- struct{}{}
		}
	})
	c := f.dial(t)
	if err := c.Write(wsproto.OpBinary, []byte("work")); err != nil {
		t.Fatal(err)
	}
	// Two sweeps find it busy, however long it is silent.
	conn := f.endpoint(t, 0).conn
	first := conn.lastMessage.Load()
	if !wstest.Eventually(func() bool { return conn.lastMessage.Load()-first > int64(2*timeout) }) {
		t.Fatal("it isn't found busy")
	}
	if n := f.loop.Stats().IdleTimeouts; n != 0 {
		t.Fatal("it was closed while its message was being handled")
	}
	close(release)
	<-handled
	var closed *wsproto.CloseError
	if _, _, err := c.Message(); !errors.As(err, &closed) || closed.Code != wsproto.CloseNormal {
		t.Errorf("then closed with %v", err)
	}
}

func TestUpgradeBeyondMaxConnsIsRefused(t *testing.T) {
	f := newFixture(t, &Options{MaxConns: 1}, nil)
	for range 3 { // what can't be upgraded takes no place
		err := f.loop.Upgrade(httptest.NewRecorder(), wsproto.Handshake{}, "", nil, nil)
		if err == nil || errors.Is(err, ErrFull) {
			t.Fatal("a connection that can't be hijacked:", err)
		}
	}
	first := f.dial(t)
	if c, err := wstest.Dial(f.addr, testMode.dial(wstest.Options{})); err == nil {
		_ = c.Conn.Close()
		t.Fatal("a second connection was let in")
	}
	_ = first.Conn.Close()
	var second *wstest.Client
	var err error
	if !wstest.Eventually(func() bool {
		second, err = wstest.Dial(f.addr, testMode.dial(wstest.Options{}))
		return err == nil
	}) {
		t.Fatal("nobody gets in after the first has left:", err)
	}
	_ = second.Conn.Close()
	if !wstest.Eventually(func() bool { return f.loop.places.Load() == 0 }) {
		t.Errorf("%d places are taken", f.loop.places.Load())
	}
}

func TestGroupCountsWhatIsWrittenWhole(t *testing.T) {
	f := newFixture(t, &Options{Shards: 2}, nil)
	const conns, frames, messages = 5, 7, 3
	body := make([]byte, 1000)
	for i := range conns {
		c := f.dial(t)
		e := f.endpoint(t, i)
		for range frames {
			frame := f.pool.Get(len(body) + wsproto.MaxHeaderBytes)
			frame.Set(wsproto.AppendFrame(frame.Buffer(), wsproto.OpBinary, body))
			frame.Messages, frame.PayloadBytes = messages, 2*len(body)
			e.sendFrame(frame)
		}
		e.send(&f.pool, wsproto.OpBinary, nil) // a frame without messages is no window
		for range frames + 1 {
			if _, _, err := c.Message(); err != nil {
				t.Fatal(err)
			}
		}
	}
	want := GroupStats{
		Bytes:        conns * (frames*uint64(len(body)+4) + 2),
		Windows:      conns * frames,
		Messages:     conns * frames * messages,
		PayloadBytes: conns * frames * 2 * uint64(len(body)),
	}
	counted := func() GroupStats {
		got := f.group.Stats()
		got.WriteStalls = 0 // a machine that is busy may have some
		return got
	}
	if !wstest.Eventually(func() bool { return counted() == want }) {
		t.Errorf("got %+v, want %+v", counted(), want)
	}
}

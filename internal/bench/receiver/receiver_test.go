//go:build linux

package receiver

import (
	"bytes"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/scenewire/scenewire/internal/bench/frames"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

// server is a plain server of the test's own. It accepts every handshake and sends
// hello behind its answer, in the same write.
type server struct {
	listener net.Listener
	hello    []byte
	ended    chan error // how connections have ended, while there is room
	mu       sync.Mutex
	conns    []net.Conn
	got      bytes.Buffer
}

func newServer(t *testing.T, hello []byte) *server {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &server{listener: ln, hello: hello, ended: make(chan error, 1)}
	t.Cleanup(func() {
		_ = ln.Close()
		s.each(func(c net.Conn) { _ = c.Close() })
	})
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			go s.serve(c)
		}
	}()
	return s
}

func (s *server) serve(c net.Conn) {
	var request []byte
	buf := make([]byte, 4096)
	for !bytes.HasSuffix(request, []byte("\r\n\r\n")) {
		n, err := c.Read(buf)
		if err != nil {
			return
		}
		request = append(request, buf[:n]...)
	}
	s.mu.Lock()
	_, _ = c.Write(append(wsproto.AppendSwitchingProtocols(nil, wsproto.ClientKey(nonce), ""), s.hello...))
	s.conns = append(s.conns, c)
	s.mu.Unlock()
	for {
		n, err := c.Read(buf)
		if err != nil {
			select {
			case s.ended <- err:
			default:
			}
			return
		}
		s.mu.Lock()
		s.got.Write(buf[:n])
		s.mu.Unlock()
	}
}

func (s *server) each(f func(net.Conn)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.conns {
		f(c)
	}
}

func (s *server) broadcast(b []byte) { s.each(func(c net.Conn) { _, _ = c.Write(b) }) }

func dialTest(t *testing.T, s *server, o Options) *Receiver {
	t.Helper()
	o.Addr = s.listener.Addr().String()
	r, err := Dial(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r
}

func (r *Receiver) awaitFrames(t *testing.T, n int64) {
	t.Helper()
	if err := r.Await(t.Context(), func() bool { return r.Counts().Frames >= n }); err != nil {
		t.Fatal(err)
	}
}

func TestReceiverCountsAndSamples(t *testing.T) {
	const clients, rounds, sampled = 40, 10, 5
	payload := make([]byte, 1000)
	frames.PutStamp(payload[100:], machine.Monotonic()-int64(time.Second))
	frame := wsproto.AppendFrame(nil, wsproto.OpBinary, payload)

	// Each client gets the first half of a frame together with the handshake's answer.
	s := newServer(t, frame[:len(frame)/2])
	r := dialTest(t, s, Options{
		Clients: clients, Threads: 2, Sampled: sampled, Detailed: true,
		NewReader: func() frames.Reader { return frames.ReadPlain },
	})
	s.broadcast(frame[len(frame)/2:])
	r.awaitFrames(t, clients)
	if got := r.TakeSamples(); got.Frames != sampled {
		t.Errorf("%d samples of a first frame, want %d", got.Frames, sampled)
	}
	before := r.PerClient()
	for range rounds {
		s.broadcast(wsproto.AppendFrame(nil, wsproto.OpPing, nil))
		s.broadcast(frame)
	}
	r.awaitFrames(t, clients*(rounds+1))

	c := r.Counts()
	if c.Frames != clients*(rounds+1) || c.Bytes != c.Frames*int64(len(frame)) || c.Closed != 0 {
		t.Errorf("counts: %+v", c)
	}
	if got := Slowest(before, r.PerClient()); got != rounds {
		t.Errorf("the slowest client got %d frames, want %d", got, rounds)
	}
	got := r.TakeSamples()
	if got.Frames != sampled*rounds || got.Messages != got.Frames || got.Latency.Count() != uint64(got.Frames) {
		t.Errorf("samples: %d frames, %d messages, %d latencies", got.Frames, got.Messages, got.Latency.Count())
	}
	if p := got.Latency.Quantile(0); p < time.Second || p > time.Minute {
		t.Errorf("least latency: %v", p)
	}
	if again := r.TakeSamples(); again.Frames != 0 {
		t.Errorf("%d samples were taken twice", again.Frames)
	}
}

func TestReceiverTellsDetails(t *testing.T) {
	s := newServer(t, nil)
	r := dialTest(t, s, Options{Clients: 3, Detailed: true})
	start := machine.Monotonic()
	s.broadcast(wsproto.AppendFrame(nil, wsproto.OpBinary, []byte("\x07\x01\x00\x00\x00\x00\x00\x00rest")))
	s.broadcast(wsproto.AppendFrame(nil, wsproto.OpBinary, []byte("\x01\x00\x00\x00\x00\x00\x00\x00")))
	r.awaitFrames(t, 6)
	for i, c := range r.PerClient() {
		if c.Frames != 2 || c.Inflated != 0x107+1 || c.Last <= start || c.Last > machine.Monotonic() {
			t.Errorf("client %d, from %d on: %+v", i, start, c)
		}
	}
}

func TestReceiverWrites(t *testing.T) {
	s := newServer(t, nil)
	r := dialTest(t, s, Options{Clients: 2})
	for i := range 2 {
		if n, err := r.Write(i, []byte("hello")); err != nil || n != len("hello") {
			t.Fatalf("%d bytes, %v", n, err)
		}
	}
	err := r.Await(t.Context(), func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.got.Len() == len("hellohello")
	})
	if err != nil {
		t.Error(err)
	}
}

func TestResetTellsTheServer(t *testing.T) {
	for name, c := range map[string]struct {
		end  func(*Receiver)
		want error
	}{
		"close": {(*Receiver).Close, io.EOF},
		"reset": {(*Receiver).Reset, syscall.ECONNRESET},
	} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, nil)
			r := dialTest(t, s, Options{Clients: 1})
			c.end(r)
			if err := <-s.ended; !errors.Is(err, c.want) {
				t.Errorf("the server's connection has ended with %v, want %v", err, c.want)
			}
		})
	}
}

func TestReceiverTellsOfLostConnections(t *testing.T) {
	for name, end := range map[string]func(*server){
		"close frame": func(s *server) { s.broadcast(wsproto.AppendClose(nil, wsproto.CloseGoingAway, "")) },
		"end":         func(s *server) { s.each(func(c net.Conn) { _ = c.Close() }) },
		"masked":      func(s *server) { s.broadcast([]byte{0x82, 0x80, 0, 0, 0, 0}) },
	} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, nil)
			r := dialTest(t, s, Options{Clients: 2})
			end(s)
			err := r.Await(t.Context(), func() bool { return r.Counts().Closed == 2 })
			if err == nil || !strings.Contains(err.Error(), "client ") {
				t.Errorf("error: %v", err)
			}
		})
	}
}

func TestDialFails(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			_, _ = io.WriteString(c, "HTTP/1.1 403 Forbidden\r\n\r\n")
			_ = c.Close()
		}
	}()
	addr := ln.Addr().String()
	if _, err := Dial(t.Context(), Options{Addr: addr, Clients: 3}); err == nil {
		t.Error("no error for a refused handshake")
	}
	_ = ln.Close()
	if _, err := Dial(t.Context(), Options{Addr: addr, Clients: 3}); err == nil || !strings.Contains(err.Error(), "connect to") {
		t.Errorf("nobody listens: %v", err)
	}
	if _, err := Dial(t.Context(), Options{Addr: addr, Clients: 1 << 30}); err == nil || !strings.Contains(err.Error(), "open files") {
		t.Errorf("too many: %v", err)
	}
}

func TestGreetComesBeforeReceiving(t *testing.T) {
	frame := wsproto.AppendFrame(nil, wsproto.OpBinary, []byte("a window"))
	// It comes together with the answer to the handshake.
	s := newServer(t, []byte("welcome"))
	r := dialTest(t, s, Options{
		Clients: 3,
		Greet: func(conn io.ReadWriter) error {
			if _, err := io.WriteString(conn, "hello"); err != nil {
				return err
			}
			answer := make([]byte, len("welcome"))
			if _, err := io.ReadFull(conn, answer); err != nil || string(answer) != "welcome" {
				t.Errorf("answer %q, %v", answer, err)
			}
			return nil
		},
	})
	s.broadcast(frame)
	r.awaitFrames(t, 3)
	got := func() string {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.got.String()
	}
	if !wstest.Eventually(func() bool { return got() == "hellohellohello" }) {
		t.Errorf("the server got %q", got())
	}
}

func TestWhatGreetLeavesIsReceived(t *testing.T) {
	frame := wsproto.AppendFrame(nil, wsproto.OpBinary, []byte("a window"))
	s := newServer(t, append([]byte("!"), frame...))
	r := dialTest(t, s, Options{Clients: 2, Greet: func(conn io.ReadWriter) error {
		_, err := conn.Read(make([]byte, 1))
		return err
	}})
	r.awaitFrames(t, 2)
}

func TestGreetThatFailsFailsTheDial(t *testing.T) {
	s := newServer(t, nil)
	_, err := Dial(t.Context(), Options{
		Addr: s.listener.Addr().String(), Clients: 1,
		Greet: func(io.ReadWriter) error { return io.ErrUnexpectedEOF },
	})
	if err == nil || !strings.Contains(err.Error(), "greet") {
		t.Errorf("error: %v", err)
	}
}

func TestReplies(t *testing.T) {
	s := newServer(t, nil)
	r := dialTest(t, s, Options{Clients: 2, Threads: 2, Reply: func(dst []byte) []byte { return append(dst, "pong"...) }})
	frame := wsproto.AppendFrame(nil, wsproto.OpBinary, []byte("ping"))
	replied := func(n int) func() bool {
		return func() bool {
			s.mu.Lock()
			defer s.mu.Unlock()
			return s.got.String() == strings.Repeat("pong", n)
		}
	}
	s.broadcast(frame)
	r.awaitFrames(t, 2)
	r.SetReplying(true)
	// Two frames in one read have two replies.
	s.broadcast(append(append([]byte(nil), frame...), frame...))
	if err := r.Await(t.Context(), replied(4)); err != nil {
		t.Fatal(err)
	}
	r.SetReplying(false)
	s.broadcast(frame)
	r.awaitFrames(t, 8)
	if !replied(4)() {
		t.Errorf("the server got %q", s.got.String())
	}
}

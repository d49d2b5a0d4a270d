package wsclient

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/wsproto"
)

func TestMain(m *testing.M) {
	before := wstest.OpenDescriptors()
	os.Exit(wstest.CheckLeaks(m.Run(), before, 3, wstest.Timeout))
}

type note struct {
	Text string `msgpack:"text"`
}

func (note) RedundancyKey() string { return "note" }

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// serve starts a server behind plain HTTP or TLS, and returns its address.
func serve(t *testing.T, start func(h http.Handler) *httptest.Server) (*scenewire.Server, *httptest.Server) {
	t.Helper()
	s, err := scenewire.New(&scenewire.Options{Registry: messages.NewRegistry().MustRegister(note{})})
	must(t, err)
	front := start(s)
	t.Cleanup(func() {
		_ = s.Shutdown(t.Context())
		front.Close()
	})
	return s, front
}

func TestMessagesGoBothWays(t *testing.T) {
	for name, start := range map[string]func(http.Handler) *httptest.Server{"ws": httptest.NewServer, "wss": httptest.NewTLSServer} {
		t.Run(name, func(t *testing.T) {
			s, front := serve(t, start)
			heard := make(chan string, 1)
			scenewire.Handle(s, func(_ *scenewire.Client, m note) { heard <- m.Text })
			left := make(chan error, 1)
			s.OnDisconnect(func(_ *scenewire.Client, reason error) { left <- reason })
			must(t, s.Broadcast(note{"hello"}))
			c, err := Dial(t.Context(), front.URL, Options{
				Subprotocols: []string{scenewire.Subprotocol},
				TLS:          trust(front),
			})
			must(t, err)
			if c.Subprotocol != scenewire.Subprotocol {
				t.Errorf("the subprotocol is %q", c.Subprotocol)
			}
			_, payload, err := c.Read(t.Context())
			must(t, err)
			window, err := wsproto.DecodeWindow(wsproto.GenerationZstd, payload, wsproto.WindowLimits{}, nil)
			must(t, err)
			if len(window.Messages) != 1 {
				t.Fatalf("%d messages", len(window.Messages))
			}
			must(t, c.Write(wsproto.OpBinary, window.Messages[0]))
			if text := <-heard; text != "hello" {
				t.Errorf("the server heard %q", text)
			}
			if c.Received() < int64(len(payload)) {
				t.Errorf("%d bytes received, a payload had %d", c.Received(), len(payload))
			}
			must(t, c.Close(wsproto.CloseNormal))
			var code *wsproto.CloseError
			if err := <-left; !errors.As(err, &code) || code.Code != wsproto.CloseNormal {
				t.Errorf("the server saw the end %v", err)
			}
		})
	}
}

// trust is a configuration that trusts a test's server.
func trust(s *httptest.Server) *tls.Config {
	if s.TLS == nil {
		return nil
	}
	return s.Client().Transport.(*http.Transport).TLSClientConfig
}

// peer accepts one connection, makes the handshake and then does as it is told.
func peer(t *testing.T, then func(conn net.Conn, r *bufio.Reader)) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	done := make(chan struct{})
	go func() {
		defer close(done)
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		r := bufio.NewReader(conn)
		request, err := http.ReadRequest(r)
		if err != nil {
			return
		}
		_, _ = conn.Write([]byte("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
			"Sec-WebSocket-Accept: " + wsproto.AcceptKey(request.Header.Get("Sec-WebSocket-Key")) + "\r\n\r\n"))
		then(conn, r)
	}()
	t.Cleanup(func() {
		ln.Close()
		<-done
	})
	return "ws://" + ln.Addr().String()
}

// drain reads until the client goes.
func drain(r *bufio.Reader) {
	for {
		if _, err := r.ReadByte(); err != nil {
			return
		}
	}
}

func TestEndsOfAConnection(t *testing.T) {
	for name, c := range map[string]struct {
		then func(conn net.Conn, r *bufio.Reader)
		is   func(err error) bool
	}{
		"closed by the server": {
			func(conn net.Conn, r *bufio.Reader) {
				_, _ = conn.Write(wsproto.AppendClose(nil, wsproto.ClosePolicyViolation, "go"))
				drain(r)
			},
			func(err error) bool { return code(err) == wsproto.ClosePolicyViolation },
		},
		"no close frame": {
			func(net.Conn, *bufio.Reader) {},
			func(err error) bool { return code(err) == wsproto.CloseAbnormal },
		},
		"a masked frame": {
			func(conn net.Conn, r *bufio.Reader) {
				_, _ = conn.Write(wsproto.AppendMaskedFrame(nil, wsproto.OpText, true, nil, [4]byte{}))
				drain(r)
			},
			func(err error) bool {
				return code(err) == wsproto.CloseProtocolError && strings.Contains(err.Error(), "broke the protocol")
			},
		},
		"silence": {
			func(_ net.Conn, r *bufio.Reader) { drain(r) },
			func(err error) bool { return errors.Is(err, ErrSilent) },
		},
	} {
		t.Run(name, func(t *testing.T) {
			conn, err := Dial(t.Context(), peer(t, c.then), Options{Silence: 20 * time.Millisecond})
			must(t, err)
			defer conn.Close(wsproto.CloseNormal)
			if _, _, err := conn.Read(t.Context()); !c.is(err) {
				t.Errorf("the end is %v", err)
			}
		})
	}
}

func code(err error) wsproto.CloseCode {
	var closed *wsproto.CloseError
	if !errors.As(err, &closed) {
		return 0
	}
	return closed.Code
}

// A server that answers pings may be silent for long, and reading goes on after a
// context's end.
func TestQuietServerIsKept(t *testing.T) {
	speak := make(chan struct{})
	address := peer(t, func(conn net.Conn, r *bufio.Reader) {
		for range 3 {
			frame := make([]byte, 6) // a masked ping without payload
			if _, err := readFull(r, frame); err != nil {
				return
			}
			_, _ = conn.Write(wsproto.AppendFrame(nil, wsproto.OpPong, nil))
		}
		close(speak)
		_, _ = conn.Write(wsproto.AppendFrame(nil, wsproto.OpBinary, []byte("late")))
		drain(r)
	})
	c, err := Dial(t.Context(), address, Options{Silence: 30 * time.Millisecond, CloseTimeout: time.Millisecond})
	must(t, err)
	defer c.Close(wsproto.CloseNormal)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := c.Read(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("reading with a context that is over: %v", err)
	}
	_, payload, err := c.Read(t.Context())
	must(t, err)
	if string(payload) != "late" {
		t.Errorf("got %q", payload)
	}
	<-speak
}

func readFull(r *bufio.Reader, b []byte) (int, error) {
	n := 0
	for n < len(b) {
		c, err := r.ReadByte()
		if err != nil {
			return n, err
		}
		b[n] = c
		n++
	}
	return n, nil
}

func TestRefusals(t *testing.T) {
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		want   string
	}{
		"a reason": {
			func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "not today\nmore", http.StatusForbidden) },
			"the server answered 403 Forbidden: not today",
		},
		"a page": {
			func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) },
			"the server answered 200 OK",
		},
		"no WebSocket": {
			func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusSwitchingProtocols) },
			"the server answered 101 Switching Protocols: no Upgrade header that names websocket",
		},
	} {
		t.Run(name, func(t *testing.T) {
			front := httptest.NewServer(c.answer)
			defer front.Close()
			_, err := Dial(t.Context(), front.URL, Options{})
			if err == nil || err.Error() != c.want {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

func TestBasicAuthorizationAndHeadersAreSent(t *testing.T) {
	got := make(chan *http.Request, 1)
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got <- r
		w.WriteHeader(http.StatusTeapot)
	}))
	defer front.Close()
	address := strings.Replace(front.URL, "http://", "ws://ann:secret@", 1) + "/room/a?x=1"
	_, err := Dial(t.Context(), address, Options{Header: http.Header{"X-Who": {"ann"}}})
	var refused *RefusedError
	if !errors.As(err, &refused) || refused.Status != http.StatusTeapot {
		t.Errorf("got %v", err)
	}
	r := <-got
	user, password, _ := r.BasicAuth()
	if user != "ann" || password != "secret" || r.URL.String() != "/room/a?x=1" || r.Header.Get("X-Who") != "ann" {
		t.Errorf("got %s %v", r.URL, r.Header)
	}
}

func TestAddresses(t *testing.T) {
	for address, want := range map[string]string{
		"ws://a:1/b":        "ws://a:1/b",
		"http://a":          "ws://a",
		"https://a":         "wss://a",
		"localhost:8080":    "ws://localhost:8080",
		"127.0.0.1:8080/x":  "ws://127.0.0.1:8080/x",
		"ftp://a":           "",
		"ws://":             "",
		"ws://a b":          "",
		"ws://[::1]:8080/x": "ws://[::1]:8080/x",
	} {
		u, err := ParseURL(address)
		switch {
		case want == "" && !errors.Is(err, ErrAddress):
			t.Errorf("%s: got %v, want ErrAddress", address, err)
		case want != "" && (err != nil || u.String() != want):
			t.Errorf("%s: got %v, %v; want %s", address, u, err, want)
		}
	}
}

func TestDialEndsWithItsContext(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0") // which accepts and says nothing
	must(t, err)
	defer ln.Close()
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		conn, err := ln.Accept()
		if err == nil {
			defer conn.Close()
			cancel()
			drain(bufio.NewReader(conn))
		}
	}()
	if _, err := Dial(ctx, ln.Addr().String(), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

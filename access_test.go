package scenewire

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

// ask sends one request over a connection of its own, with the header lines as they
// are. Without a Host line, Host is localhost.
func ask(t testing.TB, s *Server, method, target string, lines ...string) *http.Response {
	t.Helper()
	conn, err := net.Dial(s.Addr().Network(), s.Addr().String())
	must(t, err)
	defer func() { _ = conn.Close() }()
	return askOn(t, conn, method, target, lines...)
}

func askOn(t testing.TB, conn net.Conn, method, target string, lines ...string) *http.Response {
	t.Helper()
	_ = conn.SetDeadline(time.Now().Add(wstest.Timeout))
	head := method + " " + target + " HTTP/1.1\r\n"
	for _, line := range lines {
		head += line + "\r\n"
	}
	if !strings.Contains(head, "\r\nHost: ") {
		head += "Host: localhost\r\n"
	}
	_, err := io.WriteString(conn, head+"\r\n")
	must(t, err)
	response, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
	must(t, err)
	if response.StatusCode == http.StatusSwitchingProtocols {
		return response
	}
	body, err := io.ReadAll(response.Body)
	must(t, err)
	response.Body = io.NopCloser(strings.NewReader(string(body)))
	return response
}

func bodyOf(t testing.TB, r *http.Response) string {
	t.Helper()
	body, err := io.ReadAll(r.Body)
	must(t, err)
	return string(body)
}

// handshake is a good one's header lines.
func handshake(more ...string) []string {
	return append([]string{
		"Connection: Upgrade", "Upgrade: websocket",
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13",
	}, more...)
}

func TestHostsThatAreNotThisServerAreRefused(t *testing.T) {
	s := serve(t, func(o *Options) {
		o.Root = testSite()
		o.Hosts = []string{"scene.example", "*.wild.example"}
	})
	for _, tt := range []struct {
		name, host string
		allowed    bool
	}{
		{"the address with its port", s.Addr().String(), true},
		{"another loopback address", "127.9.9.9", true},
		{"an IPv6 address", "[::1]:8080", true},
		{"an address of the network", "192.168.1.7:8080", true},
		{"localhost", "localhost:8080", true},
		{"localhost in capitals with the root's dot", "LOCALHOST.:8080", true},
		{"a name below localhost", "a.b.localhost", true},
		{"this machine's name", machineName(t) + ":1", true},
		{"an allowed name", "scene.example", true},
		{"an allowed name with a port", "Scene.Example:9000", true},
		{"a name below an allowed wildcard", "a.b.wild.example", true},
		{"the wildcard's own name", "wild.example", false},
		{"a name below an allowed name", "a.scene.example", false},
		{"a name that ends like an allowed one", "evilscene.example", false},
		{"a foreign name", "evil.example:8080", false},
		{"a name that begins like an address", "127.0.0.1.evil.example", false},
		{"a name that ends like localhost", "notlocalhost", false},
		{"an allowed name as the user of a foreign one", "localhost@evil.example", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			plain := ask(t, s, "GET", "/", "Host: "+tt.host)
			upgraded := ask(t, s, "GET", "/", handshake("Host: "+tt.host)...)
			if tt.allowed {
				if plain.StatusCode != 200 || upgraded.StatusCode != 101 {
					t.Errorf("statuses %d and %d, want 200 and 101", plain.StatusCode, upgraded.StatusCode)
				}
				return
			}
			if plain.StatusCode != 421 || upgraded.StatusCode != 421 {
				// net/http itself refuses what isn't a host at all.
				if plain.StatusCode != 400 || upgraded.StatusCode != 400 {
					t.Errorf("statuses %d and %d, want 421", plain.StatusCode, upgraded.StatusCode)
				}
				return
			}
			if text := bodyOf(t, plain); !strings.Contains(text, "Options.Hosts") {
				t.Errorf("the answer %q doesn't say what to do", text)
			}
		})
	}
}

func TestNameInTheAddressIsAllowed(t *testing.T) {
	for addr, name := range map[string]string{"scene.example:80": "scene.example", "unix:/run/s:80": "", ":80": "", "[::1]:80": ""} {
		l, err := newHostList(nil, addr)
		if err != nil || strings.Join(l.names, " ") != name {
			t.Errorf("%s: %q, %v", addr, l.names, err)
		}
	}
}

func machineName(t *testing.T) string {
	t.Helper()
	name, err := os.Hostname()
	must(t, err)
	return name
}

func TestAnyHostCanBeAllowed(t *testing.T) {
	s := serve(t, func(o *Options) { o.Root, o.Hosts = testSite(), []string{"*"} })
	if r := ask(t, s, "GET", "/", "Host: whatever.example"); r.StatusCode != 200 {
		t.Errorf("status %d", r.StatusCode)
	}
}

func TestPageOfAReboundNameCannotConnect(t *testing.T) {
	s := serve(t, nil)
	// To the browser this is the same origin.
	r := ask(t, s, "GET", "/", handshake("Host: evil.example:8080", "Origin: http://evil.example:8080")...)
	if r.StatusCode != http.StatusMisdirectedRequest {
		t.Errorf("status %d, want 421", r.StatusCode)
	}
}

func TestOriginsAreChecked(t *testing.T) {
	s := serve(t, func(o *Options) {
		o.Hosts = []string{"scene.example"}
		o.AllowedOrigins = []string{"https://Friend.example/", "https://port.example:443"}
		o.TrustedProxies = []string{"127.0.0.1"}
	})
	const byTLS = "X-Forwarded-Proto: https"
	for _, tt := range []struct {
		name  string
		lines []string
		want  int
	}{
		{"no page at all", []string{"Host: scene.example"}, 101},
		{"a page of this host", []string{"Host: scene.example:81", "Origin: http://scene.example:81"}, 101},
		{"this host's default port written out", []string{"Host: scene.example:80", "Origin: http://scene.example"}, 101},
		{"a page that a proxy served over TLS", []string{"Host: scene.example", "Origin: https://scene.example"}, 101},
		{"that and the proxy says so", []string{byTLS, "Host: scene.example", "Origin: https://scene.example"}, 101},
		{"a page without TLS where the socket has it", []string{byTLS, "Host: scene.example", "Origin: http://scene.example"}, 403},
		{"a page of another port", []string{"Host: scene.example:81", "Origin: http://scene.example:82"}, 403},
		{"an allowed page, in other letters", []string{"Host: scene.example", "Origin: https://friend.example"}, 101},
		{"an allowed page, its port written out", []string{"Host: scene.example", "Origin: https://port.example"}, 101},
		{"an allowed host without TLS", []string{"Host: scene.example", "Origin: http://friend.example"}, 403},
		{"a foreign page", []string{"Host: scene.example", "Origin: https://evil.example"}, 403},
		{"a page with this host as its user", []string{"Host: scene.example", "Origin: http://scene.example@evil.example"}, 403},
		{"a sandboxed page", []string{"Host: scene.example", "Origin: null"}, 403},
		{"an extension with this host's name", []string{"Host: scene.example", "Origin: app://scene.example"}, 403},
		{"two origins", []string{"Host: scene.example", "Origin: http://scene.example", "Origin: https://evil.example"}, 400},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if r := ask(t, s, "GET", "/", handshake(tt.lines...)...); r.StatusCode != tt.want {
				t.Errorf("status %d, want %d", r.StatusCode, tt.want)
			}
		})
	}
}

func TestAuthorizeDecidesBeforeTheHandshake(t *testing.T) {
	core, logged := observer.New(zapcore.ErrorLevel)
	type user struct{ name string }
	s := serve(t, func(o *Options) {
		o.Logger = zap.New(core)
		o.RequestTimeout = 50 * time.Millisecond
		o.Authorize = func(r *http.Request) (any, error) {
			switch token := r.URL.Query().Get("token"); token {
			case "":
				return nil, fmt.Errorf("a token is needed: %w", ErrUnauthorized)
			case "good":
				return user{"ada"}, nil
			case "slow":
				<-r.Context().Done()
				return nil, r.Context().Err()
			case "panic":
				panic("a bug")
			default:
				return nil, errors.New("this token is not valid here")
			}
		}
	})
	for _, tt := range []struct {
		token, reason string
		want          int
	}{
		{"", "a token is needed", 401},
		{"bad", "this token is not valid here", 403},
		{"slow", "took too long", 503},
		{"panic", "authorization failed", 500},
	} {
		t.Run("token="+tt.token, func(t *testing.T) {
			r := ask(t, s, "GET", "/?token="+tt.token, handshake()...)
			if text := bodyOf(t, r); r.StatusCode != tt.want || !strings.Contains(text, tt.reason) {
				t.Errorf("%d %q, want %d with %q", r.StatusCode, text, tt.want, tt.reason)
			}
			if challenge := r.Header.Get("WWW-Authenticate"); (challenge != "") != (tt.want == 401) {
				t.Errorf("the challenge %q goes with %d", challenge, r.StatusCode)
			}
		})
	}
	if all := logged.FilterField(zap.String("callback", "Authorize")).Len(); all != 1 {
		t.Errorf("the panic was logged %d times", all)
	}
	if n := len(s.Clients()); n != 0 {
		t.Errorf("%d clients came in", n)
	}
	_, err := wstest.Dial(s.Addr().String(), wstest.Options{Path: "/?token=good"})
	must(t, err)
	if got := clientOf(t, s, 0).Identity(); got != (user{"ada"}) {
		t.Errorf("identity %v", got)
	}
}

// A page sees nothing of a handshake that is refused. So a client that can tell its page
// is told after it.
func TestPagesAreToldThatTheyMayNotComeIn(t *testing.T) {
	connected := atomic.Int32{}
	s := serve(t, func(o *Options) {
		o.MaxClients = 1
		o.Authorize = func(r *http.Request) (any, error) {
			switch token := r.URL.Query().Get("token"); token {
			case "":
				return nil, fmt.Errorf("log in first: %w", ErrUnauthorized)
			case "panic":
				panic("a bug")
			default:
				return nil, errors.New("not you")
			}
		}
	})
	s.OnConnect(func(*Client) { connected.Add(1) })
	for _, tt := range []struct {
		name, path, offer string
		status            int
		code              CloseCode
		reason            string
	}{
		{"who hasn't logged in", "/", "scenewire.v1", 0, wsproto.CloseUnauthorized, "log in first"},
		{"who may not", "/?token=bad", "scenewire.v1, scenewire.resume", 0, wsproto.CloseForbidden, "not you"},
		{"who says the version, too", "/?token=bad", "scenewire.v1, scenewire.version.3", 0, wsproto.CloseForbidden, "not you"},
		{"a client of viser's", "/?token=bad", "viser-v1.0.21", 403, 0, "not you"},
		{"one that only wants to resume", "/", "scenewire.resume", 401, 0, "log in first"},
		{"a fault of the application's", "/?token=panic", "scenewire.v1", 500, 0, "authorization failed"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.code == 0 {
				r := ask(t, s, "GET", tt.path, handshake("Sec-WebSocket-Protocol: "+tt.offer)...)
				if text := bodyOf(t, r); r.StatusCode != tt.status || !strings.Contains(text, tt.reason) {
					t.Errorf("%d %q, want %d with %q", r.StatusCode, text, tt.status, tt.reason)
				}
				return
			}
			c, err := wstest.Dial(s.Addr().String(), wstest.Options{Path: tt.path, Subprotocols: strings.Split(tt.offer, ", ")})
			must(t, err)
			defer func() { _ = c.Conn.Close() }()
			var closed *CloseError
			if _, _, err := c.Message(); !errors.As(err, &closed) || closed.Code != tt.code || !strings.Contains(closed.Reason, tt.reason) {
				t.Errorf("%v, want %v with %q", err, tt.code, tt.reason)
			}
			_ = c.Conn.Close()
			eventually(t, "its place is free", func() bool {
				s.admission.mu.Lock()
				defer s.admission.mu.Unlock()
				return s.admission.clients == 0
			})
		})
	}
	stats := s.Stats()
	if stats.Refused["authorize"] != 6 || stats.Closed[4000] != 3 {
		t.Errorf("refused %v, closed %v", stats.Refused, stats.Closed)
	}
	if n := connected.Load(); n != 0 || len(s.Clients()) != 0 {
		t.Errorf("OnConnect was called %d times, %d clients", n, len(s.Clients()))
	}
}

// Who may not come in any more doesn't get at a session either, and doesn't end it.
func TestSessionsOutliveAClientThatMayNotComeBack(t *testing.T) {
	closed := atomic.Bool{}
	s := serve(t, func(o *Options) {
		o.Authorize = func(*http.Request) (any, error) {
			if closed.Load() {
				return nil, ErrUnauthorized
			}
			return nil, nil
		}
	})
	p := openPage(t, s)
	p.drop()
	eventually(t, "it is kept", func() bool { return s.suspendedNow() == 1 })
	closed.Store(true)
	v := joinAs(t, s, wsproto.GenerationZstd, wstest.Options{Subprotocols: []string{Subprotocol, p.token()}})
	expectClosed(t, v.Client, wsproto.CloseUnauthorized)
	closed.Store(false)
	p.comeBack(t)
	if p.hello.Resumed != "client" {
		t.Errorf("resumed %q", p.hello.Resumed)
	}
}

func TestAuthorizeIsAskedLast(t *testing.T) {
	asked := 0
	s := serve(t, func(o *Options) {
		o.Authorize = func(*http.Request) (any, error) { asked++; return nil, nil }
	})
	for line, want := range map[string]int{"Origin: https://evil.example": 403, "Host: evil.example": 421} {
		r := ask(t, s, "GET", "/", handshake(line, "Sec-WebSocket-Protocol: scenewire.v1")...)
		if r.StatusCode != want {
			t.Errorf("%d for %s", r.StatusCode, line)
		}
	}
	ask(t, s, "GET", "/", "Connection: Upgrade", "Upgrade: websocket")
	ask(t, s, "GET", "/")
	if asked != 0 {
		t.Errorf("asked %d times about what was refused anyway", asked)
	}
}

func TestIdentityIsNilWithoutAuthorize(t *testing.T) {
	s := serve(t, nil)
	join(t, s)
	if got := clientOf(t, s, 0).Identity(); got != nil {
		t.Errorf("identity %v", got)
	}
}

func TestHealthIsTold(t *testing.T) {
	s := serve(t, func(o *Options) {
		o.BasePath = "/base"
		o.Handler = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
	})
	for _, tt := range []struct {
		method, path string
		want         int
		body         string
	}{
		{"GET", "/base/healthz", 200, "ok\n"},
		{"HEAD", "/base/healthz", 200, ""},
		{"POST", "/base/healthz", 405, ""},
		{"GET", "/base/readyz", 200, "ok\n"},
		{"GET", "/base/healthz/", 418, ""},
		{"GET", "/healthz", 404, ""},
	} {
		t.Run(tt.method+tt.path, func(t *testing.T) {
			r := ask(t, s, tt.method, tt.path, "Host: any.probe")
			if tt.want == 418 {
				r = ask(t, s, tt.method, tt.path)
			}
			if body := bodyOf(t, r); r.StatusCode != tt.want || tt.body != "" && body != tt.body {
				t.Errorf("%d %q, want %d %q", r.StatusCode, body, tt.want, tt.body)
			}
			if allow := r.Header.Get("Allow"); (allow != "") != (tt.want == 405) {
				t.Errorf("Allow: %q with %d", allow, r.StatusCode)
			}
		})
	}
}

func TestServerThatDrainsIsNotReady(t *testing.T) {
	s, err := New(&Options{Registry: testRegistry(), Logger: zap.NewNop()})
	must(t, err)
	mounted := &http.Server{Handler: s}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	go func() { _ = mounted.Serve(ln) }()
	defer func() { _ = mounted.Close() }()
	status := func(path string) int {
		status, _, _ := get(t, "http://"+ln.Addr().String()+path, nil)
		return status
	}
	if status("/readyz") != 200 {
		t.Error("a running server isn't ready")
	}
	release := make(chan struct{})
	entered := make(chan struct{})
	Handle(s, func(*Client, note) { close(entered); <-release })
	c, err := wstest.Dial(ln.Addr().String(), wstest.Options{Subprotocols: []string{Subprotocol}})
	must(t, err)
	defer func() { _ = c.Conn.Close() }()
	v := &viewer{Client: c, t: t, registry: s.opts.Registry}
	v.send(note{})
	<-entered
	done := make(chan error, 1)
	go func() { done <- s.Shutdown(context.Background()) }()
	eventually(t, "readyz says 503", func() bool { return status("/readyz") == 503 })
	if status("/healthz") != 200 {
		t.Error("a server that drains isn't healthy")
	}
	close(release)
	_, _ = c.AwaitClose()
	_ = c.Conn.Close()
	must(t, <-done)
}

func TestBadAccessOptionsAreAllNamed(t *testing.T) {
	_, err := New(&Options{
		Hosts:          []string{"https://example.org"},
		AllowedOrigins: []string{"example.org"},
		BasePath:       "viewer",
		TrustedProxies: []string{"10.0.0.0/99"},
	})
	if err == nil {
		t.Fatal("no error")
	}
	for _, field := range []string{"Hosts", "AllowedOrigins", "BasePath", "TrustedProxies"} {
		if !strings.Contains(err.Error(), "Options."+field) {
			t.Errorf("%q is missing in %v", field, err)
		}
	}
}

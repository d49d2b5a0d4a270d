package scenewire

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/loop"
	"github.com/scenewire/scenewire/wsproto"
)

// answer is what a handshake was answered with.
type answer struct {
	status     int
	retryAfter string
	body       string
}

// shake makes a handshake and keeps the connection open until the test's end or
// hangUp.
func shake(t testing.TB, addr string, header string) (a answer, hangUp func()) {
	t.Helper()
	a, conn, err := tryShake(addr, header, wstest.Timeout)
	must(t, err)
	hangUp = func() { _ = conn.Close() }
	t.Cleanup(hangUp)
	return a, hangUp
}

// tryShake makes a handshake. The connection is the caller's, unless there is an error.
func tryShake(addr, header string, timeout time.Duration) (a answer, conn net.Conn, err error) {
	conn, err = net.DialTimeout("tcp", addr, timeout)
	if err != nil {
		return a, nil, err
	}
	defer func(opened net.Conn) {
		if err != nil {
			_ = opened.Close()
		}
	}(conn)
	_ = conn.SetDeadline(time.Now().Add(timeout))
	_, err = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: "+addr+"\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"+
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"+header+"\r\n")
	if err != nil {
		return a, nil, err
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return a, nil, err
	}
	a = answer{status: response.StatusCode, retryAfter: response.Header.Get("Retry-After")}
	if a.status != http.StatusSwitchingProtocols {
		body, err := io.ReadAll(response.Body)
		a.body = strings.TrimSpace(string(body))
		return a, conn, err
	}
	return a, conn, nil
}

// letsIn waits until a handshake succeeds.
func letsIn(t testing.TB, addr, header string) {
	t.Helper()
	var last answer
	eventually(t, "a new client gets in", func() bool {
		var hangUp func()
		if last, hangUp = shake(t, addr, header); last.status != http.StatusSwitchingProtocols {
			hangUp()
		}
		return last.status == http.StatusSwitchingProtocols
	})
}

func TestClientBeyondMaxClientsIsTurnedAway(t *testing.T) {
	s := serve(t, func(o *Options) {
		o.MaxClients = 2
		o.Root = testSite()
	})
	addr := s.Addr().String()
	a, b := join(t, s), join(t, s)
	clientOf(t, s, 1)
	got, _ := shake(t, addr, "")
	want := answer{http.StatusServiceUnavailable, "10", "too many clients: Options.MaxClients is 2"}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if status, _, _ := get(t, "http://"+addr+"/", nil); status != http.StatusOK {
		t.Errorf("a file is answered with %d", status)
	}
	must(t, s.Broadcast(note{N: 1}))
	a.expect(note{N: 1})
	b.expect(note{N: 1})
	if n := s.Stats().Refused["clients"]; n != 1 {
		t.Errorf("%d refusals were counted", n)
	}
	_ = a.Conn.Close()
	letsIn(t, addr, "")
	b.expect() // is still there
	must(t, s.Broadcast(note{N: 2}))
	b.expect(note{N: 2})
}

func TestClientRefusedForItsVersionTakesAPlace(t *testing.T) {
	s := serve(t, func(o *Options) {
		o.MaxClients = 1
		o.Protocol.ViserVersion = "1.0.21"
	})
	addr := s.Addr().String()
	old := joinAs(t, s, wsproto.GenerationPlain, wstest.Options{Subprotocols: []string{"viser-v1.0.3"}})
	var closed *CloseError
	if _, _, err := old.Message(); !errors.As(err, &closed) || closed.Code != wsproto.CloseProtocolError {
		t.Fatal("the old client was closed with", err)
	}
	if got, _ := shake(t, addr, ""); got.status != http.StatusServiceUnavailable {
		t.Errorf("the next client got %+v while the old one's connection is open", got)
	}
	_ = old.Conn.Close()
	letsIn(t, addr, "")
	stats := s.Stats()
	if stats.Refused["version"] != 1 || stats.Closed[wsproto.CloseProtocolError] != 1 {
		t.Errorf("refused %v, closed %v", stats.Refused, stats.Closed)
	}
}

// mountAs serves s on a free port, with the remote address of each request taken from
// its header From-Address.
func mountAs(t *testing.T, s *Server) (addr string) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.RemoteAddr = r.Header.Get("From-Address")
		s.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

func TestClientsPerAddressAreBounded(t *testing.T) {
	s := serve(t, func(o *Options) { o.MaxClientsPerAddress = 2 })
	addr := mountAs(t, s)
	from := func(address string) (answer, func()) { return shake(t, addr, "From-Address: "+address+"\r\n") }
	in := func(address string) func() {
		t.Helper()
		a, hangUp := from(address)
		if a.status != http.StatusSwitchingProtocols {
			t.Fatalf("%s got %+v", address, a)
		}
		return hangUp
	}
	turnedAway := func(address, counted string) {
		t.Helper()
		got, _ := from(address)
		want := answer{http.StatusTooManyRequests, "10", "too many clients from " + counted +
			": Options.MaxClientsPerAddress is 2 (behind a proxy, see Options.TrustedProxies)"}
		if got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
	first := in("192.0.2.1:1001")
	in("192.0.2.1:1002")
	turnedAway("192.0.2.1:1003", "192.0.2.1/32")
	turnedAway("[::ffff:192.0.2.1]:1004", "192.0.2.1/32")
	in("192.0.2.2:1001")

	in("[2001:db8::1]:1001")
	in("[2001:db8::2]:1001")
	turnedAway("[2001:db8::abcd:3]:1001", "2001:db8::/64")
	in("[2001:db8:0:1::1]:1001")

	for range 4 {
		in("127.0.0.1:1001")
		in("[::1]:1001")
		in("@") // a unix socket's
	}
	if n := s.Stats().Refused["address"]; n != 3 {
		t.Errorf("%d refusals were counted", n)
	}
	first()
	letsIn(t, addr, "From-Address: 192.0.2.1:1005\r\n")
}

func TestAddressBeforeTrustedProxiesCounts(t *testing.T) {
	s := serve(t, func(o *Options) {
		o.MaxClientsPerAddress = 1
		o.TrustedProxies = []string{"127.0.0.1"}
	})
	addr := s.Addr().String()
	for _, tt := range []struct {
		forwardedFor string
		want         int
	}{
		{"192.0.2.1", http.StatusSwitchingProtocols},
		{"192.0.2.1", http.StatusTooManyRequests},
		{"198.51.100.1, 192.0.2.1", http.StatusTooManyRequests}, // what it says of itself
		{"192.0.2.2", http.StatusSwitchingProtocols},
	} {
		if got, _ := shake(t, addr, "X-Forwarded-For: "+tt.forwardedFor+"\r\n"); got.status != tt.want {
			t.Errorf("from %s: %+v, want %d", tt.forwardedFor, got, tt.want)
		}
	}
}

func TestAddressesThatAreGoneLeaveNothing(t *testing.T) {
	var a admission
	a.init(&Options{MaxClients: 10, MaxClientsPerAddress: 1, Logger: zap.NewNop()})
	for i := range 1000 {
		address := netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 0, byte(i >> 8), byte(i)}), 32)
		if limit := a.enter(address, 0); limit != nil {
			t.Fatal(limit)
		}
		if limit := a.enter(address, 0); limit == nil || limit.kind != refusedAddress {
			t.Fatalf("a second client of %v: %v", address, limit)
		}
		a.leave(address)
	}
	if len(a.byAddress) != 0 || a.clients != 0 {
		t.Errorf("%d addresses and %d clients are left", len(a.byAddress), a.clients)
	}
}

func TestHandshakesBeyondTheRateAreTurnedAway(t *testing.T) {
	s := serve(t, func(o *Options) { o.MaxHandshakeRate = 1 })
	addr := s.Addr().String()
	v := join(t, s)
	var got answer
	for range 100 { // a second one within the second
		var hangUp func()
		if got, hangUp = shake(t, addr, ""); got.status != http.StatusSwitchingProtocols {
			break
		}
		hangUp()
	}
	want := answer{http.StatusServiceUnavailable, "1", "too many handshakes: Options.MaxHandshakeRate is 1 per second"}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	must(t, s.Broadcast(note{N: 1}))
	v.expect(note{N: 1})
	letsIn(t, addr, "")
}

func TestHandshakeRateHoldsOnAverage(t *testing.T) {
	var a admission
	a.init(&Options{MaxHandshakeRate: 100, Logger: zap.NewNop()})
	now, passed := time.Hour, 0
	for range 10_000 { // one each millisecond, for ten seconds
		if a.enter(netip.Prefix{}, now) == nil {
			passed++
		}
		now += time.Millisecond
	}
	if passed < 1095 || passed > 1105 {
		t.Errorf("%d passed, want the rate for 10 s and a second's worth at once", passed)
	}
}

func TestLimitsCanBeSwitchedOff(t *testing.T) {
	var a admission
	a.init(&Options{MaxClients: -1, MaxClientsPerAddress: -1, MaxHandshakeRate: -1, Logger: zap.NewNop()})
	address := netip.MustParsePrefix("192.0.2.1/32")
	for range 100_000 {
		if limit := a.enter(address, 0); limit != nil {
			t.Fatal(limit)
		}
	}
}

func TestServersOfALoopShareItsLimit(t *testing.T) {
	shared, err := loop.New(&loop.Options{MaxConns: 2, Transport: testTransport})
	must(t, err)
	defer func() { _ = shared.Close() }()
	share := func(o *Options) { o.Loop = shared }
	a, b := serve(t, share), serve(t, share)
	va, vb := join(t, a), join(t, b)
	clientOf(t, a, 0)
	clientOf(t, b, 0)
	for _, s := range []*Server{a, b} {
		got, _ := shake(t, s.Addr().String(), "")
		want := answer{http.StatusServiceUnavailable, "10", "loop: as many connections as loop.Options.MaxConns allows"}
		if got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
		if s.Stats().Refused["loop"] != 1 {
			t.Errorf("counted %v", s.Stats().Refused)
		}
	}
	must(t, a.Broadcast(note{N: 1}))
	va.expect(note{N: 1})
	must(t, vb.Conn.Close())
	letsIn(t, a.Addr().String(), "")
}

func TestRefusalsOfAKindAreLoggedOnceAMinute(t *testing.T) {
	core, logs := observer.New(zap.WarnLevel)
	var a admission
	a.init(&Options{Logger: zap.New(core)})
	for i := range 180 { // one a second
		a.count(refusedRate, "too many", time.Duration(i)*time.Second)
		a.count(refusedClients, "too many", time.Duration(i)*time.Second)
	}
	if n := logs.Len(); n != 6 {
		t.Errorf("%d lines for two kinds in three minutes, want 6", n)
	}
	if n := a.counts()["rate"]; n != 180 {
		t.Errorf("%d counted", n)
	}
}

// halfOpen opens connections that send the beginning of a request and nothing else.
func halfOpen(t testing.TB, addr string, n int) []net.Conn {
	t.Helper()
	var conns []net.Conn
	for i := range n {
		conn, err := net.Dial("tcp", addr)
		must(t, err)
		t.Cleanup(func() { _ = conn.Close() })
		if i%2 == 0 { // the others send nothing at all
			_, err = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: localhost\r\n")
			must(t, err)
		}
		conns = append(conns, conn)
	}
	return conns
}

// isClosed reports whether the server has closed conn.
func isClosed(conn net.Conn) bool {
	_ = conn.SetReadDeadline(time.Now().Add(5 * time.Millisecond))
	_, err := conn.Read(make([]byte, 1))
	timeout, ok := err.(net.Error)
	return err != nil && !(ok && timeout.Timeout())
}

func TestOldestHalfOpenConnectionsMakeRoom(t *testing.T) {
	const bound = 8
	release := make(chan struct{})
	s := serve(t, func(o *Options) {
		o.MaxHTTPConns = bound
		o.Root = testSite()
		o.Handler = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			<-release
			_, _ = io.WriteString(w, "handled")
		})
	})
	addr := s.Addr().String()
	v := join(t, s)
	busy, err := net.Dial("tcp", addr)
	must(t, err)
	defer func() { _ = busy.Close() }()
	_, err = io.WriteString(busy, "GET /slow HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
	must(t, err)
	eventually(t, "the handler runs", func() bool {
		s.httpConns.mu.Lock()
		defer s.httpConns.mu.Unlock()
		return len(s.httpConns.conns) == 1 && s.httpConns.waiting.Len() == 0
	})

	conns := halfOpen(t, addr, 5*bound)
	eventually(t, "all but the newest are closed", func() bool {
		for i, c := range conns {
			if isClosed(c) != (i < len(conns)-bound+1) {
				return false
			}
		}
		return true
	})
	if status, _, _ := get(t, "http://"+addr+"/", nil); status != http.StatusOK {
		t.Errorf("a file is answered with %d", status)
	}
	letsIn(t, addr, "")
	must(t, s.Broadcast(note{N: 1}))
	v.expect(note{N: 1})
	close(release)
	response, err := http.ReadResponse(bufio.NewReader(busy), nil)
	must(t, err)
	body, err := io.ReadAll(response.Body)
	must(t, err)
	if string(body) != "handled" {
		t.Errorf("the oldest connection, whose request was being handled, got %q", body)
	}
	stats := s.Stats()
	if stats.HTTPConns > bound || stats.HTTPConnsEvicted < 4*bound {
		t.Errorf("%d connections, %d closed for others", stats.HTTPConns, stats.HTTPConnsEvicted)
	}
}

func TestIdleConnectionMakesRoomBeforeNewerOnes(t *testing.T) {
	s := serve(t, func(o *Options) {
		o.MaxHTTPConns = 2
		o.Root = testSite()
	})
	addr := s.Addr().String()
	request := func(conn net.Conn) {
		t.Helper()
		_, err := fmt.Fprintf(conn, "GET /lib/a.wasm HTTP/1.1\r\nHost: %s\r\n\r\n", addr)
		must(t, err)
		must(t, conn.SetReadDeadline(time.Now().Add(wstest.Timeout)))
		response, err := http.ReadResponse(bufio.NewReader(conn), nil)
		must(t, err)
		_, err = io.Copy(io.Discard, response.Body)
		must(t, err)
	}
	dial := func() net.Conn {
		conn, err := net.Dial("tcp", addr)
		must(t, err)
		t.Cleanup(func() { _ = conn.Close() })
		return conn
	}
	a := dial()
	request(a)
	b := dial()
	request(b)
	request(a) // b waits longer than a from here on
	eventually(t, "a waits again", func() bool {
		s.httpConns.mu.Lock()
		defer s.httpConns.mu.Unlock()
		return s.httpConns.waiting.Len() == 2
	})
	request(dial())
	eventually(t, "the one that waits longest is closed", func() bool { return isClosed(b) })
	request(a)
}

func TestUnfinishedTLSHandshakesMakeRoom(t *testing.T) {
	const bound = 4
	files := newCertFiles(t)
	s := serve(t, func(o *Options) {
		o.MaxHTTPConns, o.Root, o.CertFile, o.KeyFile = bound, testSite(), files.cert, files.key
	})
	var silent []net.Conn
	for range 3 * bound {
		conn, err := net.Dial("tcp", s.Addr().String())
		must(t, err)
		defer func() { _ = conn.Close() }()
		silent = append(silent, conn)
	}
	over := files.dial(t, s, "http/1.1")
	defer func() { _ = over.Close() }()
	if r := askOn(t, over, "GET", "/"); r.StatusCode != http.StatusOK {
		t.Errorf("status %d", r.StatusCode)
	}
	eventually(t, "all but the newest are closed", func() bool {
		for i, c := range silent {
			if isClosed(c) != (i < len(silent)-bound+1) {
				return false
			}
		}
		return true
	})
}

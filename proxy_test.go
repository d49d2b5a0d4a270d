package scenewire

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

func TestCallerBehindProxies(t *testing.T) {
	proxies, err := newProxyList([]string{"10.0.0.0/8", "192.0.2.1", "fd00::/8"})
	must(t, err)
	for _, tt := range []struct {
		name, peer string
		header     http.Header
		addr, host string
		secure     bool
	}{
		{
			name: "a stranger's headers mean nothing", peer: "203.0.113.9:1",
			header: http.Header{"X-Forwarded-For": {"10.0.0.1"}, "X-Forwarded-Host": {"localhost"}, "X-Forwarded-Proto": {"https"}},
			addr:   "203.0.113.9:1", host: "asked.example",
		},
		{
			name: "a proxy without headers is the caller", peer: "10.0.0.1:5",
			addr: "10.0.0.1:5", host: "asked.example",
		},
		{
			name: "one proxy", peer: "10.0.0.1:5",
			header: http.Header{"X-Forwarded-For": {"198.51.100.7"}, "X-Forwarded-Host": {"shop.example"}, "X-Forwarded-Proto": {"https"}},
			addr:   "198.51.100.7:0", host: "shop.example", secure: true,
		},
		{
			name: "what the caller wrote itself stands further left", peer: "10.0.0.1:5",
			header: http.Header{"X-Forwarded-For": {"127.0.0.1, 198.51.100.7"}, "X-Forwarded-Host": {"localhost, shop.example"}},
			addr:   "198.51.100.7:0", host: "shop.example",
		},
		{
			name: "two proxies", peer: "10.0.0.1:5",
			header: http.Header{"X-Forwarded-For": {"6.6.6.6, 198.51.100.7, 192.0.2.1"}, "X-Forwarded-Host": {"x, shop.example, inner"}, "X-Forwarded-Proto": {"http,https,http"}},
			addr:   "198.51.100.7:0", host: "shop.example", secure: true,
		},
		{
			name: "two proxies, the inner overwrites the host", peer: "10.0.0.1:5",
			header: http.Header{"X-Forwarded-For": {"198.51.100.7, 192.0.2.1"}, "X-Forwarded-Host": {"shop.example"}},
			addr:   "198.51.100.7:0", host: "shop.example",
		},
		{
			name: "in lines of their own", peer: "10.0.0.1:5",
			header: http.Header{"X-Forwarded-For": {"6.6.6.6", "198.51.100.7", "192.0.2.1"}},
			addr:   "198.51.100.7:0", host: "asked.example",
		},
		{
			name: "with a port", peer: "10.0.0.1:5", header: http.Header{"X-Forwarded-For": {"198.51.100.7:4711"}},
			addr: "198.51.100.7:4711", host: "asked.example",
		},
		{
			name: "IPv6 in brackets", peer: "[fd00::1]:5", header: http.Header{"X-Forwarded-For": {"[2001:db8::7]:4711"}},
			addr: "[2001:db8::7]:4711", host: "asked.example",
		},
		{
			name: "IPv4 written as IPv6", peer: "[::ffff:10.0.0.1]:5", header: http.Header{"X-Forwarded-For": {"::ffff:192.0.2.1, ::ffff:10.9.9.9"}},
			addr: "192.0.2.1:0", host: "asked.example",
		},
		{
			name: "what isn't an address ends the chain", peer: "10.0.0.1:5",
			header: http.Header{"X-Forwarded-For": {"198.51.100.7, unknown, 192.0.2.1"}},
			addr:   "192.0.2.1:0", host: "asked.example",
		},
		{
			name: "proxies all the way", peer: "10.0.0.1:5", header: http.Header{"X-Forwarded-For": {"10.0.0.3, 10.0.0.2"}},
			addr: "10.0.0.3:0", host: "asked.example",
		},
		{
			name: "empty headers", peer: "10.0.0.1:5", header: http.Header{"X-Forwarded-For": {""}, "X-Forwarded-Host": {""}, "X-Forwarded-Proto": {""}},
			addr: "10.0.0.1:5", host: "asked.example",
		},
		{
			name: "Forwarded isn't read", peer: "10.0.0.1:5", header: http.Header{"Forwarded": {"for=198.51.100.7;host=evil.example"}},
			addr: "10.0.0.1:5", host: "asked.example",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := proxies.caller(&http.Request{RemoteAddr: tt.peer, Host: "asked.example", Header: tt.header})
			if v.addr != netip.MustParseAddrPort(tt.addr) || v.host != tt.host || v.secure != tt.secure {
				t.Errorf("%v asks for %s (TLS: %v), want %s for %s (%v)", v.addr, v.host, v.secure, tt.addr, tt.host, tt.secure)
			}
		})
	}
}

// proxied runs a reverse proxy before s. With strip it takes prefix off.
func proxied(t *testing.T, s *Server, prefix string, strip bool) *httptest.Server {
	t.Helper()
	bound := s.Addr()
	transport := &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, bound.Network(), bound.String())
	}}
	proxy := &httputil.ReverseProxy{Transport: transport, Rewrite: func(p *httputil.ProxyRequest) {
		p.SetURL(&url.URL{Scheme: "http", Host: "127.0.0.1"})
		p.SetXForwarded()
		if strip {
			p.Out.URL.Path = strings.TrimPrefix(p.Out.URL.Path, prefix)
		}
	}}
	mux := http.NewServeMux()
	mux.Handle(prefix+"/", proxy)
	if !strip {
		mux.Handle(prefix, proxy)
	}
	front := httptest.NewServer(mux)
	t.Cleanup(func() {
		front.CloseClientConnections()
		front.Close()
		transport.CloseIdleConnections()
	})
	return front
}

func TestServerBehindAReverseProxy(t *testing.T) {
	for _, network := range []string{"tcp", "unix"} {
		for _, strip := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s/strip=%v", network, strip), func(t *testing.T) {
				s := serve(t, func(o *Options) {
					o.Root = testSite()
					o.TrustedProxies = []string{"127.0.0.1", "unix"}
					o.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
						_, _ = fmt.Fprint(w, r.URL.Path, " for ", r.Host, " from ", r.RemoteAddr)
					})
					if !strip {
						o.BasePath = "/viewer"
					}
					if network == "unix" {
						o.Addr = "unix:" + t.TempDir() + "/scene.sock"
					}
				})
				throughProxy(t, s, proxied(t, s, "/viewer", strip))
			})
		}
	}
}

func throughProxy(t *testing.T, s *Server, front *httptest.Server) {
	t.Helper()
	host := front.Listener.Addr().String()
	base := "http://" + host + "/viewer"
	for path, want := range map[string]string{
		"/": "<!doctype html><p>home", "/docs/": "<p>docs", "/with%20space.txt": "space",
		"/healthz": "ok\n", "/readyz": "ok\n",
		"/mine%2fown": "/mine/own for " + host + " from 127.0.0.1:0",
	} {
		if status, _, body := get(t, base+path, nil); status != 200 || body != want {
			t.Errorf("%s: %d %q, want %q", path, status, body, want)
		}
	}
	for _, path := range []string{"", "/docs"} {
		status, header, _ := get(t, base+path+"?a=b", nil)
		location, err := url.Parse(header.Get("Location"))
		must(t, err)
		asked, err := url.Parse(base + path)
		must(t, err)
		if got := asked.ResolveReference(location).String(); status/100 != 3 || got != base+path+"/?a=b" {
			t.Errorf("%s: %d to %s", path, status, got)
		}
	}
	c, err := wstest.Dial(host, wstest.Options{
		Path: "/viewer/", Subprotocols: []string{Subprotocol}, Header: http.Header{"Origin": {"http://" + host}},
	})
	must(t, err)
	defer func() { _ = c.Conn.Close() }()
	must(t, s.Broadcast(note{N: 7}))
	v := &viewer{Client: c, t: t, generation: wsproto.GenerationZstd, registry: s.opts.Registry, unzip: wsproto.NewDecompressor()}
	v.expect(note{N: 7})
	if from := clientOf(t, s, 0).RemoteAddr().String(); from != "127.0.0.1:0" {
		t.Errorf("the client's address is %s", from)
	}
	if _, err := wstest.Dial(host, wstest.Options{Path: "/viewer/", Header: http.Header{"Origin": {"http://evil.example"}}}); err == nil {
		t.Error("a foreign page came in through the proxy")
	}
}

func TestSpoofedHeadersOfStrangersAreIgnored(t *testing.T) {
	seen := make(chan string, 1)
	s := serve(t, func(o *Options) {
		o.TrustedProxies = []string{"192.0.2.1"} // not the peer of this test
		o.Handler = http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { seen <- r.RemoteAddr + " " + r.Host })
	})
	spoofed := []string{"X-Forwarded-For: 192.0.2.99", "X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https"}
	if r := ask(t, s, "GET", "/", spoofed...); r.StatusCode != 200 {
		t.Fatalf("status %d", r.StatusCode)
	}
	if got := <-seen; !strings.HasPrefix(got, "127.0.0.1:") || !strings.HasSuffix(got, " localhost") {
		t.Errorf("the handler saw %s", got)
	}
	if r := ask(t, s, "GET", "/", handshake(append(spoofed, "Origin: http://evil.example")...)...); r.StatusCode != 403 {
		t.Errorf("status %d, want 403", r.StatusCode)
	}
	if r := ask(t, s, "GET", "/", append(spoofed[:1], "Host: evil.example", "X-Forwarded-Host: localhost")...); r.StatusCode != 421 {
		t.Errorf("status %d, want 421", r.StatusCode)
	}
	c, err := wstest.Dial(s.Addr().String(), wstest.Options{Header: http.Header{"X-Forwarded-For": {"192.0.2.99"}}})
	must(t, err)
	defer func() { _ = c.Conn.Close() }()
	if from, want := clientOf(t, s, 0).RemoteAddr().String(), c.Conn.LocalAddr().String(); from != want {
		t.Errorf("the client's address is %s, not %s", from, want)
	}
}

// A page can write X-Forwarded-Host, if not Host; so the browser on a trusted proxy's
// machine must not be fooled by it.
func TestForwardedHostDoesNotHideAForeignHost(t *testing.T) {
	s := serve(t, func(o *Options) { o.Root, o.TrustedProxies = testSite(), []string{"127.0.0.1"} })
	r := ask(t, s, "GET", "/", "Host: evil.example", "X-Forwarded-Host: localhost")
	if r.StatusCode != http.StatusMisdirectedRequest {
		t.Errorf("status %d, want 421", r.StatusCode)
	}
	r = ask(t, s, "GET", "/", "X-Forwarded-Host: evil.example")
	if r.StatusCode != http.StatusMisdirectedRequest {
		t.Errorf("status %d, want 421", r.StatusCode)
	}
}

func TestBasePathIsTakenOffWhole(t *testing.T) {
	s := serve(t, func(o *Options) {
		o.BasePath = "/a/b/"
		o.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, r.URL.Path+" "+r.URL.EscapedPath())
		})
	})
	for path, want := range map[string]string{
		"/a/b/": "/ /", "/a/b/x": "/x /x", "/a/b/x%2fy": "/x/y /x%2fy", "/a/b//x": "//x //x",
	} {
		if r := ask(t, s, "GET", path); r.StatusCode != 200 || bodyOf(t, r) != want {
			t.Errorf("%s: %d, want %q", path, r.StatusCode, want)
		}
	}
	for _, path := range []string{"/", "/a", "/a/", "/a/bc", "/x/a/b/", "/A/b/"} {
		if r := ask(t, s, "GET", path); r.StatusCode != 404 {
			t.Errorf("%s: %d, want 404", path, r.StatusCode)
		}
	}
	if r := ask(t, s, "GET", "/a/b", handshake()...); r.StatusCode != 101 {
		t.Errorf("a handshake for the base path itself: %d", r.StatusCode)
	}
}

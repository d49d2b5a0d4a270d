package scenewire

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// get makes one request without redirects, decompression or a kept connection.
func get(t testing.TB, url string, header map[string]string) (int, http.Header, string) {
	t.Helper()
	return request(t, http.MethodGet, url, header)
}

func request(t testing.TB, method, url string, header map[string]string) (int, http.Header, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	must(t, err)
	r.Close = true
	for name, value := range header {
		r.Header.Set(name, value)
	}
	transport := &http.Transport{DisableCompression: true, DisableKeepAlives: true}
	response, err := transport.RoundTrip(r)
	must(t, err)
	body, err := io.ReadAll(response.Body)
	must(t, err)
	must(t, response.Body.Close())
	return response.StatusCode, response.Header, string(body)
}

func testSite() fstest.MapFS {
	return fstest.MapFS{
		"index.html":       {Data: []byte("<!doctype html><p>home")},
		"app.js":           {Data: []byte(strings.Repeat("console.log(1);\n", 1000))},
		"lib/a.wasm":       {Data: []byte("\x00asm1234")},
		"docs/index.html":  {Data: []byte("<p>docs")},
		"with space.txt":   {Data: []byte("space")},
		"deep/down/z.json": {Data: []byte("{}")},
	}
}

func TestFilesAreServed(t *testing.T) {
	s := serve(t, func(o *Options) {
		o.Root = testSite()
		o.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/mine" {
				_, _ = io.WriteString(w, "handler")
				return
			}
			http.NotFound(w, r)
		})
	})
	base := "http://" + s.Addr().String()
	for _, tt := range []struct {
		method, path string
		header       map[string]string
		status       int
		contentType  string
		body         string // "" = not looked at
	}{
		{path: "/", status: 200, contentType: "text/html; charset=utf-8", body: "<!doctype html><p>home"},
		{path: "/?playbackPath=x", status: 200, contentType: "text/html; charset=utf-8"},
		{path: "/index.html", status: 200, contentType: "text/html; charset=utf-8"},
		{path: "/app.js", status: 200, contentType: "text/javascript; charset=utf-8"},
		{path: "/lib/a.wasm", status: 200, contentType: "application/wasm", body: "\x00asm1234"},
		{path: "/docs/", status: 200, body: "<p>docs"},
		{path: "/with%20space.txt", status: 200, body: "space"},
		{path: "/lib", status: 404},
		{path: "/lib/", status: 404},
		{path: "/nope.html", status: 404},
		{path: "/mine", status: 200, body: "handler"},
		{path: "/lib/a.wasm", header: map[string]string{"Range": "bytes=1-3"}, status: 206, body: "asm"},
		{method: http.MethodHead, path: "/lib/a.wasm", status: 200, contentType: "application/wasm"},
		{method: http.MethodPost, path: "/", status: 404},
	} {
		t.Run(tt.method+tt.path, func(t *testing.T) {
			method := tt.method
			if method == "" {
				method = http.MethodGet
			}
			status, header, body := request(t, method, base+tt.path, tt.header)
			if status != tt.status {
				t.Errorf("status %d, want %d", status, tt.status)
			}
			if tt.contentType != "" && header.Get("Content-Type") != tt.contentType {
				t.Errorf("type %q, want %q", header.Get("Content-Type"), tt.contentType)
			}
			if tt.body != "" && body != tt.body {
				t.Errorf("body %q, want %q", body, tt.body)
			}
			if method == http.MethodHead && body != "" {
				t.Errorf("HEAD has the body %q", body)
			}
		})
	}
}

func TestFilesAreCompressedAndRevalidated(t *testing.T) {
	s := serve(t, func(o *Options) { o.Root = testSite() })
	url := "http://" + s.Addr().String() + "/app.js"
	_, plain, body := get(t, url, nil)
	_, zipped, small := get(t, url, map[string]string{"Accept-Encoding": "br, gzip;q=0.8"})
	if zipped.Get("Content-Encoding") != "gzip" || len(small) >= len(body)/10 {
		t.Errorf("encoding %q, %d of %d bytes", zipped.Get("Content-Encoding"), len(small), len(body))
	}
	if _, h, _ := get(t, url, map[string]string{"Accept-Encoding": "gzip;q=0"}); h.Get("Content-Encoding") != "" {
		t.Error("compressed for a client that refuses gzip")
	}
	if plain.Get("ETag") == zipped.Get("ETag") || plain.Get("ETag") == "" {
		t.Errorf("ETags %q and %q", plain.Get("ETag"), zipped.Get("ETag"))
	}
	status, _, _ := get(t, url, map[string]string{"If-None-Match": plain.Get("ETag")})
	if status != http.StatusNotModified {
		t.Errorf("status %d, want 304", status)
	}
}

func TestChangedFileIsServedAnew(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "index.html")
	must(t, os.WriteFile(file, []byte("one"), 0o600))
	s := serve(t, func(o *Options) { o.Root = os.DirFS(dir) })
	url := "http://" + s.Addr().String() + "/"
	if _, _, body := get(t, url, nil); body != "one" {
		t.Errorf("got %q", body)
	}
	must(t, os.WriteFile(file, []byte("and two"), 0o600))
	if _, _, body := get(t, url, nil); body != "and two" {
		t.Errorf("got %q", body)
	}
}

func TestNothingOutsideOfTheRootIsServed(t *testing.T) {
	dir := t.TempDir()
	must(t, os.Mkdir(filepath.Join(dir, "site"), 0o700))
	must(t, os.WriteFile(filepath.Join(dir, "secret"), []byte("secret"), 0o600))
	must(t, os.WriteFile(filepath.Join(dir, "site", "index.html"), []byte("home"), 0o600))
	s := serve(t, func(o *Options) { o.Root = os.DirFS(filepath.Join(dir, "site")) })
	for _, path := range []string{
		"/../secret", "/../../../../../../etc/passwd", "/%2e%2e/secret", "/..%2fsecret", "/%2e%2e%2fsecret",
		"/..\\secret", "/..%5csecret", "//../secret", "/./../secret", "/site/../../secret", "/%252e%252e/secret",
		"/..;/secret", "/....//secret", "/index.html/../../secret", "/\x00/../secret", dir + "/secret",
	} {
		conn, err := net.Dial("tcp", s.Addr().String())
		must(t, err)
		_, err = fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", path)
		must(t, err)
		answer, err := io.ReadAll(bufio.NewReader(conn))
		must(t, err)
		_ = conn.Close()
		if strings.Contains(string(answer), "secret") || strings.Contains(string(answer), "root:") {
			t.Errorf("%q was answered with %q", path, answer)
		}
	}
}

func TestHandshakesAreChecked(t *testing.T) {
	s := serve(t, func(o *Options) { o.AllowedOrigins = []string{"https://friend.example"} })
	host := s.Addr().String()
	upgrade := func(header map[string]string) int {
		h := map[string]string{
			"Connection": "Upgrade", "Upgrade": "websocket",
			"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version": "13",
		}
		for name, value := range header {
			h[name] = value
		}
		conn, err := net.Dial("tcp", host)
		must(t, err)
		defer func() { _ = conn.Close() }()
		lines := "GET /any/path HTTP/1.1\r\nHost: " + host + "\r\n"
		for name, value := range h {
			if value != "" {
				lines += name + ": " + value + "\r\n"
			}
		}
		_, err = io.WriteString(conn, lines+"\r\n")
		must(t, err)
		response, err := http.ReadResponse(bufio.NewReader(conn), nil)
		must(t, err)
		return response.StatusCode
	}
	for _, tt := range []struct {
		name   string
		header map[string]string
		want   int
	}{
		{"a good one", nil, 101},
		{"from a page of this server", map[string]string{"Origin": "http://" + host}, 101},
		{"from an allowed page", map[string]string{"Origin": "https://friend.example"}, 101},
		{"from a foreign page", map[string]string{"Origin": "https://evil.example"}, 403},
		{"from a sandboxed page", map[string]string{"Origin": "null"}, 403},
		{"another version", map[string]string{"Sec-WebSocket-Version": "8"}, 426},
		{"a short key", map[string]string{"Sec-WebSocket-Key": "c2hvcnQ="}, 400},
		{"no key", map[string]string{"Sec-WebSocket-Key": ""}, 400},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := upgrade(tt.header); got != tt.want {
				t.Errorf("status %d, want %d", got, tt.want)
			}
		})
	}
}

func TestRequestForNothingIs404(t *testing.T) {
	s := serve(t, nil)
	if status, _, _ := get(t, "http://"+s.Addr().String()+"/", nil); status != 404 {
		t.Errorf("status %d", status)
	}
}

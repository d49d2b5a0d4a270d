package scenewire

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"testing"
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

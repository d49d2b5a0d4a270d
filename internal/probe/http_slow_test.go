package probe

import (
	"io"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/wstest"
)

// TestSlowRequests sends a part of a request and then nothing, or a byte now and then.
// The server ends it when the time for the part is over; that others are served
// meanwhile is for the bystander to see.
func TestSlowRequests(t *testing.T) {
	const timeout = 200 * time.Millisecond
	s := attack(t, usualBudget, func(o *scenewire.Options) {
		o.HeaderTimeout, o.RequestTimeout, o.HTTPIdleTimeout = timeout, timeout, timeout
	})
	drip := strings.Split(get+"X: "+strings.Repeat("a", 2000), "")
	for _, c := range []struct {
		name  string
		send  string
		drips []string // sent behind it, one each 5 ms
		want  string   // "|" stands between answers that are both right
	}{
		{"nothing", "", nil, ""},
		{"half a header", get, nil, ""},
		{"a header in drips", "", drip, "|400"},
		{"a header in drips behind an answered request", get + "\r\n", drip, "200 GET /a|200 GET /a; 400"},
		{"nothing behind an answered request", get + "\r\n", nil, "200 GET /a"},
		{"half a body", post + "Content-Length: 500\r\n\r\nhello", nil, "400"},
		{"a body in drips", post + "Content-Length: 5000\r\n\r\n", drip, "400"},
		{"half a chunk", chunked + "5\r\nhel", nil, "400"},
		{"chunks in drips", chunked, strings.Split(strings.Repeat("1\r\nx\r\n", 500), "\n"), "400"},
		{"a body that the handler doesn't read", "POST /unread HTTP/1.1\r\nHost: {host}\r\nContent-Length: 500\r\n\r\nhello", nil, "200 (6)"},
		{"half a handshake", strings.TrimSuffix(knock(upgrade, connection), "\r\n"), nil, ""},
		{"no body where one is expected", post + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n", nil, "100; 400"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			conn, err := net.Dial("tcp", s.addr)
			must(t, err)
			defer conn.Close()
			must(t, conn.SetDeadline(time.Now().Add(wstest.Timeout)))
			_, err = io.WriteString(conn, s.fill(c.send))
			must(t, err)
			stopped := make(chan struct{})
			go func() {
				defer close(stopped)
				for _, d := range c.drips {
					time.Sleep(5 * time.Millisecond)
					if _, err := io.WriteString(conn, s.fill(d)); err != nil {
						return
					}
				}
			}()
			raw, err := io.ReadAll(conn)
			_ = conn.Close()
			<-stopped
			got, _ := transcript(raw, "")
			if !slices.Contains(strings.Split(c.want, "|"), got) || endOf(err) == "still open" {
				t.Errorf("got %q, %v, want %q", got, err, c.want)
			}
		})
	}
}

// TestAnswerThatIsNotRead asks for a large file, again and again, and takes nothing of
// it. What waits for such a peer is bounded, and so is the time.
func TestAnswerThatIsNotRead(t *testing.T) {
	s := attack(t, usualBudget, func(o *scenewire.Options) { o.WriteTimeout = 200 * time.Millisecond })
	for range 20 {
		conn, err := net.Dial("tcp", s.addr)
		must(t, err)
		must(t, conn.(*net.TCPConn).SetReadBuffer(64<<10))
		t.Cleanup(func() { _ = conn.Close() })
		request := "GET /big.bin HTTP/1.1\r\nHost: {host}\r\n\r\n"
		_, err = io.WriteString(conn, s.fill(strings.Repeat(request, 10)))
		must(t, err)
	}
	if !wstest.Eventually(func() bool { return s.Stats().HTTPConns == 0 }) {
		t.Errorf("%d answers are still being written", s.Stats().HTTPConns)
	}
}

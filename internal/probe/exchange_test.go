package probe

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/scenewire/scenewire/internal/wstest"
)

// exchange is one case against HTTP.
//
// "{host}" in send is the server's address. Unless ending says otherwise, a good request
// for /after follows what is sent, and asks for the connection's end. So everything that
// the server sends is known to the last byte: want lists its answers, separated by "; ".
// An answer is its status, and behind it "(n)", the length of a file's body, or what the
// handler says it understood: method, path and body. "usable" is the answer to /after:
// without it the server has closed the connection.
type exchange struct {
	name    string
	send    string
	parts   []string // sent before send, each by a write of its own
	methods string   // of the requests that are answered, when not all are GET or POST
	ending  ending
	want    string
}

// ending is what the attacker does behind its bytes.
type ending uint8

const (
	thenAfter     ending = iota // asks for /after
	thenHalfClose               // shuts its side
	thenWait                    // nothing: the server is to end it
)

const (
	after   = "GET /after HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
	get     = "GET /a HTTP/1.1\r\nHost: {host}\r\n"
	post    = "POST /a HTTP/1.1\r\nHost: {host}\r\n"
	chunked = post + "Transfer-Encoding: chunked\r\n\r\n"
	hidden  = "GET /hidden HTTP/1.1\r\nHost: {host}\r\n\r\n" // 39 bytes and the host
)

// run makes the exchanges one after another and compares their transcripts.
func (s *subject) run(t *testing.T, cases []exchange) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			before := s.handled.Load()
			raw, end := s.talk(t, c)
			got, told := transcript(raw, c.methods)
			if got != c.want {
				t.Errorf("got  %s (%v)\nwant %s\nraw  %.400q", got, end, c.want, raw)
			}
			if n := s.handled.Load() - before; n < told {
				t.Errorf("%d answers of the handler to %d requests", told, n)
			}
			noSecret(t, raw)
		})
	}
}

// talk sends a case's bytes and returns all that came back, and how it ended.
func (s *subject) talk(t testing.TB, c exchange) ([]byte, error) {
	t.Helper()
	conn, err := net.Dial("tcp", s.addr)
	must(t, err)
	defer conn.Close()
	must(t, conn.SetDeadline(time.Now().Add(2*wstest.Timeout)))
	written := make(chan struct{})
	go func() {
		defer close(written)
		s.write(conn, c)
	}()
	raw, err := io.ReadAll(conn)
	_ = conn.Close()
	<-written
	if errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("the server keeps the connection open")
	}
	return raw, err
}

// write sends what there is to send; the server may close in the middle of it.
func (s *subject) write(conn net.Conn, c exchange) {
	for _, part := range append(c.parts, c.send) {
		if _, err := io.WriteString(conn, s.fill(part)); err != nil {
			return
		}
		if len(c.parts) > 0 {
			time.Sleep(time.Millisecond) // mostly arrives by itself then
		}
	}
	switch c.ending {
	case thenAfter:
		_, _ = io.WriteString(conn, s.fill(after))
	case thenHalfClose:
		_ = conn.(*net.TCPConn).CloseWrite()
	case thenWait:
	}
}

func (s *subject) fill(text string) string { return strings.ReplaceAll(text, "{host}", s.addr) }

// transcript reads answers from raw, all of it, and counts those of the handler.
func transcript(raw []byte, methods string) (text string, told int64) {
	var answers []string
	r := bufio.NewReader(bytes.NewReader(raw))
	method, rest, _ := strings.Cut(methods, " ")
	for {
		if _, err := r.Peek(1); err != nil {
			return strings.Join(answers, "; "), told
		}
		answer, err := http.ReadResponse(r, &http.Request{Method: method})
		if err != nil {
			return strings.Join(append(answers, "garbage: "+err.Error()), "; "), told
		}
		body, err := io.ReadAll(answer.Body)
		if err != nil {
			return strings.Join(append(answers, "short body: "+err.Error()), "; "), told
		}
		if answer.Header.Get("Told") != "" {
			told++
		}
		answers = append(answers, describe(answer, string(body)))
		if answer.StatusCode >= 200 {
			method, rest, _ = strings.Cut(rest, " ")
		}
	}
}

func describe(answer *http.Response, body string) string {
	switch {
	case answer.Header.Get("Told") != "" && body == "GET /after ":
		return "usable"
	case answer.Header.Get("Told") != "":
		return fmt.Sprint(answer.StatusCode, " ", strings.TrimSpace(body))
	case answer.StatusCode/100 == 2:
		return fmt.Sprintf("%d (%d)", answer.StatusCode, len(body))
	}
	return fmt.Sprint(answer.StatusCode)
}

// secret lies beside what a server may serve.
const secret = "the-secret-beside-the-root"

func noSecret(t testing.TB, raw []byte) {
	t.Helper()
	if bytes.Contains(raw, []byte(secret)) || bytes.Contains(raw, []byte("root:x:")) {
		t.Errorf("leaked: %.400q", raw)
	}
}

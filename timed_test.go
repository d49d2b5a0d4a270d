package scenewire

import (
	"bytes"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"

	"github.com/scenewire/scenewire/internal/wstest"
)

// recordingConn notes what is done to it.
type recordingConn struct {
	net.Conn
	sizes     []int
	deadlines []time.Time
	room      int // bytes that it takes before its deadline strikes
}

func (c *recordingConn) SetWriteDeadline(t time.Time) error {
	c.deadlines = append(c.deadlines, t)
	return nil
}

func (c *recordingConn) Write(b []byte) (int, error) {
	c.sizes = append(c.sizes, len(b))
	n := min(len(b), c.room)
	c.room -= n
	if n < len(b) {
		return n, os.ErrDeadlineExceeded
	}
	return n, nil
}

func TestEachPartOfAnAnswerHasADeadline(t *testing.T) {
	inner := &recordingConn{room: 1 << 20}
	c := &timedConn{Conn: inner, timeout: time.Hour}
	began := time.Now()
	const size = 3*maxHTTPWrite + 5
	if n, err := c.Write(make([]byte, size)); n != size || err != nil {
		t.Errorf("%d bytes, %v", n, err)
	}
	if len(inner.sizes) != 4 || inner.sizes[3] != 5 || len(inner.deadlines) != 4 {
		t.Errorf("parts of %v with %d deadlines", inner.sizes, len(inner.deadlines))
	}
	for i, at := range inner.deadlines {
		if at.Before(began.Add(time.Hour)) || i > 0 && at.Before(inner.deadlines[i-1]) {
			t.Errorf("deadline %d is %v after the beginning", i, at.Sub(began))
		}
	}
}

func TestWhatWasTakenOfAnAnswerIsTold(t *testing.T) {
	c := &timedConn{Conn: &recordingConn{room: 2*maxHTTPWrite + 7}, timeout: time.Hour}
	n, err := c.Write(make([]byte, 1<<20))
	if n != 2*maxHTTPWrite+7 || !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("%d bytes, %v", n, err)
	}
}

func TestHandlerThatTakesTheConnectionOwnsItsDeadlines(t *testing.T) {
	files := newCertFiles(t)
	for name, configure := range map[string]func(*Options){
		"plain": func(*Options) {},
		"TLS":   func(o *Options) { o.CertFile, o.KeyFile = files.cert, files.key },
	} {
		t.Run(name, func(t *testing.T) {
			left := make(chan bool, 1)
			s := serve(t, func(o *Options) {
				configure(o)
				o.Handler = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
					conn, _, err := http.NewResponseController(w).Hijack()
					if err != nil {
						return
					}
					defer func() { _ = conn.Close() }()
					if over, ok := conn.(*tls.Conn); ok {
						conn = over.NetConn()
					}
					timed, ok := conn.(*timedConn)
					left <- ok && timed.hijacked.Load()
				})
			})
			conn, err := net.Dial("tcp", s.Addr().String())
			must(t, err)
			defer func() { _ = conn.Close() }()
			if name == "TLS" {
				_ = conn.Close()
				conn = files.dial(t, s)
			}
			_, err = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
			must(t, err)
			if !<-left {
				t.Error("the server's deadlines still bind it")
			}
		})
	}
	inner := &recordingConn{room: 1 << 20}
	c := &timedConn{Conn: inner, timeout: time.Hour}
	c.hijacked.Store(true)
	if n, err := c.Write(bytes.Repeat([]byte("x"), 1<<20)); n != 1<<20 || err != nil || len(inner.deadlines) != 0 {
		t.Errorf("%d bytes, %v, %d deadlines", n, err, len(inner.deadlines))
	}
}

// The deadline of the body is not one for the handler.
func TestHandlerMayTakeLongerThanTheRequest(t *testing.T) {
	const timeout = 50 * time.Millisecond
	for name, read := range map[string]func(*http.Request) error{
		"that reads the body": func(r *http.Request) error {
			_, err := io.ReadAll(r.Body)
			return err
		},
		"that closes the body": func(r *http.Request) error { return r.Body.Close() },
	} {
		t.Run(name, func(t *testing.T) {
			outcome := make(chan error, 1)
			s := serve(t, func(o *Options) {
				o.RequestTimeout = timeout
				o.Handler = http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
					if err := read(r); err != nil {
						outcome <- err
						return
					}
					select {
					case <-r.Context().Done():
						outcome <- r.Context().Err()
					case <-time.After(5 * timeout):
						outcome <- nil
					}
				})
			})
			conn, err := net.Dial("tcp", s.Addr().String())
			must(t, err)
			defer func() { _ = conn.Close() }()
			_, err = io.WriteString(conn, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello")
			must(t, err)
			if err := <-outcome; err != nil {
				t.Error(err)
			}
		})
	}
}

func TestHandlerIsToldThatItsPeerHasGone(t *testing.T) {
	told, running := make(chan error, 1), make(chan struct{})
	s := serve(t, func(o *Options) {
		o.Handler = http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			close(running)
			select {
			case <-r.Context().Done():
				told <- nil
			case <-time.After(wstest.Timeout):
				told <- errors.New("the handler wasn't told")
			}
		})
	})
	conn, err := net.Dial("tcp", s.Addr().String())
	must(t, err)
	_, err = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
	must(t, err)
	<-running
	_ = conn.Close()
	if err := <-told; err != nil {
		t.Error(err)
	}
}

func TestPanicOfAHandlerIsLoggedAndNoPeersMistake(t *testing.T) {
	core, logged := observer.New(zapcore.DebugLevel)
	s := serve(t, func(o *Options) {
		o.Logger = zap.New(core)
		o.Handler = http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("a bug") })
	})
	conn, err := net.Dial("tcp", s.Addr().String())
	must(t, err)
	defer func() { _ = conn.Close() }()
	_, err = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
	must(t, err)
	if rest, _ := io.ReadAll(conn); len(rest) != 0 {
		t.Errorf("answered %q", rest)
	}
	bug := func() bool {
		return logged.FilterMessageSnippet("a bug").FilterLevelExact(zapcore.ErrorLevel).Len() == 1
	}
	eventually(t, "the panic is logged", bug)
}

func TestProfilesAreServedOnRequest(t *testing.T) {
	off := serve(t, nil)
	if r := ask(t, off, "GET", "/debug/pprof/"); r.StatusCode != 404 {
		t.Errorf("status %d without Profiling", r.StatusCode)
	}
	s := serve(t, func(o *Options) {
		o.Profiling = true
		o.Authorize = func(r *http.Request) (any, error) {
			if r.Header.Get("Authorization") != "Bearer good" {
				return nil, ErrUnauthorized
			}
			return nil, nil
		}
	})
	if r := ask(t, s, "GET", "/debug/pprof/heap"); r.StatusCode != 401 {
		t.Errorf("status %d without a token", r.StatusCode)
	}
	for path, want := range map[string]string{
		"":                      "goroutine?debug=1",
		"goroutine?debug=1":     "goroutine profile: total",
		"heap":                  "\x1f\x8b", // gzip
		"profile?seconds=0.01":  "\x1f\x8b",
		"trace?seconds=0.01":    "go 1.",
		"nothing":               "404",
		"../../debug/pprof/x/y": "404",
	} {
		r := ask(t, s, "GET", "/debug/pprof/"+path, "Authorization: Bearer good")
		if body := bodyOf(t, r); !bytes.Contains([]byte(body), []byte(want)) {
			t.Errorf("%s: %d %.40q doesn't have %q", path, r.StatusCode, body, want)
		}
	}
	if r := ask(t, s, "POST", "/debug/pprof/heap", "Authorization: Bearer good"); r.StatusCode != 405 {
		t.Errorf("status %d", r.StatusCode)
	}
}

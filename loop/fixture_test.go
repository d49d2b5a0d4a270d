package loop

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

// recorder is an endpoint whose callbacks the test gives, and which sends what the
// test queues.
type recorder struct {
	conn    *Conn
	receive func(op wsproto.Opcode, payload []byte)
	open    func()

	mu     sync.Mutex
	queue  []*buffers.Frame
	closed []*wsproto.CloseError
	opens  int
}

func (r *recorder) Open() {
	r.mu.Lock()
	r.opens++
	r.mu.Unlock()
	if r.open != nil {
		r.open()
	}
}

func (r *recorder) Receive(op wsproto.Opcode, payload []byte) {
	if r.receive != nil {
		r.receive(op, payload)
	}
}

func (r *recorder) Pull(now time.Duration, dst []*buffers.Frame) ([]*buffers.Frame, time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for len(dst) < MaxPull && len(r.queue) > 0 {
		dst = append(dst, r.queue[0])
		r.queue = r.queue[1:]
	}
	if len(r.queue) > 0 {
		return dst, now
	}
	return dst, 0
}

func (r *recorder) Closed(reason *wsproto.CloseError) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = append(r.closed, reason)
	for _, f := range r.queue {
		f.Release()
	}
	r.queue = nil
}

func (r *recorder) send(pool *buffers.FramePool, op wsproto.Opcode, payload []byte) {
	f := pool.Get(len(payload) + wsproto.MaxHeaderBytes)
	f.Set(wsproto.AppendFrame(f.Buffer(), op, payload))
	r.sendFrame(f)
}

func (r *recorder) sendFrame(f *buffers.Frame) {
	r.mu.Lock()
	r.queue = append(r.queue, f)
	r.mu.Unlock()
	r.conn.Wake()
}

// reasons returns what Closed was called with.
func (r *recorder) reasons() []*wsproto.CloseError {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]*wsproto.CloseError(nil), r.closed...)
}

// fixture is a loop behind net/http on a real socket.
type fixture struct {
	loop  *Loop
	addr  string
	group *Group
	pool  buffers.FramePool
	wrap  func(*recorder) Endpoint // nil: the recorder itself is the endpoint

	mu        sync.Mutex
	endpoints []*recorder
}

func newFixture(t testing.TB, o *Options, configure func(*recorder)) *fixture {
	t.Helper()
	if o == nil {
		o = &Options{}
	}
	o.Writer, o.Transport = testMode.writer, testMode.transport
	l, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	f := &fixture{loop: l, group: l.NewGroup(nil)}
	server := f.serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handshake, ok := CheckUpgrade(w, r)
		if !ok {
			return
		}
		_ = l.Upgrade(w, handshake, "", f.group, func(c *Conn) Endpoint {
			e := &recorder{conn: c}
			if configure != nil {
				configure(e)
			}
			f.mu.Lock()
			f.endpoints = append(f.endpoints, e)
			f.mu.Unlock()
			if f.wrap != nil {
				return f.wrap(e)
			}
			return e
		})
	}))
	t.Cleanup(func() {
		server.Close()
		_ = l.Close()
		ctx, cancel := context.WithTimeout(context.Background(), wstest.Timeout)
		defer cancel()
		if err := l.Wait(ctx); err != nil {
			t.Error("not every connection's Closed was called:", err)
		}
		for _, e := range f.all() {
			if n := len(e.reasons()); n != 1 || e.opens != 1 {
				t.Errorf("Open was called %d times and Closed %d times", e.opens, n)
			}
		}
		if n := f.pool.Live() + l.frames.Live(); n != 0 {
			t.Errorf("%d frames weren't released", n)
		}
	})
	return f
}

// serve starts an HTTP server where the mode listens.
func (f *fixture) serve(t testing.TB, handler http.Handler) *httptest.Server {
	t.Helper()
	server := httptest.NewUnstartedServer(handler)
	if testMode.network == "unix" {
		_ = server.Listener.Close()
		server.Listener = listenUnix(t)
	}
	f.addr = server.Listener.Addr().String()
	if testMode.wrapped {
		server.Listener = wrapper{server.Listener}
	}
	if testMode.tls {
		server.StartTLS()
	} else {
		server.Start()
	}
	return server
}

// wrapper hides what its connections are.
type wrapper struct{ net.Listener }

func (w wrapper) Accept() (net.Conn, error) {
	conn, err := w.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return struct{ net.Conn }{conn}, nil
}

// listenUnix returns a listener in a directory whose name is short enough.
func listenUnix(t testing.TB) net.Listener {
	t.Helper()
	dir, err := os.MkdirTemp("", "loop") //nolint:usetesting // the test's name would make the path too long for a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	ln, err := net.Listen("unix", filepath.Join(dir, "s"))
	if err != nil {
		t.Fatal(err)
	}
	return ln
}

func (f *fixture) all() []*recorder {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]*recorder(nil), f.endpoints...)
}

func (f *fixture) dial(t testing.TB) *wstest.Client {
	t.Helper()
	return f.dialWith(t, wstest.Options{})
}

func (f *fixture) dialWith(t testing.TB, o wstest.Options) *wstest.Client {
	t.Helper()
	c, err := wstest.Dial(f.addr, testMode.dial(o))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Conn.Close() })
	return c
}

// endpoint waits for the i-th connection's endpoint.
func (f *fixture) endpoint(t testing.TB, i int) *recorder {
	t.Helper()
	if !wstest.Eventually(func() bool { return len(f.all()) > i }) {
		t.Fatalf("connection %d didn't come", i)
	}
	return f.all()[i]
}

func (r *recorder) awaitClosed(t *testing.T) *wsproto.CloseError {
	t.Helper()
	if !wstest.Eventually(func() bool { return len(r.reasons()) > 0 }) {
		t.Fatal("Closed wasn't called")
	}
	return r.reasons()[0]
}

func echoing(f **fixture) func(*recorder) {
	return func(e *recorder) {
		e.receive = func(op wsproto.Opcode, payload []byte) { e.send(&(*f).pool, op, payload) }
	}
}

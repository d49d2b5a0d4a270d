package browsertest

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/benchmarks/dashboard"
	"github.com/scenewire/scenewire/internal/wsclient"
	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/wsproto"
)

const (
	watchedThings   = 12
	watchedInterval = 20 * time.Millisecond
	adminToken      = "open sesame"
)

// watched is a server with things that change all the time, and a dashboard of it. Both
// can be replaced, as by a restart, behind the same address.
type watched struct {
	t         *testing.T
	http      *httptest.Server
	options   dashboard.Options
	server    *scenewire.Server
	dashboard *dashboard.Dashboard
	serving   atomic.Pointer[http.ServeMux]
	end       func()
}

// startWatched serves a dashboard with these options at /dashboard/, and its server at /.
func startWatched(t *testing.T, o dashboard.Options) *watched {
	t.Helper()
	findBrowser(t)
	o.Logger = zap.NewNop()
	w := &watched{t: t, options: o}
	w.begin()
	w.http = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.serving.Load().ServeHTTP(rw, r)
	}))
	t.Cleanup(func() {
		w.end()
		w.http.Close()
	})
	return w
}

// begin starts a server, its dashboard and what changes.
func (w *watched) begin() {
	w.t.Helper()
	server, err := scenewire.New(&scenewire.Options{
		Registry:     messages.NewRegistry().MustRegister(Set{}, Unset{}),
		PingInterval: 200 * time.Millisecond,
		Logger:       zap.NewNop(),
	})
	if err != nil {
		w.t.Fatal(err)
	}
	scenewire.Handle(server, func(*scenewire.Client, Unset) {})
	d, err := dashboard.New(server, &w.options)
	if err != nil {
		w.t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/", server)
	mux.Handle("/dashboard/", http.StripPrefix("/dashboard", d))
	w.server, w.dashboard = server, d
	w.serving.Store(mux)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		produce(ctx, server, d)
	}()
	w.end = func() {
		cancel()
		<-done
		if err := errors.Join(d.Close(), server.Close()); err != nil {
			w.t.Error(err)
		}
	}
}

// page is the address of the dashboard.
func (w *watched) page() string { return w.http.URL + "/dashboard/" }

// produce changes things, and says what a load generator would, until ctx is done.
func produce(ctx context.Context, server *scenewire.Server, d *dashboard.Dashboard) {
	ticker := time.NewTicker(watchedInterval)
	defer ticker.Stop()
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		_ = server.Atomic(func(b *scenewire.Batch) error {
			for i := range watchedThings {
				if err := b.Broadcast(Set{Name: "thing/" + strconv.Itoa(i), Value: n, Data: make([]byte, 40)}); err != nil {
					return err
				}
			}
			return nil
		})
		if n%10 == 0 {
			times := dashboard.Quantiles{P50: 1, P99: 2, P999: 3, Max: 4}
			d.Measured(dashboard.Measured{Clients: 1, Deliveries: 600, Latency: times, Gap: times, Join: times})
		}
	}
}

// watcher is a client of the watched server that notes what it sees.
type watcher struct {
	t    *testing.T
	conn *wsclient.Conn
	// windows is how many windows have come.
	windows atomic.Int64
	// ended gets the error that ended the connection.
	ended chan error
}

// join connects a watcher.
func (w *watched) join() *watcher {
	w.t.Helper()
	conn, err := wsclient.Dial(w.t.Context(), strings.Replace(w.http.URL, "http", "ws", 1)+"/", wsclient.Options{Subprotocols: []string{"scenewire.v1"}})
	if err != nil {
		w.t.Fatal(err)
	}
	v := &watcher{t: w.t, conn: conn, ended: make(chan error, 1)}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		v.read(ctx)
	}()
	w.t.Cleanup(func() {
		cancel()
		<-done
		_ = conn.Close(wsproto.CloseNormal)
	})
	return v
}

func (v *watcher) read(ctx context.Context) {
	for {
		op, _, err := v.conn.Read(ctx)
		if err != nil {
			v.ended <- err
			return
		}
		if op == wsproto.OpBinary {
			v.windows.Add(1)
		}
	}
}

// waitForWindows waits until n more windows have come.
func (v *watcher) waitForWindows(n int64) {
	v.t.Helper()
	from := v.windows.Load()
	eventually(v.t, "windows", func() error {
		if got := v.windows.Load() - from; got < n {
			return errors.New("only " + strconv.FormatInt(got, 10))
		}
		return nil
	})
}

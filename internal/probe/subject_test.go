package probe

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/loop"
	"github.com/scenewire/scenewire/messages"
)

// note is what attackers send and get back; pulse is what the bystander counts.
type note struct {
	N    int    `msgpack:"n"`
	Text string `msgpack:"text"`
}

func (note) RedundancyKey() string { return "" }

type pulse struct {
	N  int   `msgpack:"n"`
	At int64 `msgpack:"at"` // nanoseconds since the test began
}

func (pulse) RedundancyKey() string { return "" }

func registry() *messages.Registry { return messages.NewRegistry().MustRegister(note{}, pulse{}) }

const (
	mib = 1 << 20
	// usualBudget is what a group of small cases may have live at any time, beside what
	// was there before: room for the race detector's and the test's own needs.
	usualBudget = 32 * mib
)

// subject is a server under attack.
type subject struct {
	*scenewire.Server
	t       testing.TB
	addr    string
	handled atomic.Int64 // requests that the handler saw
	notes   atomic.Int64 // notes without a text that came
	gone    chan error   // reasons of disconnects
}

// attack starts a server and those who watch it; the test's end checks what they saw.
func attack(t *testing.T, budget uint64, configure func(*scenewire.Options)) *subject {
	t.Helper()
	s := &subject{t: t, gone: make(chan error, 4096)}
	o := &scenewire.Options{
		Addr: "127.0.0.1:0", Registry: registry(), Logger: zap.NewNop(), Root: site(),
		Handler: http.HandlerFunc(s.tell),
	}
	if configure != nil {
		configure(o)
	}
	if o.Loop == nil {
		o.Loop = startLoop(t, &loop.Options{MaxMessageBytes: o.MaxMessageBytes, WriteTimeout: o.WriteTimeout})
	}
	server, err := scenewire.New(o)
	must(t, err)
	addr, err := server.Listen()
	must(t, err)
	s.Server, s.addr = server, addr.String()
	server.OnDisconnect(func(_ *scenewire.Client, reason error) {
		select {
		case s.gone <- reason:
		default:
		}
	})
	scenewire.Handle(server, func(c *scenewire.Client, m note) {
		if m.Text == "" { // the bystander's have one
			s.notes.Add(1)
		}
		_ = c.Send(m)
	})
	served := make(chan error, 1)
	go func() { served <- server.ListenAndServe() }()
	t.Cleanup(func() {
		_ = server.Close()
		if err := <-served; !errors.Is(err, scenewire.ErrServerClosed) {
			t.Errorf("ListenAndServe returned %v", err)
		}
	})
	s.watch(budget)
	return s
}

// How the loops of these tests read and write: see [loop.Options]. Default: the best.
const (
	transportEnv = "SCENEWIRE_PROBE_TRANSPORT"
	writerEnv    = "SCENEWIRE_PROBE_WRITER"
)

func startLoop(t *testing.T, o *loop.Options) *loop.Loop {
	t.Helper()
	o.Transport, o.Writer = loop.Transport(os.Getenv(transportEnv)), loop.Writer(os.Getenv(writerEnv))
	l, err := loop.New(o)
	must(t, err)
	t.Cleanup(func() { _ = l.Close() })
	return l
}

// tell answers with what it understood of the request.
func (s *subject) tell(w http.ResponseWriter, r *http.Request) {
	s.handled.Add(1)
	if r.URL.Path == "/unread" {
		_, _ = io.WriteString(w, "unread")
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, mib))
	if err != nil {
		http.Error(w, "bad body", http.StatusBadRequest)
		return
	}
	w.Header().Set("Told", "1")
	_, _ = fmt.Fprintf(w, "%s %s %s", r.Method, r.URL.Path, body)
}

// site is what the server's Root has.
func site() fstest.MapFS {
	return fstest.MapFS{
		"index.html": {Data: []byte("home")},
		"data.bin":   {Data: []byte(strings.Repeat("0123456789", 100))},
		"big.bin":    {Data: make([]byte, 12*mib)},
	}
}

// watch has a bystander follow a broadcast each 10 ms and send a note each 100 ms, and
// live memory looked at, until the test ends.
func (s *subject) watch(budget uint64) {
	s.t.Helper()
	b := s.newBystander()
	debug.FreeOSMemory()
	base := wstest.LiveBytes()
	goroutines, descriptors := runtime.NumGoroutine(), wstest.OpenDescriptors()
	stop, stopped := make(chan struct{}), make(chan uint64)
	go func() { stopped <- s.pulseUntil(stop, b) }()
	s.t.Cleanup(func() {
		close(stop)
		peak := <-stopped
		b.finish()
		if peak > base+budget {
			s.t.Errorf("%d KiB were live, %d before, and the budget is %d", peak>>10, base>>10, budget>>10)
		}
		s.t.Logf("live memory: %d KiB before, at most %d", base>>10, peak>>10)
		same := func() bool { return runtime.NumGoroutine() <= goroutines && wstest.OpenDescriptors() <= descriptors }
		if !wstest.Eventually(same) {
			s.t.Errorf("%d goroutines and %d descriptors, before %d and %d",
				runtime.NumGoroutine(), wstest.OpenDescriptors(), goroutines, descriptors)
		}
		b.leave()
	})
}

// pulseUntil broadcasts, looks at the memory each 100 ms, and returns its peak.
func (s *subject) pulseUntil(stop chan struct{}, b *bystander) (peak uint64) {
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for n := 0; ; n++ {
		if err := s.BroadcastTransient(pulse{N: n, At: int64(time.Since(b.began))}); err != nil {
			s.t.Errorf("broadcast: %v", err)
		}
		b.sent.Store(int64(n + 1))
		if n%10 == 0 {
			b.say()
			peak = max(peak, wstest.LiveBytes())
		}
		select {
		case <-stop:
			return max(peak, wstest.LiveBytes())
		case <-tick.C:
		}
	}
}

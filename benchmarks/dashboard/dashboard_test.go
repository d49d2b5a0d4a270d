package dashboard

import (
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/wstest"
)

func TestWelcomeComesFirst(t *testing.T) {
	s := newStage(t, nil)
	g := s.watch(t)
	g.until("the first message", func() bool { return g.first != nil })
	w, ok := g.first.(Welcome)
	if !ok || w.Name != "scene" || !w.Live || !w.CanLogin || len(w.Series) != len(seriesInfo) || w.MaxRows != maxRows {
		t.Errorf("the first message is %+v", g.first)
	}
}

func TestSamplesTellWhatTheServerDoes(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	clients := s.viewers(t, 3)
	for _, c := range clients {
		go func() { _, _ = c.AwaitClose() }()
	}
	stop := produce(s.server, 5*time.Millisecond)
	defer stop()
	g := s.watch(t)
	s.dashboard.Measured(Measured{Clients: 7, Deliveries: 70, Latency: Quantiles{1, 2, 3, 4}, Gap: noQuantiles(), Join: Quantiles{5, 6, 7, 8}})
	m := await(g, func(m Sample) bool {
		return m.value(seriesDeliveries) > 30 && m.value(seriesClients) == 3 && m.value(seriesRTTP50) > 0 && len(m.Lag) > 0
	})
	for _, series := range []Series{
		seriesWindows, seriesBytesSent, seriesCPU, seriesWindowRate, seriesHeap, seriesRSS, seriesGoroutines, seriesPushes,
		seriesLogMessages, seriesLogBytes, seriesCompression,
	} {
		if v := m.value(series); !(v > 0) && runtime.GOOS == "linux" {
			t.Errorf("%s is %v", series, v)
		}
	}
	if m.value(seriesLatencyP99) != 2 || m.value(seriesMeasuredClients) != 7 || !math.IsNaN(m.value(seriesGapP50)) {
		t.Errorf("measured: %v, %v, %v", m.value(seriesLatencyP99), m.value(seriesMeasuredClients), m.value(seriesGapP50))
	}
	for name, bins := range map[string][]uint32{"lag": m.Lag, "pending": m.Pending, "rtt": m.RTT} {
		if n := total(bins); n != 3 {
			t.Errorf("%d clients in the bins of %s: %v", n, name, bins)
		}
	}
	totals := await(g, func(m Totals) bool { return m.Clients == 3 && m.Viewers == 1 && m.Deliveries > 0 })
	if totals.Windows == 0 || totals.ClientsTotal != 3 || totals.PayloadBytes == 0 {
		t.Errorf("%+v", totals)
	}
	joins := await(g, func(m Joins) bool { return m.Measured != nil })
	if total(joins.Counts) != 3 || !(joins.P50Ms > 0) || joins.Measured.P99 != 6 {
		t.Errorf("%+v", joins)
	}
	for i := 1; i < len(g.samples); i++ {
		if g.samples[i].N != g.samples[i-1].N+1 {
			t.Errorf("sample %d comes behind %d", g.samples[i].N, g.samples[i-1].N)
		}
	}
}

func total(bins []uint32) (n uint32) {
	for _, v := range bins {
		n += v
	}
	return n
}

// produce broadcasts until stop.
func produce(s *scenewire.Server, every time.Duration) (stop func()) {
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for i := 0; ; i++ {
			select {
			case <-done:
				return
			case <-time.After(every):
				_ = s.Broadcast(pose{Name: "moving", X: float64(i), Blob: make([]byte, 100)})
			}
		}
	}()
	return func() { close(done); <-ended }
}

func TestLateViewerGetsWhatWasThereAtOnce(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	g := s.watch(t)
	g.until("some samples", func() bool { return len(g.samples) >= 4 })
	s.dashboard.Mark(Note{Kind: EventPhase, Text: "ramp"})
	late := s.watch(t)
	late.until("the mark", func() bool { m := late.marks[1]; return m.Text == "ramp" && m.Kind == EventPhase })
	if len(late.samples) < 4 || late.samples[0].N != g.samples[0].N {
		t.Errorf("%d samples at once, want those that were there", len(late.samples))
	}
	if late.marks[0].Kind != EventStart {
		t.Errorf("marks %v", late.marks)
	}
}

func TestNothingIsCollectedWhileNobodyWatches(t *testing.T) {
	s := newStage(t, nil)
	idle := runtime.NumGoroutine()
	g := s.watch(t)
	g.until("a sample", func() bool { return len(g.samples) > 0 })
	_ = g.CloseNormally()
	d := s.dashboard
	s.awaitNobody(t)
	if n := runtime.NumGoroutine(); n > idle+4 { // of net/http and the pool, for a moment
		t.Errorf("%d goroutines, %d before", n, idle)
	}
	next := d.samples.next
	again := s.watch(t)
	again.until("the next sample", func() bool { m, ok := newest[Sample](again); return ok && m.N > next })
}

func TestOldSamplesAreForgotten(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	g := s.watch(t)
	g.until("some samples", func() bool { return len(g.samples) >= 3 })
	_ = g.CloseNormally()
	d := s.dashboard
	s.awaitNobody(t)
	for i := range d.samples.times { // the last ones were taken long ago
		if !d.samples.times[i].IsZero() {
			d.samples.times[i] = time.Now().Add(-time.Hour)
		}
	}
	old := d.samples.next
	late := s.watch(t)
	late.until("a sample", func() bool { return len(late.samples) > 0 })
	if late.samples[0].N < old {
		t.Errorf("sample %d is still there", late.samples[0].N)
	}
}

func TestPageIsServedUnderAnyPath(t *testing.T) {
	server, err := scenewire.New(&scenewire.Options{Registry: poses, Logger: zap.NewNop()})
	must(t, err)
	defer server.Close()
	d, err := New(server, &Options{Logger: zap.NewNop(), Results: fstest.MapFS{}})
	must(t, err)
	defer d.Close()
	mux := http.NewServeMux()
	mux.Handle("/plain/", d)
	mux.Handle("/plain", d)
	mux.Handle("/deep/in/", http.StripPrefix("/deep/in", d))
	mux.Handle("/deep/in", http.StripPrefix("/deep/in", d))
	server.Mount("/mounted", d)
	mux.Handle("/mounted/", server)
	mux.Handle("/mounted", server)
	front := httptest.NewServer(mux)
	defer front.Close()
	for _, prefix := range []string{"/plain", "/deep/in", "/mounted"} {
		for path, status := range map[string]int{
			prefix: 200, prefix + "/": 200, prefix + "/app.js": 200, prefix + "/style.css": 200, prefix + "/nothing.js": 404, prefix + "/ws": 404,
		} {
			resp, err := http.Get(front.URL + path)
			must(t, err)
			body, _ := io.ReadAll(resp.Body)
			_ = resp.Body.Close()
			if resp.StatusCode != status {
				t.Errorf("%s is %s", path, resp.Status)
			}
			if path == prefix && (resp.Request.URL.Path != prefix+"/" || !strings.Contains(string(body), "<html")) {
				t.Errorf("%s leads to %s", path, resp.Request.URL)
			}
			if policy := resp.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") {
				t.Errorf("%s has the policy %q", path, policy)
			}
		}
		g := watchAt(t, strings.TrimPrefix(front.URL, "http://"), prefix+"/ws")
		g.until("a welcome", func() bool { return g.first != nil })
		_ = g.CloseNormally()
	}
}

func TestTwoDashboardsShowOneServer(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	other, err := New(s.server, &Options{Name: "other", Logger: zap.NewNop(), Results: fstest.MapFS{}})
	must(t, err)
	front := httptest.NewServer(other)
	defer front.Close()
	s.viewers(t, 2)
	for _, g := range []*guest{s.watch(t), watchAt(t, strings.TrimPrefix(front.URL, "http://"), "/ws")} {
		await(g, func(m Sample) bool { return m.value(seriesClients) == 2 })
	}
	must(t, other.Close())
	must(t, other.Close())
	g := s.watch(t)
	g.until("samples go on", func() bool { return len(g.samples) > 2 })
}

func TestDashboardWithoutAServer(t *testing.T) {
	t.Parallel()
	d, err := New(nil, &Options{AdminToken: token, Logger: zap.NewNop(), Results: fstest.MapFS{}})
	must(t, err)
	front := httptest.NewServer(d)
	defer front.Close()
	defer d.Close()
	g := watchAt(t, strings.TrimPrefix(front.URL, "http://"), "/ws")
	d.Measured(Measured{Clients: 5, Deliveries: 50, Latency: Quantiles{1, 2, 3, 4}, Gap: noQuantiles(), Join: noQuantiles()})
	m := await(g, func(m Sample) bool { return m.value(seriesLatencyP50) == 1 })
	if !math.IsNaN(m.value(seriesDeliveries)) || len(m.Lag) != 0 {
		t.Errorf("%v deliveries, lag %v", m.value(seriesDeliveries), m.Lag)
	}
	if w := g.first.(Welcome); w.Live {
		t.Error("it says that there is a server")
	}
	g.send(AskClients{Limit: 10})
	g.send(AskKeys{Limit: 10})
	g.login(token)
	if done := g.act(Act{Action: actionPause, Clients: []scenewire.ClientID{1}}); done.Fault == "" {
		t.Errorf("%+v", done)
	}
}

func TestCloseTellsThePages(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	g := s.watch(t)
	g.until("a sample", func() bool { return len(g.samples) > 0 })
	must(t, s.dashboard.Close())
	for {
		if err := g.take(); err != nil {
			if closeCode(err) != 1001 {
				t.Error(err)
			}
			break
		}
	}
	if _, err := wstest.Dial(s.addr, wstest.Options{Path: "/dashboard/ws"}); err == nil {
		t.Error("a page connects to a dashboard that is closed")
	}
	s.viewers(t, 1) // the server goes on
}

func TestAuthorizeGuardsTheFigures(t *testing.T) {
	s := newStage(t, func(o *Options) {
		o.Authorize = func(r *http.Request) (any, error) {
			if r.URL.Query().Get("who") != "me" {
				return nil, scenewire.ErrUnauthorized
			}
			return "me", nil
		}
	})
	g := s.watch(t)
	if err := g.take(); closeCode(err) != 4401 {
		t.Errorf("a stranger gets %v", err)
	}
	g = watchAt(t, s.addr, "/dashboard/ws?who=me")
	g.until("a welcome", func() bool { return g.first != nil })
}

func TestEventsAreSeen(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	g := s.watch(t)
	g.until("a sample", func() bool { return len(g.samples) > 0 })
	clients := s.viewers(t, 15)
	seen := func(kind EventKind, n Count) func() bool {
		return func() bool {
			var sum Count
			for _, m := range g.marks {
				if m.Kind == kind {
					sum += m.Count
				}
			}
			return sum == n
		}
	}
	g.until("the connects are told", seen(EventConnects, 15))
	for _, c := range clients {
		_ = c.Conn.Close()
	}
	g.until("the closes are told", seen(EventCloses, 15))
}

func TestMarksThatGoOnBecomeLonger(t *testing.T) {
	var sent []Mark
	m := marks{send: func(m Mark) { sent = append(sent, m) }}
	now := time.UnixMilli(1000)
	text := func(n Count) string { return fmt.Sprint(n, " stalls") }
	m.see(now, EventStall, 3, text)
	m.see(now.Add(time.Second), EventStall, 4, text)
	m.add(now.Add(time.Second), Note{Text: strings.Repeat("é", 400)})
	m.see(now.Add(9*time.Second), EventStall, 1, text)
	want := []string{"0 1000-1000 3 stalls", "0 1000-2000 7 stalls", "", "2 10000-10000 1 stalls"}
	for i, m := range sent {
		if i == 2 {
			if m.Kind != EventNote || len(m.Text) != maxMarkBytes || m.N != 1 {
				t.Errorf("%+v", m)
			}
			continue
		}
		if got := fmt.Sprintf("%d %.0f-%.0f %s", m.N, m.Ms, m.EndMs, m.Text); got != want[i] {
			t.Errorf("%s, want %s", got, want[i])
		}
	}
}

func TestShortTokensAreRefused(t *testing.T) {
	if _, err := New(nil, &Options{AdminToken: "short"}); err == nil {
		t.Error("it is taken")
	}
}

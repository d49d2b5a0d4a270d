package metrics

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"go.uber.org/zap"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/loop"
	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/wsproto"
)

// note has no key unless it is given one.
type note struct {
	Key  string `msgpack:"key"`
	Text string `msgpack:"text"`
}

func (n note) RedundancyKey() string { return n.Key }

// serve starts a server whose /metrics is what h says.
func serve(t *testing.T, o scenewire.Options, h func(*scenewire.Server) http.Handler) *scenewire.Server {
	t.Helper()
	mux := http.NewServeMux()
	o.Addr, o.Handler, o.Logger = "127.0.0.1:0", mux, zap.NewNop()
	o.Registry = messages.NewRegistry().MustRegister(note{})
	s, err := scenewire.New(&o)
	must(t, err)
	mux.Handle("/metrics", h(s))
	_, err = s.Listen()
	must(t, err)
	served := make(chan error, 1)
	go func() { served <- s.ListenAndServe() }()
	t.Cleanup(func() {
		_ = s.Close()
		if err := <-served; !errors.Is(err, scenewire.ErrServerClosed) {
			t.Error(err)
		}
	})
	return s
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// scrape asks a server for its metrics: values by name and labels, as they stand there.
func scrape(t *testing.T, s *scenewire.Server) map[string]float64 {
	t.Helper()
	values := map[string]float64{}
	for line := range strings.Lines(scrapeText(t, s)) {
		line = strings.TrimSpace(line)
		space := strings.LastIndexByte(line, ' ')
		if line == "" || line[0] == '#' {
			continue
		}
		value, err := strconv.ParseFloat(line[space+1:], 64)
		must(t, err)
		values[line[:space]] = value
	}
	return values
}

func scrapeText(t *testing.T, s *scenewire.Server) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+s.Addr().String()+"/metrics", nil)
	must(t, err)
	transport := &http.Transport{DisableKeepAlives: true}
	response, err := transport.RoundTrip(request)
	must(t, err)
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	must(t, err)
	if response.StatusCode != http.StatusOK {
		t.Fatalf("status %d: %s", response.StatusCode, text)
	}
	return string(text)
}

// viewer counts what it is sent.
type viewer struct {
	*wstest.Client
	unzip                             *wsproto.Decompressor
	windows, messages, payload, bytes int
}

func join(t *testing.T, s *scenewire.Server, o wstest.Options) *viewer {
	t.Helper()
	o.Subprotocols = []string{scenewire.Subprotocol}
	before := len(s.Clients())
	c, err := wstest.Dial(s.Addr().String(), o)
	must(t, err)
	t.Cleanup(func() { _ = c.Conn.Close() })
	if !wstest.Eventually(func() bool { return len(s.Clients()) > before }) {
		t.Fatal("the client isn't in")
	}
	return &viewer{Client: c, unzip: wsproto.NewDecompressor()}
}

// readUntil reads until a message has this text.
func (v *viewer) readUntil(t *testing.T, text string) {
	t.Helper()
	for {
		_, frame, err := v.Message()
		must(t, err)
		v.windows++
		v.bytes += len(wsproto.AppendHeader(nil, wsproto.OpBinary, true, len(frame))) + len(frame)
		w, err := wsproto.DecodeWindow(wsproto.GenerationZstd, frame, wsproto.WindowLimits{}, v.unzip)
		must(t, err)
		for _, body := range w.Messages {
			v.messages++
			v.payload += len(body)
			if strings.Contains(string(body), text) {
				return
			}
		}
	}
}

// leave closes as a browser does.
func (v *viewer) leave(t *testing.T, code wsproto.CloseCode) {
	t.Helper()
	must(t, v.Write(wsproto.OpClose, wsproto.AppendClosePayload(nil, code, "")))
	var closed *wsproto.CloseError
	if _, _, err := v.Message(); !errors.As(err, &closed) || closed.Code != code {
		t.Fatal("the close was answered with", err)
	}
	_ = v.Conn.Close()
}

// expect waits until a scrape has these values; counters follow what they count.
func expect(t *testing.T, s *scenewire.Server, want map[string]float64) {
	t.Helper()
	var got map[string]float64
	wrong := func() (names []string) {
		got = scrape(t, s)
		for name, value := range want {
			if have, ok := got[name]; !ok || have != value {
				names = append(names, name)
			}
		}
		slices.Sort(names)
		return names
	}
	if wstest.Eventually(func() bool { return len(wrong()) == 0 }) {
		return
	}
	for _, name := range wrong() {
		have, ok := got[name]
		t.Errorf("%s is %v (there: %v), want %v", name, have, ok, want[name])
	}
}

const notes, poses = 400, 30

// broadcastTo sends the viewers notes and poses, and returns what they got together.
func broadcastTo(t *testing.T, s *scenewire.Server, viewers []*viewer) (sum viewer) {
	t.Helper()
	for i := range notes {
		must(t, s.Broadcast(note{Text: fmt.Sprint(i, strings.Repeat(" again", 100))}))
	}
	for i := range poses {
		must(t, s.Broadcast(note{Key: "pose", Text: fmt.Sprint(i)}))
	}
	must(t, s.Broadcast(note{Text: "the end"}))
	for _, v := range viewers {
		v.readUntil(t, "the end")
		if v.messages < notes+2 {
			t.Fatalf("%d messages were received", v.messages)
		}
		sum.windows += v.windows
		sum.messages += v.messages
		sum.payload += v.payload
		sum.bytes += v.bytes
	}
	return sum
}

func TestScrapeSaysWhatHappened(t *testing.T) {
	s := serve(t, scenewire.Options{Name: "main", MaxClients: 3},
		func(s *scenewire.Server) http.Handler { return Handler(s) })
	viewers := []*viewer{join(t, s, wstest.Options{}), join(t, s, wstest.Options{}), join(t, s, wstest.Options{})}
	if c, err := wstest.Dial(s.Addr().String(), wstest.Options{}); err == nil {
		_ = c.Conn.Close()
		t.Fatal("a fourth client was let in")
	}
	sum := broadcastTo(t, s, viewers)
	name := `{server="main"}`
	expect(t, s, map[string]float64{
		"scenewire_deliveries_total" + name:    float64(sum.messages),
		"scenewire_windows_total" + name:       float64(sum.windows),
		"scenewire_payload_bytes_total" + name: float64(sum.payload),
		"scenewire_sent_bytes_total" + name:    float64(sum.bytes),
		"scenewire_compression_ratio" + name:   float64(sum.payload) / float64(sum.bytes),
		"scenewire_log_messages" + name:        notes + 2,
		"scenewire_log_culled_total" + name:    poses - 1,
	})
	for range 7 {
		must(t, viewers[0].Write(wsproto.OpBinary, []byte{0xc1}))
	}
	must(t, viewers[0].Write(wsproto.OpText, []byte("text")))
	viewers[1].leave(t, 3456)
	viewers[2].leave(t, 3001)

	expect(t, s, map[string]float64{
		`scenewire_clients{server="main"}`:                                     1,
		`scenewire_clients_connected_total{server="main"}`:                     3,
		`scenewire_clients_closed_total{code="3000",server="main"}`:            2,
		`scenewire_handshakes_refused_total{reason="clients",server="main"}`:   1,
		`scenewire_handshakes_refused_total{reason="address",server="main"}`:   0,
		`scenewire_client_lag_max_sequences{server="main"}`:                    0,
		`scenewire_client_lag_seconds_bucket{server="main",le="0"}`:            1,
		`scenewire_client_lag_seconds_count{server="main"}`:                    1,
		`scenewire_http_connections{server="main"}`:                            1, // this one
		`scenewire_loop_connections`:                                           1,
		`scenewire_received_messages_total{server="main"}`:                     8,
		`scenewire_handled_messages_total{server="main"}`:                      8,
		`scenewire_waiting_messages{server="main"}`:                            0,
		`scenewire_bad_messages_total{kind="malformed",server="main"}`:         7,
		`scenewire_bad_messages_total{kind="control",server="main"}`:           1,
		`scenewire_read_pauses_total{reason="inbox",server="main"}`:            0,
		`scenewire_callback_panics_total{server="main"}`:                       0,
		`scenewire_loop_timeouts_total{timeout="write"}`:                       0,
		`scenewire_transients_lost_total{server="main"}`:                       0,
		`scenewire_pending_bytes{server="main"}`:                               0,
		`scenewire_accept_failures_total{server="main"}`:                       0,
		`scenewire_http_connections_evicted_total{server="main"}`:              0,
		`scenewire_handshakes_refused_total{reason="handshake",server="main"}`: 0,
	})
	got := scrape(t, s)
	if got[`scenewire_handler_seconds_total{server="main"}`] <= 0 {
		t.Error("handlers took no time")
	}
	if got["go_goroutines"] == 0 || got["go_memstats_alloc_bytes"] == 0 || got["process_open_fds"] == 0 {
		t.Error("the runtime's metrics are missing")
	}
}

func TestScrapeTellsOfALaggard(t *testing.T) {
	s := serve(t, scenewire.Options{}, func(s *scenewire.Server) http.Handler { return Handler(s) })
	join(t, s, wstest.Options{ReceiveBufferBytes: 4 << 10}) // reads nothing
	keepsUp := join(t, s, wstest.Options{})
	reading := make(chan error, 1)
	go func() {
		for {
			if _, _, err := keepsUp.Message(); err != nil {
				reading <- err
				return
			}
		}
	}()
	noise := make([]byte, 100_000)
	seed := uint32(1)
	for i := range noise {
		seed = seed*1664525 + 1013904223
		noise[i] = 'a' + byte(seed>>24)%26
	}
	lagging := func() bool {
		for range 20 {
			must(t, s.Broadcast(note{Text: string(noise)}))
		}
		got := scrape(t, s)
		return got[`scenewire_client_lag_max_seconds{server=""}`] > 0 &&
			got[`scenewire_client_lag_max_sequences{server=""}`] > 20 &&
			got[`scenewire_client_pending_max_bytes{server=""}`] > 0 &&
			got[`scenewire_pending_bytes{server=""}`] > 0 &&
			got[`scenewire_write_stalls_total{server=""}`] > 0 &&
			got[`scenewire_client_lag_seconds_sum{server=""}`] > 0 &&
			got[`scenewire_client_lag_seconds_bucket{server="",le="+Inf"}`] == 2
	}
	if !wstest.Eventually(lagging) {
		t.Errorf("%v", scrape(t, s))
	}
	must(t, s.Close())
	<-reading
}

func TestServersOfOneNameAreAddedUp(t *testing.T) {
	shared, err := loop.New(nil)
	must(t, err)
	defer func() { _ = shared.Close() }()
	c := NewCollector()
	registry := prometheus.NewRegistry()
	registry.MustRegister(c)
	handler := promhttp.HandlerFor(registry, promhttp.HandlerOpts{})
	start := func(name string) *scenewire.Server {
		s := serve(t, scenewire.Options{Name: name, Loop: shared}, func(*scenewire.Server) http.Handler { return handler })
		c.Add(s)
		c.Add(s) // is in it only once
		return s
	}
	send := func(s *scenewire.Server, n int) {
		t.Helper()
		v := join(t, s, wstest.Options{})
		for range n - 1 {
			must(t, s.Broadcast(note{Text: "more"}))
		}
		must(t, s.Broadcast(note{Text: "the end"}))
		v.readUntil(t, "the end")
	}
	hall, room1, room2 := start("hall"), start("room"), start("room")
	send(hall, 100)
	send(room1, 10)
	send(room2, 1)
	expect(t, hall, map[string]float64{
		`scenewire_clients{server="hall"}`:          1,
		`scenewire_clients{server="room"}`:          2,
		`scenewire_deliveries_total{server="hall"}`: 100,
		`scenewire_deliveries_total{server="room"}`: 11,
		`scenewire_loop_connections`:                3,
	})
	must(t, room1.Close())
	c.Remove(room1)
	c.Remove(room1)
	expect(t, hall, map[string]float64{
		`scenewire_clients{server="room"}`:                  1,
		`scenewire_clients_connected_total{server="room"}`:  2,
		`scenewire_deliveries_total{server="room"}`:         11,
		`scenewire_log_messages{server="room"}`:             1,
		`scenewire_client_lag_seconds_count{server="room"}`: 1,
	})
	send(start("room"), 1000)
	expect(t, hall, map[string]float64{`scenewire_deliveries_total{server="room"}`: 1011})
}

func TestCountersOutliveTheirServers(t *testing.T) {
	c := NewCollector()
	registry := prometheus.NewRegistry()
	registry.MustRegister(c)
	handler := promhttp.HandlerFor(registry, promhttp.HandlerOpts{})
	observer := serve(t, scenewire.Options{}, func(*scenewire.Server) http.Handler { return handler })
	for range 3 {
		s := serve(t, scenewire.Options{Name: "room"}, func(*scenewire.Server) http.Handler { return handler })
		c.Add(s)
		v := join(t, s, wstest.Options{})
		must(t, s.Broadcast(note{Text: "the end"}))
		v.readUntil(t, "the end")
		must(t, s.Close())
		c.Remove(s)
	}
	got := scrape(t, observer)
	if got[`scenewire_deliveries_total{server="room"}`] != 3 || got[`scenewire_loop_frames_written_total`] < 3 {
		t.Errorf("%v", got)
	}
	if _, there := got[`scenewire_clients{server="room"}`]; there {
		t.Error("a gauge is left of servers that are gone")
	}
}

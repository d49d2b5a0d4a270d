package scenewire

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/wsproto"
)

// pose has a key: a newer one of its name supersedes it.
type pose struct {
	Name     string     `msgpack:"name"`
	Position [3]float64 `msgpack:"position"`
}

func (p pose) RedundancyKey() string { return "pose " + p.Name }

// note has none: every one is delivered.
type note struct {
	N    int    `msgpack:"n"`
	Text string `msgpack:"text"`
}

func (note) RedundancyKey() string { return "" }

// broken can't be encoded.
type broken struct {
	Any any `msgpack:"any"`
}

func (broken) RedundancyKey() string { return "broken" }

func testRegistry() *messages.Registry {
	return messages.NewRegistry().MustRegister(pose{}, note{}, broken{})
}

// serve starts a server on a free port; the test's end closes it.
func serve(t testing.TB, configure func(*Options)) *Server {
	t.Helper()
	o := &Options{Addr: "127.0.0.1:0", Registry: testRegistry(), Logger: zap.NewNop()}
	if configure != nil {
		configure(o)
	}
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Listen(); err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- s.ListenAndServe() }()
	t.Cleanup(func() {
		_ = s.Close()
		if err := <-served; !errors.Is(err, ErrServerClosed) {
			t.Errorf("ListenAndServe returned %v", err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), wstest.Timeout)
		defer cancel()
		if err := s.awaitClients(ctx); err != nil {
			t.Error("not every client's OnDisconnect was called:", err)
		}
		if !wstest.Eventually(func() bool { return s.frames.Live() == 0 }) {
			t.Errorf("%d frames weren't released", s.frames.Live())
		}
		if !wstest.Eventually(s.nobodyIsCounted) {
			conns, _ := s.httpConns.counts()
			t.Errorf("%d clients, %d addresses and %d other connections are still counted",
				s.admission.clients, len(s.admission.byAddress), conns)
		}
	})
	return s
}

// nobodyIsCounted reports whether all places of clients and connections are free.
func (s *Server) nobodyIsCounted() bool {
	conns, _ := s.httpConns.counts()
	s.admission.mu.Lock()
	defer s.admission.mu.Unlock()
	return conns == 0 && s.admission.clients == 0 && len(s.admission.byAddress) == 0
}

// viewer is a client that decodes what it is sent.
type viewer struct {
	*wstest.Client
	t          testing.TB
	generation wsproto.Generation
	registry   *messages.Registry
	unzip      *wsproto.Decompressor
	timestamp  float64
	windows    [][]Message // as they came
	pending    []Message   // of the newest window, not yet taken by next
}

func join(t testing.TB, s *Server) *viewer {
	t.Helper()
	return joinAs(t, s, wsproto.GenerationZstd, wstest.Options{Subprotocols: []string{Subprotocol}})
}

func joinAs(t testing.TB, s *Server, g wsproto.Generation, o wstest.Options) *viewer {
	t.Helper()
	c, err := wstest.Dial(s.Addr().String(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Conn.Close() })
	return &viewer{Client: c, t: t, generation: g, registry: s.opts.Registry, unzip: wsproto.NewDecompressor()}
}

// window returns the messages of the next window.
func (v *viewer) window() ([]Message, error) {
	envelope, err := v.Window(v.generation, v.unzip)
	if err != nil {
		return nil, err
	}
	if v.generation >= wsproto.GenerationPlain && envelope.TimestampSec < v.timestamp {
		v.t.Errorf("timestampSec went back from %v to %v", v.timestamp, envelope.TimestampSec)
	}
	v.timestamp = envelope.TimestampSec
	var window []Message
	for _, body := range envelope.Messages {
		m, err := v.registry.Decode(body)
		if err != nil {
			return nil, err
		}
		window = append(window, m)
	}
	if len(window) == 0 {
		return nil, errors.New("an empty window")
	}
	v.windows = append(v.windows, window)
	return window, nil
}

// next returns the next message.
func (v *viewer) next() (Message, error) {
	if len(v.pending) == 0 {
		window, err := v.window()
		if err != nil {
			return nil, err
		}
		v.pending = window
	}
	m := v.pending[0]
	v.pending = v.pending[1:]
	return m, nil
}

func (v *viewer) expect(want ...Message) {
	v.t.Helper()
	for _, w := range want {
		got, err := v.next()
		if err != nil {
			v.t.Fatalf("%v instead of %v", err, w)
		}
		if got != w {
			v.t.Fatalf("got %v, want %v", got, w)
		}
	}
}

func (v *viewer) send(m Message) {
	v.t.Helper()
	body, err := v.registry.Append(nil, m)
	if err != nil {
		v.t.Fatal(err)
	}
	if err := v.Write(wsproto.OpBinary, body); err != nil {
		v.t.Fatal(err)
	}
}

// applied plays messages the way a page does: the last of each key counts, and notes
// are kept in order.
type applied struct {
	poses map[string]pose
	notes []int
}

func (a *applied) apply(m Message) {
	switch m := m.(type) {
	case pose:
		if a.poses == nil {
			a.poses = map[string]pose{}
		}
		a.poses[m.Name] = m
	case note:
		a.notes = append(a.notes, m.N)
	}
}

func (a *applied) String() string { return fmt.Sprint(a.poses, a.notes) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// eventually waits for a condition and fails the test if it doesn't come true.
func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	if !wstest.Eventually(ok) {
		t.Fatal("didn't come true:", what)
	}
}

// clientOf returns the server's side of the i-th client.
func clientOf(t testing.TB, s *Server, i int) *Client {
	t.Helper()
	eventually(t, fmt.Sprintf("client %d connects", i), func() bool { return len(s.Clients()) > i })
	return s.Clients()[i]
}

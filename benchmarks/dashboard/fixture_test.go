package dashboard

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/wsproto"
)

const token = "a token that nobody guesses"

// pose is what the watched server broadcasts.
type pose struct {
	Name string  `msgpack:"name"`
	X    float64 `msgpack:"x"`
	Blob []byte  `msgpack:"blob"`
}

func (p pose) RedundancyKey() string { return "pose/" + p.Name }

var poses = messages.NewRegistry().MustRegister(pose{})

// stage is a watched server and its dashboard, side by side in one mux.
type stage struct {
	server    *scenewire.Server
	dashboard *Dashboard
	addr      string
}

func newStage(t testing.TB, configure func(*Options)) *stage {
	t.Helper()
	s, err := scenewire.New(&scenewire.Options{Name: "scene", Registry: poses, Logger: zap.NewNop()})
	must(t, err)
	o := &Options{AdminToken: token, Logger: zap.NewNop(), Results: fstest.MapFS{}}
	if configure != nil {
		configure(o)
	}
	d, err := New(s, o)
	must(t, err)
	mux := http.NewServeMux()
	mux.Handle("/dashboard/", d)
	mux.Handle("/", s)
	front := httptest.NewServer(mux)
	t.Cleanup(func() {
		must(t, d.Close())
		must(t, s.Close())
		front.Close()
	})
	return &stage{server: s, dashboard: d, addr: strings.TrimPrefix(front.URL, "http://")}
}

// viewers connects clients of the watched server.
func (s *stage) viewers(t testing.TB, n int) (all []*wstest.Client) {
	t.Helper()
	had := len(s.server.Clients())
	for range n {
		c, err := wstest.Dial(s.addr, wstest.Options{Subprotocols: []string{scenewire.Subprotocol}})
		must(t, err)
		t.Cleanup(func() { _ = c.Conn.Close() })
		all = append(all, c)
	}
	eventually(t, fmt.Sprint(n, " clients are there"), func() bool { return len(s.server.Clients()) == had+n })
	return all
}

// awaitNobody waits until nobody watches and the collector has ended.
func (s *stage) awaitNobody(t testing.TB) {
	t.Helper()
	d := s.dashboard
	eventually(t, "the collector ends", func() bool {
		d.mu.Lock()
		defer d.mu.Unlock()
		return d.watch == nil && len(d.viewers) == 0
	})
	<-d.last.ended
}

// guest is a page: it keeps the newest message of each type, and of samples and marks
// all.
type guest struct {
	*wstest.Client
	t       testing.TB
	unzip   *wsproto.Decompressor
	first   scenewire.Message
	samples []Sample
	marks   map[Count]Mark
	newest  map[string]scenewire.Message // by type
	asked   Count
}

func (s *stage) watch(t testing.TB) *guest { return watchAt(t, s.addr, "/dashboard/ws") }

func watchAt(t testing.TB, addr, path string) *guest {
	t.Helper()
	c, err := wstest.Dial(addr, wstest.Options{Path: path, Subprotocols: []string{scenewire.Subprotocol}})
	must(t, err)
	t.Cleanup(func() { _ = c.Conn.Close() })
	return &guest{Client: c, t: t, unzip: wsproto.NewDecompressor(), marks: map[Count]Mark{}, newest: map[string]scenewire.Message{}}
}

// until takes messages until ok.
func (g *guest) until(what string, ok func() bool) {
	g.t.Helper()
	patience := time.Now().Add(wstest.Timeout)
	for !ok() {
		if err := g.take(); err != nil || time.Now().After(patience) {
			g.t.Fatalf("%s: didn't come, %v", what, err)
		}
	}
}

// take takes one window.
func (g *guest) take() error {
	e, err := g.Window(wsproto.GenerationZstd, g.unzip)
	if err != nil {
		return err
	}
	for _, body := range e.Messages {
		m, err := registry.Decode(body)
		if err != nil {
			return err
		}
		if g.first == nil {
			g.first = m
		}
		switch m := m.(type) {
		case Sample:
			g.samples = append(g.samples, m)
		case Mark:
			g.marks[m.N] = m
		}
		g.newest[fmt.Sprintf("%T", m)] = m
	}
	return nil
}

// newest returns the newest message of a type.
func newest[M scenewire.Message](g *guest) (m M, ok bool) {
	m, ok = g.newest[fmt.Sprintf("%T", m)].(M)
	return m, ok
}

// await takes messages until the newest of a type is as wanted, and returns it.
func await[M scenewire.Message](g *guest, ok func(M) bool) M {
	g.t.Helper()
	g.until(fmt.Sprintf("awaiting %T", *new(M)), func() bool {
		m, there := newest[M](g)
		return there && ok(m)
	})
	m, _ := newest[M](g)
	return m
}

func (g *guest) send(m scenewire.Message) {
	g.t.Helper()
	body, err := registry.Append(nil, m)
	must(g.t, err)
	must(g.t, g.Write(wsproto.OpBinary, body))
}

// login shows a token and returns the answer.
func (g *guest) login(token string) Access {
	g.t.Helper()
	g.asked++
	g.send(Login{N: g.asked, Token: token})
	return await(g, func(m Access) bool { return m.N == g.asked })
}

// act asks for an action and returns the answer.
func (g *guest) act(m Act) Done {
	g.t.Helper()
	g.asked++
	m.N = g.asked
	g.send(m)
	return await(g, func(m Done) bool { return m.N == g.asked })
}

// value returns a curve's value.
func (m Sample) value(s Series) float64 { return float64(m.Values[columns[s]]) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	if !wstest.Eventually(ok) {
		t.Fatal("didn't come true:", what)
	}
}

func closeCode(err error) scenewire.CloseCode {
	var closed *wsproto.CloseError
	if errors.As(err, &closed) {
		return closed.Code
	}
	return 0
}

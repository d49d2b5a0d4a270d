package browsertest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/messages"
)

// The messages of a scene that is nothing but values with names.
type (
	// Set gives a thing a value.
	Set struct {
		Name  string `msgpack:"name"`
		Value int    `msgpack:"value"`
		Data  []byte `msgpack:"data,omitempty"`
	}
	// Unset takes a thing away.
	Unset struct {
		Name string `msgpack:"name"`
	}
	// Answer is for one page alone.
	Answer struct {
		Value int `msgpack:"value"`
	}
)

func (m Set) RedundancyKey() string   { return m.Name }
func (m Unset) RedundancyKey() string { return m.Name }
func (Answer) RedundancyKey() string  { return "" }

// Removes says that the thing is gone.
func (Unset) Removes() bool { return true }

// thePage connects with the options behind its "?", and notes what arrives.
const thePage = `<!doctype html>
<title>client</title>
<link rel="icon" href="data:,">
<script type="module">
import { connect } from "/client/scenewire.js";
const options = JSON.parse(decodeURIComponent(location.search.slice(1)) || "{}");
const noted = { resets: 0, windows: 0, messages: 0, greetings: [], answers: [], errors: [], refusals: [], order: true };
const scene = new Map();
let lastSec = -1;
const client = connect("/scene", options);
client.onBatch(({ messages, timestampSec }) => {
  noted.windows++;
  noted.messages += messages.length;
  noted.order &&= timestampSec >= lastSec;
  lastSec = timestampSec;
});
client.on("Set", ({ name, value, data }) => scene.set(name, { value, bytes: data?.byteLength ?? 0 }));
client.on("Unset", ({ name }) => scene.delete(name));
client.on("Answer", ({ value }) => noted.answers.push(value));
client.onReset(() => { noted.resets++; lastSec = -1; scene.clear(); });
client.onGreeting(({ resumed }) => noted.greetings.push(resumed));
client.onError((reason) => noted.errors.push(reason));
client.onRefused(({ code, reason }) => noted.refusals.push(code + " " + reason));
window.look = () => ({
  ...noted, state: client.state, id: client.id ?? -1, things: scene.size, timing: client.timing,
  bytes: [...scene.values()].reduce((sum, { bytes }) => sum + bytes, 0),
  values: Object.fromEntries([...scene].filter(([, { bytes }]) => bytes === 0).map(([name, { value }]) => [name, value])),
});
</script>`

// look is what thePage has noted.
type look struct {
	State     string         `json:"state"`
	ID        int            `json:"id"`
	Resets    int            `json:"resets"`
	Windows   int            `json:"windows"`
	Messages  int            `json:"messages"`
	Greetings []string       `json:"greetings"`
	Answers   []int          `json:"answers"`
	Errors    []string       `json:"errors"`
	Refusals  []string       `json:"refusals"`
	Order     bool           `json:"order"`
	Things    int            `json:"things"`
	Bytes     int            `json:"bytes"`
	Values    map[string]int `json:"values"`
	Timing    struct {
		OffsetMs float64 `json:"offsetMs"`
		JitterMs float64 `json:"jitterMs"`
		RttMs    float64 `json:"rttMs"`
	} `json:"timing"`
}

func (p *tab) look() look {
	p.t.Helper()
	return evaluate[look](p, "window.look?.() ?? {}")
}

// waitFor waits until what a page has noted is as it should be.
func (p *tab) waitFor(what string, is func(look) bool) look {
	p.t.Helper()
	var last look
	p.eventually(what, func() error {
		if last = p.look(); !is(last) {
			last.Values = nil // may be many
			return fmt.Errorf("the page has noted %+v", last)
		}
		return nil
	})
	return last
}

// site serves thePage and the scene of a server, which can be replaced.
type site struct {
	t      *testing.T
	http   *httptest.Server
	server *scenewire.Server
	asked  atomic.Int32 // how often somebody has wanted to come in
	refuse atomic.Value // of func() error: why nobody may
}

func startSite(t *testing.T) *site {
	t.Helper()
	findBrowser(t)
	s := &site{t: t}
	s.newServer()
	mux := http.NewServeMux()
	mux.Handle("/client/", http.StripPrefix("/client/", http.FileServer(http.Dir(filepath.Join("..", "..", "examples", "rooms", "page", "client")))))
	mux.HandleFunc("/scene", func(w http.ResponseWriter, r *http.Request) { s.server.ServeHTTP(w, r) })
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		// No connect-src but the page's own origin: the client fetches nothing else.
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; worker-src blob:; connect-src 'self'; img-src data:")
		// Only pages that share nothing with others may measure their workers' memory.
		w.Header().Set("Cross-Origin-Opener-Policy", "same-origin")
		w.Header().Set("Cross-Origin-Embedder-Policy", "require-corp")
		_, _ = w.Write([]byte(thePage))
	})
	s.http = httptest.NewServer(mux)
	t.Cleanup(s.http.Close)
	return s
}

// newServer replaces the server by another one, whose scene is empty.
func (s *site) newServer() {
	s.t.Helper()
	before := s.server
	server, err := scenewire.New(&scenewire.Options{
		Registry:  messages.NewRegistry().MustRegister(Set{}, Unset{}, Answer{}),
		Authorize: s.authorize,
	})
	if err != nil {
		s.t.Fatal(err)
	}
	s.server = server
	s.t.Cleanup(func() { server.Close() })
	if before != nil {
		before.Close()
	}
}

func (s *site) authorize(*http.Request) (any, error) {
	s.asked.Add(1)
	if refuse, _ := s.refuse.Load().(func() error); refuse != nil {
		return nil, refuse()
	}
	return nil, nil
}

func (s *site) set(name string, value int) { s.broadcast(Set{Name: name, Value: value}) }

func (s *site) broadcast(m messages.Message) {
	s.t.Helper()
	if err := s.server.Broadcast(m); err != nil {
		s.t.Fatal(err)
	}
}

// client returns the one client of the server.
func (s *site) client() *scenewire.Client {
	s.t.Helper()
	clients := s.server.Clients()
	if len(clients) != 1 {
		s.t.Fatalf("the server has %d clients", len(clients))
	}
	return clients[0]
}

package scenewire

import (
	"fmt"
	"io"
	"net/http"
	"testing"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

func TestMountAnswersBelowItsPath(t *testing.T) {
	s := serve(t, func(o *Options) { o.Handler = naming("handler") })
	stop := s.Mount("/a/", naming("a"))
	s.Mount("/a/b", naming("b"))
	get := func(path string) string {
		resp, err := http.Get("http://" + s.Addr().String() + path)
		must(t, err)
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		must(t, err)
		return string(body)
	}
	for path, want := range map[string]string{
		"/a": "a /a", "/a/": "a /a/", "/a/x": "a /a/x", "/a/b": "b /a/b", "/a/b/c?d": "b /a/b/c",
		"/": "handler /", "/ab": "handler /ab", "/b/a": "handler /b/a", "/a/../c": "handler /a/../c",
	} {
		if got := get(path); got != want {
			t.Errorf("%s is answered by %q, want %q", path, got, want)
		}
	}
	stop()
	if got := get("/a/x"); got != "handler /a/x" {
		t.Errorf("after stop: %q", got)
	}
}

// naming answers with its name and the path.
func naming(name string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, name, " ", r.URL.Path) })
}

func TestServerIsMountedInAnother(t *testing.T) {
	s := serve(t, nil)
	inner, err := New(&Options{Registry: testRegistry(), Logger: zap.NewNop(), Loop: s.Loop()})
	must(t, err)
	defer inner.Close()
	s.Mount("/room", inner)
	must(t, s.Broadcast(note{N: 1}))
	must(t, inner.Broadcast(note{N: 2}))
	join(t, s).expect(note{N: 1})
	room := joinAs(t, s, wsproto.GenerationZstd, wstest.Options{Subprotocols: []string{Subprotocol}, Path: "/room/ws"})
	room.expect(note{N: 2})
	if len(inner.Clients()) != 1 || len(s.Clients()) != 1 {
		t.Errorf("%d and %d clients", len(inner.Clients()), len(s.Clients()))
	}
	_ = room.Conn.Close()
	eventually(t, "the room is empty", func() bool { return len(inner.Clients()) == 0 })
}

package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"regexp"
	"sync"
	"time"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/loop"
)

//go:embed page
var pages embed.FS

// limits bound what strangers can make the process hold.
type limits struct {
	rooms   int           // at once
	people  int           // in one room
	clients int           // in all
	empty   time.Duration // how long a room may be empty
}

// retrySeconds is when to try again after a refusal.
const retrySeconds = "10"

var (
	errClosed  = errors.New("the server is shutting down")
	errBadName = errors.New("a room's name has 1 to 32 of a-z, 0-9 and -")
	goodName   = regexp.MustCompile(`^[a-z0-9-]{1,32}$`)
)

// house has the rooms and the list of them.
type house struct {
	limits limits
	loop   *loop.Loop
	lobby  *scenewire.Server // the list: a server, too
	mux    *http.ServeMux
	page   []byte // of a room

	mu     sync.Mutex // guards all below, and the rooms' counts
	rooms  map[string]*room
	closed bool
}

// newHouse makes a house without rooms.
func newHouse(l limits) (*house, error) {
	root, err := fs.Sub(pages, "page")
	if err != nil {
		return nil, err
	}
	h := &house{limits: l, rooms: map[string]*room{}, mux: http.NewServeMux()}
	if h.page, err = fs.ReadFile(root, "room.html"); err != nil {
		return nil, err
	}
	if h.loop, err = loop.New(&loop.Options{MaxConns: l.clients}); err != nil {
		return nil, err
	}
	h.lobby, err = scenewire.New(&scenewire.Options{
		Loop: h.loop, Root: root, Registry: registry, Logger: zap.NewNop(), MaxClients: l.clients,
	})
	if err != nil {
		return nil, errors.Join(err, h.loop.Close())
	}
	h.mux.Handle("/", h.lobby)
	h.mux.HandleFunc("/room/{name}", h.visit)
	return h, nil
}

func (h *house) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.mux.ServeHTTP(w, r) }

// visit answers a request for a room: its page, or the page's WebSocket. Only the
// latter makes the room.
func (h *house) visit(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	if r.Header.Get("Upgrade") == "" {
		if err := h.admits(name); err != nil {
			refuse(w, err)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-cache")
		_, _ = w.Write(h.page)
		return
	}
	entered, err := h.enter(name)
	if err != nil {
		refuse(w, err)
		return
	}
	defer h.passedDoor(entered)
	entered.server.ServeHTTP(w, r)
}

func refuse(w http.ResponseWriter, err error) {
	status := http.StatusServiceUnavailable
	if errors.Is(err, errBadName) {
		status = http.StatusNotFound
	} else {
		w.Header().Set("Retry-After", retrySeconds)
	}
	http.Error(w, err.Error(), status)
}

// admits says why the room can't be entered, if it can't.
func (h *house) admits(name string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.admitsLocked(name)
}

func (h *house) admitsLocked(name string) error {
	switch {
	case !goodName.MatchString(name):
		return errBadName
	case h.closed:
		return errClosed
	case h.rooms[name] == nil && len(h.rooms) >= h.limits.rooms:
		return fmt.Errorf("all %d rooms are in use; enter one of them, or wait until one is empty for %v", h.limits.rooms, h.limits.empty)
	}
	return nil
}

// enter returns the room, which is made if there is none, and keeps it until
// passedDoor.
func (h *house) enter(name string) (*room, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if err := h.admitsLocked(name); err != nil {
		return nil, err
	}
	r := h.rooms[name]
	if r == nil {
		server, err := scenewire.New(&scenewire.Options{
			Loop: h.loop, Registry: registry, Logger: zap.NewNop(), MaxClients: h.limits.people,
		})
		if err != nil {
			return nil, err
		}
		r = &room{name: name, server: server}
		r.empty = time.AfterFunc(time.Hour, func() { h.removeEmpty(r) })
		r.listen(h)
		h.rooms[name] = r
		h.list(r)
	}
	r.entering++
	r.empty.Stop()
	return r, nil
}

// passedDoor is called after the handshake, whether somebody came in or not.
func (h *house) passedDoor(r *room) {
	h.mu.Lock()
	defer h.mu.Unlock()
	r.entering--
	h.watchEmpty(r)
}

func (h *house) came(r *room) {
	h.mu.Lock()
	defer h.mu.Unlock()
	r.inside++
	r.empty.Stop()
	h.list(r)
}

func (h *house) left(r *room) {
	h.mu.Lock()
	defer h.mu.Unlock()
	r.inside--
	h.list(r)
	h.watchEmpty(r)
}

// list tells the list and the room how many people are in it.
func (h *house) list(r *room) {
	check(h.lobby.Broadcast(SetRoom{Name: r.name, People: r.inside}))
	check(r.server.Broadcast(People{Count: r.inside}))
}

// watchEmpty begins the time after which an empty room goes.
func (h *house) watchEmpty(r *room) {
	if r.inside == 0 && r.entering == 0 && !h.closed {
		r.empty.Reset(h.limits.empty)
	}
}

// removeEmpty takes the room out of the house, unless somebody has come meanwhile.
func (h *house) removeEmpty(r *room) {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.closed || r.inside > 0 || r.entering > 0:
		return
	case len(r.server.Clients()) > 0: // whose OnConnect hasn't come yet
		r.empty.Reset(h.limits.empty)
		return
	}
	delete(h.rooms, r.name)
	check(h.lobby.Broadcast(RemoveRoom{Name: r.name}))
	check(r.server.Close())
}

// shutdown lets everybody out, of all rooms side by side.
func (h *house) shutdown(ctx context.Context) error {
	h.mu.Lock()
	h.closed = true
	servers := []*scenewire.Server{h.lobby}
	for _, r := range h.rooms {
		r.empty.Stop()
		servers = append(servers, r.server)
	}
	h.mu.Unlock()
	results := make(chan error, len(servers))
	for _, s := range servers {
		go func() { results <- s.Shutdown(ctx) }()
	}
	var err error
	for range servers {
		err = errors.Join(err, <-results)
	}
	return errors.Join(err, h.loop.Close())
}

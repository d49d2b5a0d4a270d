//go:build linux

package main

import (
	"maps"
	"net"
	"net/http"
	"slices"
	"sync"
)

// front is an HTTP server on a free port of 127.0.0.1, for libraries whose connections
// come from net/http.
type front struct{ net.Listener }

func newFront(upgrade http.HandlerFunc) (*front, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	server := &http.Server{Handler: upgrade}
	go func() { fail(server.Serve(ln)) }()
	return &front{ln}, nil
}

func (f *front) Addr() string { return f.Listener.Addr().String() }

// hub is the set of clients of a server. It is guarded by its lock.
type hub[C comparable] struct {
	mu      sync.Mutex
	clients map[C]struct{}
}

func (h *hub[C]) add(c C) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.clients == nil {
		h.clients = map[C]struct{}{}
	}
	h.clients[c] = struct{}{}
}

func (h *hub[C]) remove(c C) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.clients, c)
}

// Clients returns how many there are.
func (h *hub[C]) Clients() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.clients)
}

// all returns them, for what must not hold the lock.
func (h *hub[C]) all() []C {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.AppendSeq(make([]C, 0, len(h.clients)), maps.Keys(h.clients))
}

// each calls f for all clients.
func (h *hub[C]) each(f func(C)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.clients {
		f(c)
	}
}

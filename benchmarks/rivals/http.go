//go:build linux

package main

import (
	"errors"
	"net"
	"net/http"
	"sync"
)

// front is an HTTP server on a free port of 127.0.0.1, for libraries whose connections
// come from net/http.
type front struct {
	listener net.Listener
	server   *http.Server
	served   chan error
}

func newFront(upgrade http.HandlerFunc) (*front, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	f := &front{listener: ln, server: &http.Server{Handler: upgrade}, served: make(chan error, 1)}
	go func() { f.served <- f.server.Serve(ln) }()
	return f, nil
}

func (f *front) Addr() string { return f.listener.Addr().String() }

// Close ends the server; connections that were upgraded end with the process.
func (f *front) Close() error {
	err := f.server.Close()
	if served := <-f.served; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

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

// each calls f for all clients.
func (h *hub[C]) each(f func(C)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.clients {
		f(c)
	}
}

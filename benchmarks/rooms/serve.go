//go:build linux

package main

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/scene"
	"github.com/scenewire/scenewire/loop"
	"github.com/scenewire/scenewire/messages"
)

// say is the rooms' only message.
type say struct {
	Number int `msgpack:"number"`
}

// RedundancyKey is one for all, so that a log stays as it is.
func (say) RedundancyKey() string { return "say" }

// house is the process under test: rooms behind one HTTP server.
type house struct {
	scene.Server // its loop's figures
	registry     *messages.Registry
	logger       *zap.Logger

	mu    sync.Mutex // guards all below
	rooms []*scenewire.Server
	next  int // the room that the next client enters
}

// serve is the process that a benchmark starts.
func serve([]string) error {
	// It pings nobody: the receiver doesn't answer.
	shared, err := loop.New(&loop.Options{PingInterval: -1})
	if err != nil {
		return err
	}
	h := &house{
		Server:   scene.Server{Loop: shared},
		registry: messages.NewRegistry().MustRegister(say{}),
		logger:   zap.NewNop(),
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	front := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = front.Serve(ln) }()
	err = child.Serve(os.Stdin, os.Stdout, ln.Addr().String(), map[string]child.Command{
		"mark":    func([]string) (any, error) { return h.Mark() },
		"collect": func([]string) (any, error) { return h.Collect() },
		"await":   func(args []string) (any, error) { return nil, h.await(args) },
		"make":    func(args []string) (any, error) { return nil, h.make(args) },
		"say":     func([]string) (any, error) { return nil, h.say() },
		"close":   func([]string) (any, error) { return nil, h.close() },
	})
	return errors.Join(err, front.Close(), h.close(), shared.Close())
}

// ServeHTTP sends each client to the room behind the last one's.
func (h *house) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	room := h.rooms[h.next%len(h.rooms)]
	h.next++
	h.mu.Unlock()
	room.ServeHTTP(w, r)
}

func (h *house) make(args []string) error {
	numbers, err := scene.Numbers(args, 1)
	if err != nil {
		return err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.next = 0
	for range numbers[0] {
		room, err := scenewire.New(&scenewire.Options{Loop: h.Loop, Registry: h.registry, Logger: h.logger})
		if err != nil {
			return err
		}
		h.rooms = append(h.rooms, room)
	}
	return nil
}

func (h *house) say() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	var errs []error
	for i, room := range h.rooms {
		errs = append(errs, room.Broadcast(say{i}))
	}
	return errors.Join(errs...)
}

func (h *house) close() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	var errs []error
	for _, room := range h.rooms {
		errs = append(errs, room.Close())
	}
	h.rooms = nil
	return errors.Join(errs...)
}

// await waits until so many clients are connected.
func (h *house) await(args []string) error {
	numbers, err := scene.Numbers(args, 1)
	if err != nil {
		return err
	}
	want := int64(numbers[0])
	if !scene.Wait(func() bool { return h.Loop.Stats().Conns == want }, time.Minute) {
		return fmt.Errorf("%d clients are connected, want %d", h.Loop.Stats().Conns, want)
	}
	return nil
}

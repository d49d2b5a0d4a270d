//go:build linux

package main

import (
	"context"
	"errors"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/bench/cepoll"
	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/command"
	"github.com/scenewire/scenewire/internal/bench/frames"
	"github.com/scenewire/scenewire/internal/bench/scene"
	"github.com/scenewire/scenewire/loop"
)

// limitName is the subject that the others are compared with.
const limitName = cepoll.Name

// subject is one server under test.
type subject struct {
	name         string
	plain        string   // the subject that does the same without what this one does besides; "": nothing
	besides      []string // arguments of the server for that
	inGo         bool     // it counts allocations
	subprotocols []string
	newReader    func() frames.Reader // of its payloads
	// start starts the server. Frames have payloads of this size; received is the file
	// of the machine.Counter of received frames.
	start func(ctx context.Context, payload int, received string) (*child.Process, error)
}

// subjectNames are those that are compared if nothing else is said.
func subjectNames() []string { return []string{limitName, "scenewire-uring", "scenewire-write"} }

// What the name of a server has at the end that captures to a file, or has a dashboard
// that somebody watches.
const (
	captureSuffix   = "-capture"
	dashboardSuffix = "-dashboard"
)

func allSubjectNames() []string {
	names := subjectNames()
	for _, name := range names[1:] {
		names = append(names, name+captureSuffix, name+dashboardSuffix)
	}
	return names
}

// subjects makes what is chosen, in that order. What this machine can't run is left out
// with a message.
func subjects(chosen []string, o *options) ([]*subject, error) {
	var all []*subject
	for _, name := range chosen {
		s, err := newSubject(name, o)
		if err != nil {
			command.Progress("%s is left out: %v", name, err)
			continue
		}
		all = append(all, s)
	}
	if len(all) == 0 {
		return nil, errors.New("no server is left to measure")
	}
	return all, nil
}

func newSubject(name string, o *options) (*subject, error) {
	for suffix, args := range map[string][]string{
		captureSuffix:   {"--capture", filepath.Join(o.dir, "capture.mcap")},
		dashboardSuffix: {"--dashboard"},
	} {
		if plain, ok := strings.CutSuffix(name, suffix); ok {
			s, err := newSubject(plain, o)
			if err == nil {
				s.name, s.plain, s.besides = name, plain, args
			}
			return s, err
		}
	}
	switch name {
	case limitName:
		return newLimit(o)
	case "scenewire-uring":
		return newScenewire(name, loop.WriterURing, o)
	case "scenewire-write":
		return newScenewire(name, loop.WriterPlain, o)
	}
	return nil, errors.New("there is no such server")
}

// newLimit builds the C server.
func newLimit(o *options) (*subject, error) {
	program, err := cepoll.Build(o.dir)
	if err != nil {
		return nil, err
	}
	return &subject{
		name:      limitName,
		newReader: func() frames.Reader { return frames.ReadPlain },
		start: func(ctx context.Context, payload int, received string) (*child.Process, error) {
			return program.Start(ctx, payload, received, o.serverCPUs)
		},
	}, nil
}

// newScenewire is this program itself, see serve.
func newScenewire(name string, writer loop.Writer, o *options) (*subject, error) {
	l, err := loop.New(&loop.Options{Writer: writer})
	if err != nil {
		return nil, err
	}
	if err := l.Close(); err != nil {
		return nil, err
	}
	process := scene.Process{Name: name, Procs: o.procs, CPUs: o.serverCPUs}
	s := &subject{
		name:         name,
		inGo:         true,
		subprotocols: []string{scenewire.Subprotocol},
		newReader:    frames.NewWindowReader,
	}
	s.start = func(ctx context.Context, payload int, received string) (*child.Process, error) {
		args := []string{"--writer", string(writer), "--payload", strconv.Itoa(payload), "--received", received}
		p, err := process.Start(ctx, append(args, s.besides...)...)
		if err != nil {
			return nil, err
		}
		if err := p.Ask(ctx, nil, "fit"); err != nil {
			return nil, errors.Join(err, p.Close())
		}
		return p, nil
	}
	return s, nil
}

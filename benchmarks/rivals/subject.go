//go:build linux

package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/frames"
	"github.com/scenewire/scenewire/internal/bench/scene"
	"github.com/scenewire/scenewire/wsproto"
)

// What is measured.
const (
	workConnect = "connect"
	workIdle    = "idle"
	workPaced   = "fanout-60hz"
	workFull    = "fanout-full"
	workEcho    = "echo"
)

// works are all of them, in the order in which one server goes through them.
func works() []string { return []string{workConnect, workIdle, workPaced, workFull, workEcho} }

// pacedHz is how often workPaced broadcasts.
const pacedHz = 60

// subject is one server under test.
type subject struct {
	name   string
	about  string // one line for people
	module string // whose version is told; "" if it has none
	// versions are further ones that are told, name to version. nil: there are none.
	versions func() map[string]string
	without  map[string]string // works that it can't do, and why
	// conflates tells that a client may get fewer messages than were broadcast, as newer
	// ones supersede those that still wait.
	conflates bool

	path         string // that its handshake asks for; "" is "/"
	subprotocols []string
	greet        func(io.ReadWriter) error // receiver.Options.Greet; nil: nothing is needed
	newReader    func() frames.Reader
	// request makes the message that a client sends for workEcho, the payload inside as it
	// is. nil: the payload is the message.
	request func(payload []byte) []byte

	// prepare gets what the server needs on this machine. nil: nothing.
	prepare func(ctx context.Context, o *options) error
	// serve starts the server in this process. nil: start has another program do it.
	serve func() (server, error)
	// start starts the server's process. nil: it is this program, with serve. An error says
	// why this machine can't run it.
	start func(ctx context.Context, o *options, received string) (*child.Process, error)
}

// server is a subject's server in its process, as a user of its library would write it.
// It ends with the process.
type server interface {
	Addr() string
	// Clients tells how many are connected.
	Clients() int
	// Broadcast sends a binary message, which is handed over, to all clients. It may
	// return before sockets have taken it.
	Broadcast(payload []byte) error
}

// through is a server that can tell whether sockets have taken all that was broadcast.
type through interface{ Through() bool }

// subjects are all of them, in the order of the tables.
func subjects() []*subject {
	all := []*subject{cEpoll(), scenewireURing(), scenewireWrite()}
	return append(all, rivals()...)
}

func subjectNames() []string {
	var names []string
	for _, s := range subjects() {
		names = append(names, s.name)
	}
	return names
}

func subjectNamed(name string) (*subject, error) {
	all := subjects()
	i := slices.IndexFunc(all, func(s *subject) bool { return s.name == name })
	if i < 0 {
		return nil, fmt.Errorf("there is no subject %q", name)
	}
	return all[i], nil
}

// can tells whether the subject does a work.
func (s *subject) can(work string) bool {
	_, cannot := s.without[work]
	return !cannot
}

// launch starts the server in a process of its own. received is the file of the counter
// of received frames.
func (s *subject) launch(ctx context.Context, o *options, received string) (*child.Process, error) {
	if s.start != nil {
		return s.start(ctx, o, received)
	}
	p := scene.Process{Name: s.name, Procs: o.procs, CPUs: o.serverCPUs}
	return p.Start(ctx, "--subject", s.name, "--size", strconv.Itoa(o.size), "--received", received)
}

// mask is the key of all that clients send (RFC 6455 section 5.3).
var mask = [4]byte{0x5c, 0xe9, 0xe1, 0x3a}

// requestFrame is the frame that a client sends for workEcho.
func (s *subject) requestFrame(payload []byte) []byte {
	if s.request != nil {
		payload = s.request(payload)
	}
	return wsproto.AppendMaskedFrame(nil, wsproto.OpBinary, true, payload, mask)
}

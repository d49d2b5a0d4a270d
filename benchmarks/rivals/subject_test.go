//go:build linux

package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/centrifugal/protocol"

	"github.com/scenewire/scenewire/internal/bench/cepoll"
	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/frames"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/internal/bench/scene"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

func TestMain(m *testing.M) { scene.TestMain(m, serve) }

const testClients, testSize = 10, 1024

// requireVariable, if set, has a missing compiler or Python fail the tests.
const requireVariable = "SCENEWIRE_REQUIRE_RIVALS"

// nonce is the one that the server in C has an answer to.
var nonce = [16]byte([]byte("the sample nonce"))

// testServer is a subject's server with clients that look at every byte.
type testServer struct {
	*testing.T
	subject *subject
	process *child.Process
	counter *machine.Counter
	clients []*wstest.Client
}

// startSubject starts it, and skips the test where this machine can't.
func startSubject(t *testing.T, s *subject) *testServer {
	t.Helper()
	o := &options{size: testSize, procs: 1, dir: t.TempDir()}
	path := filepath.Join(o.dir, "received")
	counter, err := machine.OpenCounter(path)
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.launch(t.Context(), o, path)
	missing := errors.Is(err, cepoll.ErrNoCompiler) || errors.Is(err, errNoViser)
	if missing && os.Getenv(requireVariable) == "" || err != nil && s.name == "scenewire-uring" {
		t.Skipf("NOT TESTED: %s: %v", s.name, err)
	}
	if err != nil {
		t.Fatal(err)
	}
	server := &testServer{T: t, subject: s, process: p, counter: counter}
	t.Cleanup(func() {
		for _, c := range server.clients {
			_ = c.Conn.Close()
		}
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	for range testClients {
		server.clients = append(server.clients, server.dial())
	}
	server.ask("await", testClients)
	return server
}

func (s *testServer) ask(command ...any) (m child.Mark) {
	s.Helper()
	if err := s.process.Ask(s.Context(), &m, command...); err != nil {
		s.Fatal(err)
	}
	return m
}

func (s *testServer) dial() *wstest.Client {
	s.Helper()
	c, err := wstest.Dial(s.process.Addr(), wstest.Options{
		Path: s.subject.path, Subprotocols: s.subject.subprotocols, Nonce: nonce,
	})
	if err != nil {
		s.Fatal(err)
	}
	if s.subject.greet != nil {
		if err := s.subject.greet(c.Conn); err != nil {
			s.Fatal(err)
		}
	}
	return c
}

// receive returns the payloads in a client's next frame.
func (s *testServer) receive(i int) [][]byte {
	s.Helper()
	op, frame, err := s.clients[i].Message()
	if err != nil || op != wsproto.OpBinary {
		s.Fatalf("client %d: %v of %d bytes, %v", i, op, len(frame), err)
	}
	s.counter.Add(1)
	payloads, err := s.payloads(frame)
	if err != nil {
		s.Fatalf("client %d: %v", i, err)
	}
	content, err := s.subject.newReader()(frame)
	if err != nil || content.Messages != len(payloads) || !content.Stamped {
		s.Errorf("client %d: the receiver finds %+v, %v in a frame of %d messages", i, content, err, len(payloads))
	}
	return payloads
}

// payloads takes a frame apart, with a decoder that isn't the receiver's where it counts
// only.
func (s *testServer) payloads(frame []byte) (all [][]byte, err error) {
	switch {
	case s.subject.request == nil:
		return [][]byte{bytes.Clone(frame)}, nil
	case s.subject.name == "centrifuge":
		decoder := protocol.NewProtobufReplyDecoder(frame)
		for {
			reply, err := decoder.Decode()
			if reply == nil {
				return all, nil
			}
			switch {
			case reply.Push != nil:
				all = append(all, bytes.Clone(reply.Push.Pub.Data))
			case reply.Rpc != nil:
				all = append(all, bytes.Clone(reply.Rpc.Data))
			default:
				return all, fmt.Errorf("%v, %w", reply, err)
			}
		}
	}
	window, err := wsproto.DecodeWindow(wsproto.GenerationZstd, frame, wsproto.WindowLimits{}, wsproto.NewDecompressor())
	for _, m := range window.Messages {
		begin := bytes.Index(m, []byte{'B', 0xc6, 0, 0, testSize >> 8, 0}) // a bin 32
		if begin < 0 {
			begin = bytes.Index(m, []byte{'B', 0xc5, testSize >> 8, 0}) - 2 // a bin 16
		}
		begin += 6
		if begin < 6 || begin+testSize > len(m) {
			return all, fmt.Errorf("message %.60q has no payload", m)
		}
		all = append(all, bytes.Clone(m[begin:begin+testSize]))
	}
	return all, err
}

// eachSubject runs a test with those that can do a work.
func eachSubject(t *testing.T, work string, test func(s *testServer)) {
	for _, s := range subjects() {
		if s.can(work) {
			t.Run(s.name, func(t *testing.T) { test(startSubject(t, s)) })
		}
	}
}

func TestBroadcastReachesEachClientWhole(t *testing.T) {
	eachSubject(t, workPaced, func(s *testServer) {
		var last int64
		for round := range 3 {
			s.ask("once")
			var first []byte
			for i := range s.clients {
				got := s.receive(i)
				if len(got) != 1 || len(got[0]) != testSize {
					s.Fatalf("client %d has got %d messages, the first of %d bytes", i, len(got), len(got[0]))
				}
				if i == 0 {
					first = got[0]
				}
				if !bytes.Equal(got[0], first) {
					s.Errorf("clients 0 and %d have got different bytes", i)
				}
			}
			at, ok := frames.FindStamp(first)
			if !ok || at <= last || at > machine.Monotonic() {
				s.Errorf("round %d: the stamp is %d, after %d", round, at, last)
			}
			last = at
			if s.subject.serve != nil && !bytes.Equal(first[frames.StampBytes:], newPayload(testSize)[frames.StampBytes:]) {
				s.Error("not the bytes that were broadcast")
			}
		}
	})
}

func TestEchoComesBackToItsSender(t *testing.T) {
	eachSubject(t, workEcho, func(s *testServer) {
		for round := range 3 {
			want := make([][]byte, testClients)
			for i, c := range s.clients {
				want[i] = newPayload(testSize)
				want[i][testSize-1], want[i][testSize-2] = byte(i), byte(round)
				if err := c.WriteRaw(s.subject.requestFrame(want[i])); err != nil {
					s.Fatal(err)
				}
			}
			for i := range s.clients {
				if got := s.receive(i); len(got) != 1 || !bytes.Equal(got[0], want[i]) {
					s.Errorf("client %d: what came back isn't what was sent", i)
				}
			}
		}
	})
}

func TestFullSpeedCountsExactly(t *testing.T) {
	eachSubject(t, workFull, func(s *testServer) {
		before := s.ask("mark")
		var counts [testClients]atomic.Int64
		for i, c := range s.clients {
			go func() {
				for {
					if _, _, err := c.Message(); err != nil {
						return // the test is over
					}
					counts[i].Add(1)
					s.counter.Add(1)
				}
			}()
		}
		reached := func(n int64) bool {
			return wstest.Eventually(func() bool {
				for i := range counts {
					if counts[i].Load() < n {
						return false
					}
				}
				return true
			})
		}
		s.ask("run", "full", 1)
		if !reached(20) {
			s.Error("not every client has got 20 messages")
		}
		sent := s.ask("stop").Sent - before.Sent
		if sent%testClients != 0 || !reached(sent/testClients) {
			s.Fatalf("%d messages were sent, and not all have come", sent)
		}
		s.ask("once") // behind all others
		if !reached(sent/testClients + 1) {
			s.Error("not every client has got the last message")
		}
		for i := range counts {
			if n := counts[i].Load(); n != sent/testClients+1 {
				s.Errorf("client %d has got %d messages, want %d", i, n, sent/testClients+1)
			}
		}
	})
}

func TestClientsAreCountedWhenTheyComeAndGo(t *testing.T) {
	eachSubject(t, workConnect, func(s *testServer) {
		for _, c := range s.clients[1:] {
			_ = c.Conn.Close()
		}
		s.ask("await", 1)
		m := s.ask("collect")
		if m.ResidentBytes <= 0 || m.CPUMicros <= 0 {
			s.Errorf("%+v", m)
		}
		s.ask("once")
		if got := s.receive(0); len(got) != 1 {
			s.Errorf("the client that is left has got %d messages", len(got))
		}
	})
}

func TestWhatASubjectCannotDoItRefuses(t *testing.T) {
	s, err := subjectNamed("viser")
	if err != nil {
		t.Fatal(err)
	}
	server := startSubject(t, s)
	err = server.process.Ask(t.Context(), nil, "run", "full", 1)
	if err == nil || !strings.Contains(err.Error(), "60 times a second") {
		t.Errorf("error: %v", err)
	}
}

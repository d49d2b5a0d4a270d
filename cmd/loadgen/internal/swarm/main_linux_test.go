package swarm

import (
	"bufio"
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"os/exec"
	"testing"
	"time"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/cmd/loadgen/internal/wire"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

// workerEnv has this test program be a worker process.
const workerEnv = "SCENEWIRE_TEST_WORKER"

func TestMain(m *testing.M) {
	if os.Getenv(workerEnv) != "" {
		if err := Serve(os.Stdin, os.Stdout); err != nil {
			panic(err)
		}
		return
	}
	before := wstest.OpenDescriptors()
	os.Exit(wstest.CheckLeaks(m.Run(), before, 6, 10*time.Second))
}

func workerCommand() *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), workerEnv+"=1")
	cmd.Stderr = os.Stderr
	return cmd
}

// scene is a real server.
type scene struct {
	*scenewire.Server
	url    string
	filler *wire.Filler
	ticks  uint64
	seen   map[uint32]uint64
}

func newScene(t testing.TB, change func(*scenewire.Options)) *scene {
	t.Helper()
	o := &scenewire.Options{
		Addr: "127.0.0.1:0", Registry: wire.NewRegistry(), Logger: zap.NewNop(),
		MaxClients: -1, MaxHandshakeRate: -1, MaxMessagesPerSecond: -1, MaxBytesPerSecond: -1,
	}
	if change != nil {
		change(o)
	}
	srv, err := scenewire.New(o)
	if err != nil {
		t.Fatal(err)
	}
	addr, err := srv.Listen()
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- srv.ListenAndServe() }()
	t.Cleanup(func() {
		_ = srv.Close()
		if err := <-served; !errors.Is(err, scenewire.ErrServerClosed) {
			t.Error(err)
		}
	})
	scenewire.Handle(srv, func(c *scenewire.Client, m wire.Echo) { _ = c.Send(m) })
	scenewire.Handle(srv, func(c *scenewire.Client, m wire.Pointer) { _ = srv.BroadcastExcept(c.ID(), m) })
	scenewire.Handle(srv, func(*scenewire.Client, wire.Flood) {})
	return &scene{Server: srv, url: "ws://" + addr.String(), filler: wire.NewFiller(0.5, 1), seen: make(map[uint32]uint64)}
}

// change broadcasts newer states of objects, and a tick.
func (s *scene) change(t testing.TB, size int, ids ...uint32) {
	t.Helper()
	now := machine.Monotonic()
	for _, id := range ids {
		s.seen[id]++
		if err := s.Broadcast(wire.Object{ID: id, Version: s.seen[id], Data: s.filler.Data(size, now)}); err != nil {
			t.Fatal(err)
		}
	}
	s.ticks++
	if err := s.BroadcastTransient(wire.Tick{N: s.ticks, Data: s.filler.Data(0, now)}); err != nil {
		t.Fatal(err)
	}
}

func newFleet(t testing.TB, o Options) Fleet {
	t.Helper()
	f, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

func add(t testing.TB, f Fleet, g Group) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	if err := f.Add(ctx, g); err != nil {
		t.Fatal(err)
	}
}

// await takes snapshots until ok likes one.
func await(t testing.TB, f Fleet, what string, ok func(*Stats) bool) *Stats {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for {
		s, err := f.Snapshot()
		if err != nil {
			t.Fatal(err)
		}
		if ok(s) {
			return s
		}
		if time.Now().After(deadline) {
			total := s.Total()
			t.Fatalf("waited in vain for %s: %+v %+v %+v; faults %+v", what, total.Traffic, total.Connections, total.Checks, s.Faults)
		}
		time.Sleep(2 * time.Millisecond)
	}
}

func clean(t testing.TB, s *Stats) {
	t.Helper()
	if n := s.Total().Errors(); n != 0 || len(s.Faults) > 0 {
		t.Errorf("%d errors, %+v", n, s.Faults)
	}
}

// rogue is a server whose windows the test writes by hand. After the handshake it runs
// talk, and then waits until the client has gone.
func rogue(t testing.TB, talk func(conn net.Conn)) (url string) {
	t.Helper()
	return raw(t, func(conn net.Conn, r *http.Request) {
		h, err := wsproto.CheckHandshake(wsproto.HandshakeRequest{
			Method: r.Method, ProtoMajor: 1, ProtoMinor: 1, Host: r.Host, Header: r.Header,
		})
		if err != nil {
			return
		}
		subprotocol := ""
		if len(h.Subprotocols) > 0 {
			subprotocol = h.Subprotocols[0]
		}
		_, _ = conn.Write(wsproto.AppendSwitchingProtocols(nil, h.Key, subprotocol))
		talk(conn)
	})
}

// raw is a server of single connections, that it closes once the client has, or answer
// has returned false.
func raw(t testing.TB, answer func(conn net.Conn, r *http.Request)) (url string) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				in := bufio.NewReader(conn)
				r, err := http.ReadRequest(in)
				if err != nil {
					return
				}
				answer(conn, r)
				for {
					if _, err := in.ReadByte(); err != nil {
						return
					}
				}
			}()
		}
	}()
	return "ws://" + ln.Addr().String()
}

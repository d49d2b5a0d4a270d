package commands

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

// program is one that serves.
type program struct {
	name, pkg string
	path      string   // where a client connects
	args      []string // beside --addr
}

var programs = []program{
	{"playground", "./examples/playground", "/", nil},
	{"rooms", "./examples/rooms", "/room/a", nil},
	{"echo", "./internal/echo", "/", nil},
	{"scenerec", "./cmd/scenerec", "/", []string{"play", "../../record/testdata/zstd.viser"}},
}

// process is a program that runs, with a client.
type process struct {
	t      *testing.T
	cmd    *exec.Cmd
	output *bytes.Buffer // read it only when the process has ended
	ended  chan error
	client *wstest.Client
}

// builds are the programs' binaries, made once.
var builds struct {
	once sync.Once
	dir  string
	err  error
}

func TestMain(m *testing.M) {
	code := m.Run()
	_ = os.RemoveAll(builds.dir)
	os.Exit(code)
}

// binary returns a program's binary.
func binary(t *testing.T, name string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("processes get no signals there")
	}
	builds.once.Do(func() {
		builds.dir, builds.err = os.MkdirTemp("", "commands-") //nolint:usetesting // it outlives the test that comes first
		args := []string{"build", "-o", builds.dir + string(filepath.Separator)}
		for _, p := range programs {
			args = append(args, p.pkg)
		}
		build := exec.Command("go", args...)
		build.Dir = filepath.Join("..", "..")
		if output, err := build.CombinedOutput(); err != nil {
			builds.err = fmt.Errorf("%w\n%s", err, output)
		}
	})
	must(t, builds.err)
	return filepath.Join(builds.dir, name)
}

// start runs a program and connects a client.
func start(t *testing.T, prog program) *process {
	t.Helper()
	file := binary(t, prog.name)
	free, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	addr := free.Addr().String()
	must(t, free.Close())
	p := &process{t: t, cmd: exec.Command(file, append(prog.args, "--addr", addr)...), output: new(bytes.Buffer), ended: make(chan error, 1)}
	p.cmd.Stdout, p.cmd.Stderr = p.output, p.output
	must(t, p.cmd.Start())
	go func() { p.ended <- p.cmd.Wait() }()
	t.Cleanup(func() { _ = p.cmd.Process.Kill() })
	if !wstest.Eventually(func() bool {
		p.client, err = wstest.Dial(addr, wstest.Options{Path: prog.path, Subprotocols: offers(prog.name)})
		return err == nil
	}) {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.client.Conn.Close() })
	return p
}

// offers is what a client offers; the echo server takes no subprotocol.
func offers(name string) []string {
	if name == "echo" {
		return nil
	}
	return []string{scenewire.Subprotocol}
}

func (p *process) signal(s os.Signal) {
	p.t.Helper()
	must(p.t, p.cmd.Process.Signal(s))
}

// wait returns how the process ended.
func (p *process) wait() error {
	p.t.Helper()
	select {
	case err := <-p.ended:
		return err
	case <-time.After(wstest.Timeout):
		p.t.Fatal("the process doesn't end")
		return nil
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// A signal has clients told, with 1001, and the process end well.
func TestSignalDrains(t *testing.T) {
	for _, program := range programs {
		for _, s := range []os.Signal{syscall.SIGTERM, os.Interrupt} {
			t.Run(program.name+"/"+s.String(), func(t *testing.T) {
				p := start(t, program)
				p.signal(s)
				if closed, err := p.client.AwaitClose(); err != nil || closed.Code != wsproto.CloseGoingAway {
					t.Errorf("the client ended with %v, %v; want 1001", closed, err)
				}
				_ = p.client.Conn.Close()
				if err := p.wait(); err != nil {
					t.Errorf("the process ended with %v:\n%s", err, p.output)
				}
			})
		}
	}
}

// A second signal doesn't wait for anybody.
func TestSecondSignalEndsAtOnce(t *testing.T) {
	for _, program := range programs {
		t.Run(program.name, func(t *testing.T) {
			p := start(t, program)
			p.signal(syscall.SIGTERM)
			if _, err := p.client.AwaitClose(); err != nil { // so it is draining, and waits for the answer
				t.Fatal(err)
			}
			p.signal(syscall.SIGTERM)
			var exit *exec.ExitError
			if err := p.wait(); !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGTERM {
				t.Errorf("the process ended with %v, want the signal's own end", err)
			}
		})
	}
}

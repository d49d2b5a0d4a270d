package browsertest

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
)

// bodiesAtStart is the number of bodies in a fresh scene: the bunny and its disc.
const bodiesAtStart = 301

// binary is one of the examples, built once for all tests.
type binary struct {
	example string
	build   sync.Once
	dir     string
	err     error
}

var thePlayground = binary{example: "playground"}

// path returns the binary's path.
func (b *binary) path(t *testing.T) string {
	t.Helper()
	b.build.Do(func() {
		b.dir, b.err = os.MkdirTemp("", "browsertest-") //nolint:usetesting // it outlives the test that comes first
		if b.err != nil {
			return
		}
		cmd := exec.Command("go", "build", "-o", b.dir, "./examples/"+b.example)
		cmd.Dir = filepath.Join("..", "..")
		if output, err := cmd.CombinedOutput(); err != nil {
			b.err = fmt.Errorf("%w\n%s", err, output)
		}
	})
	if b.err != nil {
		t.Fatalf("building %s: %v", b.example, b.err)
	}
	return filepath.Join(b.dir, b.example)
}

func (b *binary) remove() error { return os.RemoveAll(b.dir) }

// playground is a running server, at an address that stays the same when it is
// started again.
type playground struct {
	t      *testing.T
	addr   string
	cmd    *exec.Cmd
	output *bytes.Buffer // read it only when the process has ended
	ended  bool
}

// startPlayground starts a server that ends with the test.
func startPlayground(t *testing.T) *playground {
	t.Helper()
	findBrowser(t) // without one, there is nothing to build a server for
	p := &playground{t: t, addr: freeAddr(t)}
	p.start()
	t.Cleanup(func() {
		p.kill()
		if t.Failed() {
			t.Logf("the playground's output:\n%s", p.output)
		}
	})
	return p
}

// freeAddr returns a loopback address that is free. Its port is not one that the
// system gives to outgoing connections, which could take it while a test's server
// is down.
func freeAddr(t *testing.T) string {
	t.Helper()
	for range 100 {
		addr := fmt.Sprintf("127.0.0.1:%d", 20000+rand.IntN(10000))
		if l, err := net.Listen("tcp", addr); err == nil {
			l.Close()
			return addr
		}
	}
	t.Fatal("no free port")
	return ""
}

func (p *playground) url() string { return "http://" + p.addr + "/" }

// start runs the server and returns when it answers.
func (p *playground) start() {
	p.t.Helper()
	p.output = new(bytes.Buffer)
	p.cmd = exec.Command(thePlayground.path(p.t), "-addr", p.addr)
	p.cmd.Stdout, p.cmd.Stderr = p.output, p.output
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} // even if the test is killed
	if err := p.cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.ended = false
	eventually(p.t, "the playground answers", func() error {
		response, err := http.Get(p.url())
		if err != nil {
			return err
		}
		return response.Body.Close()
	})
}

// stop asks the server to end, and fails the test if it ends with an error.
func (p *playground) stop() {
	p.t.Helper()
	p.signal(syscall.SIGTERM)
	p.ended = true
	if err := p.cmd.Wait(); err != nil {
		p.t.Errorf("the playground ended with %v", err)
	}
}

// kill ends the server as a crash would.
func (p *playground) kill() {
	if p.ended {
		return
	}
	p.signal(syscall.SIGKILL)
	p.ended = true
	_ = p.cmd.Wait() // "signal: killed"
}

// freeze halts the process: its connections stay open, and nothing moves any
// more. thaw is the end of it.
func (p *playground) freeze() { p.signal(syscall.SIGSTOP) }
func (p *playground) thaw()   { p.signal(syscall.SIGCONT) }

func (p *playground) signal(s syscall.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		p.t.Errorf("signal %v to the playground: %v", s, err)
	}
}

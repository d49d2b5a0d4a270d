//go:build linux

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/scenewire/scenewire/cmd/loadgen/internal/report"
	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/internal/wstest"
)

// short are flags of a run that is as short as one can be.
var short = []string{"--clients", "8", "--duration", "600ms", "--warmup", "50ms", "--ramp", "0"}

// A real run, with a server in a process of its own: what the report must have.
func TestRunOnOwnServer(t *testing.T) {
	t.Parallel()
	got := loadgen(t, append(short, "--json", "-")...)
	if got.code != commandline.ExitDone {
		t.Fatalf("%+v", got)
	}
	r := reportIn(t, got.stdout)
	// 20 objects and some ticks, 60 times a second: a machine that is busy sends fewer.
	if r.Clients != 8 || r.Connected != 8 || r.Seconds < 0.5 || r.Deliveries < 8*20 || r.Faults() != 0 {
		t.Errorf("got %+v", r)
	}
	if r.Latency.Count == 0 || r.Latency.P50 <= 0 || r.Latency.P50 > r.Latency.P99 || r.Latency.P99 > r.Latency.Max {
		t.Errorf("the latency is %+v", r.Latency)
	}
	if s := r.Server; s.CPUSeconds <= 0 || s.ResidentBytes < 1<<20 {
		t.Errorf("the server is %+v", s)
	}
	if len(r.NotChecked) > 0 || r.Converged.Compared != 8 || r.CompressRatio <= 1 || len(r.Samples) == 0 {
		t.Errorf("not everything was checked: %+v", r)
	}
}

// Clients in processes of their own give the same report.
func TestRunWithProcesses(t *testing.T) {
	t.Parallel()
	got := loadgen(t, append(short, "--processes", "2", "--json", "-")...)
	if got.code != commandline.ExitDone {
		t.Fatalf("%+v", got)
	}
	if r := reportIn(t, got.stdout); r.Generator.Processes != 2 || r.Connected != 8 || r.Converged.Compared != 8 || r.Faults() != 0 {
		t.Errorf("got %+v", r)
	}
}

// patience is how long processes may take that wait for each other on a busy machine.
const patience = time.Minute

// process is the command as a process.
type process struct {
	t              *testing.T
	cmd            *exec.Cmd
	stdout, stderr wstest.Buffer
	ended          chan error
}

// start starts the command as a process, through a shell's limits if there are any.
func start(t *testing.T, limits string, args ...string) *process {
	t.Helper()
	self, err := os.Executable()
	must(t, err)
	p := &process{t: t, cmd: exec.Command(self, args...), ended: make(chan error, 1)}
	if limits != "" {
		p.cmd = exec.Command("sh", append([]string{"-c", limits + ` && exec "$0" "$@"`, self}, args...)...)
	}
	p.cmd.Env = append(os.Environ(), asCommand+"=1")
	p.cmd.Stdout, p.cmd.Stderr = &p.stdout, &p.stderr
	must(t, p.cmd.Start())
	go func() { p.ended <- p.cmd.Wait() }()
	t.Cleanup(func() { _ = p.cmd.Process.Kill() })
	return p
}

// awaitOutput waits until the process has said something.
func (p *process) awaitOutput(of *wstest.Buffer, text string) {
	p.t.Helper()
	for began := time.Now(); !strings.Contains(of.String(), text); time.Sleep(time.Millisecond) {
		if time.Since(began) > patience {
			p.t.Fatalf("no %q in\n%s%s", text, p.stdout.String(), p.stderr.String())
		}
	}
}

// wait returns the exit code, -1 after a signal.
func (p *process) wait() int {
	p.t.Helper()
	select {
	case <-p.ended:
		return p.cmd.ProcessState.ExitCode()
	case <-time.After(patience):
		p.t.Fatalf("the process doesn't end:\n%s%s", p.stdout.String(), p.stderr.String())
		return 0
	}
}

// descendants are the process ids of what a process has started.
func (p *process) descendants() []int {
	out, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", p.cmd.Process.Pid, p.cmd.Process.Pid))
	var pids []int
	for _, threads := range []string{string(out), childrenOfThreads(p.cmd.Process.Pid)} {
		for word := range strings.FieldsSeq(threads) {
			if pid, err := strconv.Atoi(word); err == nil && !slices.Contains(pids, pid) {
				pids = append(pids, pid)
			}
		}
	}
	return pids
}

// childrenOfThreads are the children that any thread of a process has started.
func childrenOfThreads(pid int) string {
	files, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	var all strings.Builder
	for _, file := range files {
		text, _ := os.ReadFile(file)
		all.Write(append(text, ' '))
	}
	return all.String()
}

func exists(pid int) bool { return syscall.Kill(pid, 0) == nil }

func TestInterrupt(t *testing.T) {
	t.Parallel()
	p := start(t, "", "--clients", "4", "--duration", "10m", "--warmup", "0s", "--json", "-")
	p.awaitOutput(&p.stderr, "measure")
	must(t, p.cmd.Process.Signal(os.Interrupt))
	if code := p.wait(); code != commandline.ExitInterrupted {
		t.Errorf("exit code %d: %s", code, p.stderr.String())
	}
	if r := reportIn(t, p.stdout.String()); !r.Interrupted || r.Connected != 4 || r.Errors != 0 {
		t.Errorf("got %+v", r)
	}
}

// Whatever happens to loadgen, nothing that it has started stays.
func TestNothingStaysBehind(t *testing.T) {
	t.Parallel()
	p := start(t, "", "--clients", "4", "--processes", "2", "--duration", "10m", "--warmup", "0s")
	p.awaitOutput(&p.stderr, "measure")
	children := p.descendants()
	if len(children) != 3 {
		t.Fatalf("%d processes were started, want a server and two of clients", len(children))
	}
	must(t, p.cmd.Process.Kill())
	p.wait()
	for _, pid := range children {
		if !wstest.Eventually(func() bool { return !exists(pid) }) {
			t.Errorf("process %d is still there", pid)
		}
	}
}

func TestKeepStaysUntilInterrupted(t *testing.T) {
	t.Parallel()
	p := start(t, "", append(short, "--keep")...)
	p.awaitOutput(&p.stderr, "stays until Ctrl-C")
	p.awaitOutput(&p.stdout, "fan-out: 8 clients")
	_, rest, _ := strings.Cut(p.stderr.String(), "Server:    ws://")
	addr, _, _ := strings.Cut(rest, "/")
	conn, err := net.Dial("tcp", addr)
	must(t, err)
	_ = conn.Close()
	must(t, p.cmd.Process.Signal(os.Interrupt))
	if code := p.wait(); code != commandline.ExitDone {
		t.Errorf("exit code %d: %s", code, p.stderr.String())
	}
}

// foreign starts "loadgen serve" and returns its address.
func foreign(t *testing.T) string {
	t.Helper()
	p := start(t, "", "serve", "--quiet")
	p.awaitOutput(&p.stdout, "Server:    ws://")
	line, _, _ := bufio.NewReader(strings.NewReader(p.stdout.String())).ReadLine()
	t.Cleanup(func() {
		_ = p.cmd.Process.Signal(os.Interrupt)
		if code := p.wait(); code != commandline.ExitDone {
			t.Errorf("the server's exit code is %d: %s", code, p.stderr.String())
		}
	})
	return strings.TrimPrefix(string(line), "Server:    ")
}

func TestForeignServer(t *testing.T) {
	t.Parallel()
	address := foreign(t)
	for subprotocol, want := range map[string]string{
		"viser-v1.1.1": "viser-v1.1.1", "none": "none", "nonsense,scenewire.v1": "scenewire.v1",
	} {
		got := loadgen(t, append(short, "--target", address, "--subprotocol", subprotocol, "--json", "-", "--duration", "1s")...)
		if got.code != commandline.ExitDone {
			t.Errorf("%s: %+v", subprotocol, got)
			continue
		}
		r := reportIn(t, got.stdout)
		if r.Target != address || r.Subprotocol != want || r.Connected != 8 || r.Deliveries == 0 || r.Latency.Count == 0 || !r.Server.CPUSeconds.Known() {
			t.Errorf("%s: got %+v", subprotocol, r)
		}
		if !slices.Contains(r.NotChecked, report.CheckGaps) {
			t.Errorf("%s: gaps of a foreign server are said to be checked", subprotocol)
		}
	}
	got := loadgen(t, append(short, "--target", address, "--subprotocol", "nonsense")...)
	if got.code != commandline.ExitFailed || !strings.Contains(got.stderr, `"nonsense"`) || !strings.Contains(got.stderr, "Name another subprotocol") {
		t.Errorf("%+v", got)
	}
}

// What went wrong is said with how far it came and what helps.
func TestConnectErrors(t *testing.T) {
	t.Parallel()
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	must(t, closed.Close())
	page := httptest.NewServer(http.NotFoundHandler())
	defer page.Close()
	for name, c := range map[string]struct{ target, want, remedy string }{
		"nobody listens":  {"ws://" + closed.Addr().String(), " of group \"steady\"; 0 of 8 are connected)", "is the server running"},
		"not a WebSocket": {page.URL, "the server answered 404", "Is the path of the address right?"},
	} {
		got := loadgen(t, append(short, "--target", c.target)...)
		if got.code != commandline.ExitFailed || !strings.Contains(got.stderr, c.want) || !strings.Contains(got.stderr, c.remedy) || got.stdout != "" {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// More clients than one process has descriptors for are spread over several.
func TestFewDescriptors(t *testing.T) {
	t.Parallel()
	p := start(t, "ulimit -n 300", append(short, "--clients", "100", "--duration", "300ms", "--json", "-")...)
	if code := p.wait(); code != commandline.ExitDone {
		t.Fatalf("exit code %d: %s", code, p.stderr.String())
	}
	if r := reportIn(t, p.stdout.String()); r.Generator.Processes < 3 || r.Connected != 100 || r.Faults() != 0 {
		t.Errorf("got %+v", r)
	}
}

func TestOutOfDescriptors(t *testing.T) {
	t.Parallel()
	p := start(t, "ulimit -n 300", append(short, "--clients", "400", "--processes", "1", "--target", foreign(t), "--json", "-")...)
	if code := p.wait(); code != commandline.ExitFailed || !strings.Contains(p.stderr.String(), "of 400 are connected") || !strings.Contains(p.stderr.String(), "ulimit -n") {
		t.Errorf("exit code %d: %s", code, p.stderr.String())
	}
}

func TestMaximumOfARealServer(t *testing.T) {
	t.Parallel()
	got := loadgen(t, "--clients", "4", "--duration", "200ms", "--warmup", "50ms", "--ramp", "0", "--max", "clients", "--slo", "window_hz>=1000", "--json", "-")
	var m maximum
	must(t, json.Unmarshal([]byte(got.stdout), &m))
	if got.code != commandline.ExitFailed || m.Best != 0 || len(m.Attempts) != 3 || !strings.HasPrefix(m.Attempts[0].Missed[0], "window_hz is ") {
		t.Errorf("%+v", got)
	}
}

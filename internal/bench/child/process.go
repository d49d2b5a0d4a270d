//go:build linux

package child

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/scenewire/scenewire/internal/bench/machine"
)

// exitTimeout is how long a process may take to end once its input has.
const exitTimeout = 5 * time.Second

// Spec says what to run.
type Spec struct {
	Name string   // in errors
	Path string   // the program
	Args []string // without the program's name
	Env  []string // added to this process's environment
	CPUs []int    // processors to run on; none: no restriction
}

// Process is a running server. Its methods may be called from any goroutine; commands
// are answered one at a time.
type Process struct {
	spec    Spec
	cmd     *exec.Cmd
	addr    string
	stdin   io.WriteCloser
	answers chan []byte   // closed at the end of the process's output
	ended   chan struct{} // closed with it
	close   sync.Once
	err     error // of Close

	mu        sync.Mutex // held while a command is answered; guards abandoned
	abandoned bool
}

// Start starts a process and waits for its address.
func Start(ctx context.Context, spec Spec) (*Process, error) {
	p := &Process{spec: spec, cmd: exec.Command(spec.Path, spec.Args...), answers: make(chan []byte), ended: make(chan struct{})}
	p.cmd.Env = append(os.Environ(), spec.Env...)
	p.cmd.Stderr = os.Stderr
	// An interrupt from the keyboard is this process's to act on.
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	stdin, err := p.cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", spec.Name, err)
	}
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", spec.Name, err)
	}
	p.stdin = stdin
	if err := machine.StartPinned(spec.CPUs, p.cmd.Start); err != nil {
		return nil, fmt.Errorf("%s: %w", spec.Name, err)
	}
	go p.read(stdout)
	var hello hello
	if err := p.answer(ctx, "start", &hello); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	p.addr = hello.Addr
	return p, nil
}

// Addr returns the TCP address that the server listens on.
func (p *Process) Addr() string { return p.addr }

// PID returns the number of the process.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Ended is closed when the process has ended, or closed its standard output.
func (p *Process) Ended() <-chan struct{} { return p.ended }

// Ask sends a command, with its arguments behind it, and waits for the answer, which
// it decodes into answer unless that is nil. A process whose answer wasn't waited for
// takes no further commands.
func (p *Process) Ask(ctx context.Context, answer any, command ...any) error {
	line := strings.TrimSuffix(fmt.Sprintln(command...), "\n")
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.abandoned {
		return fmt.Errorf("%s: %s: a command before it was given up", p.spec.Name, line)
	}
	if _, err := io.WriteString(p.stdin, line+"\n"); err != nil {
		return fmt.Errorf("%s: %s: %w", p.spec.Name, line, err)
	}
	return p.answer(ctx, line, answer)
}

func (p *Process) answer(ctx context.Context, command string, into any) error {
	select {
	case <-ctx.Done():
		p.abandoned = true
		return ctx.Err()
	case line, ok := <-p.answers:
		if !ok {
			return fmt.Errorf("%s: ended instead of answering %q", p.spec.Name, command)
		}
		if err := decodeAnswer(line, into); err != nil {
			return fmt.Errorf("%s: %s: %w", p.spec.Name, command, err)
		}
		return nil
	}
}

func decodeAnswer(line []byte, into any) error {
	var failed failure
	if err := json.Unmarshal(line, &failed); err != nil {
		return fmt.Errorf("answer %q: %w", line, err)
	}
	if failed.Error != "" {
		return errors.New(failed.Error)
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(line, into)
}

// read hands over the process's lines. What nobody asked for is dropped at the end.
func (p *Process) read(stdout io.Reader) {
	defer close(p.ended)
	defer close(p.answers)
	lines := bufio.NewScanner(stdout)
	for lines.Scan() {
		p.answers <- append([]byte(nil), lines.Bytes()...)
	}
}

// Close has the process end, kills it if it doesn't, and waits for it.
func (p *Process) Close() error {
	p.close.Do(func() { p.err = p.end() })
	return p.err
}

func (p *Process) end() error {
	_ = p.stdin.Close()
	kill := time.AfterFunc(exitTimeout, func() { _ = p.cmd.Process.Kill() })
	defer kill.Stop()
	for range p.answers { // until the end of its output
	}
	if err := p.cmd.Wait(); err != nil {
		return fmt.Errorf("%s: %w", p.spec.Name, err)
	}
	return nil
}

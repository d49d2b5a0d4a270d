package swarm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"sync"
	"syscall"
	"time"
)

// exitTimeout is how long a worker may take to end once its input has.
const exitTimeout = 5 * time.Second

// worker is a process of clients, seen from the conductor.
type worker struct {
	name  string
	cmd   *exec.Cmd
	stdin io.WriteCloser
	ended chan struct{} // closed when its output has

	writing sync.Mutex // guards the encoder and its pipe
	encoder *json.Encoder

	mu      sync.Mutex // guards all below
	next    uint64
	waiting map[uint64]chan response
	err     error // once ended is closed
}

func startWorker(name string, cmd *exec.Cmd) (*worker, error) {
	w := &worker{name: name, cmd: cmd, ended: make(chan struct{}), waiting: make(map[uint64]chan response)}
	if cmd.SysProcAttr == nil {
		// An interrupt from the keyboard is this process's to act on.
		cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	}
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	w.stdin, w.encoder = stdin, json.NewEncoder(stdin)
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	go w.read(stdout)
	return w, nil
}

// read hands over the answers.
func (w *worker) read(stdout io.Reader) {
	answers := json.NewDecoder(stdout)
	for {
		var r response
		if err := answers.Decode(&r); err != nil {
			w.fail(err)
			return
		}
		w.mu.Lock()
		answer := w.waiting[r.ID]
		delete(w.waiting, r.ID)
		w.mu.Unlock()
		if answer != nil {
			answer <- r
		}
	}
}

// fail is the end of the process's output.
func (w *worker) fail(err error) {
	if errors.Is(err, io.EOF) {
		err = errors.New("it has ended")
	}
	w.mu.Lock()
	w.err = fmt.Errorf("%s: %w", w.name, err)
	w.mu.Unlock()
	close(w.ended)
}

// call is a request that may be waited for.
type call struct {
	w      *worker
	id     uint64
	answer chan response
	err    error
}

// begin sends a request.
func (w *worker) begin(op string, body any) *call {
	c := &call{w: w, answer: make(chan response, 1)}
	w.mu.Lock()
	w.next++
	c.id = w.next
	w.waiting[c.id] = c.answer
	w.mu.Unlock()
	c.err = w.write(c.id, op, body)
	return c
}

func (w *worker) write(id uint64, op string, body any) error {
	encoded, err := json.Marshal(body)
	if err != nil {
		return err
	}
	w.writing.Lock()
	defer w.writing.Unlock()
	if err := w.encoder.Encode(request{ID: id, Op: op, Body: encoded}); err != nil {
		return fmt.Errorf("%s: %w", w.name, err)
	}
	return nil
}

// wait returns what was answered.
func (c *call) wait(ctx context.Context, into any) error {
	if c.err != nil {
		return c.err
	}
	cancelled := ctx.Done()
	for {
		select {
		case r := <-c.answer:
			return r.decode(into)
		case <-c.w.ended:
			return c.w.gone()
		case <-cancelled:
			cancelled = nil
			if err := c.w.write(c.id, "cancel", nil); err != nil {
				return err
			}
		}
	}
}

func (r *response) decode(into any) error {
	if len(r.Body) > 0 && into != nil {
		if err := json.Unmarshal(r.Body, into); err != nil {
			return err
		}
	}
	if r.Error != nil {
		return r.Error.err()
	}
	return nil
}

func (w *worker) gone() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}

// close has the process end, kills it if it doesn't, and waits for it.
func (w *worker) close() error {
	_ = w.stdin.Close()
	kill := time.AfterFunc(exitTimeout, func() { _ = w.cmd.Process.Kill() })
	defer kill.Stop()
	<-w.ended
	if err := w.cmd.Wait(); err != nil {
		return fmt.Errorf("%s: %w", w.name, err)
	}
	return nil
}

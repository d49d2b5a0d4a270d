//go:build linux

package child

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// The test binary is the server, too, when this variable is set.
const serverVariable = "SCENEWIRE_CHILD_TEST"

func TestMain(m *testing.M) {
	switch os.Getenv(serverVariable) {
	case "serve":
		err := Serve(os.Stdin, os.Stdout, "127.0.0.1:1", map[string]Command{
			"sum":  sum,
			"wait": func([]string) (any, error) { time.Sleep(time.Hour); return nil, nil },
			"nil":  func([]string) (any, error) { return nil, nil },
			"exit": func([]string) (any, error) { os.Exit(0); return nil, nil },
		})
		if err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	case "silent":
		os.Exit(3)
	}
	os.Exit(m.Run())
}

type total struct{ Total int }

func sum(args []string) (any, error) {
	var t total
	for _, arg := range args {
		var n int
		if _, err := fmt.Sscan(arg, &n); err != nil {
			return nil, fmt.Errorf("%q is no number", arg)
		}
		t.Total += n
	}
	return t, nil
}

func start(t *testing.T, mode string) (*Process, error) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return Start(t.Context(), Spec{Name: "server", Path: self, Env: []string{serverVariable + "=" + mode}})
}

func TestProcessAnswers(t *testing.T) {
	p, err := start(t, "serve")
	if err != nil {
		t.Fatal(err)
	}
	if p.Addr() != "127.0.0.1:1" {
		t.Errorf("address %q", p.Addr())
	}
	var got total
	if err := p.Ask(t.Context(), &got, "sum", 1, 2, 39); err != nil || got.Total != 42 {
		t.Errorf("%+v, %v", got, err)
	}
	if err := p.Ask(t.Context(), nil, "nil"); err != nil {
		t.Error(err)
	}
	if err := p.Ask(t.Context(), nil, "sum", "x"); err == nil || !strings.Contains(err.Error(), `"x" is no number`) {
		t.Errorf("a failing command: %v", err)
	}
	if err := p.Ask(t.Context(), nil, "nonsense"); err == nil || !strings.Contains(err.Error(), `no command "nonsense"`) {
		t.Errorf("an unknown command: %v", err)
	}
	if err := p.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
	if err := p.Close(); err != nil {
		t.Errorf("close again: %v", err)
	}
}

func TestAskEndsWithItsContext(t *testing.T) {
	p, err := start(t, "serve")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := p.Ask(ctx, nil, "wait"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error: %v", err)
	}
	if err := p.Ask(t.Context(), nil, "nil"); err == nil {
		t.Error("the answer to a command that was given up is taken for the next one's")
	}
	_ = p.cmd.Process.Kill()
	if err := p.Close(); err == nil {
		t.Error("no error from a killed process")
	}
}

func TestProcessThatEnds(t *testing.T) {
	p, err := start(t, "serve")
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Ask(t.Context(), nil, "exit"); err == nil || !strings.Contains(err.Error(), "ended instead") {
		t.Errorf("error: %v", err)
	}
	_ = p.Close()
	if _, err := start(t, "silent"); err == nil || !strings.Contains(err.Error(), "exit status 3") {
		t.Errorf("error: %v", err)
	}
}

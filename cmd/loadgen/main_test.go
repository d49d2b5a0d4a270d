//go:build linux

package main

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/scenewire/scenewire/cmd/loadgen/internal/scenario"
	"github.com/scenewire/scenewire/cmd/loadgen/internal/serve"
	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/internal/wstest"
)

var update = flag.Bool("update", false, "write the expected outputs in testdata anew")

// asCommand is set in the environment of a test binary that is to be the command.
const asCommand = "SCENEWIRE_TEST_LOADGEN"

func TestMain(m *testing.M) {
	if served, err := serve.Main(); served {
		endServer(err)
	}
	if os.Getenv(asCommand) != "" || len(os.Args) == 2 && os.Args[1] == "worker" {
		main()
	}
	before := wstest.OpenDescriptors()
	code := m.Run()
	os.Exit(wstest.CheckLeaks(code, before, 3, wstest.Timeout))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// ended is what a command line came to.
type ended struct {
	code           int
	stdout, stderr string
}

// loadgen runs a command line to its end.
func loadgen(t *testing.T, args ...string) ended {
	t.Helper()
	return loadgenWith(t.Context(), t, nil, args...)
}

// loadgenWith runs a command line whose Ctrl-C is the end of ctx, with runs of its own
// unless run is nil.
func loadgenWith(ctx context.Context, t *testing.T, run runner, args ...string) ended {
	t.Helper()
	var stdout, stderr wstest.Buffer
	a := newApp(commandline.App{Name: "loadgen", Stdout: &stdout, Stderr: &stderr})
	if run != nil {
		a.runScenario = run
	}
	code := a.run(ctx, args)
	return ended{code, stdout.String(), stderr.String()}
}

type runner = func(context.Context, *scenario.Scenario, scenario.Env) (*scenario.Outcome, error)

// golden compares an output with that in testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		must(t, os.MkdirAll("testdata", 0o777))
		must(t, os.WriteFile(path, []byte(got), 0o666))
		return
	}
	want, err := os.ReadFile(path)
	must(t, err)
	if got != string(want) {
		t.Errorf("the output of %s changed:\n%s\nif that is meant: go test ./cmd/loadgen -update", name, got)
	}
}

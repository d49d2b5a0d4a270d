//go:build linux

package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/scenewire/scenewire/internal/bench/command"
)

// withSteps has the test run other steps.
func withSteps(t *testing.T, other ...step) {
	before := steps
	steps = other
	t.Cleanup(func() { steps = before })
}

func TestOnlyAndSkipChooseInOrder(t *testing.T) {
	o, err := parse([]string{"--only", "idle,limit,rooms", "--skip", "rooms"})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range o.steps() {
		names = append(names, s.name)
	}
	if got := strings.Join(names, " "); got != "limit idle" {
		t.Errorf("steps: %s", got)
	}
	for _, args := range [][]string{{"--only", "idle", "--skip", "idle"}, {"--results", filepath.Join(t.TempDir(), "none")}, {"more"}} {
		if _, err := parse(args); err == nil {
			t.Errorf("%q is taken", args)
		}
	}
}

// The README promises them within half an hour, and within a few minutes.
func TestStepsAreDoneInTime(t *testing.T) {
	for quick, most := range map[bool]time.Duration{false: 25 * time.Minute, true: 8 * time.Minute} {
		total := time.Duration(0)
		for _, s := range steps {
			total += s.estimate(quick)
		}
		if total > most {
			t.Errorf("quick %v: %v", quick, total)
		}
	}
}

func TestStepsNameProgramsThatThereAre(t *testing.T) {
	for _, s := range steps {
		if info, err := os.Stat(filepath.Join("..", "..", s.pkg)); err != nil || !info.IsDir() {
			t.Errorf("%s: %v", s.name, err)
		}
	}
}

func TestRunAllGoesOnBehindAFailure(t *testing.T) {
	dir := t.TempDir()
	withSteps(t,
		step{name: "inbound", pkg: "./benchmarks/inbound", quick: "--clients 0"},
		step{name: "idle", pkg: "./benchmarks/idle", quick: "--clients 5"},
	)
	o, err := parse([]string{"--quick", "--results", dir})
	if err != nil {
		t.Fatal(err)
	}
	if err := o.runAll(t.Context()); err == nil || !strings.Contains(err.Error(), "failed: inbound") {
		t.Errorf("error: %v", err)
	}
	if kept, _ := filepath.Glob(filepath.Join(dir, "*-idle.json")); len(kept) != 1 {
		t.Errorf("kept: %v", kept)
	}
}

func TestRunAllEndsWithItsContext(t *testing.T) {
	withSteps(t, step{name: "idle", pkg: "./benchmarks/idle", full: "--clients 5"}, step{name: "idle", pkg: "./benchmarks/nowhere"})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	o := &options{only: command.Words{Chosen: []string{"idle"}}}
	if err := o.runAll(ctx); err == nil {
		t.Error("no error")
	}
}

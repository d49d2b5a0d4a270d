//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/scenewire/scenewire/internal/bench/command"
)

// endTimeout is how long a program may take to end once it was interrupted.
const endTimeout = 15 * time.Second

// runAll runs the steps one after the other, and tells at the end what became of them.
func (o *options) runAll(ctx context.Context) error {
	root, err := repository(ctx)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "benchmarks")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	steps := o.steps()
	left := time.Duration(0)
	for _, s := range steps {
		left += s.estimate(o.quick)
	}
	command.Progress("%d runs, about %v", len(steps), left)
	var failed []string
	for i, s := range steps {
		command.Progress("[%d of %d] %s (about %v; %v are left)", i+1, len(steps), s.commandLine(o.quick), s.estimate(o.quick), left)
		left -= s.estimate(o.quick)
		begin := time.Now()
		err := o.run(ctx, s, root, dir)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		took := time.Since(begin).Round(time.Second)
		if err != nil {
			command.Progress("%s has failed after %v: %v", s.name, took, err)
			failed = append(failed, s.name)
			continue
		}
		command.Progress("%s has taken %v", s.name, took)
	}
	if len(failed) > 0 {
		return fmt.Errorf("failed: %s", strings.Join(failed, ", "))
	}
	return nil
}

// run builds the step's program and runs it in the repository's root. An interrupt is
// passed on, so that the program ends its servers.
func (o *options) run(ctx context.Context, s step, root, dir string) error {
	program := filepath.Join(dir, filepath.Base(s.pkg))
	build := exec.CommandContext(ctx, "go", "build", "-o", program, s.pkg)
	build.Dir = root
	if s.module != "" {
		build.Args[len(build.Args)-1] = "."
		build.Dir = filepath.Join(root, s.module)
	}
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("go build %s: %w\n%s", s.pkg, err, out)
	}
	args := s.args(o.quick)
	if o.results != "" {
		args = append(args, "--results", o.results)
	}
	c := exec.CommandContext(ctx, program, args...)
	c.Dir = root
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	c.Cancel = func() error { return c.Process.Signal(os.Interrupt) }
	c.WaitDelay = endTimeout
	return c.Run()
}

// repository returns the root of the module, where the programs' paths begin.
func repository(ctx context.Context) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", "github.com/scenewire/scenewire").Output()
	if err != nil {
		return "", errors.New("run this in the repository: go run ./benchmarks/all")
	}
	return strings.TrimSpace(string(out)), nil
}

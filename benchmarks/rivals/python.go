//go:build linux

package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/scenewire/scenewire/internal/bench/command"
)

// pythonVariable names a Python interpreter that has viser already.
const pythonVariable = "SCENEWIRE_VISER_PYTHON"

// How long installing may take: when a run has little time, it mustn't take it all.
const (
	setupTimeout      = 10 * time.Minute
	hurrySetupTimeout = 75 * time.Second
)

// errNoViser tells that the Python original isn't installed.
var errNoViser = errors.New("viser is not installed: run with --setup-python")

// pythonDir is the virtual environment: in the user's cache, outside of the repository.
func pythonDir() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(cache, "scenewire", "viser-"+viserVersion), nil
}

// installedPython returns the interpreter of an environment that is complete.
func installedPython() (string, error) {
	if python := os.Getenv(pythonVariable); python != "" {
		return python, nil
	}
	dir, err := pythonDir()
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(completeMark(dir)); err != nil {
		return "", errNoViser
	}
	return filepath.Join(dir, "bin", "python"), nil
}

// completeMark is a file that is made when all is installed.
func completeMark(dir string) string { return filepath.Join(dir, "complete") }

// setupPython installs viser, unless it is, and returns its interpreter.
func setupPython(ctx context.Context, timeout time.Duration) (string, error) {
	python, err := installedPython()
	if !errors.Is(err, errNoViser) {
		return python, err
	}
	dir, err := pythonDir()
	if err != nil {
		return "", err
	}
	system, err := exec.LookPath("python3")
	if err != nil {
		return "", errors.New("there is no python3 in PATH, so no Python original")
	}
	ctx, cancel := context.WithTimeoutCause(ctx, timeout, fmt.Errorf("installing it took longer than %v: run with --setup-python once", timeout))
	defer cancel()
	command.Progress("installing viser %s in %s (some 400 MB, once)", viserVersion, dir)
	if err := shown(ctx, system, "-m", "venv", "--clear", dir); err != nil {
		return "", fmt.Errorf("%w\non Debian, python3-venv is a package of its own", err)
	}
	python = filepath.Join(dir, "bin", "python")
	if err := shown(ctx, python, "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off", "viser=="+viserVersion); err != nil {
		return "", err
	}
	return python, os.WriteFile(completeMark(dir), nil, 0o600)
}

// shown runs a program and prints what it says as progress.
func shown(ctx context.Context, program string, args ...string) error {
	r, w := io.Pipe()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Stdout, cmd.Stderr = w, w
	printed := make(chan struct{})
	go func() {
		defer close(printed)
		for lines := bufio.NewScanner(r); lines.Scan(); {
			command.Progress("%.100s", lines.Text())
		}
		_, _ = io.Copy(io.Discard, r) // a line may have been too long
	}()
	err := cmd.Run()
	_ = w.Close()
	<-printed
	if err != nil && ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err != nil {
		return fmt.Errorf("%s %s: %w", filepath.Base(program), strings.Join(args, " "), err)
	}
	return nil
}

// pythonVersions are those of the interpreter and of what viser serves with.
func pythonVersions(ctx context.Context) map[string]string {
	python, err := installedPython()
	if err != nil {
		return nil
	}
	const ask = "import importlib.metadata as m, platform\n" +
		"print('python', platform.python_version())\n" +
		"for n in ('viser', 'websockets', 'msgspec', 'zstandard'): print(n, m.version(n))"
	out, err := exec.CommandContext(ctx, python, "-c", ask).Output()
	if err != nil {
		return nil
	}
	versions := map[string]string{}
	for line := range strings.Lines(string(out)) {
		name, version, _ := strings.Cut(strings.TrimSpace(line), " ")
		versions[name] = version
	}
	return versions
}

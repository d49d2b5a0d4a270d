//go:build linux

// Package cepoll is the limit that servers are compared with: a WebSocket server in C
// that does nothing but what the work needs, from one thread with one epoll loop. Its
// source says what it is told on its standard input.
package cepoll

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"github.com/scenewire/scenewire/internal/bench/child"
)

// Name is what the server is called in results.
const Name = "c-epoll"

// SendBufferBytes is what Scenewire's sockets have, and so the limit's too.
const SendBufferBytes = 256 << 10

//go:embed server/server.c
var source []byte

// ErrNoCompiler tells that there is no cc.
var ErrNoCompiler = errors.New("there is no C compiler (cc) in PATH; without it there are no ratios to the limit")

// Program is the compiled server.
type Program string

// Build compiles the server to a file in dir.
func Build(dir string) (Program, error) {
	compiler, err := exec.LookPath("cc")
	if err != nil {
		return "", ErrNoCompiler
	}
	file, program := filepath.Join(dir, "server.c"), filepath.Join(dir, Name)
	if err := os.WriteFile(file, source, 0o600); err != nil {
		return "", err
	}
	if out, err := exec.Command(compiler, "-O2", "-o", program, file).CombinedOutput(); err != nil {
		return "", fmt.Errorf("%s: %w\n%s", compiler, err, out)
	}
	return Program(program), nil
}

// Start starts the server on these processors (none: no restriction). Its frames have
// payloads of this many bytes; received is the file of the [machine.Counter] of frames
// that clients have received.
func (p Program) Start(ctx context.Context, payload int, received string, cpus []int) (*child.Process, error) {
	return child.Start(ctx, child.Spec{
		Name: Name,
		Path: string(p),
		Args: []string{strconv.Itoa(payload), strconv.Itoa(SendBufferBytes), received},
		CPUs: cpus,
	})
}

//go:build !linux

package swarm

import (
	"context"
	"io"
	"os/exec"
)

// ClientsPerProcess returns how many clients one process can hold.
func ClientsPerProcess() int { return 0 }

// Open returns ErrSystem.
func Open(context.Context, Options, int, func() *exec.Cmd) (Fleet, error) { return nil, ErrSystem }

// New returns ErrSystem.
func New(Options) (Fleet, error) { return nil, ErrSystem }

// NewProcesses returns ErrSystem.
func NewProcesses(context.Context, Options, int, func() *exec.Cmd) (Fleet, error) {
	return nil, ErrSystem
}

// Serve returns ErrSystem.
func Serve(io.Reader, io.Writer) error { return ErrSystem }

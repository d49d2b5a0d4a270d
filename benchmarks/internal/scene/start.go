//go:build linux

package scene

import (
	"context"
	"os"
	"strconv"

	"github.com/scenewire/scenewire/benchmarks/internal/child"
)

// Serve is the first argument of a program that is to be the server.
const Serve = "serve"

// IsServer reports whether this process is a server that Start has started, and returns
// its arguments.
func IsServer() (args []string, ok bool) {
	if len(os.Args) < 2 || os.Args[1] != Serve {
		return nil, false
	}
	return os.Args[2:], true
}

// Process says how a server's process is started.
type Process struct {
	Name  string // in errors
	Procs int    // its GOMAXPROCS; 0 leaves it to the runtime
	CPUs  []int  // processors to run on; none: no restriction
}

// Start starts this program again, as the server.
func (o Process) Start(ctx context.Context, args ...string) (*child.Process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	spec := child.Spec{Name: o.Name, Path: self, Args: append([]string{Serve}, args...), CPUs: o.CPUs}
	if o.Procs > 0 {
		spec.Env = []string{"GOMAXPROCS=" + strconv.Itoa(o.Procs)}
	}
	return child.Start(ctx, spec)
}

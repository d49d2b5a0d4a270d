//go:build linux

package scene

import (
	"context"
	"os"
	"strconv"

	"github.com/scenewire/scenewire/internal/bench/child"
)

// serverArgument is the first argument of a program that is to be the server.
const serverArgument = "serve"

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
	spec := child.Spec{Name: o.Name, Path: self, Args: append([]string{serverArgument}, args...), CPUs: o.CPUs}
	if o.Procs > 0 {
		spec.Env = []string{"GOMAXPROCS=" + strconv.Itoa(o.Procs)}
	}
	return child.Start(ctx, spec)
}

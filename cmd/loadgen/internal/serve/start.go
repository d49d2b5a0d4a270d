//go:build linux

package serve

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"

	"github.com/scenewire/scenewire/internal/bench/child"
)

// variable is set in the environment of a process that is to be a server: its Options. An
// admin token in an argument would be for everybody to see.
const variable = "SCENEWIRE_LOADGEN_SERVE"

// Process is a server in a process of its own.
type Process struct {
	*child.Process
	Addresses Addresses
}

// Start starts this program again as a server, which [Main] makes it. procs is its
// GOMAXPROCS; 0 leaves it to the runtime.
func Start(ctx context.Context, o Options, procs int) (*Process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	options, err := json.Marshal(o)
	if err != nil {
		return nil, err
	}
	spec := child.Spec{Name: "server", Path: self, Env: []string{variable + "=" + string(options)}}
	if procs > 0 {
		spec.Env = append(spec.Env, "GOMAXPROCS="+strconv.Itoa(procs))
	}
	p, err := child.Start(ctx, spec)
	if err != nil {
		return nil, err
	}
	out := &Process{Process: p}
	if err := p.Ask(ctx, &out.Addresses, "urls"); err != nil {
		_ = p.Close()
		return nil, err
	}
	return out, nil
}

// Main is the server if this process was started by [Start], and reports whether it was.
// It is the first thing that a program does which starts servers, and its tests'.
func Main() (served bool, err error) {
	text, ok := os.LookupEnv(variable)
	if !ok {
		return false, nil
	}
	var o Options
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		return true, fmt.Errorf("%s: %w", variable, err)
	}
	s, err := listen(o)
	if err != nil {
		return true, err
	}
	ended := make(chan error, 1)
	go func() { ended <- s.ListenAndServe() }()
	err = child.Serve(os.Stdin, os.Stdout, s.Server.Addr(), s.commands())
	return true, errors.Join(err, s.end(ended))
}

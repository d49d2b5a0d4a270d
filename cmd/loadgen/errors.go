//go:build linux

package main

import (
	"cmp"
	"errors"
	"os"
	"syscall"

	"github.com/scenewire/scenewire/cmd/loadgen/internal/swarm"
	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/internal/wsclient"
)

// explain adds to an error what to do about it, if it doesn't say that already.
func explain(err error) error {
	if err == nil || commandline.Hint(err) != "" {
		return err
	}
	if hint := remedy(err); hint != "" {
		return commandline.WithHint(err, "%s", hint)
	}
	return err
}

func remedy(err error) string {
	var connect *swarm.ConnectError
	var refused *wsclient.RefusedError
	const noScene = "Is this the address of a scene, and is the path right?"
	switch {
	case errors.As(err, &connect):
		return cmp.Or(connect.Remedy(), noScene)
	case errors.As(err, &refused):
		return noScene
	case errors.Is(err, swarm.ErrTooMany), errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		return "Raise the limit on open files (ulimit -Hn, or LimitNOFILE= of the service), or use fewer --clients."
	case errors.Is(err, syscall.ECONNREFUSED):
		return "Nobody listens there: is the server running, and is the port right?"
	case errors.Is(err, syscall.EADDRINUSE):
		return "Another program has this --addr; without it a free port is taken."
	case errors.Is(err, os.ErrNotExist):
		return "Check the path."
	}
	return ""
}

// isLoadgensLimit reports whether the load couldn't be made, for which no server can be
// blamed.
func isLoadgensLimit(err error) bool {
	var connect *swarm.ConnectError
	if errors.As(err, &connect) {
		return connect.Cause == swarm.CausePorts || connect.Cause == swarm.CauseFiles
	}
	return errors.Is(err, swarm.ErrTooMany)
}

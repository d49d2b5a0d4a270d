//go:build linux

package main

import (
	"context"
	"fmt"
	"os"

	"github.com/scenewire/scenewire/cmd/loadgen/internal/serve"
	"github.com/scenewire/scenewire/internal/commandline"
)

func main() {
	if served, err := serve.Main(); served {
		endServer(err)
	}
	commandline.Main(func(ctx context.Context) int {
		return newApp(commandline.NewApp("loadgen")).run(ctx, os.Args[1:])
	})
}

// endServer ends a process that was loadgen's own server.
func endServer(err error) {
	if err != nil {
		_, _ = fmt.Fprintf(os.Stderr, "loadgen's server: %v\n", err)
		os.Exit(commandline.ExitFailed)
	}
	os.Exit(commandline.ExitDone)
}

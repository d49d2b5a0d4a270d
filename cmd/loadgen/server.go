//go:build linux

package main

import (
	"fmt"
	"os"
	"os/exec"

	"github.com/spf13/cobra"

	"github.com/scenewire/scenewire/cmd/loadgen/internal/serve"
	"github.com/scenewire/scenewire/cmd/loadgen/internal/swarm"
	"github.com/scenewire/scenewire/internal/commandline"
)

const serveHelp = `Serves the scene of a scenario, with its producers running, until Ctrl-C, so that loadgen on
another machine, or another load generator, can be pointed at it. The dashboard is beside
it, read-only unless there is an --admin-token.`

// serveCommand is loadgen's own server, without the clients.
func (a *app) serveCommand() *cobra.Command {
	f := newFlags()
	o := serve.Options{}
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve a scenario's scene, without clients, until Ctrl-C",
		Long:  serveHelp,
		Example: "  loadgen serve --addr 127.0.0.1:8080\n" +
			"  loadgen serve --addr 0.0.0.0:8080 --host bench.example.org --scenario mixed\n" +
			"  loadgen --target ws://bench.example.org:8080/ --allow-remote --scenario mixed",
		Args: commandline.Arguments(),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.serve(cmd, f, o) },
	}
	f.addLoad(cmd)
	set := cmd.Flags()
	set.StringVar(&o.Addr, "addr", "127.0.0.1:0", "`address` to listen on")
	set.StringSliceVar(&o.Hosts, "host", nil, "further `names` by which this machine is reached")
	set.StringVar(&o.AdminToken, "admin-token", "", "what the dashboard asks for before it closes clients")
	set.BoolVar(&o.Profiling, "profiling", false, "serve /debug/pprof/")
	commandline.Complete(cmd, "addr")
	commandline.Complete(cmd, "host")
	commandline.Complete(cmd, "admin-token")
	return cmd
}

func (a *app) serve(cmd *cobra.Command, f *flags, o serve.Options) error {
	s, err := f.read(cmd)
	if err != nil {
		return err
	}
	own := s.ServerOptions()
	own.Addr, own.Hosts, own.AdminToken, own.Profiling = o.Addr, o.Hosts, o.AdminToken, o.Profiling
	return serve.Run(cmd.Context(), own, func(at serve.Addresses) {
		a.tell("%s\n", places(at))
		a.Say("Until Ctrl-C: %s.", s.About)
	})
}

// workerCommand is a process of clients, which loadgen starts and commands.
func (a *app) workerCommand() *cobra.Command {
	return &cobra.Command{
		Use:    "worker",
		Short:  "Hold clients for another loadgen (started by it)",
		Hidden: true,
		Args:   commandline.Arguments(),
		RunE:   func(*cobra.Command, []string) error { return swarm.Serve(os.Stdin, a.Stdout) },
	}
}

// worker makes the command of a process of clients: this program again.
func (a *app) worker() *exec.Cmd {
	self, err := os.Executable()
	if err != nil {
		a.Say("%v", fmt.Errorf("the program's own file: %w", err))
		self = os.Args[0]
	}
	return exec.Command(self, "worker")
}

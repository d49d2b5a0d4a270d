//go:build linux

package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/scenewire/scenewire/cmd/loadgen/internal/scenario"
	"github.com/scenewire/scenewire/internal/commandline"
)

// app is what commands work with. It belongs to one goroutine.
type app struct {
	commandline.App

	// runScenario is scenario.Run, unless a test has its own.
	runScenario func(context.Context, *scenario.Scenario, scenario.Env) (*scenario.Outcome, error)
	commandLine []string
	silent      bool // standard output is for JSON or CSV alone
}

func newApp(a commandline.App) *app { return &app{App: a, runScenario: scenario.Run} }

// run runs a command line and returns the exit code.
func (a *app) run(ctx context.Context, args []string) int {
	a.commandLine = args
	err := commandline.Execute(ctx, a.command(), args)
	a.Finish(explain(err))
	return commandline.ExitCode(err)
}

const rootHelp = `Puts load on a server that speaks Scenewire's or viser's wire, checks everything that
clients receive, and reports latencies, rates and what the server used.

Without arguments it starts a server of its own in a second process, connects 1000
clients, and broadcasts changes of 20 objects 60 times a second for 15 seconds. Its
dashboard is open in the meantime; the URL is the first thing that is printed.

What the load is says a scenario: one of those that "loadgen scenarios" lists, or a YAML
file like them. Flags change it.

Ctrl-C ends a run cleanly, with the report so far. A second one ends it at once.

Exit codes: 0 done; 1 the run failed, clients missed something, an SLO wasn't held or a
figure is worse than before; 2 wrong usage; 130 interrupted.`

const rootExamples = `  loadgen
  loadgen --scenario echo --clients 200 --duration 5s
  loadgen --target ws://127.0.0.1:8080/ --subprotocol viser-v1.1.1
  loadgen --json - | jq .latency_ms
  loadgen --json new.json --compare old.json --threshold 5%
  loadgen --max clients --slo 'p99<=50ms,gaps=0'`

func (a *app) command() *cobra.Command {
	f := newFlags()
	root := &cobra.Command{
		Use:     "loadgen",
		Short:   "Put load on a scene server, and report",
		Long:    rootHelp,
		Example: rootExamples,
		Args:    commandline.NoArguments,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.load(cmd, f) },
	}
	a.Root(root)
	root.PersistentFlags().BoolVarP(&a.Quiet, "quiet", "q", false, "show no progress")
	f.add(root)
	root.AddCommand(a.serveCommand(), a.workerCommand(), a.scenariosCommand())
	return root
}

// tell writes for people who read the result.
func (a *app) tell(format string, args ...any) {
	if !a.silent {
		commandline.Writef(a.Stdout, format, args...)
	}
}

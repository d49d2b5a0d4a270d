package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/record"
)

// exitDamaged is this command's own exit code.
const exitDamaged = 3

// app is what commands work with. It belongs to one goroutine; what runs beside it gets
// what it needs.
type app struct{ commandline.App }

// run runs a command line and returns the exit code.
func (a *app) run(ctx context.Context, args []string) int {
	err := commandline.Execute(ctx, a.command(), args)
	a.Finish(err)
	return exitCode(err)
}

// exitCode is the code that a command ends with.
func exitCode(err error) int {
	code := commandline.ExitCode(err)
	var damaged *record.CorruptError
	if code == commandline.ExitFailed && errors.As(err, &damaged) && !errors.Is(err, record.ErrFormat) && !errors.Is(err, record.ErrLimit) {
		return exitDamaged
	}
	return code
}

const rootHelp = `Records scenes from their servers, and plays, looks into, converts, cuts and mends
recordings: viser's .viser files of every version, and .mcap files, which are written
while a scene runs, survive a crash and open at any time.

Times in a recording are durations from its start ("90s", "1m30s", "1:30", "90"), a share
of it ("25%"), or from its end ("-10s").

Ctrl-C ends a command cleanly: what was recorded so far is a whole file, and nothing half
written is left. A second one ends it at once.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 a recording is damaged and only a part of
it could be used, 130 interrupted before it was done.`

func (a *app) command() *cobra.Command {
	root := &cobra.Command{
		Use:   "scenerec",
		Short: "Record scenes, and play, convert, cut and mend recordings",
		Long:  rootHelp,
		Args:  noArguments,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	a.Root(root)
	root.PersistentFlags().BoolVar(&a.JSON, "json", false, "write the result, and errors, as JSON")
	root.PersistentFlags().BoolVarP(&a.Quiet, "quiet", "q", false, "show no progress")
	root.AddCommand(
		a.recordCommand(), a.playCommand(), a.infoCommand(), a.convertCommand(), a.cutCommand(), a.exportCommand(), a.recoverCommand(),
	)
	return root
}

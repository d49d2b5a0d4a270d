package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// Exit codes, as the help tells them.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitDamaged     = 3
	exitInterrupted = 130
)

// app is what commands work with. It belongs to one goroutine; what runs beside it gets
// what it needs.
type app struct {
	stdout, stderr io.Writer
	bars           bool // stderr is a terminal
	json           bool
	quiet          bool
}

func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// run runs a command line and returns the exit code.
func (a *app) run(ctx context.Context, args []string) int {
	root := a.command()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err != nil && ctx.Err() != nil && errors.Is(err, context.Canceled) {
		err = errInterrupted
	}
	return a.finish(err)
}

// finish tells the user how it ended, if not well.
func (a *app) finish(err error) int {
	if err == nil {
		return exitDone
	}
	hint := hintOf(err)
	if a.json {
		a.writeJSON(a.stderr, struct {
			Error string `json:"error"`
			Hint  string `json:"hint,omitempty"`
		}{err.Error(), hint})
		return exitCode(err)
	}
	writef(a.stderr, "scenerec: %v\n", err)
	if hint != "" {
		writef(a.stderr, "%s\n", hint)
	}
	return exitCode(err)
}

func (a *app) writeJSON(w io.Writer, v any) {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	_ = enc.Encode(v)
}

// report writes a command's result: v as JSON, or what text says.
func (a *app) report(v any, text func(w io.Writer)) {
	if a.json {
		a.writeJSON(a.stdout, v)
		return
	}
	text(a.stdout)
}

// say tells a person who watches what is going on.
func (a *app) say(format string, args ...any) {
	if !a.quiet && !a.json {
		writef(a.stderr, format+"\n", args...)
	}
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
		Use:                        "scenerec",
		Short:                      "Record scenes, and play, convert, cut and mend recordings",
		Long:                       rootHelp,
		Version:                    version(),
		SilenceErrors:              true,
		SuggestionsMinimumDistance: 2,
		SilenceUsage:               true,
		Args:                       noArguments,
		RunE:                       func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		CompletionOptions:          cobra.CompletionOptions{HiddenDefaultCmd: false},
	}
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return usage(cmd, err) })
	root.PersistentFlags().BoolVar(&a.json, "json", false, "write the result, and errors, as JSON")
	root.PersistentFlags().BoolVarP(&a.quiet, "quiet", "q", false, "show no progress")
	root.AddCommand(
		a.recordCommand(), a.playCommand(), a.infoCommand(), a.convertCommand(), a.cutCommand(), a.exportCommand(), a.recoverCommand(),
	)
	return root
}

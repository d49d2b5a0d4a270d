package commandline

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// Exit codes that all commands share.
const (
	ExitDone        = 0
	ExitFailed      = 1
	ExitUsage       = 2
	ExitInterrupted = 130
)

// App is what a program's commands work with.
type App struct {
	Name           string // the program's
	Stdout, Stderr io.Writer
	Bars           bool // Stderr is a terminal
	JSON           bool // results and errors are written as JSON
	Quiet          bool // nothing is said but the result
}

// NewApp returns the App of a program's process.
func NewApp(name string) App {
	return App{Name: name, Stdout: os.Stdout, Stderr: os.Stderr, Bars: term.IsTerminal(int(os.Stderr.Fd()))}
}

// Main runs a program until run returns, and exits with what that returns. The first
// SIGINT or SIGTERM ends ctx, the second the process.
func Main(run func(ctx context.Context) int) {
	signalled, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	ctx, cancel := context.WithCancel(context.Background())
	context.AfterFunc(signalled, func() {
		stop() // the next signal ends the process
		cancel()
	})
	code := run(ctx)
	stop()
	cancel()
	os.Exit(code)
}

// Root sets what every program's root command has: its output, how errors are told, and
// its version.
func (a *App) Root(root *cobra.Command) {
	root.Version = version()
	root.SilenceErrors, root.SilenceUsage = true, true
	root.SuggestionsMinimumDistance = 2
	root.CompletionOptions = cobra.CompletionOptions{HiddenDefaultCmd: false}
	root.SetOut(a.Stdout)
	root.SetErr(a.Stderr)
	root.SetFlagErrorFunc(Usage)
}

// Execute runs a command line and returns its error, [ErrInterrupted] if it ended
// because ctx did.
func Execute(ctx context.Context, root *cobra.Command, args []string) error {
	root.SetArgs(append([]string{}, args...)) // of nil it would take the process's
	err := root.ExecuteContext(ctx)
	if err != nil && ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return ErrInterrupted
	}
	return err
}

// Finish tells the user how it ended, if not well.
func (a *App) Finish(err error) {
	if err == nil {
		return
	}
	hint := Hint(err)
	if a.JSON {
		WriteJSON(a.Stderr, struct {
			Error string `json:"error"`
			Hint  string `json:"hint,omitempty"`
		}{err.Error(), hint})
		return
	}
	Writef(a.Stderr, "%s: %v\n", a.Name, err)
	if hint != "" {
		Writef(a.Stderr, "%s\n", hint)
	}
}

// WriteJSON writes v, indented, to where nobody could be told that it failed.
func WriteJSON(w io.Writer, v any) {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	_ = enc.Encode(v)
}

// Report writes a command's result: v as JSON, or what text says.
func (a *App) Report(v any, text func(w io.Writer)) {
	if a.JSON {
		WriteJSON(a.Stdout, v)
		return
	}
	text(a.Stdout)
}

// Say tells a person who watches what is going on.
func (a *App) Say(format string, args ...any) {
	if !a.Quiet && !a.JSON {
		Writef(a.Stderr, format+"\n", args...)
	}
}

// version is that of the module that the program was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(unknown)"
	}
	return info.Main.Version
}

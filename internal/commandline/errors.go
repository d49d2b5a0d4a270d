package commandline

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// ErrInterrupted is the end of a command by Ctrl-C that isn't its usual end.
var ErrInterrupted = errors.New("interrupted")

// hintError is an error with what to do about it.
type hintError struct {
	err  error
	hint string
}

func (e *hintError) Error() string { return e.err.Error() }
func (e *hintError) Unwrap() error { return e.err }

// WithHint says what to do about err.
func WithHint(err error, format string, args ...any) error {
	return &hintError{err, fmt.Sprintf(format, args...)}
}

// Hint returns what to do about err, "" if that isn't known.
func Hint(err error) string {
	var hinted *hintError
	if errors.As(err, &hinted) {
		return hinted.hint
	}
	return ""
}

// UsageError is a command line that can't be understood.
type UsageError struct{ Err error }

// Error returns what is wrong with it.
func (e *UsageError) Error() string { return e.Err.Error() }

// Unwrap returns the error that was found in it.
func (e *UsageError) Unwrap() error { return e.Err }

// Usage makes err a mistake in the use of cmd.
func Usage(cmd *cobra.Command, err error) error {
	return WithHint(&UsageError{err}, "See: %s --help", cmd.CommandPath())
}

// ExitCode is the code that a command ends with.
func ExitCode(err error) int {
	var wrong *UsageError
	switch {
	case err == nil:
		return ExitDone
	case errors.As(err, &wrong):
		return ExitUsage
	case errors.Is(err, ErrInterrupted):
		return ExitInterrupted
	}
	return ExitFailed
}

// Arguments checks how many there are and tells what they would be.
func Arguments(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < len(names):
			return Usage(cmd, fmt.Errorf("%s is missing", strings.Join(names[len(args):], " and ")))
		case len(args) > len(names):
			return Usage(cmd, fmt.Errorf("unexpected argument %q", args[len(names)]))
		}
		return nil
	}
}

// NoArguments is for a root command, where what isn't a flag is a command.
func NoArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	err := fmt.Errorf("there is no command %q", args[0])
	if similar := cmd.SuggestionsFor(args[0]); len(similar) > 0 {
		return WithHint(&UsageError{err}, "Did you mean: %s %s", cmd.Name(), similar[0])
	}
	return Usage(cmd, err)
}

// Complete tells the shell what a flag may be: one of the values, each with its meaning
// behind a tab, or nothing that is known.
func Complete(cmd *cobra.Command, flag string, values ...string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}

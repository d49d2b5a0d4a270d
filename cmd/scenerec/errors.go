package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/scenewire/scenewire/record"
)

// errInterrupted is the end of a command by Ctrl-C that isn't its usual end.
var errInterrupted = errors.New("interrupted")

// hintError is an error with what to do about it.
type hintError struct {
	err  error
	hint string
}

func (e *hintError) Error() string { return e.err.Error() }
func (e *hintError) Unwrap() error { return e.err }

// withHint says what to do about err.
func withHint(err error, format string, args ...any) error {
	return &hintError{err, fmt.Sprintf(format, args...)}
}

// hintOf returns what to do about err, "" if that isn't known.
func hintOf(err error) string {
	var hinted *hintError
	if errors.As(err, &hinted) {
		return hinted.hint
	}
	return ""
}

// usageError is a command line that can't be understood.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

// usage makes err a mistake in the use of cmd.
func usage(cmd *cobra.Command, err error) error {
	return withHint(&usageError{err}, "See: %s --help", cmd.CommandPath())
}

// exitCode is the code that a command ends with.
func exitCode(err error) int {
	var wrong *usageError
	var damaged *record.CorruptError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &wrong):
		return exitUsage
	case errors.Is(err, errInterrupted):
		return exitInterrupted
	case errors.As(err, &damaged) && !errors.Is(err, record.ErrFormat) && !errors.Is(err, record.ErrLimit):
		return exitDamaged
	}
	return exitFailed
}

// arguments checks how many there are and tells what they would be.
func arguments(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < len(names):
			return usage(cmd, fmt.Errorf("%s is missing", strings.Join(names[len(args):], " and ")))
		case len(args) > len(names):
			return usage(cmd, fmt.Errorf("unexpected argument %q", args[len(names)]))
		}
		return nil
	}
}

// noArguments is for the root, where what isn't a flag is a command.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	err := fmt.Errorf("there is no command %q", args[0])
	if similar := cmd.SuggestionsFor(args[0]); len(similar) > 0 {
		return withHint(&usageError{err}, "Did you mean: scenerec %s", similar[0])
	}
	if _, statErr := os.Stat(args[0]); statErr == nil {
		return withHint(&usageError{err}, "To look at the file: scenerec info %s", args[0])
	}
	return usage(cmd, err)
}

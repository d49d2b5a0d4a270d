package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/scenewire/scenewire/internal/commandline"
)

// noArguments is for the root, where what isn't a flag is a command.
func noArguments(cmd *cobra.Command, args []string) error {
	err := commandline.NoArguments(cmd, args)
	if err == nil || len(cmd.SuggestionsFor(args[0])) > 0 {
		return err
	}
	if _, statErr := os.Stat(args[0]); statErr == nil {
		return commandline.WithHint(&commandline.UsageError{Err: fmt.Errorf("there is no command %q", args[0])},
			"To look at the file: scenerec info %s", args[0])
	}
	return err
}

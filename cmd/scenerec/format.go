package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/record"
)

// format is a kind of file to write.
type format uint8

const (
	formatMCAP format = iota + 1
	formatViser
)

// formatOf returns the format that a file's name stands for.
func formatOf(path string) (format, error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".mcap":
		return formatMCAP, nil
	case ".viser":
		return formatViser, nil
	}
	return 0, fmt.Errorf("%q ends in neither .mcap nor .viser, so its format isn't known", path)
}

// generations are viser's generations by the names that flags have for them.
var generations = map[string]record.Generation{
	"zstd": record.GenerationZstd, "gzip": record.GenerationGzip, "loop": record.GenerationLoop,
}

// generationFlag adds a flag that names a generation of .viser files.
func generationFlag(cmd *cobra.Command, name *string) {
	cmd.Flags().StringVar(name, "generation", "zstd", "of a .viser file: zstd (viser 1.0.17 and later), gzip (0.2.21 to 1.0.16) or loop (before)")
	commandline.Complete(cmd, "generation", "zstd\tviser 1.0.17 and later", "gzip\tviser 0.2.21 to 1.0.16", "loop\tviser up to 0.2.20")
}

// parseGeneration reads the value of that flag.
func parseGeneration(name string) (record.Generation, error) {
	g, ok := generations[name]
	if !ok {
		return 0, fmt.Errorf("--generation is %q, not zstd, gzip or loop", name)
	}
	return g, nil
}

// completeFiles has the shell offer recordings as the arguments from one index up to
// another, and nothing else.
func completeFiles(from, to int) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		if len(args) < from || len(args) >= to {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return []string{"mcap", "viser"}, cobra.ShellCompDirectiveFilterFileExt
	}
}

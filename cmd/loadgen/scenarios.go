//go:build linux

package main

import (
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/scenewire/scenewire/cmd/loadgen/internal/scenario"
	"github.com/scenewire/scenewire/internal/commandline"
)

// scenarioWords are the scenarios by name, as a shell's completion takes them.
func scenarioWords() []string {
	var words []string
	for _, name := range scenario.Presets() {
		if s, err := scenario.Preset(name); err == nil {
			words = append(words, name+"\t"+s.About)
		}
	}
	return words
}

func (a *app) scenariosCommand() *cobra.Command {
	list := &cobra.Command{
		Use:   "scenarios",
		Short: "List the scenarios that come with loadgen",
		Long: `Lists the scenarios that come with loadgen: what --scenario takes.

A scenario of one's own is a YAML file like them: begin with "loadgen scenarios show NAME".`,
		Args: commandline.Arguments(),
		RunE: func(*cobra.Command, []string) error { return listScenarios(a.Stdout) },
	}
	list.AddCommand(&cobra.Command{
		Use:     "show NAME",
		Short:   "Print a scenario as YAML",
		Example: "  loadgen scenarios show mixed > mine.yaml\n  loadgen --scenario mine.yaml",
		Args:    commandline.Arguments("the scenario's name"),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return scenarioWords(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := scenario.PresetYAML(args[0])
			if err != nil {
				return commandline.WithHint(&commandline.UsageError{Err: err}, "To see them all: loadgen scenarios")
			}
			_, err = a.Stdout.Write(text)
			return err
		},
	})
	return list
}

func listScenarios(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, name := range scenario.Presets() {
		s, err := scenario.Preset(name)
		if err != nil {
			return err
		}
		commandline.Writef(table, "%s\t%s\n", name, s.About)
	}
	return table.Flush()
}

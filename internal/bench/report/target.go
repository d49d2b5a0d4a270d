package report

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/scenewire/scenewire/internal/bench/result"
)

// Target says where a program's results go: to its --json, and to a file of --results.
type Target struct {
	// Kind and Title are those of the file (result.File).
	Kind, Title string
	// Package is what is run to repeat it, such as "./benchmarks/limit".
	Package string
	// Versions are of what was compared.
	Versions map[string]string

	json, results string
}

// Define defines the flags --json and --results.
func (t *Target) Define(flags *flag.FlagSet) {
	flags.StringVar(&t.json, "json", "", "`file` for JSON lines; - is standard output, instead of the tables")
	flags.StringVar(&t.results, "results", "", "`directory` for a file with the results, the machine and the commit, such as benchmarks/results")
}

// Open opens the outputs. The file of --results is written by [Output.Close], so a run
// that fails leaves none.
func (t *Target) Open() (*Output, error) {
	o, err := OpenOutput(t.json)
	if err != nil || t.results == "" {
		return o, err
	}
	if info, err := os.Stat(t.results); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("--results: %s is not a directory", t.results)
	}
	o.dir = t.results
	o.kept = &result.File{
		Kind: t.Kind, Title: t.Title, Versions: t.Versions,
		Command: commandLine(t.Package, os.Args[1:]),
		Commit:  result.Commit(), Machine: result.ThisMachine(),
	}
	return o, nil
}

// commandLine returns what repeats a run: its arguments without those that say where the
// results go.
func commandLine(pkg string, args []string) string {
	words := []string{"go", "run", pkg}
	for i := 0; i < len(args); i++ {
		name, _, joined := strings.Cut(strings.TrimLeft(args[i], "-"), "=")
		if strings.HasPrefix(args[i], "-") && slices.Contains([]string{"json", "results"}, name) {
			if !joined {
				i++
			}
			continue
		}
		words = append(words, args[i])
	}
	return strings.Join(words, " ")
}

// keep writes the file of --results.
func (o *Output) keep() error {
	if o.kept == nil {
		return nil
	}
	o.kept.Taken = time.Now().UTC().Truncate(time.Second)
	path, err := o.kept.WriteTo(o.dir)
	if err != nil {
		return fmt.Errorf("--results: %w", err)
	}
	_, err = fmt.Fprintf(os.Stderr, "%s: results are in %s\n", filepath.Base(os.Args[0]), path)
	return err
}

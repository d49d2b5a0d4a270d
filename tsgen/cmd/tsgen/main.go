// Command tsgen writes TypeScript types for the messages of Go packages.
//
//	go get -tool github.com/scenewire/scenewire/tsgen/cmd/tsgen
//	go tool tsgen -o web/messages.gen.ts .
//
// The documentation of package tsgen tells what becomes of which Go type.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/scenewire/scenewire/tsgen"
)

const usage = `Writes TypeScript types for the messages that Go packages register.

Usage: tsgen [-o FILE] [--check] [PACKAGE...]

Packages are patterns as the go command takes them; "." if there is none.

`

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run returns the exit status: 0, 1 for an error or a file that is stale, 2 for wrong
// usage.
func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("tsgen", flag.ContinueOnError)
	flags.SetOutput(stderr)
	out := flags.String("o", "", "`file` to write; standard output if there is none")
	check := flags.Bool("check", false, "write nothing; exit with 1 and a diff if the file is not what would be written")
	flags.Usage = func() {
		_, _ = io.WriteString(stderr, usage)
		flags.PrintDefaults()
	}
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	case *check && *out == "":
		_, _ = fmt.Fprintln(stderr, "tsgen: --check needs -o FILE to compare with")
		return 2
	}
	patterns := flags.Args()
	if len(patterns) == 0 {
		patterns = []string{"."}
	}
	if err := generate(*out, *check, patterns, stdout, stderr); err != nil {
		_, _ = fmt.Fprintln(stderr, err)
		return 1
	}
	return 0
}

func generate(out string, check bool, patterns []string, stdout, stderr io.Writer) error {
	bindings, err := tsgen.Load("", patterns...)
	if err != nil {
		return err
	}
	for _, w := range bindings.Warnings() {
		_, _ = fmt.Fprintf(stderr, "%v (warning)\n", w)
	}
	source := bindings.TypeScript()
	switch {
	case check:
		return compare(out, bindings, stdout)
	case out == "":
		_, err = stdout.Write(source)
		return err
	}
	return os.WriteFile(out, source, 0o666)
}

// compare returns an error, behind a diff, if a file is not what it should be.
func compare(file string, want *tsgen.Bindings, stdout io.Writer) error {
	current, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	diff := want.Diff(file, current)
	if diff == "" {
		return nil
	}
	_, _ = io.WriteString(stdout, diff)
	return fmt.Errorf("%s is stale: run tsgen again", file)
}

//go:build linux

// All runs the benchmarks one after the other, as their results are kept.
//
//	go run ./benchmarks/all --results benchmarks/results
//	go generate ./benchmarks/...
//
// See the README beside it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/scenewire/scenewire/internal/bench/command"
)

const usage = `
Runs the benchmarks one after the other, each with what suits a machine that does nothing
else for half an hour. What they print goes to standard output, their progress to standard
error. One that fails doesn't keep the others from running.

  all --results benchmarks/results
  all --quick
  all --only scaling,idle --results benchmarks/results
  all --list
`

type options struct {
	only, skip  command.Words
	quick, list bool
	results     string // "": nothing is kept
}

func main() {
	command.Main(func(ctx context.Context) error {
		o, err := parse(os.Args[1:])
		if err != nil {
			return err
		}
		if o.list {
			o.printList()
			return nil
		}
		return o.runAll(ctx)
	})
}

func parse(args []string) (*options, error) {
	o := &options{only: command.Words{Chosen: stepNames(), Allowed: stepNames()}, skip: command.Words{Allowed: stepNames()}}
	flags := flag.NewFlagSet("all", flag.ExitOnError)
	command.Usage(flags, usage)
	flags.Var(&o.only, "only", "`names` of the benchmarks to run")
	flags.Var(&o.skip, "skip", "`names` of those to leave out")
	flags.BoolVar(&o.quick, "quick", false, "shorter and fewer rounds: some minutes in all, and rougher figures")
	flags.BoolVar(&o.list, "list", false, "only print what would be run")
	flags.StringVar(&o.results, "results", "", "`directory` to keep the runs in, such as benchmarks/results")
	if err := command.Parse(flags, args); err != nil {
		return nil, err
	}
	return o, o.check()
}

// check makes the directory's name good for programs that run elsewhere.
func (o *options) check() error {
	if len(o.steps()) == 0 {
		return errors.New("nothing is left to run")
	}
	if o.results == "" {
		return nil
	}
	if info, err := os.Stat(o.results); err != nil || !info.IsDir() {
		return fmt.Errorf("--results: %s is not a directory", o.results)
	}
	var err error
	o.results, err = filepath.Abs(o.results)
	return err
}

// steps returns those that are chosen, in their order.
func (o *options) steps() (chosen []step) {
	for _, s := range steps {
		if o.only.Has(s.name) && !o.skip.Has(s.name) {
			chosen = append(chosen, s)
		}
	}
	return chosen
}

func (o *options) printList() {
	total := time.Duration(0)
	for _, s := range o.steps() {
		fmt.Printf("%-10s %8v  %s\n", s.name, s.estimate(o.quick), s.commandLine(o.quick))
		total += s.estimate(o.quick)
	}
	fmt.Printf("%-10s %8v\n", "in all", total)
}

func stepNames() (names []string) {
	for _, s := range steps {
		if !slices.Contains(names, s.name) {
			names = append(names, s.name)
		}
	}
	return names
}

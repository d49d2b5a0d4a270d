// Package command is what the benchmarks' programs share as programs: flags, an
// interrupt that ends them cleanly, progress on standard error.
package command

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Main runs a program until it returns or is interrupted, and exits: 0 after success,
// 1 after an error, which is printed, 130 after an interrupt.
func Main(run func(context.Context) error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx)
	interrupted := ctx.Err() != nil
	stop()
	switch {
	case err == nil:
	case interrupted:
		Progress("interrupted")
		os.Exit(130)
	default:
		Progress("%v", err)
		os.Exit(1)
	}
}

// Progress prints a line on standard error, behind the program's name.
func Progress(format string, args ...any) {
	_, _ = fmt.Fprintf(os.Stderr, filepath.Base(os.Args[0])+": "+format+"\n", args...)
}

// Usage sets what --help prints: text, and then the flags.
func Usage(flags *flag.FlagSet, text string) {
	flags.Usage = func() {
		_, _ = fmt.Fprint(flags.Output(), strings.TrimSpace(text)+"\n\nFlags:\n")
		flags.PrintDefaults()
	}
}

// Parse parses the program's arguments, of which none may be left over.
func Parse(flags *flag.FlagSet, args []string) error {
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q; --help tells what there is", flags.Arg(0))
	}
	return nil
}

// Seconds defines a flag that is a time in seconds, such as 0.5.
func Seconds(flags *flag.FlagSet, p *time.Duration, name string, value float64, usage string) {
	set := func(text string) error {
		seconds, err := strconv.ParseFloat(text, 64)
		*p = time.Duration(seconds * float64(time.Second))
		return err
	}
	*p = time.Duration(value * float64(time.Second))
	flags.Func(name, fmt.Sprintf("%s, in `seconds` (default %v)", usage, value), set)
}

// Ints is a flag's value: positive numbers, separated by commas.
type Ints []int

// String returns the numbers as they are written in a flag.
func (v *Ints) String() string {
	words := make([]string, len(*v))
	for i, n := range *v {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, ",")
}

// Set parses the flag.
func (v *Ints) Set(text string) error {
	var numbers Ints
	for word := range strings.SplitSeq(text, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(word))
		if err != nil || n <= 0 {
			return fmt.Errorf("%q is not a positive number", word)
		}
		numbers = append(numbers, n)
	}
	*v = numbers
	return nil
}

// Words is a flag's value: words out of a fixed set, separated by commas.
type Words struct {
	Chosen  []string
	Allowed []string
}

// String returns the chosen words as they are written in a flag.
func (v *Words) String() string { return strings.Join(v.Chosen, ",") }

// Set parses the flag.
func (v *Words) Set(text string) error {
	var chosen []string
	for word := range strings.SplitSeq(text, ",") {
		word = strings.TrimSpace(word)
		if !slices.Contains(v.Allowed, word) {
			return fmt.Errorf("%q is none of %s", word, strings.Join(v.Allowed, ", "))
		}
		if !slices.Contains(chosen, word) {
			chosen = append(chosen, word)
		}
	}
	v.Chosen = chosen
	return nil
}

// Has reports whether word is chosen.
func (v *Words) Has(word string) bool { return slices.Contains(v.Chosen, word) }

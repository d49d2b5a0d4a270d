//go:build linux

package scene

import (
	"context"
	"os"

	"github.com/scenewire/scenewire/internal/bench/command"
)

// Main is the main function of a benchmark whose servers are the same program: with the
// arguments that [Process.Start] gives it is serve, otherwise it parses its own and
// measures. It exits as [command.Main] does.
func Main[O any](serve func(args []string) error, parse func(args []string) (O, error), measure func(context.Context, O) error) {
	if args, ok := isServer(); ok {
		command.Main(func(context.Context) error { return serve(args) })
		return
	}
	command.Main(func(ctx context.Context) error {
		o, err := parse(os.Args[1:])
		if err != nil {
			return err
		}
		return measure(ctx, o)
	})
}

// TestMain is the TestMain of such a benchmark: the test binary is its servers, too. m
// is the [testing.M].
func TestMain(m interface{ Run() int }, serve func(args []string) error) {
	if args, ok := isServer(); ok {
		command.Main(func(context.Context) error { return serve(args) })
		return
	}
	os.Exit(m.Run())
}

// isServer reports whether this process is a server that Start has started, and returns
// its arguments.
func isServer() (args []string, ok bool) {
	if len(os.Args) < 2 || os.Args[1] != serverArgument {
		return nil, false
	}
	return os.Args[2:], true
}

// Command playground serves a 3D scene that every open browser shares: drag a
// body, and all others see it move.
//
//	go run ./examples/playground
//
// Where to look: messages.go says what is sent, playground.go who sends it and
// when, scene.go what moves and how. The page is in web/.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/scenewire/scenewire"
)

//go:generate go run ../../tsgen/cmd/tsgen -o web/src/messages.gen.ts .
//go:generate npm --prefix web run build

// drainTime is how long open connections may take to end.
const drainTime = 3 * time.Second

const usage = `Serves a 3D scene that every open browser shares: drag a body, and all others see it
move.

A first SIGINT or SIGTERM lets everybody out: clients get what is queued and a close
frame with 1001. A second one ends the process at once. SIGUSR1 leaves the last minutes
as a file in the directory that --dumps names.

Usage: playground [flags]

`

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "playground:", err)
		os.Exit(1)
	}
}

func run() error {
	addr := flag.String("addr", "", "`address` to listen on (default 127.0.0.1:8080, or the next free port)")
	dumps := flag.String("dumps", ".", "`directory` for the files that SIGUSR1 asks for")
	flag.Usage = func() {
		_, _ = fmt.Fprint(flag.CommandLine.Output(), usage)
		flag.PrintDefaults()
	}
	flag.Parse()
	options := scenewire.Options{Addr: *addr}
	if *addr == "" {
		options.ListenNext = 100
	}

	p, err := newPlayground(options)
	if err != nil {
		return err
	}
	bound, err := p.server.Listen()
	if err != nil {
		return err
	}
	defer p.flight.capture.DumpOnSignal(*dumps, tellOfDump, dumpSignals...)()
	fmt.Printf("\n  Open %s in a few windows. Ctrl-C stops.\n\n", pageURL(bound))

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	go p.animate(ctx)
	context.AfterFunc(ctx, func() {
		stop() // the next signal ends the process
		shutdown(p.server)
	})
	if err := p.server.ListenAndServe(); !errors.Is(err, scenewire.ErrServerClosed) {
		return err
	}
	return nil
}

func tellOfDump(path string, err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "playground:", err)
		return
	}
	fmt.Printf("  The last minutes are in %s\n", path)
}

func shutdown(server *scenewire.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), drainTime)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "playground:", err)
	}
}

// pageURL returns an address that a browser on this machine can open: a server
// that listens on every network is also on localhost.
func pageURL(bound net.Addr) string {
	host, port, _ := net.SplitHostPort(bound.String())
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

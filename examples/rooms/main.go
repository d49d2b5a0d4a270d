// Command rooms serves many small scenes from one process: everybody in a room sees
// the others' pointers, and nobody sees those of another room.
//
//	go run ./examples/rooms
//
// Where to look: house.go makes rooms, lists them and removes those that stay empty,
// room.go is what happens in one, messages.go what is sent. The pages are in page/, and the
// types by which they are checked in types/.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

//go:generate go run ../../tsgen/cmd/tsgen -o types/messages.gen.ts .

// drainTime is how long open connections may take to end.
const drainTime = 5 * time.Second

const usage = `Serves rooms at /room/NAME. A room is made when somebody enters it, and removed when
it has been empty for a while. All of them share one event loop.

A first SIGINT or SIGTERM lets everybody out: clients get what is queued and a close
frame with 1001. A second one ends the process at once.

Usage: rooms [flags]

`

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "rooms:", err)
		os.Exit(1)
	}
}

func run() error {
	var limits limits
	addr := flag.String("addr", "127.0.0.1:8080", "`address` to listen on; :8080 is for every network")
	flag.IntVar(&limits.rooms, "max-rooms", 1000, "how many rooms there may be; a visit to one more is refused")
	flag.IntVar(&limits.people, "max-people", 50, "how many people one room may have")
	flag.IntVar(&limits.clients, "max-clients", 10_000, "how many people there may be in all, those who look at the list included")
	flag.DurationVar(&limits.empty, "empty", time.Minute, "how long a room may be empty before it is removed")
	flag.Usage = func() {
		_, _ = fmt.Fprint(flag.CommandLine.Output(), usage)
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q; --help tells what there is", flag.Arg(0))
	}
	signalled, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	context.AfterFunc(signalled, func() {
		stop() // the next signal ends the process
		cancel()
	})

	ln, err := net.Listen("tcp", *addr)
	if err != nil {
		return err
	}
	fmt.Printf("\n  Open %s in a few windows. Ctrl-C stops.\n\n", pageURL(ln.Addr()))
	return serve(ctx, ln, limits)
}

// serve serves on ln until ctx is done, and then lets everybody out.
func serve(ctx context.Context, ln net.Listener, l limits) error {
	h, err := newHouse(l)
	if err != nil {
		return errors.Join(err, ln.Close())
	}
	front := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
	served := make(chan error, 1)
	go func() { served <- front.Serve(ln) }()
	select {
	case err = <-served:
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.Background(), drainTime)
	defer cancel()
	return errors.Join(err, shutdown(drain, front, h))
}

// shutdown ends the HTTP server and the rooms side by side: the former doesn't wait
// for the clients of the latter.
func shutdown(ctx context.Context, front *http.Server, h *house) error {
	requests := make(chan error, 1)
	go func() { requests <- front.Shutdown(ctx) }()
	err := h.shutdown(ctx)
	httpErr := <-requests
	if errors.Is(httpErr, context.DeadlineExceeded) {
		// Browsers open connections ahead of time, on which nothing was asked yet: net/http
		// waits for each of them.
		httpErr = front.Close()
	}
	return errors.Join(err, httpErr)
}

// pageURL returns an address that a browser on this machine can open: a server that
// listens on every network is also on localhost.
func pageURL(bound net.Addr) string {
	host, port, _ := net.SplitHostPort(bound.String())
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

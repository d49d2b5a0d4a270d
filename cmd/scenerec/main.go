// Command scenerec records scenes from their servers, and plays, looks into, converts,
// cuts and mends recordings.
//
//	go run ./cmd/scenerec --help
//
// Where to look: app.go runs a command and tells its end, record.go and capture.go
// record, play.go and load.go play; info.go, convert.go, cut.go, export.go and
// recover.go are the commands of these names. What they do to files is in package
// record.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	signalled, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	ctx, cancel := context.WithCancel(context.Background())
	context.AfterFunc(signalled, func() {
		stop() // the next signal ends the process
		cancel()
	})
	a := &app{stdout: os.Stdout, stderr: os.Stderr, bars: isTerminal(os.Stderr)}
	code := a.run(ctx, os.Args[1:])
	stop()
	cancel()
	os.Exit(code)
}

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

	"github.com/scenewire/scenewire/internal/commandline"
)

func main() {
	commandline.Main(func(ctx context.Context) int {
		a := &app{commandline.NewApp("scenerec")}
		return a.run(ctx, os.Args[1:])
	})
}

//go:build linux

package main

import (
	"context"
	_ "embed"
	"os"
	"path/filepath"
	"strconv"

	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/frames"
)

// viserVersion is the one that is installed, and that the handshake names: the server
// refuses clients of another.
const viserVersion = "1.0.21"

//go:embed viser_server.py
var viserSource []byte

// viserSubject is the Python original, in a virtual environment: viser.infra's server as
// viser.ViserServer uses it, with one type of message. It sends windows, so what it is
// given is what it is for: messages with a key, 60 times a second.
func viserSubject() *subject {
	return &subject{
		name:      "viser",
		about:     "the Python original: asyncio, windows of messages with keys, 60 a second at most",
		conflates: true,
		without: map[string]string{
			workFull: "it sends windows 60 times a second at most, however fast it is given messages",
		},
		versions:     func() map[string]string { return pythonVersions(context.Background()) },
		subprotocols: []string{"viser-v" + viserVersion},
		newReader:    frames.NewWindowReader,
		request:      func(payload []byte) []byte { return appendMap(nil, "Frame", "B", payload) },
		prepare: func(ctx context.Context, o *options) error {
			timeout := setupTimeout
			if o.quick {
				timeout = hurrySetupTimeout
			}
			_, err := setupPython(ctx, timeout)
			return err
		},
		start: func(ctx context.Context, o *options, _ string) (*child.Process, error) {
			python, err := installedPython()
			if err != nil {
				return nil, err
			}
			script := filepath.Join(o.dir, "viser_server.py")
			if err := os.WriteFile(script, viserSource, 0o600); err != nil {
				return nil, err
			}
			return child.Start(ctx, child.Spec{
				Name: "viser",
				Path: python,
				Args: []string{script, strconv.Itoa(o.size)},
				CPUs: o.serverCPUs,
			})
		},
	}
}

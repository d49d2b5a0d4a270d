//go:build linux

package scenario

import (
	"strings"
	"testing"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/benchmarks/dashboard"
	"github.com/scenewire/scenewire/cmd/loadgen/internal/serve"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

// A page of the embedded server's dashboard sees the run's events and what its clients
// measure.
func TestDashboardIsFed(t *testing.T) {
	t.Parallel()
	s := small(t, "fan-out")
	s.Duration *= 3
	marked, measured := make(chan string, 64), make(chan dashboard.Joins, 64)
	watched := make(chan error, 1)
	must(t, s, Env{Started: func(a serve.Addresses) {
		page, err := wstest.Dial(strings.TrimSuffix(strings.TrimPrefix(a.WebSocket, "ws://"), "/"), wstest.Options{
			Path: "/dashboard/ws", Subprotocols: []string{scenewire.Subprotocol},
		})
		if err != nil {
			watched <- err
			return
		}
		go func() {
			defer func() { _ = page.Conn.Close() }()
			watched <- watchDashboard(page, marked, measured)
		}()
	}})
	if err := <-watched; err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for text := range marked {
		found[text] = true
	}
	if !found["everything counts"] || !found["the load begins"] {
		t.Errorf("events: %v", found)
	}
	last := dashboard.Joins{}
	for j := range measured {
		last = j
	}
	if last.Measured == nil {
		t.Error("no page has seen what clients measured")
	}
}

// watchDashboard reads to the end, which the server's is.
func watchDashboard(page *wstest.Client, marked chan<- string, measured chan<- dashboard.Joins) error {
	defer close(marked)
	defer close(measured)
	d := wsproto.NewDecompressor()
	for {
		window, err := page.Window(wsproto.GenerationZstd, d)
		if err != nil {
			return nil // the run is over
		}
		for _, body := range window.Messages {
			m, err := dashboard.Registry().Decode(body)
			if err != nil {
				return err
			}
			switch m := m.(type) {
			case dashboard.Mark:
				if m.Kind == dashboard.EventPhase {
					marked <- m.Text
				}
			case dashboard.Joins:
				measured <- m
			}
		}
	}
}

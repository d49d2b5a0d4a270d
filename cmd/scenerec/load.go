package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/internal/inbound"
	"github.com/scenewire/scenewire/internal/wsclient"
	"github.com/scenewire/scenewire/record"
)

// loadReport is what play --load says as JSON.
type loadReport struct {
	Address       string  `json:"address"`
	Seconds       float64 `json:"seconds"`
	Clients       int     `json:"clients"`
	Refused       int     `json:"refused"`
	Lost          int     `json:"lost"`
	Messages      int64   `json:"messages"`
	Bytes         int64   `json:"bytes"`
	Windows       int64   `json:"windows"`
	ReceivedBytes int64   `json:"receivedBytes"`
	LateMedianMs  float64 `json:"lateMedianMs"`
	LateMaxMs     float64 `json:"lateMaxMs"`
	Error         string  `json:"error,omitempty"` // the first one
}

// newLoadReport says what happened. All clients have ended.
func newLoadReport(address string, took time.Duration, s inbound.Stats) loadReport {
	r := loadReport{
		Address: address, Seconds: took.Seconds(), Clients: s.Connected, Refused: s.Refused, Lost: s.Lost,
		Messages: s.Sent, Bytes: s.SentBytes, Windows: s.Windows, ReceivedBytes: s.ReceivedBytes,
	}
	slices.Sort(s.Late)
	if n := len(s.Late); n > 0 {
		r.LateMedianMs, r.LateMaxMs = milliseconds(s.Late[n/2]), milliseconds(s.Late[n-1])
	}
	if s.Err != nil {
		r.Error = s.Err.Error()
	}
	return r
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func (r *loadReport) print(w io.Writer) {
	commandline.Writef(w, "%s in %s: %s messages (%s), of which the median was sent %.1f ms late and the last one %.1f ms; %s windows (%s) came back.\n",
		commandline.Count(r.Clients, "client"), clock(time.Duration(r.Seconds*1e9)), commandline.Number(r.Messages), commandline.Size(r.Bytes),
		r.LateMedianMs, r.LateMaxMs, commandline.Number(r.Windows), commandline.Size(r.ReceivedBytes))
}

// playLoad plays what clients sent to a server.
func (a *app) playLoad(ctx context.Context, src *source, address string, options wsclient.Options, o record.PlayerOptions) error {
	if len(options.Subprotocols) == 0 {
		options.Subprotocols = []string{scenewire.Subprotocol}
	}
	clients := inbound.New(ctx, address, options)
	bar := a.Progress("playing "+src.name, commandline.ProgressParts)
	defer bar.End()
	var player *record.Player
	o.OnInbound = func(step record.Step) {
		clients.Play(step)
		if all := src.info.Duration(); all > 0 {
			bar.Set(int64(float64(player.Progress().Position) / float64(all) * commandline.ProgressParts))
		}
	}
	player, err := record.NewPlayer(src.File, &o)
	if err != nil {
		return err
	}
	began := time.Now()
	err = player.Play(ctx, nil)
	clients.End()
	bar.End()
	r := newLoadReport(address, time.Since(began), clients.Stats())
	a.Report(r, r.print)
	switch {
	case err != nil && ctx.Err() == nil:
		return err
	case r.Clients+r.Refused == 0 && err == nil:
		return commandline.WithHint(fmt.Errorf("%s has nothing that clients sent", src.name), "A server records it with CaptureOptions.Inbound.")
	case r.Refused > 0 || r.Lost > 0:
		return fmt.Errorf("%s refused, %s lost: %s", commandline.Count(r.Refused, "client"), commandline.Count(r.Lost, "client"), r.Error)
	}
	return err
}

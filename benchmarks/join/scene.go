//go:build linux

package main

import (
	"context"
	"errors"

	"github.com/scenewire/scenewire/internal/bench/command"
	"github.com/scenewire/scenewire/internal/bench/report"
)

// sceneResult is a line of JSON: clients that join a scene at once. What has extremes
// is the median of the rounds.
type sceneResult struct {
	Name     string `json:"name"` // join-cold, join-warm
	Joiners  int    `json:"joiners"`
	Messages int    `json:"messages"` // in the log
	Bytes    int64  `json:"bytes"`    // of their encodings
	Rounds   int    `json:"rounds"`
	Windows  int64  `json:"windows"` // that a joiner gets
	// From the first connect until the last joiner has everything.
	Seconds    float64 `json:"seconds"`
	SecondsMin float64 `json:"seconds_min"`
	SecondsMax float64 `json:"seconds_max"`
	// From the first connect until the first joiner has everything.
	FirstSeconds float64 `json:"first_seconds"`
	// The server's peak beyond what it had before, after a collection: of the process,
	// and of objects on the Go heap, garbage included.
	ExtraResident    float64 `json:"extra_rss_bytes"`
	ExtraResidentMax float64 `json:"extra_rss_bytes_max"`
	ExtraHeap        float64 `json:"extra_heap_bytes"`
	ExtraHeapMax     float64 `json:"extra_heap_bytes_max"`
	// The server's processor time for one joiner.
	CPUMillis float64 `json:"cpu_ms_per_join"`
}

func measureScene(ctx context.Context, o *options, out *report.Output) error {
	var cold, warm []*wave
	var log size
	for round := range o.rounds {
		command.Progress("scene: round %d of %d", round+1, o.rounds)
		c, w, size, err := sceneRound(ctx, o)
		if err != nil {
			return err
		}
		cold, warm, log = append(cold, c), append(warm, w), size
	}
	table := &report.Table{
		Title: "Clients that join a scene at once.",
		Columns: []string{
			"joins", "joiners", "messages", "log MB", "windows", "all s", "min", "max", "first s",
			"RSS +MB", "max", "heap +MB", "max", "CPU ms/join",
		},
	}
	for _, r := range []*sceneResult{sumUp("join-cold", cold, log, o), sumUp("join-warm", warm, log, o)} {
		table.Add(r.Name, r.Joiners, r.Messages, float64(r.Bytes)/1e6, r.Windows, r.Seconds, r.SecondsMin, r.SecondsMax, r.FirstSeconds,
			r.ExtraResident/1e6, r.ExtraResidentMax/1e6, r.ExtraHeap/1e6, r.ExtraHeapMax/1e6, r.CPUMillis)
		if err := out.Line(r); err != nil {
			return err
		}
	}
	return out.Table(table)
}

// sceneRound has clients join a new server, and again.
func sceneRound(ctx context.Context, o *options) (cold, warm *wave, log size, err error) {
	p, err := o.start().Start(ctx)
	if err != nil {
		return nil, nil, log, err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	if err := p.Ask(ctx, &log, "fill", o.messages, o.messageBytes, o.largeBytes); err != nil {
		return nil, nil, log, err
	}
	if cold, err = joinAll(ctx, p, o.joiners, log); err != nil {
		return nil, nil, log, err
	}
	warm, err = joinAll(ctx, p, o.joiners, log)
	return cold, warm, log, err
}

func sumUp(name string, waves []*wave, log size, o *options) *sceneResult {
	spread := func(value func(*wave) float64) report.Spread {
		values := make([]float64, len(waves))
		for i, w := range waves {
			values[i] = value(w)
		}
		return report.SpreadOf(values)
	}
	last := spread(func(w *wave) float64 { return w.last.Seconds() })
	resident := spread(func(w *wave) float64 { return float64(w.residentMax) })
	heap := spread(func(w *wave) float64 { return float64(w.heapMax) })
	return &sceneResult{
		Name: name, Joiners: o.joiners, Messages: log.Messages, Bytes: log.Bytes,
		Rounds: len(waves), Windows: waves[0].frames,
		Seconds: last.Median, SecondsMin: last.Min, SecondsMax: last.Max,
		FirstSeconds:  spread(func(w *wave) float64 { return w.first.Seconds() }).Median,
		ExtraResident: resident.Median, ExtraResidentMax: resident.Max,
		ExtraHeap: heap.Median, ExtraHeapMax: heap.Max,
		CPUMillis: spread(func(w *wave) float64 { return w.server.CPUMicros / 1e3 / float64(o.joiners) }).Median,
	}
}

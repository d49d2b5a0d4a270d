package main

import (
	"fmt"
	"io"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/record"
)

const infoHelp = `Says what is in a recording: how long it is, what types of messages it has, how many of
each in a second, how large they are, which redundancy keys take most, and what is missing
or damaged. It reads the whole file; --brief doesn't.

Of a capture with several files name the directory, or a pattern in quotes.`

const infoExamples = `  scenerec info scene.mcap
  scenerec info --json scene.viser | jq .types
  scenerec info --brief 'captures/scene-*.mcap'`

func (a *app) infoCommand() *cobra.Command {
	var brief bool
	var keys int
	cmd := &cobra.Command{
		Use:               "info FILE",
		Short:             "Say what is in a recording",
		Long:              infoHelp,
		Example:           infoExamples,
		Args:              commandline.Arguments("the recording"),
		ValidArgsFunction: completeFiles(0, 1),
		RunE:              func(cmd *cobra.Command, args []string) error { return a.info(cmd, args[0], brief, keys) },
	}
	cmd.Flags().BoolVar(&brief, "brief", false, "say only what can be told without reading the messages")
	cmd.Flags().IntVar(&keys, "top", 10, "how many keys to list")
	commandline.Complete(cmd, "top")
	return cmd
}

func (a *app) info(cmd *cobra.Command, name string, brief bool, keys int) error {
	src, err := openSource(name)
	if err != nil {
		return err
	}
	defer func() { _ = src.Close() }()
	survey := &record.Survey{Info: src.info}
	if src.info.Damage != nil {
		survey.Damage = []error{src.info.Damage}
	}
	if !brief {
		bar := a.Progress("reading "+filepath.Base(name), commandline.ProgressParts)
		survey, err = src.Survey(cmd.Context(), keys, func(part float64) { bar.Set(int64(part * commandline.ProgressParts)) })
		bar.End()
		if err != nil {
			return err
		}
	}
	a.Report(newInfoReport(name, survey, brief), func(w io.Writer) { printInfo(w, name, survey, brief) })
	if len(survey.Damage) > 0 {
		return commandline.WithHint(fmt.Errorf("%s is damaged: %w", name, survey.Damage[0]), "To get what is left of it: scenerec recover %s", name)
	}
	return nil
}

// infoReport is what info says as JSON.
type infoReport struct {
	File         string       `json:"file"`
	Format       string       `json:"format"`
	Generation   string       `json:"generation,omitempty"`
	Name         string       `json:"name,omitempty"`
	ViserVersion string       `json:"viserVersion,omitempty"`
	Start        *time.Time   `json:"start,omitempty"` // of a .viser file it isn't known
	Seconds      float64      `json:"seconds"`
	Files        int          `json:"files"`
	Bytes        int64        `json:"bytes"`
	ContentBytes int64        `json:"contentBytes"`
	Chunks       int          `json:"chunks"`
	Keyframes    int          `json:"keyframes"`
	Messages     int64        `json:"messages"`
	Peak         int          `json:"peakMessagesPerSecond"`
	Types        []typeReport `json:"types"`
	Keys         []keyReport  `json:"keys"`
	Gaps         []gapReport  `json:"gaps"`
	Damage       []string     `json:"damage"`
}

type typeReport struct {
	Type      string  `json:"type"`
	Inbound   bool    `json:"inbound,omitempty"`
	Messages  int     `json:"messages"`
	Bytes     int64   `json:"bytes"`
	PerSecond float64 `json:"perSecond"`
}

type keyReport struct {
	Key      string `json:"key"`
	Messages int    `json:"messages"`
	Bytes    int64  `json:"bytes"`
}

type gapReport struct {
	At       float64 `json:"at"` // seconds from the start
	Seconds  float64 `json:"seconds"`
	Batches  uint64  `json:"batches"`
	Messages uint64  `json:"messages"`
	Bytes    uint64  `json:"bytes"`
}

func newInfoReport(name string, s *record.Survey, brief bool) infoReport {
	r := infoReport{
		File: name, Format: "mcap", Name: s.Name, ViserVersion: s.ViserVersion, Seconds: s.Duration().Seconds(),
		Files: s.Files, Bytes: s.Bytes, ContentBytes: s.ContentBytes, Chunks: s.Chunks, Keyframes: s.Keyframes,
		Messages: messageCount(s, brief), Peak: s.Peak,
		Types: []typeReport{}, Keys: []keyReport{}, Gaps: []gapReport{}, Damage: []string{},
	}
	if s.Generation != 0 {
		r.Format, r.Generation = "viser", s.Generation.String()
	} else {
		start := s.Start.UTC()
		r.Start = &start
	}
	for _, t := range typesOf(s, brief) {
		r.Types = append(r.Types, typeReport{t.Type, t.Inbound, t.Messages, t.Bytes, perSecond(t.Messages, s.Duration())})
	}
	for _, k := range s.Keys {
		r.Keys = append(r.Keys, keyReport(k))
	}
	for _, g := range s.Gaps {
		r.Gaps = append(r.Gaps, gapReport{
			g.Start.Sub(s.Start).Seconds(), max(0, g.Until.Sub(g.Start).Seconds()), g.Batches, g.Entries, g.Bytes,
		})
	}
	for _, err := range s.Damage {
		r.Damage = append(r.Damage, err.Error())
	}
	return r
}

// perSecond is a rate; 0 for what takes no time.
func perSecond(n int, d time.Duration) float64 {
	if d <= 0 {
		return 0
	}
	return float64(n) / d.Seconds()
}

func messageCount(s *record.Survey, brief bool) (n int64) {
	for _, t := range typesOf(s, brief) {
		n += int64(t.Messages)
	}
	return n
}

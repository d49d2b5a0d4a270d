package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/record"
)

// limits are what commands read: somebody asked for these files.
var limits = record.Limits{MaxBytes: 16 << 30, MaxMessages: 1 << 30}

// source is a recording that is read.
type source struct {
	*record.File // nil: a .viser file, of which only the rest is known
	info         record.Info
	name         string
	paths        []string // of its files
}

// openSource opens a file, or the files of a capture that was rotated: those of a
// directory, or that a pattern names.
func openSource(name string) (*source, error) {
	paths, err := filesOf(name)
	if err != nil {
		return nil, err
	}
	f, err := record.OpenAll(paths, &limits)
	if err != nil {
		return nil, openError(name, err)
	}
	return &source{File: f, info: f.Info(), name: name, paths: paths}, nil
}

func (s *source) close() {
	if s.File != nil {
		_ = s.Close()
	}
}

// isViser reports whether it is a .viser file, which has no keys.
func (s *source) isViser() bool { return s.info.Generation != 0 }

// filesOf returns the files that a name stands for.
func filesOf(name string) ([]string, error) {
	info, err := os.Stat(name)
	pattern := name
	switch {
	case err == nil && !info.IsDir():
		return []string{name}, nil
	case err == nil:
		pattern = filepath.Join(name, "*.mcap")
	case !errors.Is(err, fs.ErrNotExist) || !strings.ContainsAny(name, "*?["):
		return nil, openError(name, err)
	}
	paths, err := filepath.Glob(pattern)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(paths) == 0 {
		return nil, fmt.Errorf("%s: there is no such file", pattern)
	}
	slices.Sort(paths)
	return paths, nil
}

// openError says what is wrong with a file that was to be read.
func openError(name string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist) && strings.Contains(name, "://"):
		return commandline.WithHint(err, "This command takes a file. To get one: scenerec record %s", name)
	case errors.Is(err, record.ErrFormat):
		return commandline.WithHint(fmt.Errorf("%s: %w", name, err), "A recording is a .viser or .mcap file of viser or Scenewire.")
	case errors.Is(err, record.ErrLimit):
		return err
	case errors.As(err, new(*record.CorruptError)):
		return commandline.WithHint(err, "To get what is left of it: scenerec recover %s", name)
	}
	return err
}

// stream is a source on its way into something else. It changes what it is told to and
// ends with its context.
type stream struct {
	ctx    context.Context
	src    record.StepReader
	shift  time.Duration
	claims *record.KeyRules // nil: as they are
	wants  func(name string) bool
	passed func(at time.Time)
}

// Next returns the next step.
func (s *stream) Next() (record.Step, error) {
	if err := s.ctx.Err(); err != nil {
		return record.Step{}, err
	}
	step, err := s.src.Next()
	if err != nil {
		return step, err
	}
	if s.passed != nil {
		s.passed(step.Time)
	}
	step.Time = step.Time.Add(s.shift)
	step.Entries = s.change(step.Entries)
	return step, nil
}

// change returns the entries that are wanted, with their claims.
func (s *stream) change(entries []buffers.Entry) []buffers.Entry {
	if s.claims == nil && s.wants == nil {
		return entries
	}
	changed := make([]buffers.Entry, 0, len(entries))
	for _, e := range entries {
		if s.wants != nil {
			raw, err := messages.NewRaw("", e.Payload)
			if err != nil || !s.wants(raw.Name) {
				continue
			}
		}
		if s.claims != nil {
			s.claims.Claim(&e)
		}
		changed = append(changed, e)
	}
	return changed
}

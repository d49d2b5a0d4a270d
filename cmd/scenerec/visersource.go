package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/record"
)

// openForConversion opens a recording to be read once, from its beginning: of a .viser
// file, which [record.Open] takes into memory as a whole, it only finds out what it is.
func (a *app) openForConversion(ctx context.Context, name string) (*source, error) {
	bar := a.Progress("looking through "+filepath.Base(name), commandline.ProgressParts)
	defer bar.End()
	info, err := lookThrough(ctx, name, bar)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return openSource(name)
	}
	return &source{info: info, name: name, paths: []string{name}}, nil
}

// lookThrough reads a .viser file to its end, as its version stands there, and says what
// it is. The error says that it is no such file, or can't be read at all.
func lookThrough(ctx context.Context, name string, bar *commandline.Progress) (record.Info, error) {
	file, err := os.Open(name)
	if err != nil {
		return record.Info{}, err
	}
	defer func() { _ = file.Close() }()
	stat, err := file.Stat()
	if err != nil {
		return record.Info{}, err
	}
	info := record.Info{Start: time.Unix(0, 0), Files: 1, Bytes: stat.Size(), Messages: map[string]uint64{}}
	reader, err := record.NewReader(&partReader{r: file, total: max(1, info.Bytes), bar: bar}, &limits)
	if err != nil {
		return info, err
	}
	var last time.Duration
	for ctx.Err() == nil {
		m, err := reader.Next()
		if err == nil {
			last = max(last, m.Time)
			info.Messages[m.Type]++
			continue
		}
		h := reader.Header()
		info.Generation, info.ViserVersion = h.Generation, h.ViserVersion
		info.End = info.Start.Add(max(last, h.Duration))
		switch {
		case errors.Is(err, io.EOF):
		case len(info.Messages) == 0:
			return info, err
		default:
			info.Damage = err
		}
		return info, nil
	}
	return info, ctx.Err()
}

// viserSteps reads a .viser file from its beginning, as steps from start on.
func (c *conversion) viserSteps(bar *commandline.Progress) (steps record.StepReader, done func(), err error) {
	file, err := os.Open(c.src.name)
	if err != nil {
		return nil, nil, err
	}
	reader, err := record.NewReader(&partReader{r: file, total: max(1, c.src.info.Bytes), bar: bar}, &limits)
	if err != nil {
		_ = file.Close()
		return nil, nil, err
	}
	return reader.Steps(c.src.info.Start.Add(c.shift), c.claims), func() { _ = file.Close() }, nil
}

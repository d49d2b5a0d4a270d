package main

import (
	"context"
	"errors"
	"os"

	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/record"
)

// recording is a file that is being recorded. It belongs to one goroutine.
type recording struct {
	path   string // that was asked for
	format format
	force  bool
	file   *os.File // that is written: path, or a .mcap file beside it
	writer *record.Writer
	bytes  int64 // of the finished file
}

// createRecording begins to write a recording.
func createRecording(path string, f format, force bool, o record.WriterOptions) (*recording, error) {
	r := &recording{path: path, format: f, force: force}
	written := path
	if f == formatViser {
		written += ".mcap"
		if err := commandline.MayCreate(written, force); err != nil {
			return nil, err
		}
	}
	flags := os.O_RDWR | os.O_CREATE | os.O_EXCL
	if force {
		flags = os.O_RDWR | os.O_CREATE | os.O_TRUNC
	}
	var err error
	if r.file, err = os.OpenFile(written, flags, 0o666); err != nil {
		return nil, err
	}
	if r.writer, err = record.NewWriter(r.file, o); err != nil {
		return nil, errors.Join(err, r.file.Close())
	}
	return r, nil
}

// finish ends the file, and makes a .viser file of it if that was asked for. ctx ends
// that, and the .mcap file is what there is then.
func (r *recording) finish(ctx context.Context, bar *commandline.Progress) error {
	err := r.writer.Close()
	if info, statErr := r.file.Stat(); statErr == nil {
		r.bytes = info.Size()
	}
	err = errors.Join(err, r.file.Close())
	if err != nil || r.format == formatMCAP {
		return err
	}
	if err := r.makeViser(ctx, bar); err != nil {
		return commandline.WithHint(err, "What was recorded is in %s.", r.file.Name())
	}
	return os.Remove(r.file.Name())
}

func (r *recording) makeViser(ctx context.Context, bar *commandline.Progress) error {
	src, err := openSource(r.file.Name())
	if err != nil {
		return err
	}
	defer func() { _ = src.Close() }()
	c := conversion{src: src, format: formatViser, generation: record.GenerationZstd}
	if c.out, err = commandline.CreateOutput(r.path, r.force); err != nil {
		return err
	}
	defer c.out.Discard()
	report, damage, err := c.run(ctx, bar)
	if err = errors.Join(err, damage); err != nil {
		return err
	}
	r.bytes = report.Bytes
	return c.out.Commit()
}

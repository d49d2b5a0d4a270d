package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/record"
)

const recoverHelp = `Makes a whole recording of what is left of a damaged one, of the same kind. Of a .mcap file
that is every chunk that is sound, also behind the damage, with a gap marked where
something may be missing. A .viser file is compressed as a whole, so what is left of it is
what comes before the damage.

The file itself isn't changed. Without an OUTPUT it is beside it: of scene.mcap it is
scene.recovered.mcap.

A file that has no end, because its recorder was killed, needs no recovery to be read or
played; this gives it one.`

const recoverExamples = `  scenerec recover scene.mcap
  scenerec recover broken.viser mended.viser`

func (a *app) recoverCommand() *cobra.Command {
	var force bool
	cmd := &cobra.Command{
		Use:     "recover FILE [OUTPUT]",
		Short:   "Make a whole recording of what is left of a damaged one",
		Long:    recoverHelp,
		Example: recoverExamples,
		Args: func(cmd *cobra.Command, args []string) error {
			return commandline.Arguments([]string{"the recording", "output"}[:min(max(len(args), 1), 2)]...)(cmd, args)
		},
		ValidArgsFunction: completeFiles(0, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			ext := filepath.Ext(args[0])
			to := strings.TrimSuffix(args[0], ext) + ".recovered" + ext
			if len(args) == 2 {
				to = args[1]
			}
			return a.recover(cmd.Context(), args[0], to, force)
		},
	}
	commandline.ForceFlag(cmd, &force)
	return cmd
}

// recoverReport is what recover says as JSON.
type recoverReport struct {
	File    string         `json:"file"`
	Bytes   int64          `json:"bytes"`
	Steps   int            `json:"steps"` // messages of a .viser file
	Seconds float64        `json:"seconds"`
	Damage  []damageReport `json:"damage"`
}

type damageReport struct {
	Offset int64  `json:"offset"`
	Bytes  int64  `json:"bytes"`
	Error  string `json:"error"`
}

func (a *app) recover(ctx context.Context, from, to string, force bool) error {
	if err := commandline.MayCreate(to, force); err != nil {
		return err
	}
	file, err := os.Open(from)
	if err != nil {
		return openError(from, err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	out, err := commandline.CreateOutput(to, force)
	if err != nil {
		return err
	}
	defer out.Discard()
	found, err := a.runRecovery(ctx, out, file, info.Size())
	if err != nil {
		return openError(from, err)
	}
	made, err := checkRecovered(out, to)
	if err != nil {
		return err
	}
	if err := out.Commit(); err != nil {
		return err
	}
	report := recoverReport{File: to, Bytes: made.Bytes, Steps: found.Steps, Seconds: made.Duration().Seconds(), Damage: []damageReport{}}
	for _, d := range found.Damage {
		report.Damage = append(report.Damage, damageReport{d.Offset, d.Bytes, d.Err.Error()})
	}
	a.Report(report, report.print)
	return nil
}

// runRecovery writes what is left of a file.
func (a *app) runRecovery(ctx context.Context, out io.Writer, file io.ReaderAt, size int64) (*record.Recovered, error) {
	bar := a.Progress("reading", commandline.ProgressParts)
	defer bar.End()
	buffered := bufio.NewWriterSize(out, 1<<20)
	found, err := record.Recover(buffered, &watchedReader{ctx, file, size, bar}, size, &limits)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return found, errors.Join(err, buffered.Flush())
}

// checkRecovered reads the new file as others will.
func checkRecovered(out *commandline.Output, to string) (record.Info, error) {
	f, err := record.Open(out.Name(), &limits)
	if err != nil {
		return record.Info{}, err
	}
	defer func() { _ = f.Close() }()
	made := f.Info()
	kind := formatMCAP
	if made.Generation != 0 {
		kind = formatViser
	}
	if wanted, err := formatOf(to); err == nil && wanted != kind {
		return made, commandline.WithHint(errors.New("the recording is of another kind than "+to), "Recover it first, then: scenerec convert")
	}
	return made, nil
}

func (r *recoverReport) print(w io.Writer) {
	commandline.Writef(w, "%s: %s, %s, %s", r.File, clock(time.Duration(r.Seconds*1e9)), commandline.Count(r.Steps, "step"), commandline.Size(r.Bytes))
	if len(r.Damage) == 0 {
		commandline.Writef(w, "; nothing was damaged\n")
		return
	}
	commandline.Writef(w, "; %s damaged:\n", commandline.Plural(len(r.Damage), "%d place was", "%d places were"))
	for i, d := range r.Damage {
		if i == 10 {
			commandline.Writef(w, "  and %d more\n", len(r.Damage)-i)
			return
		}
		extent := ""
		if d.Bytes > 0 {
			extent = ", " + commandline.Size(d.Bytes)
		}
		commandline.Writef(w, "  at byte %d%s: %s\n", d.Offset, extent, d.Error)
	}
}

// watchedReader tells how much of a file was read, and ends with a context.
type watchedReader struct {
	ctx  context.Context
	r    io.ReaderAt
	size int64
	bar  *commandline.Progress
}

func (w *watchedReader) ReadAt(b []byte, off int64) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	if w.size > 0 {
		w.bar.Set(off * commandline.ProgressParts / w.size)
	}
	return w.r.ReadAt(b, off)
}

package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/scenewire/scenewire/cmd/scenerec/page"
	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/record"
)

const exportHelp = `Makes one HTML file that plays a recording by itself: it asks no server for anything, so
it can be mailed, put on any web server, or opened from a disk.

` + keysHelp

const exportExamples = `  scenerec export scene.mcap scene.html
  scenerec export scene.viser part.html --from 1:00 --to 1:30`

// exportOptions are the flags of export.
type exportOptions struct {
	from, to moment
	name     string
	force    bool
	keys     keyFlags
}

func (a *app) exportCommand() *cobra.Command {
	var o exportOptions
	cmd := &cobra.Command{
		Use:               "export FILE OUTPUT.html",
		Short:             "Make a page of a recording that plays it by itself",
		Long:              exportHelp,
		Example:           exportExamples,
		Args:              commandline.Arguments("the recording", "the page"),
		ValidArgsFunction: completeFiles(0, 1),
		RunE:              func(cmd *cobra.Command, args []string) error { return a.export(cmd, args[0], args[1], &o) },
	}
	momentFlag(cmd, &o.from, "from", "where to begin (default: at the beginning)")
	momentFlag(cmd, &o.to, "to", "where to end (default: at the end)")
	cmd.Flags().StringVar(&o.name, "name", "", "`name` above the recording (default: its own, or that of the file)")
	commandline.Complete(cmd, "name")
	commandline.ForceFlag(cmd, &o.force)
	o.keys.add(cmd)
	return cmd
}

// exportReport is what export says as JSON.
type exportReport struct {
	File    string  `json:"file"`
	Bytes   int64   `json:"bytes"`
	Seconds float64 `json:"seconds"`
}

func (a *app) export(cmd *cobra.Command, from, to string, o *exportOptions) error {
	if ext := strings.ToLower(filepath.Ext(to)); ext != ".html" && ext != ".htm" {
		return commandline.Usage(cmd, fmt.Errorf("%q doesn't end in .html", to))
	}
	if _, err := o.keys.rules(false); err != nil {
		return commandline.Usage(cmd, err)
	}
	if err := commandline.MayCreate(to, o.force); err != nil {
		return err
	}
	src, err := openSource(from)
	if err != nil {
		return err
	}
	defer func() { _ = src.Close() }()
	options := page.Options{Name: o.name}
	if options.Name == "" && src.info.Name == "" {
		options.Name = filepath.Base(from)
	}
	if err := span(&src.info, &o.from, &o.to, &options.From, &options.To); err != nil {
		return commandline.Usage(cmd, err)
	}
	out, err := commandline.CreateOutput(to, o.force)
	if err != nil {
		return err
	}
	defer out.Discard()
	if err := a.writePage(cmd, out, src, &o.keys, options); err != nil {
		return err
	}
	info, err := out.Stat()
	if err != nil {
		return err
	}
	if err := out.Commit(); err != nil {
		return err
	}
	end := src.info.Duration()
	if options.To > 0 {
		end = options.To
	}
	r := exportReport{to, info.Size(), (end - options.From).Seconds()}
	a.Report(r, func(w io.Writer) {
		commandline.Writef(w, "%s: %s, %s\n", to, clock(end-options.From), commandline.Size(r.Bytes))
	})
	return nil
}

// writePage writes the page with what there is of the recording.
func (a *app) writePage(cmd *cobra.Command, out io.Writer, src *source, keys *keyFlags, options page.Options) error {
	recording, err := a.playable(cmd.Context(), src, keys)
	if err != nil {
		return err
	}
	bar := a.Progress("writing the page", commandline.ProgressParts)
	defer bar.End()
	options.Progress = func(done, total time.Duration) {
		if total > 0 {
			bar.Set(int64(float64(done) / float64(total) * commandline.ProgressParts))
		}
	}
	const patience = time.Minute // nobody else waits
	handler := record.NewHandler(recording, &record.HandlerOptions{MaxCutBytes: 1 << 30, MaxCutTime: patience})
	buffered := bufio.NewWriterSize(out, 1<<20)
	return errors.Join(page.Export(cmd.Context(), buffered, handler, options), buffered.Flush())
}

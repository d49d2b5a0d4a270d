package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/record"
)

const convertHelp = `Makes a .mcap file of a .viser file or the other way round, or one generation of .viser
file of another, by the endings of the names. What is read is told apart by its content.

A .viser file doesn't know when it was recorded; --start says it, or else it is taken to
have ended when the file was changed last. Of a .mcap file a .viser file gets what all
clients were sent; it has no place for what clients sent themselves.

` + keysHelp

const convertExamples = `  scenerec convert scene.viser scene.mcap
  scenerec convert scene.mcap scene.viser
  scenerec convert new.viser old.viser --generation gzip
  scenerec convert capture/ whole.mcap`

// convertOptions are the flags of convert and cut.
type convertOptions struct {
	from, to   moment
	start      string
	generation string
	force      bool
	keys       keyFlags
	types      typeFilter
}

func (a *app) convertCommand() *cobra.Command {
	var o convertOptions
	cmd := &cobra.Command{
		Use:               "convert FILE OUTPUT",
		Short:             "Make another kind of file of a recording",
		Long:              convertHelp,
		Example:           convertExamples,
		Args:              commandline.Arguments("the recording", "the output"),
		ValidArgsFunction: completeFiles(0, 2),
		RunE:              func(cmd *cobra.Command, args []string) error { return a.convert(cmd, args[0], args[1], &o) },
	}
	o.add(cmd)
	return cmd
}

const cutHelp = `Writes a part of a recording as a recording of its own: it begins with the state of the
scene at --from, and has what happened up to --to. Both are times in the recording, as the
help of scenerec itself tells them; without one of them the part goes to that end.

` + keysHelp

const cutExamples = `  scenerec cut scene.mcap part.mcap --from 1:30 --to 2:00
  scenerec cut scene.viser end.viser --from -10s
  scenerec cut scene.mcap half.viser --to 50%`

func (a *app) cutCommand() *cobra.Command {
	var o convertOptions
	cmd := &cobra.Command{
		Use:               "cut FILE OUTPUT [--from TIME] [--to TIME]",
		Short:             "Write a part of a recording",
		Long:              cutHelp,
		Example:           cutExamples,
		Args:              commandline.Arguments("the recording", "the output"),
		ValidArgsFunction: completeFiles(0, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.from.text == "" && o.to.text == "" {
				return commandline.Usage(cmd, fmt.Errorf("neither --from nor --to is there"))
			}
			return a.convert(cmd, args[0], args[1], &o)
		},
	}
	momentFlag(cmd, &o.from, "from", "where the part begins (default: at the beginning)")
	momentFlag(cmd, &o.to, "to", "where it ends (default: at the end)")
	o.add(cmd)
	return cmd
}

func (o *convertOptions) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&o.start, "start", "", "when a .viser file was recorded, as `2026-01-31T15:04:05Z`")
	commandline.Complete(cmd, "start")
	generationFlag(cmd, &o.generation)
	commandline.ForceFlag(cmd, &o.force)
	o.keys.add(cmd)
	o.types.add(cmd, "take")
}

// conversion is one file on its way into another.
type conversion struct {
	src        *source
	format     format
	generation record.Generation
	from, to   time.Time // of the part, as the source has it; zero: its ends
	shift      time.Duration
	claims     *record.KeyRules
	types      typeFilter
	out        *commandline.Output
}

// convertReport is what convert and cut say as JSON.
type convertReport struct {
	File     string  `json:"file"`
	Bytes    int64   `json:"bytes"`
	Messages int64   `json:"messages"`
	Seconds  float64 `json:"seconds"`
}

func (a *app) convert(cmd *cobra.Command, from, to string, o *convertOptions) error {
	c, err := o.prepare(cmd, to)
	if err != nil {
		return commandline.Usage(cmd, err)
	}
	if err := commandline.MayCreate(to, o.force); err != nil {
		return err
	}
	if c.src, err = a.openForConversion(cmd.Context(), from); err != nil {
		return err
	}
	defer c.src.close()
	if err := c.place(cmd, o); err != nil {
		return err
	}
	if c.out, err = commandline.CreateOutput(to, o.force); err != nil {
		return err
	}
	defer c.out.Discard()
	bar := a.Progress("reading "+filepath.Base(from), commandline.ProgressParts)
	report, damage, err := c.run(cmd.Context(), bar)
	bar.End()
	if err != nil {
		return err
	}
	if err := c.out.Commit(); err != nil {
		return err
	}
	report.File = to
	a.Report(report, func(w io.Writer) {
		commandline.Writef(w, "%s: %s, %s messages, %s\n", to, clock(time.Duration(report.Seconds*1e9)), commandline.Number(report.Messages), commandline.Size(report.Bytes))
	})
	if damage != nil {
		return commandline.WithHint(fmt.Errorf("%s has only what comes before the damage: %w", to, damage), "To get what is left behind it: scenerec recover %s", from)
	}
	return nil
}

// prepare reads what can be read of the flags alone.
func (o *convertOptions) prepare(_ *cobra.Command, to string) (*conversion, error) {
	c := &conversion{types: o.types}
	var err error
	if c.format, err = formatOf(to); err != nil {
		return nil, err
	}
	if c.generation, err = parseGeneration(o.generation); err != nil {
		return nil, err
	}
	if _, err := o.keys.rules(false); err != nil {
		return nil, err
	}
	if o.start != "" {
		if _, err := time.Parse(time.RFC3339Nano, o.start); err != nil {
			return nil, fmt.Errorf("--start %q is no time like 2026-01-31T15:04:05Z", o.start)
		}
	}
	return c, o.types.validate()
}

// place finds out what depends on the source.
func (c *conversion) place(cmd *cobra.Command, o *convertOptions) error {
	i := &c.src.info
	var from, to time.Duration
	if err := span(i, &o.from, &o.to, &from, &to); err != nil {
		return commandline.Usage(cmd, err)
	}
	if o.from.text != "" {
		c.from = i.Start.Add(from)
	}
	if o.to.text != "" {
		c.to = i.Start.Add(to)
	}
	if c.src.isViser() {
		c.shift = o.startOf(c.src).Sub(i.Start)
	}
	if c.src.isViser() || o.keys.given() {
		var err error
		if c.claims, err = o.keys.rules(c.src.isViser() || i.ViserVersion != ""); err != nil {
			return err
		}
	}
	return nil
}

// startOf is when a .viser file was recorded.
func (o *convertOptions) startOf(src *source) time.Time {
	if o.start != "" {
		t, _ := time.Parse(time.RFC3339Nano, o.start) // prepare has read it
		return t
	}
	info, err := os.Stat(src.name)
	if err != nil {
		return src.info.Start
	}
	return info.ModTime().Add(-src.info.Duration())
}

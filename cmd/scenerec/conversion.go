package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"slices"
	"time"

	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/record"
)

// run converts. damage is why the source ended early, if it did.
func (c *conversion) run(ctx context.Context, bar *commandline.Progress) (r *convertReport, damage, err error) {
	out := bufio.NewWriterSize(c.out, 1<<20)
	steps, done, err := c.stream(ctx, bar)
	if err != nil {
		return nil, nil, err
	}
	defer done()
	src := &endOfDamage{src: steps}
	counted := &counter{src: src}
	switch {
	case c.format == formatMCAP:
		err = c.writeMCAP(out, counted)
	case c.src.isViser() && c.from.IsZero() && c.to.IsZero():
		return c.rewrite(ctx, bar)
	default:
		err = c.writeViser(out, counted)
	}
	if err = errors.Join(err, out.Flush()); err != nil {
		return nil, nil, err
	}
	info, err := c.out.Stat()
	if err != nil {
		return nil, nil, err
	}
	return &convertReport{Bytes: info.Size(), Messages: counted.messages, Seconds: c.end().Sub(c.begin()).Seconds()}, src.damage, nil
}

// stream is what is read, changed as the flags want it. done ends the reading.
func (c *conversion) stream(ctx context.Context, bar *commandline.Progress) (steps record.StepReader, done func(), err error) {
	change := &stream{ctx: ctx}
	if c.types.any() {
		change.wants = c.types.wants
	}
	from, to := shifted(c.from, c.shift), shifted(c.to, c.shift)
	if c.src.File == nil {
		change.src, done, err = c.viserSteps(bar)
		return c.cut(change, from, to), done, err
	}
	change.shift, change.claims = c.shift, c.claims
	begin, all := c.src.info.Start, c.src.info.Duration()
	change.passed = func(at time.Time) {
		if all > 0 {
			bar.Set(int64(float64(at.Sub(begin)) / float64(all) * commandline.ProgressParts))
		}
	}
	if c.claims == nil { // the file can seek
		change.src = c.cut(c.src.File, c.from, c.to)
		return change, func() {}, nil
	}
	change.src = c.src.File
	return c.cut(change, from, to), func() {}, nil
}

func (c *conversion) cut(src record.StepReader, from, to time.Time) record.StepReader {
	if from.IsZero() && to.IsZero() {
		return src
	}
	return record.Cut(src, from, to)
}

// shifted moves a time, unless it is none.
func shifted(t time.Time, by time.Duration) time.Time {
	if t.IsZero() {
		return t
	}
	return t.Add(by)
}

// begin and end are those of the part, as it is written.
func (c *conversion) begin() time.Time {
	if !c.from.IsZero() {
		return c.from.Add(c.shift)
	}
	return c.src.info.Start.Add(c.shift)
}

func (c *conversion) end() time.Time {
	if !c.to.IsZero() {
		return c.to.Add(c.shift)
	}
	return c.src.info.End.Add(c.shift)
}

func (c *conversion) writeMCAP(w io.Writer, src *counter) error {
	out, err := record.NewWriter(w, record.WriterOptions{
		Start: c.begin(), Name: c.src.info.Name, ViserVersion: c.src.info.ViserVersion,
	})
	if err != nil {
		return err
	}
	if err := record.Copy(out, src); err != nil {
		return err
	}
	if src.last.Before(c.end()) { // nothing happened up to there
		if err := out.WriteStep(record.Step{Kind: record.KindPush, Time: c.end()}); err != nil {
			return err
		}
	}
	return out.Close()
}

func (c *conversion) writeViser(w io.Writer, src *counter) error {
	steps, err := atOnce(src)
	if err != nil {
		return err
	}
	rec, err := record.Collect(steps, record.CollectOptions{
		Start: c.begin(), End: c.end(), MaxBytes: limits.MaxBytes, ViserVersion: c.src.info.ViserVersion,
	})
	if err != nil {
		return err
	}
	rec.Generation = c.generation
	_, err = rec.WriteTo(w)
	return err
}

// atOnce has messages come at the very beginning that come right behind a keyframe of
// nothing: a [record.Writer] has put it in their place, as no two steps have one time.
func atOnce(src record.StepReader) (record.StepReader, error) {
	var steps []record.Step
	for range 2 {
		step, err := src.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		steps = append(steps, step)
	}
	if len(steps) == 2 && steps[0].Kind == record.KindKeyframe && len(steps[0].Entries) == 0 && steps[1].Time.Sub(steps[0].Time) == 1 {
		steps[1].Time = steps[0].Time
	}
	return &replay{steps, src}, nil
}

// replay has some steps before those of a source.
type replay struct {
	steps []record.Step
	src   record.StepReader
}

func (r *replay) Next() (record.Step, error) {
	if len(r.steps) == 0 {
		return r.src.Next()
	}
	step := r.steps[0]
	r.steps = r.steps[1:]
	return step, nil
}

// endOfDamage takes damage for the end, and remembers it.
type endOfDamage struct {
	src    record.StepReader
	damage error
}

func (e *endOfDamage) Next() (record.Step, error) {
	step, err := e.src.Next()
	if err != nil && errors.As(err, new(*record.CorruptError)) {
		e.damage = err
		return step, io.EOF
	}
	return step, err
}

// counter counts what passes.
type counter struct {
	src      record.StepReader
	messages int64
	last     time.Time
}

func (c *counter) Next() (record.Step, error) {
	step, err := c.src.Next()
	if err != nil {
		return step, err
	}
	c.last = step.Time
	if slices.Contains([]record.Kind{record.KindPush, record.KindReceive}, step.Kind) {
		c.messages += int64(max(1, len(step.Entries)))
	}
	return step, nil
}

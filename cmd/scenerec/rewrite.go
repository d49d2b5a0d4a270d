package main

import (
	"context"
	"errors"
	"io"
	"os"

	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/record"
)

// rewrite makes a .viser file of another one, with what steps don't have: the start of
// the loop, and times that fall.
func (c *conversion) rewrite(ctx context.Context, bar *commandline.Progress) (r *convertReport, damage, err error) {
	file, err := os.Open(c.src.name)
	if err != nil {
		return nil, nil, err
	}
	defer file.Close()
	rec, damage, err := c.readViser(ctx, file, bar)
	if err != nil {
		return nil, nil, err
	}
	rec.Generation = c.generation
	n, err := rec.WriteTo(c.out)
	if err != nil {
		return nil, nil, err
	}
	return &convertReport{Bytes: n, Messages: int64(len(rec.Messages)), Seconds: rec.Duration.Seconds()}, damage, nil
}

// readViser reads what is wanted of a .viser file, up to where it is damaged.
func (c *conversion) readViser(ctx context.Context, r io.Reader, bar *commandline.Progress) (rec *record.Recording, damage, err error) {
	if total := c.src.info.Bytes; total > 0 {
		r = &partReader{r: r, total: total, bar: bar}
	}
	reader, err := record.NewReader(r, &limits)
	if err != nil {
		return nil, nil, err
	}
	rec = &record.Recording{}
	var skipped []int // their indexes, for the start of the loop
	for {
		m, err := reader.Next()
		if ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		if err != nil {
			rec.Header = reader.Header()
			if rec.Loops {
				rec.LoopStart -= skippedBefore(skipped, rec.LoopStart)
				rec.LoopStart = min(rec.LoopStart, len(rec.Messages))
			}
			if errors.Is(err, io.EOF) {
				return rec, nil, nil
			}
			return rec, err, nil
		}
		if c.types.any() && !c.types.wants(m.Type) {
			skipped = append(skipped, len(rec.Messages)+len(skipped))
			continue
		}
		rec.Messages = append(rec.Messages, m)
	}
}

// skippedBefore counts the indexes below one.
func skippedBefore(skipped []int, index int) (n int) {
	for _, i := range skipped {
		if i < index {
			n++
		}
	}
	return n
}

// partReader tells how much of a file was read.
type partReader struct {
	r           io.Reader
	total, read int64
	bar         *commandline.Progress
}

func (p *partReader) Read(b []byte) (int, error) {
	n, err := p.r.Read(b)
	p.read += int64(n)
	p.bar.Set(p.read * commandline.ProgressParts / p.total)
	return n, err
}

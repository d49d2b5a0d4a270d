package record

import (
	"errors"
	"io"
	"slices"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/internal/mcap"
)

// chunkSteps reads the steps of a chunk.
type chunkSteps struct {
	src      *source
	at       Chunk
	channels channels
	records  []byte // decompressed
	off      int    // of what is left of them
	last     int64  // time of the step before
}

// openChunk reads a chunk of a file with these channels.
func openChunk(src *source, at Chunk, known channels, lim Limits) (steps, error) {
	h, records, err := src.chunk(at.Offset, lim)
	if err != nil {
		return nil, err
	}
	if timeOf(h.Start) != at.Start || timeOf(h.End) != at.End || h.records+h.stored > at.Offset+at.Length {
		return nil, src.corrupt(at.Offset, "the chunk isn't that of the file's index")
	}
	return &chunkSteps{
		src: src, at: at, channels: slices.Clone(known), records: records, last: beforeAll,
	}, nil
}

func (c *chunkSteps) next(after int64) (Step, error) {
	if err := c.skip(after); err != nil {
		return Step{}, err
	}
	step, n, err := c.channels.readStep(c.records[c.off:])
	switch {
	case errors.Is(err, io.EOF):
		if c.last != c.at.End.UnixNano() {
			return Step{}, c.corrupt(0, errTime)
		}
		return Step{}, io.EOF
	case err != nil:
		return Step{}, c.corrupt(n, err)
	}
	if name := wireName(step.Message.Body); step.Message.Type != "" && name != nil && step.Message.Type != string(name) {
		return Step{}, c.corrupt(0, errName)
	}
	if err := sound(&step); err != nil {
		return Step{}, c.corrupt(0, err)
	}
	if err := c.pass(step.Time.UnixNano()); err != nil {
		return Step{}, err
	}
	c.off += n
	return step, nil
}

// sound finds entries that no log takes.
func sound(s *Step) error {
	for i := range s.Entries {
		if e := &s.Entries[i]; e.Transient && (e.Removal || e.Supersedes != nil) {
			return buffers.ErrTransient
		}
	}
	return nil
}

// pass checks the time of the step at the front.
func (c *chunkSteps) pass(t int64) error {
	if t <= c.last || t < c.at.Start.UnixNano() || t > c.at.End.UnixNano() ||
		c.last == beforeAll && t != c.at.Start.UnixNano() {
		return c.corrupt(0, errTime)
	}
	c.last = t
	return nil
}

var (
	errTime = errors.New("a step isn't in the order of time, or its chunk declares another one")
	errName = errors.New("a message's type isn't that of its channel")
)

// corrupt is the error for what is found n bytes behind the front.
func (c *chunkSteps) corrupt(n int, err error) error {
	return c.src.corrupt(c.at.Offset, "at byte %d of the chunk's records: %w", c.off+n, err)
}

// skip goes over the steps up to a time, and learns the channels between them.
func (c *chunkSteps) skip(after int64) error {
	for c.off < len(c.records) {
		op, content, n, err := mcap.Next(c.records[c.off:])
		if err != nil {
			return c.corrupt(0, err)
		}
		switch op {
		case mcap.OpMessage:
			m, err := mcap.ParseMessage(content)
			if err != nil {
				return c.corrupt(0, err)
			}
			t := timeOf(m.LogTime).UnixNano()
			if t > after {
				return nil
			}
			if t != c.last { // that is a step's first message
				if err := c.pass(t); err != nil {
					return err
				}
			}
		case mcap.OpChannel:
			ch, err := mcap.ParseChannel(content)
			if err != nil {
				return c.corrupt(0, err)
			}
			c.channels.learn(ch)
		}
		c.off += n
	}
	return nil
}

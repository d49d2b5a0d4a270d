package record

import (
	"errors"
	"io"
	"math"
	"slices"
	"time"

	"github.com/scenewire/scenewire/internal/mcap"
)

// Recovered is what [Recover] has found.
type Recovered struct {
	// Steps is how many steps were read, or messages of a .viser file.
	Steps int
	// Damage is the parts of the file that nothing could be made of, in its order, up
	// to 65,536 of them.
	Damage []Damage
}

// Damage is a part of a file.
type Damage struct {
	// Offset is where it begins, and Bytes what it takes.
	Offset, Bytes int64
	// Err says what was found there.
	Err error
}

// Recover reads a recording of so many bytes, however damaged, and writes what is left
// of it to w as a whole file of the same kind. Of an MCAP file that is every chunk whose
// checksum fits, also behind what is damaged; where steps may be missing there is a step
// of [KindGap], whose Lost.Bytes are those of the damaged part. Behind it the state is
// known from the next keyframe on. Of a .viser file, which is compressed as a whole, it
// is the messages before the damage.
//
// It takes memory for a few chunks; nil limits are the defaults. The error is that of
// reading or writing, or a [*CorruptError] if nothing could be made of the file.
func Recover(w io.Writer, r io.ReaderAt, size int64, lim *Limits) (*Recovered, error) {
	src := &source{r: r, size: size}
	file, err := Read(io.NewSectionReader(r, 0, size), lim)
	var corrupt *CorruptError
	switch {
	case err == nil || len(file.Messages) > 0 && errors.As(err, &corrupt):
		return recoverViser(w, file, corrupt)
	case !errors.As(err, &corrupt):
		return &Recovered{}, err
	}
	rec := newRecovery(src, w, newOpened(lim).lim)
	if err := rec.run(); err != nil {
		return rec.found, err
	}
	if rec.out == nil && !rec.sound {
		return rec.found, corrupt
	}
	if err := rec.begin(time.Time{}); err != nil {
		return rec.found, err
	}
	return rec.found, rec.out.Close()
}

// recoverViser writes what could be read of a .viser file.
func recoverViser(w io.Writer, file *Recording, damage *CorruptError) (*Recovered, error) {
	found := &Recovered{Steps: len(file.Messages)}
	if damage != nil {
		found.Damage = []Damage{{Offset: damage.Offset, Err: damage}}
	}
	file.LoopStart = min(file.LoopStart, len(file.Messages))
	_, err := file.WriteTo(w)
	return found, err
}

// recovery copies what is left of an MCAP file.
type recovery struct {
	src   *source
	w     io.Writer
	lim   Limits
	found *Recovered

	out      *Writer // nil: there was no step yet
	channels channels
	meta     map[string]string
	sound    bool  // it is such a file, if there are no steps in it
	last     int64 // time of the step that was copied last
	lost     int64 // bytes of damage since then; 0: no step is missing
	tries    int64 // bytes of chunks that may still be read in vain
}

const (
	// triesBytes and triesTimes bound the bytes of chunks that are read in vain, where
	// something only looks like one: so many, and so many times the file.
	triesBytes = 64 << 20
	triesTimes = 8
)

func newRecovery(src *source, w io.Writer, lim Limits) *recovery {
	return &recovery{
		src: src, w: w, lim: lim, found: &Recovered{}, last: beforeAll,
		channels: slices.Clone(newCatalog().known), tries: triesBytes + triesTimes*src.size,
	}
}

// run copies the chunks of the file's index, if that is sound, and those that can be
// found if not.
func (r *recovery) run() error {
	x := newFileIndex(r.src)
	if x.readSummary() == nil {
		r.channels, r.meta, r.sound = x.channels, x.meta, true
		return r.runIndexed(x)
	}
	return r.runFound()
}

// runIndexed copies the chunks of the file's index.
func (r *recovery) runIndexed(x *fileIndex) error {
	for _, c := range x.Chunks {
		_, records, err := r.src.chunk(c.Offset, r.lim)
		if err == nil {
			err = r.copyChunk(c.Offset, records)
		}
		if err := r.damaged(c.Offset, c.Length, err, !c.Keyframe); err != nil {
			return err
		}
	}
	return nil
}

// damaged takes note of damage, and returns the error if it is something else. steps
// says that steps may be missing.
func (r *recovery) damaged(off, bytes int64, err error, steps bool) error {
	var corrupt *CorruptError
	if !errors.As(err, &corrupt) {
		return err
	}
	if len(r.found.Damage) < maxSurveyNames {
		r.found.Damage = append(r.found.Damage, Damage{Offset: off, Bytes: bytes, Err: err})
	}
	if steps {
		r.lost += bytes
	}
	return nil
}

// copyChunk copies the steps of the chunk at off, up to where it is damaged. Its head has
// no checksum, so its times are those that its steps have.
func (r *recovery) copyChunk(off int64, records []byte) error {
	start, end := logTimes(records)
	if end > math.MaxInt64 || int64(start) <= r.last {
		return r.src.corrupt(off, "the chunk isn't in the order of time")
	}
	c := Chunk{Offset: off, Start: timeOf(start), End: timeOf(end)}
	at := &chunkSteps{src: r.src, at: c, channels: r.channels, records: records, last: beforeAll}
	learnt := false
	for {
		step, err := at.next(r.last)
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil && !learnt:
			at.channels.infer(records)
			learnt = true
			continue
		case err != nil:
			return err
		}
		if err := r.copyStep(step); err != nil {
			return err
		}
	}
}

// logTimes returns the log times of the first and the last message.
func logTimes(records []byte) (first, last uint64) {
	found := false
	for len(records) > 0 {
		op, content, n, err := mcap.Next(records)
		if err != nil {
			break
		}
		if m, err := mcap.ParseMessage(content); err == nil && op == mcap.OpMessage {
			if !found {
				first, found = m.LogTime, true
			}
			last = m.LogTime
		}
		records = records[n:]
	}
	return first, last
}

func (r *recovery) copyStep(step Step) error {
	if err := r.begin(step.Time); err != nil {
		return err
	}
	t := step.Time.UnixNano()
	if r.lost > 0 && t > r.last+1 {
		gap := Step{Kind: KindGap, Time: timeOf(uint64(r.last + 1)), Lost: Lost{Bytes: uint64(r.lost), Until: step.Time}}
		if r.last == beforeAll {
			gap.Time = step.Time.Add(-1)
		}
		if err := r.out.WriteStep(gap); err != nil {
			return err
		}
	}
	r.lost, r.last = 0, t
	r.found.Steps++
	return r.out.WriteStep(step)
}

// begin makes the writer when the first step comes: by then the file has told its name.
func (r *recovery) begin(at time.Time) (err error) {
	if r.out != nil {
		return nil
	}
	o := WriterOptions{
		Name: r.meta["name"], ViserVersion: r.meta["viserVersion"], Continues: r.meta["continues"],
		KeyframeInterval: -1, // it has its own
	}
	if start, err := time.Parse(time.RFC3339Nano, r.meta["start"]); err == nil && start.Before(at) {
		o.Start = start
	}
	r.out, err = NewWriter(r.w, o)
	return err
}

// infer makes up channels that a chunk has messages of where the records that declare
// them are missing or damaged: heads have those that they have in every file, and a
// payload is what its step says.
func (cs *channels) infer(records []byte) {
	var kind Kind
	for len(records) > 0 {
		op, content, n, err := mcap.Next(records)
		if err != nil {
			return
		}
		records = records[n:]
		m, err := mcap.ParseMessage(content)
		if op != mcap.OpMessage || err != nil {
			continue
		}
		switch m.Channel {
		case channelState:
		case channelStep, channelKeyframe, channelGap:
			kind = kindOf(m.Data)
		default:
			cs.inferPayload(m, kind)
		}
	}
}

// kindOf reads the kind in a head, which is its first value.
func kindOf(head []byte) Kind {
	var s Step
	_, _ = readHead(head, &s, len(head)) // what is wrong behind it doesn't matter
	return s.Kind
}

// inferPayload makes up the channel of a payload of a step of that kind.
func (cs *channels) inferPayload(m mcap.Message, kind Kind) {
	c := channel{role: rolePush, name: string(wireName(m.Data))}
	if kind == KindReceive {
		c.role = roleReceive
	}
	for len(*cs) <= int(m.Channel) {
		*cs = append(*cs, channel{})
	}
	(*cs)[m.Channel] = c
}

package record

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"time"
)

// State returns the live state at t, with what happened at t itself, as a step of
// [KindKeyframe] of that time: that of the log that was captured, or as much of it as
// passed the capture's filter. Before the first step that is nothing.
//
// It costs reading a keyframe and what follows it up to t: a [Writer] has keyframes so
// often that this is about twice the live state, or 10 s. It doesn't move f. Inside of
// a gap it is the state before the gap. The error is like that of [File.Next], where
// something before t is damaged that the state depends on.
func (f *File) State(t time.Time) (Step, error) {
	now := f.shared.now.Load()
	if now.viser != nil {
		return now.viser.state(t), nil
	}
	at := unixNanos(t)
	end := now.behind(at - 1)
	if end < len(now.pieces) && now.pieces[end].start <= at {
		end++
	}
	r := stateReader{state: NewState(), lim: f.shared.lim, t: at}
	if err := r.read(now.pieces[:end]); err != nil {
		return Step{}, err
	}
	return r.result(t), nil
}

// stateReader applies steps up to a time.
type stateReader struct {
	state *State
	lim   Limits
	t     int64
	tail  uint64 // sequence of the first entry that may have been pushed since the keyframe
}

// maxShared is behind how many pieces payloads are copied as they are pushed, since what
// is live keeps the memory of its chunk. Of fewer only those are that are live at the end.
const maxShared = 64

// result is the state as a step of time t, with memory of its own but for what entries of
// a keyframe share.
func (r *stateReader) result(t time.Time) Step {
	step := r.state.Keyframe(t)
	for i := range step.Entries {
		if e := &step.Entries[i]; !r.state.copies && e.Seq >= r.tail {
			e.Payload = bytes.Clone(e.Payload)
		}
	}
	return step
}

// read applies the pieces from the last one on that begins with a keyframe. If one of
// them doesn't, it is not the last one: the index of a file without a summary has no
// checksum.
func (r *stateReader) read(pieces []piece) error {
	for from := len(pieces) - 1; from >= 0; from-- {
		if from > 0 && !pieces[from].keyframe {
			continue
		}
		r.state, r.tail = newState(len(pieces)-from > maxShared), 0
		err := r.readFrom(pieces[from:], from > 0)
		if !errors.Is(err, errNoKeyframe) {
			return err
		}
	}
	return nil
}

var errNoKeyframe = errors.New("record: this is no keyframe")

func (r *stateReader) readFrom(pieces []piece, keyframe bool) error {
	enough := make(chan struct{})
	defer close(enough)
	for o := range openAhead(pieces, enough) {
		if o.err != nil {
			return o.err
		}
		if err := r.readPiece(o.at, keyframe); err != nil {
			return err
		}
		keyframe = false
	}
	return nil
}

// openPiece is a piece that was opened, or why it wasn't.
type openPiece struct {
	at  steps
	err error
}

// openAhead opens pieces in order, each while the one before it is looked at, until
// enough is closed: reading and decompressing takes about as long as applying
// (BenchmarkFile).
func openAhead(pieces []piece, enough <-chan struct{}) <-chan openPiece {
	ahead := make(chan openPiece)
	go func() {
		defer close(ahead)
		for _, p := range pieces {
			at, err := p.open()
			select {
			case ahead <- openPiece{at, err}:
			case <-enough:
				return
			}
		}
	}()
	return ahead
}

// readPiece applies the steps of a piece. The first one may have to be a keyframe.
func (r *stateReader) readPiece(at steps, keyframe bool) error {
	after := int64(beforeAll)
	for {
		step, err := at.next(after)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if keyframe && step.Kind != KindKeyframe {
			return errNoKeyframe
		}
		keyframe, after = false, step.Time.UnixNano()
		if after > r.t {
			return nil
		}
		if err := r.apply(step); err != nil {
			return err
		}
	}
}

// apply applies a step.
func (r *stateReader) apply(step Step) error {
	if step.Kind == KindKeyframe {
		r.tail = step.Seq
	}
	if err := r.state.Apply(step); err != nil {
		return err
	}
	if n := r.state.Bytes(); n > r.lim.MaxBytes {
		return fmt.Errorf("record: %w: a live state of more than %d bytes", ErrLimit, r.lim.MaxBytes)
	}
	if n := r.state.Len(); n > r.lim.MaxMessages {
		return fmt.Errorf("record: %w: a live state of more than %d messages", ErrLimit, r.lim.MaxMessages)
	}
	return nil
}

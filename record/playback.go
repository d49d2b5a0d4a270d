package record

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/scenewire/scenewire/buffers"
)

// stepOver is up to how far ahead a seek goes through all steps in between, so that
// clients are told of each removal.
const stepOver = 10 * time.Second

// playback is one run of [Player.Play]. It belongs to its goroutine.
type playback struct {
	*Player
	target Target
	state  *State        // of the target, as far as it comes from here; nil at first
	at     time.Duration // up to where it is played
	next   *Step         // read ahead
	over   error         // why there is no next: io.EOF, or what the recording lacks
}

// run plays until the end.
func (r *playback) run(ctx context.Context) error {
	for {
		if err := r.seek(); err != nil {
			return err
		}
		if err := r.read(); err != nil {
			return err
		}
		ready, err := r.await(ctx)
		switch {
		case err != nil:
			return err
		case !ready:
		case r.next != nil:
			err = r.play()
		case r.again():
		case r.o.Hold:
			err = r.hold(ctx)
		default:
			return r.lacks()
		}
		if err != nil {
			return err
		}
	}
}

// seek goes to where the player was put, if it was.
func (r *playback) seek() error {
	r.mu.Lock()
	seeks, to := r.seeks, r.clock.at
	r.seeks = false
	r.mu.Unlock()
	if !seeks {
		return nil
	}
	if r.state != nil && to >= r.at && to-r.at <= stepOver {
		if err := r.skipTo(to); err != nil {
			return err
		}
	} else if err := r.jump(to); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.seeks { // the clock goes on when it is shown
		r.turnLocked(to)
	}
	return nil
}

// skipTo plays all up to a time at once.
func (r *playback) skipTo(to time.Duration) error {
	for {
		if err := r.read(); err != nil {
			return err
		}
		if r.next == nil || r.offset(r.next) > to {
			r.at = to
			return nil
		}
		if err := r.apply(r.next, true); err != nil {
			return err
		}
		r.next = nil
	}
}

// jump replaces the state by that at a time.
func (r *playback) jump(to time.Duration) error {
	t := r.start.Add(to)
	step, err := r.source.State(t)
	if err != nil {
		return err
	}
	r.source.Seek(t)
	r.next, r.over, r.at = nil, nil, to
	return r.replace(&step)
}

// read reads the next step ahead, if there is one that is to be played.
func (r *playback) read() error {
	if r.next != nil || r.over != nil {
		return nil
	}
	step, err := r.source.Next()
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, ErrTruncated):
		r.over = err
	case err != nil:
		return err
	case r.offset(&step) > r.to:
		r.over = io.EOF
	default:
		r.next = &step
	}
	return nil
}

// lacks is the error of a recording that isn't whole at its end.
func (r *playback) lacks() error {
	if errors.Is(r.over, io.EOF) {
		return nil
	}
	return r.over
}

func (r *playback) offset(s *Step) time.Duration { return s.Time.Sub(r.start) }

// await waits until the next step is due, or the end. false: something has changed.
func (r *playback) await(ctx context.Context) (bool, error) {
	due := r.to
	if r.next != nil {
		due = r.offset(r.next)
	}
	r.mu.Lock()
	r.due = max(due, r.clock.at)
	seeks, paused := r.seeks, r.clock.paused
	wait := r.clock.until(time.Now(), due)
	r.mu.Unlock()
	switch {
	case ctx.Err() != nil:
		return false, ctx.Err()
	case seeks:
		return false, nil
	case paused:
		return false, r.hold(ctx)
	case wait <= 0:
		return true, nil
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-r.changed:
	case <-ctx.Done():
	}
	return false, nil
}

// hold waits until something has changed.
func (r *playback) hold(ctx context.Context) error {
	select {
	case <-r.changed:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// again goes back to the beginning if it loops.
func (r *playback) again() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.loop || r.to == r.from {
		return false
	}
	r.loops++
	r.seeks, r.due = true, r.from
	r.turnLocked(r.from)
	return true
}

// play plays the next step.
func (r *playback) play() error {
	step := r.next
	r.next, r.at = nil, r.offset(step)
	if err := r.apply(step, false); err != nil {
		return fmt.Errorf("record: at %v of the recording: %w", r.at, err)
	}
	r.mu.Lock()
	r.steps++
	r.mu.Unlock()
	return nil
}

// apply does what a step says. Quietly, for a seek, that is only what changes the state.
func (r *playback) apply(step *Step, quiet bool) error {
	switch step.Kind {
	case KindPush:
		return r.push(step, quiet)
	case KindRemove:
		return r.remove(step)
	case KindKeyframe:
		return r.keyframe(step)
	case KindGap:
		if r.o.OnGap != nil && !quiet {
			r.o.OnGap(*step)
		}
	case KindConnect, KindReceive, KindDisconnect:
		if r.o.OnInbound != nil && !quiet {
			r.o.OnInbound(*step)
		}
	}
	return nil
}

func (r *playback) push(step *Step, quiet bool) error {
	own := *step
	own.Entries = forTarget(step.Entries)
	if err := r.state.Apply(own); err != nil {
		return err
	}
	if quiet {
		own.Entries = slices.DeleteFunc(own.Entries, func(e buffers.Entry) bool { return e.Transient })
	}
	if len(own.Entries) == 0 {
		return nil
	}
	return r.target.BroadcastEntries(own.Entries)
}

// keyframe brings the state to that of a keyframe, where it isn't that already.
func (r *playback) keyframe(step *Step) error {
	live, next := r.state.log.Snapshot()
	same := slices.EqualFunc(live, step.Entries, func(a *buffers.Entry, b buffers.Entry) bool { return sameMessage(a, &b) })
	if !same {
		return r.replace(step)
	}
	if next == step.Seq {
		return nil
	}
	own := *step
	own.Entries = forTarget(step.Entries)
	return r.state.Apply(own) // for its sequences
}

func (r *playback) replace(step *Step) error {
	own := *step
	own.Entries = forTarget(step.Entries)
	state := NewState()
	if err := state.Apply(own); err != nil {
		return err
	}
	r.state = state
	return r.target.ReplaceEntries(own.Entries)
}

// remove takes the entries out of the target that were taken out by hand. The target has
// those of the state in the same order, and perhaps others.
func (r *playback) remove(step *Step) error {
	live, _ := r.state.log.Snapshot()
	gone := setOf(step.Removed)
	r.target.RemoveEntries(func(e *buffers.Entry) bool {
		if len(live) == 0 || !sameMessage(live[0], e) {
			return false
		}
		_, is := gone[live[0].Seq]
		live = live[1:]
		return is
	})
	return r.state.Apply(*step)
}

// sameMessage reports whether two entries are the same to a client.
func sameMessage(a, b *buffers.Entry) bool {
	return a.Key == b.Key && bytes.Equal(a.Payload, b.Payload)
}

// forTarget returns entries as a target keeps them: for everybody, and each with memory
// of its own.
func forTarget(entries []buffers.Entry) []buffers.Entry {
	own := slices.Clone(entries)
	for i := range own {
		own[i].Payload = bytes.Clone(own[i].Payload)
		own[i].Except = buffers.NoReader
	}
	return own
}

// nowhere is a target that takes everything.
type nowhere struct{}

func (nowhere) BroadcastEntries([]buffers.Entry) error          { return nil }
func (nowhere) ReplaceEntries([]buffers.Entry) error            { return nil }
func (nowhere) RemoveEntries(func(*buffers.Entry) bool) (n int) { return n }

package record

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"time"
)

// StepReader yields the steps of a recording in their order. What a step holds doesn't
// change any more, but may share memory with its neighbours. Behind the last step, and
// from then on, the error is io.EOF.
type StepReader interface {
	Next() (Step, error)
}

// Copy writes all steps of a source. Keyframes that say what is known are left out: dst
// writes its own. It neither flushes nor closes dst, so recordings can be copied behind
// one another.
func Copy(dst *Writer, src StepReader) error {
	if dst.state != nil {
		dst.state.copies = true
	}
	for {
		s, err := src.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if s.Kind == KindKeyframe && dst.knows(&s) {
			continue
		}
		if err := dst.WriteStep(s); err != nil {
			return err
		}
	}
}

// knows says whether a keyframe is the state that was written already.
func (w *Writer) knows(s *Step) bool {
	return w.state != nil && !w.keyframe.last.IsZero() && w.state.is(s)
}

// is says whether a keyframe is this state.
func (s *State) is(keyframe *Step) bool {
	live, next := s.log.Snapshot()
	if next != keyframe.Seq || len(live) != len(keyframe.Entries) {
		return false
	}
	for i, e := range live {
		if k := &keyframe.Entries[i]; e.Seq != k.Seq || e.Key != k.Key || !bytes.Equal(e.Payload, k.Payload) {
			return false
		}
	}
	return true
}

// Cut returns the part of a source from one time to another, as a recording of its own:
// it begins with a keyframe of the state at from, then come the steps behind from, up to
// and including to. The clients that were connected at from connect when it begins. A
// zero time is the beginning, or the end.
//
// src has to begin early enough to know the state: at its beginning, or at a keyframe
// that isn't behind from. It is read up to from, unless it is a [File] in which no client
// has sent anything: that seeks.
func Cut(src StepReader, from, to time.Time) StepReader {
	return &cut{src: src, from: from, to: to}
}

// cut is the steps of a source between two times.
type cut struct {
	src      StepReader
	from, to time.Time
	begun    bool
	last     time.Time
	ahead    []Step // that come before what src has next
	err      error  // from src, for what comes behind ahead
}

// Next returns the next step, behind the last one.
func (c *cut) Next() (Step, error) {
	s, err := c.next()
	if err == nil && !s.Time.After(c.last) && !c.last.IsZero() {
		s.Time = c.last.Add(1)
	}
	c.last = s.Time
	return s, err
}

func (c *cut) next() (Step, error) {
	if !c.begun {
		c.begun = true
		c.begin()
	}
	if len(c.ahead) > 0 {
		s := c.ahead[0]
		c.ahead = c.ahead[1:]
		return s, nil
	}
	if c.err == nil {
		var s Step
		if s, c.err = c.src.Next(); c.err == nil && c.within(&s) {
			return s, nil
		}
	}
	return Step{}, c.err
}

// within says whether a step isn't behind the end; if it is, nothing more comes.
func (c *cut) within(s *Step) bool {
	if !c.to.IsZero() && s.Time.After(c.to) {
		c.err = io.EOF
	}
	return c.err == nil
}

// begin reads up to the first step behind from.
func (c *cut) begin() {
	if c.from.IsZero() {
		return
	}
	if f, ok := c.src.(*File); ok && !f.hasInbound() {
		c.seek(f)
		return
	}
	b := before{state: NewState()}
	for {
		var s Step
		if s, c.err = c.src.Next(); c.err != nil {
			c.ahead = b.appendSteps(c.ahead, c.from)
			return
		}
		if s.Time.After(c.from) {
			if c.within(&s) {
				c.ahead = append(b.appendSteps(c.ahead, c.from), s)
			} else {
				c.ahead = b.appendSteps(c.ahead, c.from)
			}
			return
		}
		if c.err = b.apply(s); c.err != nil {
			return
		}
	}
}

// seek goes to from at once.
func (c *cut) seek(f *File) {
	state, err := f.State(c.from)
	if err != nil {
		c.err = err
		return
	}
	f.Seek(c.from)
	c.ahead = append(c.ahead, state)
}

// hasInbound says whether clients' messages are in the recording.
func (f *File) hasInbound() bool {
	f.shared.mu.Lock()
	defer f.shared.mu.Unlock()
	for _, r := range f.shared.files {
		if r.index == nil {
			continue
		}
		for _, c := range r.index.channels {
			if c.role == roleReceive {
				return true
			}
		}
	}
	return false
}

// before is what steps before a cut lead to.
type before struct {
	state     *State
	any       bool
	gap       Step   // if it has a kind, the state isn't known since then
	connected []Step // of the clients that are there
}

func (b *before) apply(s Step) error {
	b.any = true
	switch s.Kind {
	case KindGap:
		b.gap = s
	case KindKeyframe:
		b.gap = Step{}
	case KindConnect:
		b.connected = append(b.connected, s)
	case KindDisconnect:
		b.connected = slices.DeleteFunc(b.connected, func(c Step) bool { return c.Client == s.Client })
	}
	return b.state.Apply(s)
}

// appendSteps appends what the cut begins with.
func (b *before) appendSteps(dst []Step, from time.Time) []Step {
	if !b.any {
		return dst
	}
	if b.gap.Kind != 0 {
		b.gap.Time = from
		dst = append(dst, b.gap)
	} else {
		dst = append(dst, b.state.Keyframe(from))
	}
	for _, s := range b.connected {
		s.Time = from // and then behind one another
		dst = append(dst, s)
	}
	return dst
}

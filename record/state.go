package record

import (
	"bytes"
	"fmt"
	"slices"
	"time"

	"github.com/scenewire/scenewire/buffers"
)

// State is the live state that steps lead to: the captured log once more. Its entries
// have the sequences that they had there, as far as the steps have all that was pushed.
// It belongs to one goroutine at a time.
type State struct {
	log *buffers.Log
	// copies says that the payloads of pushes are copied. Those that are read from a
	// file share memory with the chunk, and a live one would keep all of that. Those of
	// a keyframe share it with others that are live.
	copies bool
}

// NewState returns the state of a log that nothing was pushed to.
func NewState() *State { return newState(true) }

func newState(copies bool) *State {
	return &State{copies: copies, log: buffers.NewLog(buffers.LogLimits{
		MaxEntries: -1, MaxBytes: -1, ResumeHorizon: -1, MaxRemovals: -1,
		MaxTransientEntries: -1, MaxTransientBytes: -1, MaxTransientAge: -1,
	})}
}

// Apply does what a step says: a push or a removal changes the state, a keyframe
// replaces it, and the others do nothing. What is pushed is copied; the payloads of a
// keyframe are shared, read-only. The error is that of a push that no log takes; the
// state is as it was then.
func (s *State) Apply(step Step) error {
	switch step.Kind {
	case KindKeyframe:
		fresh := newState(s.copies)
		if err := fresh.push(step); err != nil {
			return err
		}
		fresh.log.Skip(step.Seq)
		*s = *fresh
	case KindPush:
		return s.push(step)
	case KindRemove:
		s.remove(step.Removed)
	}
	return nil
}

func (s *State) remove(seqs []uint64) {
	removed := setOf(seqs)
	s.log.Remove(func(e *buffers.Entry) bool {
		_, is := removed[e.Seq]
		return is
	})
}

func setOf(seqs []uint64) map[uint64]struct{} {
	set := make(map[uint64]struct{}, len(seqs))
	for _, seq := range seqs {
		set[seq] = struct{}{}
	}
	return set
}

// push pushes a step's entries, those with sequences in a row together.
func (s *State) push(step Step) error {
	from, start, next := 0, step.firstSeq(), step.firstSeq()
	for i, seq := range step.seqs() {
		if seq != next {
			if err := s.pushRun(step.Kind, step.Entries[from:i], start); err != nil {
				return err
			}
			from, start = i, seq
		}
		next = seq + 1
	}
	return s.pushRun(step.Kind, step.Entries[from:], start)
}

func (s *State) pushRun(kind Kind, entries []buffers.Entry, seq uint64) error {
	if len(entries) == 0 {
		return nil
	}
	if s.copies && kind == KindPush {
		entries = clonePayloads(entries)
	}
	s.log.Skip(seq)
	if _, _, err := s.log.PushBatch(entries); err != nil {
		return fmt.Errorf("record: a step that can't be pushed: %w", err)
	}
	for i := range entries {
		if entries[i].Removal || entries[i].Transient {
			s.log.Expire(0, s.log.Next()) // nobody waits for them
			break
		}
	}
	return nil
}

// clonePayloads returns the entries with payloads of their own.
func clonePayloads(entries []buffers.Entry) []buffers.Entry {
	cloned := slices.Clone(entries)
	for i := range cloned {
		cloned[i].Payload = bytes.Clone(cloned[i].Payload)
	}
	return cloned
}

// Keyframe returns the state as a step of that time. It costs what is live.
func (s *State) Keyframe(at time.Time) Step {
	live, next := s.log.Snapshot()
	step := Step{Kind: KindKeyframe, Time: at, Seq: next, Entries: make([]buffers.Entry, len(live))}
	for i, e := range live {
		step.Entries[i] = *e
	}
	return step
}

// Len is the number of live entries.
func (s *State) Len() int { return s.log.Len() }

// Bytes is what the payloads of the live entries take together.
func (s *State) Bytes() int64 { return s.log.Bytes() }

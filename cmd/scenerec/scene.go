package main

import (
	"time"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/record"
)

// stepWriter is what a recording is written to: a [record.Writer].
type stepWriter interface {
	WriteStep(record.Step) error
	Flush() error
}

// scene makes what a server sends the steps of a recording.
type scene struct {
	out   stepWriter
	keys  *record.KeyRules
	wants func(name string) bool
	now   func() time.Time

	next  uint64 // sequence of the next message
	last  time.Time
	dirty time.Time // when the first step came that may not be in the file; zero: none
	count sceneCount
}

func newScene(out stepWriter, keys *record.KeyRules, wants func(name string) bool) *scene {
	return &scene{out: out, keys: keys, wants: wants, now: time.Now, count: sceneCount{types: map[string]int64{}}}
}

// sceneCount is what was written.
type sceneCount struct {
	start, end               time.Time
	batches, messages, bytes int64
	gaps                     int
	types                    map[string]int64
}

// begin writes that nothing is known yet: a server tells its state in its first
// windows. After a loss it says first since when something is missing.
func (s *scene) begin(lostAt time.Time) error {
	if !lostAt.IsZero() {
		s.count.gaps++
		gap := record.Step{Kind: record.KindGap, Time: lostAt, Lost: record.Lost{Until: s.now()}}
		if err := s.write(gap); err != nil {
			return err
		}
	}
	return s.write(record.Step{Kind: record.KindKeyframe, Time: s.now(), Seq: s.next})
}

// window writes the messages of a window as one batch. The slices are borrowed until
// return.
func (s *scene) window(window [][]byte) error {
	entries := make([]buffers.Entry, 0, len(window))
	for _, m := range window {
		raw, err := messages.NewRaw("", m)
		if err != nil || !s.wants(raw.Name) {
			continue
		}
		e := buffers.Entry{Payload: own(m), Except: buffers.NoReader}
		s.keys.Claim(&e)
		entries = append(entries, e)
		s.count.types[raw.Name]++
		s.count.bytes += int64(len(m))
	}
	if len(entries) == 0 {
		return nil
	}
	first := s.next
	s.next += uint64(len(entries))
	s.count.batches++
	s.count.messages += int64(len(entries))
	return s.write(record.Step{Kind: record.KindPush, Time: s.now(), Seq: first, Entries: entries})
}

// end writes until when nothing more happened.
func (s *scene) end() error {
	return s.write(record.Step{Kind: record.KindPush, Time: s.now(), Seq: s.next})
}

// write writes a step, later than the one before it.
func (s *scene) write(step record.Step) error {
	if !step.Time.After(s.last) {
		step.Time = s.last.Add(1)
	}
	s.last = step.Time
	if s.count.start.IsZero() {
		s.count.start = step.Time
	}
	s.count.end = step.Time
	if s.dirty.IsZero() {
		s.dirty = s.now()
	}
	return s.out.WriteStep(step)
}

// flushInterval is how long a step may wait for its chunk to be written.
const flushInterval = time.Second

// flushAt is when flush is due, zero if nothing waits.
func (s *scene) flushAt() time.Time {
	if s.dirty.IsZero() {
		return time.Time{}
	}
	return s.dirty.Add(flushInterval)
}

// flush writes what waits, if it has waited for long enough.
func (s *scene) flush() error {
	if s.dirty.IsZero() || s.now().Before(s.flushAt()) {
		return nil
	}
	s.dirty = time.Time{}
	return s.out.Flush()
}

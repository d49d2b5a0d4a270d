package record

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/scenewire/scenewire/buffers"
)

// Steps returns what a .viser file has as a long recording that begins at start: its
// messages with one time are one batch. The file says nothing about redundancy keys, so
// rules say what the messages claim; with nil rules nothing supersedes anything. The
// errors of the source are those of [Reader.Next].
func (d *Reader) Steps(start time.Time, rules *KeyRules) StepReader {
	return &viserSource{reader: d, start: start, rules: rules}
}

// viserSource makes steps of messages.
type viserSource struct {
	reader *Reader
	start  time.Time
	rules  *KeyRules

	seq   uint64
	time  time.Duration // of ahead, which no message before it was behind
	ahead *Message      // the first one that is in no batch
	err   error
}

// Next returns the messages of the next time.
func (v *viserSource) Next() (Step, error) {
	if v.ahead == nil {
		v.read()
	}
	if v.ahead == nil {
		return Step{}, v.err
	}
	at := v.time
	s := Step{Kind: KindPush, Time: v.start.Add(at), Seq: v.seq}
	for v.ahead != nil && v.time == at {
		e := buffers.Entry{Seq: v.seq, Payload: v.ahead.Body, Except: buffers.NoReader}
		v.rules.Claim(&e)
		s.Entries = append(s.Entries, e)
		v.seq++
		v.read()
	}
	return s, nil
}

// read reads the next message, unless there is none.
func (v *viserSource) read() {
	v.ahead = nil
	if v.err != nil {
		return
	}
	m, err := v.reader.Next()
	if err != nil {
		v.err = err
		return
	}
	v.ahead, v.time = &m, max(v.time, m.Time)
}

// CollectOptions says what [Collect] makes of steps.
type CollectOptions struct {
	// Start is the time that the messages' times count from. Default: that of the
	// first step.
	Start time.Time
	// End is when the recording ends. Default: at the last step.
	End time.Time
	// WithoutState leaves out the state that it begins with: then it is what came in.
	WithoutState bool
	// MaxBytes bounds the recording in memory: the bodies, and 64 bytes for each
	// message. Default 1 GiB. Negative: no bound.
	MaxBytes int64
	// ViserVersion is put into the recording.
	ViserVersion string
}

// Collect makes a recording in memory of a source: the state that it begins with, then
// everything that was pushed, also for some clients only. Such a file has no place for
// what clients did, for what was removed by hand, and for gaps: behind one comes what is
// new in the state. The error is that of the source, or [ErrFull] with what was
// collected up to the bound.
func Collect(src StepReader, o CollectOptions) (*Recording, error) {
	if o.MaxBytes == 0 {
		o.MaxBytes = defaultMaxBytes
	}
	c := collector{o: o, seen: newState(false), names: map[string]string{}}
	c.rec.ViserVersion = o.ViserVersion
	for {
		s, err := src.Next()
		if errors.Is(err, io.EOF) {
			c.end()
			return &c.rec, nil
		}
		if err == nil {
			err = c.add(s)
		}
		if err != nil {
			c.end()
			return &c.rec, err
		}
	}
}

// collector makes a recording of steps.
type collector struct {
	o     CollectOptions
	rec   Recording
	bytes int64
	last  time.Time
	began bool
	seen  *State            // what is in the recording
	names map[string]string // wire names that came, each once in memory
}

func (c *collector) end() {
	end := c.last
	if !c.o.End.IsZero() {
		end = c.o.End
	}
	if c.began {
		c.rec.Duration = max(0, end.Sub(c.o.Start))
	}
}

func (c *collector) add(s Step) error {
	if !c.began && c.o.Start.IsZero() {
		c.o.Start = s.Time
	}
	first := !c.began
	c.began, c.last = true, s.Time
	switch s.Kind {
	case KindPush:
		if err := c.addEntries(s.Time, s.Entries); err != nil {
			return err
		}
	case KindKeyframe:
		if first && c.o.WithoutState {
			break
		}
		if err := c.addEntries(s.Time, c.unseen(s.Entries)); err != nil {
			return err
		}
	}
	return c.seen.Apply(s)
}

// unseen returns the entries of a keyframe that aren't in the recording.
func (c *collector) unseen(entries []buffers.Entry) []buffers.Entry {
	known, _ := c.seen.log.Snapshot()
	seen := make(map[uint64]struct{}, len(known))
	for _, e := range known {
		seen[e.Seq] = struct{}{}
	}
	var list []buffers.Entry
	for _, e := range entries {
		if _, is := seen[e.Seq]; !is {
			list = append(list, e)
		}
	}
	return list
}

func (c *collector) addEntries(at time.Time, entries []buffers.Entry) error {
	for i := range entries {
		body := entries[i].Payload
		name := wireName(body)
		if name == nil {
			return fmt.Errorf("record: at %v: a message without a type can't be in a .viser file", at)
		}
		if c.bytes += messageBytes + int64(len(body)); c.o.MaxBytes >= 0 && c.bytes > c.o.MaxBytes {
			return ErrFull
		}
		c.rec.Messages = append(c.rec.Messages, Message{Time: at.Sub(c.o.Start), Type: intern(c.names, name), Body: body})
	}
	return nil
}

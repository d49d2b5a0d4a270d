package record

import (
	"errors"
	"io"
	"sort"
	"time"

	"github.com/scenewire/scenewire/buffers"
)

// viserFile is a .viser file in memory.
type viserFile struct {
	header  Header
	entries []buffers.Entry
	steps   []viserStep
	types   map[string]uint64 // messages by wire name
	bytes   int64
}

// viserStep is the messages of one time: the entries up to, but without, the one at to,
// from where the step before ends.
type viserStep struct {
	time int64
	to   int
}

// openViser reads a .viser file. One that breaks off is as long as what could be read,
// if that is anything.
func (f *recorded) openViser(lim Limits) error {
	d, err := NewReader(io.NewSectionReader(f.src.r, 0, f.src.size), &lim)
	if err != nil {
		return named(err, f.src.name)
	}
	v := &viserFile{types: map[string]uint64{}}
	for {
		m, err := d.Next()
		if err != nil {
			v.header = d.Header()
			f.viser = v
			if !errors.Is(err, io.EOF) {
				f.damage = named(err, f.src.name)
			}
			if len(v.entries) == 0 && f.damage != nil {
				return f.damage
			}
			f.pieces = v.pieces()
			return nil
		}
		v.add(m)
	}
}

// named puts the name of the file into a [CorruptError].
func named(err error, name string) error {
	var corrupt *CorruptError
	if errors.As(err, &corrupt) {
		corrupt.File = name
	}
	return err
}

func (v *viserFile) add(m Message) {
	t := max(0, int64(m.Time))
	n := len(v.steps)
	if n == 0 || t > v.steps[n-1].time {
		v.steps = append(v.steps, viserStep{time: t})
		n++
	}
	v.entries = append(v.entries, buffers.Entry{
		Seq: uint64(len(v.entries)), Payload: m.Body, Except: buffers.NoReader,
	})
	v.steps[n-1].to = len(v.entries)
	v.types[m.Type]++
	v.bytes += int64(len(m.Body))
}

// pieces is the file as one.
func (v *viserFile) pieces() []piece {
	if len(v.steps) == 0 {
		return nil
	}
	return []piece{{
		start: v.steps[0].time, end: v.steps[len(v.steps)-1].time,
		open: func() (steps, error) { return v, nil },
	}}
}

// behind returns the index of the first step behind t.
func (v *viserFile) behind(t int64) int {
	return sort.Search(len(v.steps), func(i int) bool { return v.steps[i].time > t })
}

// upTo returns the entries of the steps before the one with index i.
func (v *viserFile) upTo(i int) []buffers.Entry {
	if i == 0 {
		return nil
	}
	to := v.steps[i-1].to
	return v.entries[:to:to]
}

// next implements steps.
func (v *viserFile) next(after int64) (Step, error) {
	i := v.behind(after)
	if i == len(v.steps) {
		return Step{}, io.EOF
	}
	from := len(v.upTo(i))
	return Step{
		Kind: KindPush, Time: time.Unix(0, v.steps[i].time), Seq: uint64(from),
		Entries: v.upTo(i + 1)[from:],
	}, nil
}

// state is what the messages up to t lead to.
func (v *viserFile) state(t time.Time) Step {
	live := v.upTo(v.behind(unixNanos(t)))
	return Step{Kind: KindKeyframe, Time: t, Seq: uint64(len(live)), Entries: live}
}

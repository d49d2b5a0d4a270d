package record

import (
	"cmp"
	"errors"
	"io"
	"maps"
	"slices"
	"time"
)

// Info is what is known of a recording without reading it.
type Info struct {
	// Generation is the layout of a .viser file, and 0 of an MCAP file.
	Generation Generation
	// Name and ViserVersion are what was written into it, "" if nothing was.
	Name, ViserVersion string
	// Start is when the recording began, and End when its last step happened, or until
	// when a .viser file says that it lasts.
	Start, End time.Time
	// Files is how many files it has, Bytes what they take together, and ContentBytes
	// the messages in them without compression.
	Files               int
	Bytes, ContentBytes int64
	// Messages is how many messages were pushed or received, by their wire names. That
	// of messages whose name can't be told is "?". Keyframes don't count.
	Messages map[string]uint64
	// Chunks and Keyframes are how many there are, both 0 of a .viser file.
	Chunks, Keyframes int
	// Damage is why the recording isn't whole at the end of one of its files, nil if all
	// have theirs: then Next returns it behind the last step, if it is that of the last
	// file. What is damaged before, Next and State find.
	Damage error
}

// Duration is how long the recording takes.
func (i *Info) Duration() time.Duration { return i.End.Sub(i.Start) }

// Info returns what is known of the recording. It reads nothing.
func (f *File) Info() Info {
	i := f.shared.now.Load().info
	i.Messages = maps.Clone(i.Messages)
	return i
}

// Gap is a part of a recording that isn't there.
type Gap struct {
	Start time.Time
	Lost
}

// Gaps returns the gaps, up to 65,536. It reads the chunks that they are in, and doesn't
// move f. The error is like that of [File.Next].
func (f *File) Gaps() (gaps []Gap, err error) {
	for _, p := range f.shared.now.Load().pieces {
		if !p.gap {
			continue
		}
		if gaps, err = p.appendGaps(gaps); err != nil {
			return nil, err
		}
	}
	return gaps, nil
}

// inGap reports whether something at t is lost. It reads the last chunk before that has a
// gap.
func (f *File) inGap(t time.Time) (bool, error) {
	for _, p := range slices.Backward(f.shared.now.Load().pieces) {
		if !p.gap || p.start > unixNanos(t) {
			continue
		}
		gaps, err := p.appendGaps(nil)
		return slices.ContainsFunc(gaps, func(g Gap) bool { return !g.Start.After(t) && g.Until.After(t) }), err
	}
	return false, nil
}

func (p *piece) appendGaps(gaps []Gap) ([]Gap, error) {
	at, err := p.open()
	if err != nil {
		return nil, err
	}
	for last := int64(beforeAll); ; {
		step, err := at.next(last)
		if errors.Is(err, io.EOF) {
			return gaps, nil
		}
		if err != nil {
			return nil, err
		}
		if step.Kind == KindGap && len(gaps) < maxSurveyNames {
			gaps = append(gaps, Gap{Start: step.Time, Lost: step.Lost})
		}
		last = step.Time.UnixNano()
	}
}

// addTo adds what is known of a file, behind those before it in time.
func (f *recorded) addTo(i *Info) {
	i.Files++
	i.Bytes += f.src.size
	if i.Damage == nil {
		i.Damage = f.damage
	}
	if f.viser != nil {
		f.viser.addTo(i)
		return
	}
	x := f.index
	i.Chunks += len(x.Chunks)
	for _, c := range x.Chunks {
		i.ContentBytes += c.Size
		i.Keyframes += count(c.Keyframe)
		i.End = c.End
	}
	for id, n := range x.counts {
		if c := x.channels.of(uint16(id)); n > 0 && (c.role == rolePush || c.role == roleReceive) {
			i.Messages[cmp.Or(c.name, unnamed)] += n
		}
	}
	if i.Files == 1 {
		i.Name, i.Start = x.meta["name"], x.start()
	}
	if i.ViserVersion == "" {
		i.ViserVersion = x.meta["viserVersion"]
	}
	if i.End.Before(i.Start) {
		i.End = i.Start
	}
}

// start is when the recording began: not behind its first step.
func (x *fileIndex) start() time.Time {
	t, err := time.Parse(time.RFC3339Nano, x.meta["start"])
	if len(x.Chunks) > 0 && (err != nil || t.After(x.Chunks[0].Start)) {
		return x.Chunks[0].Start
	}
	return t
}

func (v *viserFile) addTo(i *Info) {
	i.Generation, i.ViserVersion = v.header.Generation, v.header.ViserVersion
	i.Start, i.End = time.Unix(0, 0), time.Unix(0, max(0, int64(v.header.Duration)))
	if n := len(v.steps); n > 0 && v.steps[n-1].time > i.End.UnixNano() {
		i.End = time.Unix(0, v.steps[n-1].time)
	}
	i.ContentBytes, i.Messages = v.bytes, v.types
}

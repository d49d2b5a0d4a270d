package record

import (
	"cmp"
	"context"
	"errors"
	"io"
	"maps"
	"slices"
	"time"
)

const (
	// maxSurveyKeys bounds the keys that are counted at a time. Beyond it the smaller
	// half is forgotten.
	maxSurveyKeys = 1 << 18
	// maxSurveyNames bounds the wire names and the gaps.
	maxSurveyNames = 1 << 16
)

// Survey is what is found by reading a recording from its beginning to its end.
type Survey struct {
	Info
	// Steps is how many steps there are of each kind.
	Steps map[Kind]int
	// Types are the messages that were pushed or received, by wire name, those with
	// most bytes first.
	Types []TypeCount
	// Keys are the redundancy keys whose messages take most bytes, those with most
	// first. With more than 262,144 keys, small ones may be missing or too small.
	Keys []KeyCount
	// Peak is the messages of the second that had most.
	Peak int
	// Gaps are the gaps, up to 65,536.
	Gaps []Gap
	// Damage is what was met before the end, up to 65,536 places. What could be read
	// behind them is counted.
	Damage []error
}

// TypeCount counts the messages with one wire name.
type TypeCount struct {
	Type     string
	Inbound  bool // clients sent them
	Messages int
	Bytes    int64 // as they were sent, without compression
}

// KeyCount counts the messages with one redundancy key.
type KeyCount struct {
	Key      string
	Messages int
	Bytes    int64
}

// Survey reads the whole recording and counts what is in it, with up to keys keys. If
// progress isn't nil it is called now and then with the part that is done, 0 … 1. f
// stands at its end then. Damage is part of the result; the error is that of ctx, or of
// reading the file.
func (f *File) Survey(ctx context.Context, keys int, progress func(part float64)) (*Survey, error) {
	s := newSurveyor()
	info := f.Info()
	f.Seek(time.Time{})
	for n := 0; ctx.Err() == nil; n++ {
		step, err := f.Next()
		switch {
		case errors.Is(err, io.EOF):
			return s.result(info, keys), nil
		case err == nil:
			s.add(&step)
		case !s.damage(err):
			return nil, err
		case !f.Skip():
			return s.result(info, keys), nil
		}
		if progress != nil && n%progressSteps == 0 {
			progress(info.part(step.Time))
		}
	}
	return nil, ctx.Err()
}

// progressSteps is how many steps are read between two reports.
const progressSteps = 1024

// part is how much of the recording lies before t.
func (i *Info) part(t time.Time) float64 {
	if i.Duration() <= 0 {
		return 0
	}
	return min(max(0, float64(t.Sub(i.Start))/float64(i.Duration())), 1)
}

// typeKey tells types apart.
type typeKey struct {
	name    string
	inbound bool
}

// surveyor counts steps.
type surveyor struct {
	steps   map[Kind]int
	types   map[typeKey]*TypeCount
	keys    map[string]*KeyCount
	gaps    []Gap
	damaged []error
	second  int64 // that is counted
	inIt    int
	peak    int
}

func newSurveyor() *surveyor {
	return &surveyor{steps: map[Kind]int{}, types: map[typeKey]*TypeCount{}, keys: map[string]*KeyCount{}}
}

// damage takes note of an error, if it is one of the file's content.
func (s *surveyor) damage(err error) bool {
	var corrupt *CorruptError
	if !errors.As(err, &corrupt) {
		return false
	}
	if len(s.damaged) < maxSurveyNames {
		s.damaged = append(s.damaged, err)
	}
	return true
}

func (s *surveyor) add(step *Step) {
	s.steps[step.Kind]++
	if second := step.Time.Unix(); second != s.second {
		s.second, s.inIt = second, 0
	}
	switch step.Kind {
	case KindPush:
		for i := range step.Entries {
			e := &step.Entries[i]
			s.addMessage(wireName(e.Payload), false, len(e.Payload))
			s.addKey(e.Key, len(e.Payload))
		}
	case KindReceive:
		s.addMessage([]byte(step.Message.Type), true, len(step.Message.Body))
	case KindGap:
		if len(s.gaps) < maxSurveyNames {
			s.gaps = append(s.gaps, Gap{Start: step.Time, Lost: step.Lost})
		}
	}
}

func (s *surveyor) addMessage(name []byte, inbound bool, size int) {
	s.inIt++
	s.peak = max(s.peak, s.inIt)
	t := s.types[typeKey{string(name), inbound}]
	if t == nil {
		if len(name) == 0 || len(s.types) >= maxSurveyNames {
			name = []byte(unnamed)
		}
		key := typeKey{string(name), inbound}
		if t = s.types[key]; t == nil {
			t = &TypeCount{Type: key.name, Inbound: inbound}
			s.types[key] = t
		}
	}
	t.Messages++
	t.Bytes += int64(size)
}

func (s *surveyor) addKey(key string, size int) {
	if key == "" {
		return
	}
	k := s.keys[key]
	if k == nil {
		if len(s.keys) >= maxSurveyKeys {
			s.forgetSmall()
		}
		k = &KeyCount{Key: key}
		s.keys[key] = k
	}
	k.Messages++
	k.Bytes += int64(size)
}

// forgetSmall forgets the half of the keys that has fewest bytes.
func (s *surveyor) forgetSmall() {
	for _, k := range s.biggest()[len(s.keys)/2:] {
		delete(s.keys, k.Key)
	}
}

// biggest returns the keys, those with most bytes first.
func (s *surveyor) biggest() []*KeyCount {
	return slices.SortedFunc(maps.Values(s.keys), func(a, b *KeyCount) int {
		return cmp.Or(cmp.Compare(b.Bytes, a.Bytes), cmp.Compare(a.Key, b.Key))
	})
}

func (s *surveyor) result(info Info, keys int) *Survey {
	r := &Survey{Info: info, Steps: s.steps, Peak: s.peak, Gaps: s.gaps, Damage: s.damaged}
	types := slices.SortedFunc(maps.Values(s.types), func(a, b *TypeCount) int {
		return cmp.Or(cmp.Compare(b.Bytes, a.Bytes), cmp.Compare(a.Type, b.Type))
	})
	for _, t := range types {
		r.Types = append(r.Types, *t)
	}
	biggest := s.biggest()
	for _, k := range biggest[:min(max(0, keys), len(biggest))] {
		r.Keys = append(r.Keys, *k)
	}
	return r
}

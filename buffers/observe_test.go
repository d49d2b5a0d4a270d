package buffers

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
)

// shadow is an observer that keeps a log like the one it observes, from nothing but what
// it is told: entries have what a file would have of them.
type shadow struct {
	log    *Log
	err    error
	begun  int
	events []string
}

func (s *shadow) Begin(live []*Entry, next uint64) {
	s.log = NewLog(LogLimits{MaxEntries: -1, MaxBytes: -1, ResumeHorizon: -1, MaxTransientEntries: -1, MaxTransientBytes: -1})
	for _, e := range live {
		s.log.Skip(e.Seq)
		seq, err := s.log.Push(Entry{
			Key: e.Key, Payload: e.Payload, Packed: e.Packed, Except: e.Except,
			Follows: e.Follows, Supersedes: e.Supersedes,
		})
		if seq != e.Seq || err != nil {
			s.err = fmt.Errorf("state at %d, want %d: %w", seq, e.Seq, err)
		}
	}
	s.log.Skip(next)
	s.begun++
	s.events = append(s.events, fmt.Sprintf("begin %d at %d", len(live), next))
}

func (s *shadow) Pushed(first uint64, es []Entry) {
	s.log.Skip(first) // a log that begins again leaves one out
	s.log.Skip(first)
	got, _, err := s.log.PushBatch(es)
	if got != first || err != nil {
		s.err = fmt.Errorf("pushed at %d, want %d: %w", got, first, err)
	}
	s.log.Expire(0, s.log.Next())
	s.events = append(s.events, fmt.Sprintf("push %d at %d", len(es), first))
}

func (s *shadow) Removed(gone []*Entry) {
	n := s.log.Remove(func(e *Entry) bool {
		return slices.ContainsFunc(gone, func(g *Entry) bool { return g.Seq == e.Seq })
	})
	if n != len(gone) {
		s.err = fmt.Errorf("removed %d of %d", n, len(gone))
	}
	s.events = append(s.events, fmt.Sprintf("remove %d", n))
}

// observe begins to observe, anew if it does so already.
func (p *logProgram) observe() {
	if p.shadow == nil {
		p.shadow = &shadow{}
	}
	p.log.Observe(p.shadow)
}

// compareShadow verifies that an observer knows the live state, with its sequences.
func (p *logProgram) compareShadow() {
	p.t.Helper()
	if p.shadow == nil {
		return
	}
	if p.shadow.err != nil {
		p.t.Fatalf("observer: %v", p.shadow.err)
	}
	want, wantNext := p.log.Snapshot()
	got, next := p.shadow.log.Snapshot()
	if describe(got) != describe(want) || next != wantNext {
		p.t.Fatalf("observer\n knows %s to %d\n  want %s to %d", describe(got), next, describe(want), wantNext)
	}
	if err := p.shadow.log.entries.check(); err != nil {
		p.t.Fatalf("restored log: %v", err)
	}
}

func TestObserverIsToldInOrder(t *testing.T) {
	l := NewLog(LogLimits{})
	push := func(keys ...string) {
		var es []Entry
		for _, key := range keys {
			es = append(es, entry(key, "x"))
		}
		if _, _, err := l.PushBatch(es); err != nil {
			t.Fatal(err)
		}
	}
	push("a", "b")
	s := &shadow{}
	stop := l.Observe(s)
	push("a")
	push() // nothing
	push("c", "d")
	l.Remove(func(e *Entry) bool { return e.Key == "b" || e.Key == "c" })
	l.Remove(func(*Entry) bool { return false })
	l.Observe(s) // anew
	push("e")
	stop()
	stop()
	push("f")
	want := []string{"begin 2 at 2", "push 1 at 2", "push 2 at 3", "remove 2", "begin 2 at 5", "push 1 at 5"}
	if !slices.Equal(s.events, want) || s.err != nil {
		t.Errorf("got %q, %v\nwant %q", s.events, s.err, want)
	}
}

func TestObserverIsNotToldOfWhatWasRefused(t *testing.T) {
	l := NewLog(LogLimits{MaxEntries: 1})
	s := &shadow{}
	defer l.Observe(s)()
	if _, _, err := l.PushBatch([]Entry{entry("a", "1"), entry("b", "1")}); !errors.Is(err, ErrFull) {
		t.Fatal(err)
	}
	if len(s.events) != 1 {
		t.Errorf("told of %q", s.events)
	}
}

// An observer may come and go while others push: what it has is what there is.
func TestObserveUnderConcurrency(t *testing.T) {
	const rounds = 300
	l := NewLog(LogLimits{})
	var producing sync.WaitGroup
	for p := range 3 {
		producing.Go(func() {
			for i := range rounds {
				if _, err := l.Push(entry(fmt.Sprint(p, i%7), fmt.Sprint(i))); err != nil {
					t.Error(err)
				}
				if i%10 == 0 {
					l.Remove(func(e *Entry) bool { return e.Key == fmt.Sprint(p, 3) })
				}
			}
		})
	}
	kept := &shadow{}
	l.Observe(kept)
	for range 50 {
		s := &shadow{}
		stop := l.Observe(s)
		l.Observe(kept)
		stop()
		if s.err != nil {
			t.Fatal(s.err)
		}
	}
	producing.Wait()
	got, _ := kept.log.Snapshot()
	want, _ := l.Snapshot()
	if describe(got) != describe(want) || kept.err != nil || kept.begun != 51 {
		t.Errorf("knows %s, %v\nwant %s", describe(got), kept.err, describe(want))
	}
}

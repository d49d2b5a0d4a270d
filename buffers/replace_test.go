package buffers

import (
	"errors"
	"slices"
	"testing"
)

// stateOf returns the live state as what it would be replaced by.
func stateOf(l *Log) []Entry {
	live, _ := l.Snapshot()
	es := make([]Entry, len(live))
	for i, e := range live {
		es[i] = *e
		es[i].Seq = 0
	}
	return es
}

// replace goes back to a state of before, or remembers the present one.
func (p *logProgram) replace() {
	p.t.Helper()
	if p.src.intn(2) == 0 || len(p.states) == 0 {
		p.states = append(p.states, stateOf(p.log))
		return
	}
	state := p.states[p.src.intn(len(p.states))]
	first := p.model.next
	want, fits := p.model.replace(state)
	got, err := p.log.Replace(state)
	if fits != (err == nil) || fits && got != want {
		p.t.Fatalf("replaced: %+v, %v, want %+v, %v", got, err, want, fits)
	}
	if !fits {
		return
	}
	if want.Reset {
		first++
	}
	if want.Reset && p.shadow != nil {
		p.shadow.log.Skip(first) // which it isn't told before the next push
	}
	if first < p.model.next {
		p.note(state[got.Kept:], first, p.model.next-1)
	}
	if !slices.EqualFunc(stateOf(p.log), state, func(a, b Entry) bool { return a.same(&b) }) {
		p.t.Fatalf("replaced by\n     %v\n got %v", state, stateOf(p.log))
	}
}

// replace is obvious but for one thing: what is there stays if it is the beginning.
func (m *model) replace(es []Entry) (r Replaced, fits bool) {
	lasting := m.lasting()
	for r.Kept < min(len(es), len(lasting)) && lasting[r.Kept].payload == string(es[r.Kept].Payload) {
		r.Kept++
	}
	rest := es[r.Kept:]
	goes := slices.ContainsFunc(lasting[r.Kept:], func(old modelEntry) bool {
		return !slices.ContainsFunc(rest, func(e Entry) bool { return e.Key != "" && e.Key == old.key })
	})
	if !goes {
		return r, len(rest) == 0 || m.push(rest)
	}
	after := *m
	after.live, after.next, after.forgotten = nil, m.next+1, m.next+1
	after.dropped = append(slices.Clone(m.dropped), modelEntry{seq: m.next}) // which everybody has seen
	if len(es) > 0 && !after.push(es) {
		return Replaced{}, false
	}
	*m = after
	return Replaced{Reset: true}, true
}

func TestReplaceTellsReadersOrHasThemBeginAgain(t *testing.T) {
	follower := entry("c", "3")
	follower.Follows = "a"
	excluding := entry("a", "1")
	excluding.Except = 7
	state := []Entry{entry("a", "1"), entry("b", "2"), entry("", "x")}
	for _, test := range []struct {
		name string
		to   []Entry
		want Replaced
		sent string // to a reader that was at the end
	}{
		{"the same", state, Replaced{Kept: 3}, ""},
		{"more", append(slices.Clone(state), follower), Replaced{Kept: 3}, `3:c="3" `},
		{"another value", []Entry{state[0], entry("b", "4"), state[2]}, Replaced{Reset: true}, ""},
		{"another value of the last", []Entry{state[0], state[2], state[1]}, Replaced{Reset: true}, ""},
		{"a key less", []Entry{state[0], state[2]}, Replaced{Reset: true}, ""},
		{"what has no key less", state[:2], Replaced{Reset: true}, ""},
		{"other claims", []Entry{excluding, state[1], state[2]}, Replaced{Reset: true}, ""},
		{"nothing", nil, Replaced{Reset: true}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			l := NewLog(LogLimits{})
			if _, _, err := l.PushBatch(state); err != nil {
				t.Fatal(err)
			}
			there, end := ResumeAt(l.Next(), 0), l.Next()
			got, err := l.Replace(test.to)
			if err != nil || got != test.want {
				t.Fatalf("got %+v, %v, want %+v", got, err, test.want)
			}
			there.Tick(l.Next())
			w := l.Window(nil, there.Request(NoReader))
			if describe(w.Entries) != test.sent || w.Reset != test.want.Reset {
				t.Errorf("the reader gets %s, reset %v", describe(w.Entries), w.Reset)
			}
			if w.Reset != (l.OldestToken() > end) {
				t.Errorf("the oldest token is %d, the end was %d", l.OldestToken(), end)
			}
			late := JoinAt(l.Next())
			late.Tick(l.Next())
			if w := l.Window(nil, late.Request(NoReader)); w.Reset || len(w.Entries) != len(test.to) {
				t.Errorf("a late reader gets %s, reset %v", describe(w.Entries), w.Reset)
			}
		})
	}
}

func TestReplaceSupersedesByKey(t *testing.T) {
	l := NewLog(LogLimits{MaxEntries: 2})
	if _, _, err := l.PushBatch([]Entry{entry("a", "1"), entry("b", "1")}); err != nil {
		t.Fatal(err)
	}
	got, err := l.Replace([]Entry{entry("b", "2"), entry("a", "2")})
	if err != nil || got.Reset {
		t.Errorf("%+v, %v", got, err)
	}
	live, _ := l.Snapshot()
	if describe(live) != `2:b="2" 3:a="2" ` {
		t.Error(describe(live))
	}
}

func TestReplaceChangesNothingWhenItFails(t *testing.T) {
	l := NewLog(LogLimits{MaxEntries: 2})
	if _, _, err := l.PushBatch([]Entry{entry("a", "1"), entry("b", "1")}); err != nil {
		t.Fatal(err)
	}
	removal, transient := entry("a", "2"), entry("a", "2")
	removal.Removal, transient.Transient = true, true
	for name, test := range map[string]struct {
		to   []Entry
		want error
	}{
		"a removal":         {[]Entry{entry("b", "1"), removal}, ErrState},
		"transient":         {[]Entry{transient}, ErrState},
		"too much":          {[]Entry{entry("c", "1"), entry("d", "1"), entry("e", "1")}, ErrFull},
		"too much, in band": {[]Entry{entry("b", "1"), entry("a", "1"), entry("e", "1")}, ErrFull},
	} {
		if _, err := l.Replace(test.to); !errors.Is(err, test.want) {
			t.Errorf("%s: %v", name, err)
		}
		live, next := l.Snapshot()
		if describe(live) != `0:a="1" 1:b="1" ` || next != 2 || l.OldestToken() != 0 {
			t.Errorf("%s: %s to %d, token %d", name, describe(live), next, l.OldestToken())
		}
	}
}

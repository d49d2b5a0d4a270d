package record

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/scenewire/scenewire/buffers"
)

// given is steps from memory.
type given struct{ steps []Step }

func (g *given) Next() (Step, error) {
	if len(g.steps) == 0 {
		return Step{}, io.EOF
	}
	s := g.steps[0]
	g.steps = g.steps[1:]
	return s, nil
}

// drawCapture draws what a capture of a log writes: pushes and removals, gaps with the
// keyframe behind them, and clients.
func drawCapture(t *rapid.T, count int) []Step {
	log := buffers.NewLog(buffers.LogLimits{})
	at := day
	var steps []Step
	add := func(s Step) {
		at = at.Add(time.Duration(rapid.IntRange(1000, 1e9).Draw(t, "later")))
		s.Time = at
		steps = append(steps, s)
	}
	for range count {
		switch rapid.IntRange(0, 12).Draw(t, "step") {
		case 0:
			drawLogStep(t, log) // is lost
			add(Step{Kind: KindGap, Lost: Lost{Batches: 1, Until: at}})
			lost := NewState()
			lost.log = log
			add(lost.Keyframe(at))
		case 1:
			add(Step{Kind: KindConnect, Client: rapid.Uint64Range(1, 3).Draw(t, "client"), Address: "here:1"})
		case 2:
			add(Step{Kind: KindDisconnect, Client: rapid.Uint64Range(1, 3).Draw(t, "client")})
		default:
			add(drawLogStep(t, log))
		}
	}
	return steps
}

// describe is what tells steps apart, keyframes left out.
func describe(steps []Step) (list []string) {
	for _, s := range steps {
		if s.Kind != KindKeyframe {
			list = append(list, fmt.Sprint(s.Time.Sub(day), s.Kind, s.Seq, s.Removed, s.Client, liveStep(s)))
		}
	}
	return list
}

// stateAt is what steps up to a time lead to.
func stateAt(t fataler, steps []Step, at time.Time) []string {
	state := NewState()
	for _, s := range steps {
		if s.Time.After(at) {
			break
		}
		if err := state.Apply(s); err != nil {
			t.Fatal(err)
		}
	}
	return liveStep(state.Keyframe(at))
}

func TestCutIsThePartOfARecording(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		steps := stepsOf(t, write(t, WriterOptions{}, drawCapture(rt, rapid.IntRange(1, 40).Draw(rt, "count"))...))
		pick := func(what string) time.Time {
			i := rapid.IntRange(0, len(steps)-1).Draw(rt, what)
			return steps[i].Time.Add(500 * time.Duration(rapid.IntRange(-1, 1).Draw(rt, "beside")))
		}
		from, to := pick("from"), pick("to")
		if to.Before(from) {
			from, to = to, from
		}
		got, err := all(Cut(&given{slices.Clone(steps)}, from, to))
		if err != nil {
			rt.Fatal(err)
		}
		checkCut(rt, steps, got, from, to)
	})
}

// checkCut compares a cut with the steps that it is of.
func checkCut(t fataler, steps, got []Step, from, to time.Time) {
	t.Helper()
	connects := func(s Step) bool { // maybe one that the cut adds
		return s.Kind == KindConnect && s.Time.Before(from.Add(100))
	}
	within := slices.DeleteFunc(slices.Clone(steps), func(s Step) bool { return !s.Time.After(from) || s.Time.After(to) || connects(s) })
	behind := slices.DeleteFunc(slices.Clone(got), func(s Step) bool { return !s.Time.After(from) || connects(s) })
	if got, want := describe(behind), describe(within); !slices.Equal(got, want) {
		t.Fatalf("the cut from %v to %v has\n%q\nwant\n%q", from.Sub(day), to.Sub(day), got, want)
	}
	if len(got) > 0 && got[0].Kind == KindGap {
		return // the state isn't known at from
	}
	for _, at := range append([]time.Time{from}, timesOf(within)...) {
		if got, want := stateAt(t, got, at), stateAt(t, steps, at); !slices.Equal(got, want) {
			t.Fatalf("in the cut from %v the state at %v is\n%q\nwant\n%q", from.Sub(day), at.Sub(day), got, want)
		}
	}
}

func timesOf(steps []Step) (times []time.Time) {
	for _, s := range steps {
		times = append(times, s.Time)
	}
	return times
}

// all reads a source to its end.
func all(src StepReader) (steps []Step, err error) {
	for {
		s, err := src.Next()
		if errors.Is(err, io.EOF) {
			return steps, nil
		}
		if err != nil {
			return steps, err
		}
		steps = append(steps, s)
	}
}

func TestCutConnectsThoseWhoWereConnected(t *testing.T) {
	at := func(s int) time.Time { return day.Add(time.Duration(s) * time.Second) }
	src := &given{[]Step{
		{Kind: KindConnect, Time: at(1), Client: 1, Address: "a"},
		{Kind: KindConnect, Time: at(2), Client: 2, Address: "b"},
		{Kind: KindDisconnect, Time: at(3), Client: 1},
		{Kind: KindConnect, Time: at(4), Client: 3, Address: "c"},
		{Kind: KindReceive, Time: at(6), Client: 3},
		{Kind: KindReceive, Time: at(8), Client: 3},
	}}
	steps, err := all(Cut(src, at(5), at(7)))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range steps {
		got = append(got, fmt.Sprintf("%v %v%d%s", s.Time.Sub(day), s.Kind, s.Client, s.Address))
	}
	want := []string{"5s keyframe0", "5.000000001s connect2b", "5.000000002s connect3c", "6s receive3"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestCutTimesRiseStrictly(t *testing.T) {
	src := &given{[]Step{
		{Kind: KindConnect, Time: day.Add(1), Client: 1},
		{Kind: KindConnect, Time: day.Add(2), Client: 2},
		{Kind: KindReceive, Time: day.Add(4), Client: 2},
	}}
	steps, err := all(Cut(src, day.Add(3), time.Time{}))
	if err != nil {
		t.Fatal(err)
	}
	var got []time.Duration
	for _, at := range timesOf(steps) {
		got = append(got, at.Sub(day))
	}
	if want := []time.Duration{3, 4, 5, 6}; !slices.Equal(got, want) {
		t.Errorf("steps at %v, want %v", got, want)
	}
}

func TestCutOfAFileSeeks(t *testing.T) {
	var steps []Step
	for i := range 40 {
		steps = append(steps, push(day.Add(time.Duration(i)*time.Second), uint64(i), fmt.Sprint(i%7), 300_000))
	}
	file := write(t, WriterOptions{KeyframeInterval: time.Second}, steps...)
	f, err := OpenReader(bytes.NewReader(file), int64(len(file)), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	from, to := day.Add(20*time.Second), day.Add(30*time.Second)
	got, err := all(Cut(f.Fork(), from, to))
	if err != nil {
		t.Fatal(err)
	}
	checkCut(t, stepsOf(t, file), got, from, to)
	if got[0].Kind != KindKeyframe || len(got[0].Entries) != 7 {
		t.Errorf("the cut begins with %v of %d entries", got[0].Kind, len(got[0].Entries))
	}
}

func TestCopyKeepsStepsAndStates(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		steps := stepsOf(t, write(t, WriterOptions{}, drawCapture(rt, rapid.IntRange(1, 40).Draw(rt, "count"))...))
		var file bytes.Buffer
		w, err := NewWriter(&file, WriterOptions{Compression: CompressBetter})
		if err != nil {
			rt.Fatal(err)
		}
		if err := errors.Join(Copy(w, &given{slices.Clone(steps)}), w.Close()); err != nil {
			rt.Fatal(err)
		}
		got := stepsOf(t, file.Bytes())
		if got, want := describe(got), describe(steps); !slices.Equal(got, want) {
			rt.Fatalf("the copy has\n%q\nwant\n%q", got, want)
		}
		for range 5 {
			at := rapid.SampledFrom(timesOf(steps)).Draw(rt, "at")
			if got, want := stateAt(rt, got, at), stateAt(rt, steps, at); !slices.Equal(got, want) {
				rt.Fatalf("in the copy the state at %v is\n%q\nwant\n%q", at.Sub(day), got, want)
			}
		}
	})
}

// TestCopyWritesKeyframesOfItsOwn copies a recording with many keyframes into one that
// wants few.
func TestCopyWritesKeyframesOfItsOwn(t *testing.T) {
	var src given
	state := NewState()
	for i := range 20 {
		s := push(day.Add(time.Duration(i)*time.Second), uint64(i), "", 200_000)
		state.Apply(s)
		src.steps = append(src.steps, s, state.Keyframe(s.Time.Add(1)))
	}
	var file bytes.Buffer
	w, err := NewWriter(&file, WriterOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(Copy(w, &src), w.Close()); err != nil {
		t.Fatal(err)
	}
	var keyframes []time.Duration
	for _, c := range w.Index().Chunks {
		if c.Keyframe {
			keyframes = append(keyframes, c.Start.Sub(day).Round(time.Second))
		}
	}
	if want := []time.Duration{0, 10 * time.Second}; !slices.Equal(keyframes, want) {
		t.Errorf("keyframes at %v, want %v", keyframes, want)
	}
}

// TestCopyJoinsRecordings copies two behind one another that have nothing to do with each
// other: the second one begins with its own state.
func TestCopyJoinsRecordings(t *testing.T) {
	record := func(at time.Time, keys ...string) []Step {
		var steps []Step
		for i, key := range keys {
			steps = append(steps, push(at.Add(time.Duration(i)*time.Second), uint64(i), key, i+1))
		}
		return stepsOf(t, write(t, WriterOptions{}, steps...))
	}
	first, second := record(day, "a", "b", "c"), record(day.Add(time.Hour), "b", "d", "b")
	var file bytes.Buffer
	w := newWriter(t, &file, WriterOptions{})
	if err := errors.Join(Copy(w, &given{first}), Copy(w, &given{second}), w.Close()); err != nil {
		t.Fatal(err)
	}
	got := stepsOf(t, file.Bytes())
	if got, want := describe(got), append(describe(first), describe(second)...); !slices.Equal(got, want) {
		t.Errorf("the copy has\n%q\nwant\n%q", got, want)
	}
	for _, part := range [][]Step{first, second} {
		for _, at := range timesOf(part) {
			if got, want := stateAt(t, got, at), stateAt(t, part, at); !slices.Equal(got, want) {
				t.Errorf("the state at %v is\n%q\nwant\n%q", at.Sub(day), got, want)
			}
		}
	}
}

package record

import (
	"bytes"
	"errors"
	"os"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/scenewire/scenewire/buffers"
)

// TestStepsOfViserFilesAndBack makes a long recording of each generation's file, and a
// recording in memory of that.
func TestStepsOfViserFilesAndBack(t *testing.T) {
	for _, name := range []string{"loop", "gzip", "zstd"} {
		t.Run(name, func(t *testing.T) {
			file, err := os.ReadFile("testdata/" + name + ".viser")
			if err != nil {
				t.Fatal(err)
			}
			want, err := Read(bytes.NewReader(file), nil)
			if err != nil {
				t.Fatal(err)
			}
			r, err := NewReader(bytes.NewReader(file), nil)
			if err != nil {
				t.Fatal(err)
			}
			var long bytes.Buffer
			w, err := NewWriter(&long, WriterOptions{Start: day})
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(Copy(w, r.Steps(day, ViserKeyRules())), w.Close()); err != nil {
				t.Fatal(err)
			}
			got, err := Collect(&given{stepsOf(t, long.Bytes())}, CollectOptions{Start: day, End: day.Add(want.Duration)})
			if err != nil {
				t.Fatal(err)
			}
			compareRecordings(t, got, want)
		})
	}
}

// compareRecordings allows a first batch to be a nanosecond late, which is the keyframe
// before it.
func compareRecordings(t *testing.T, got, want *Recording) {
	t.Helper()
	if len(want.Messages) == 0 || len(got.Messages) != len(want.Messages) || got.Duration != want.Duration {
		t.Fatalf("%d messages in %v, want %d in %v", len(got.Messages), got.Duration, len(want.Messages), want.Duration)
	}
	for i := range got.Messages {
		g, w := got.Messages[i], want.Messages[i]
		if g.Type != w.Type || !bytes.Equal(g.Body, w.Body) || (g.Time-w.Time) > 1 || g.Time < w.Time {
			t.Fatalf("message %d is %v %s, want %v %s", i, g.Time, g.Type, w.Time, w.Type)
		}
	}
}

func TestStepsOfAViserFileAreItsBatches(t *testing.T) {
	rec := Recording{Messages: []Message{
		{Time: 1 * time.Second, Type: "A", Body: payload("A", 1)},
		{Time: 1 * time.Second, Type: "B", Body: payload("B", 2)},
		{Time: 3 * time.Second, Type: "C", Body: payload("C", 3)},
		{Time: 2 * time.Second, Type: "D", Body: payload("D", 4)}, // is played at 3 s
		{Time: 4 * time.Second, Type: "E", Body: payload("E", 5)},
	}}
	var file bytes.Buffer
	if _, err := rec.WriteTo(&file); err != nil {
		t.Fatal(err)
	}
	r, err := NewReader(&file, nil)
	if err != nil {
		t.Fatal(err)
	}
	steps, err := all(r.Steps(day, nil))
	if err != nil {
		t.Fatal(err)
	}
	entry := func(seq uint64) buffers.Entry {
		return buffers.Entry{Seq: seq, Payload: rec.Messages[seq].Body, Except: buffers.NoReader}
	}
	want := []Step{
		{Kind: KindPush, Time: day.Add(1 * time.Second), Seq: 0, Entries: []buffers.Entry{entry(0), entry(1)}},
		{Kind: KindPush, Time: day.Add(3 * time.Second), Seq: 2, Entries: []buffers.Entry{entry(2), entry(3)}},
		{Kind: KindPush, Time: day.Add(4 * time.Second), Seq: 4, Entries: []buffers.Entry{entry(4)}},
	}
	if !reflect.DeepEqual(steps, want) {
		t.Errorf("got  %+v\nwant %+v", steps, want)
	}
}

func TestCollectBeginsWithTheState(t *testing.T) {
	at := func(s int) time.Time { return day.Add(time.Duration(s) * time.Second) }
	steps := []Step{push(at(0), 0, "a", 1), push(at(1), 1, "b", 2), push(at(2), 2, "a", 3), push(at(3), 3, "c", 4)}
	for name, test := range map[string]struct {
		o    CollectOptions
		want []time.Duration
		size []int
	}{
		"with the state":    {CollectOptions{}, []time.Duration{0, 0, time.Second}, []int{2, 3, 4}},
		"without the state": {CollectOptions{WithoutState: true}, []time.Duration{time.Second}, []int{4}},
		"from another time": {CollectOptions{Start: day}, []time.Duration{2 * time.Second, 2 * time.Second, 3 * time.Second}, []int{2, 3, 4}},
	} {
		t.Run(name, func(t *testing.T) {
			rec, err := Collect(Cut(&given{steps}, at(2), at(9)), test.o)
			if err != nil {
				t.Fatal(err)
			}
			var times []time.Duration
			var sizes []int
			for _, m := range rec.Messages {
				times = append(times, m.Time)
				sizes = append(sizes, len(m.Body)-len(payload("Thing", 0)))
			}
			if !slices.Equal(times, test.want) || !slices.Equal(sizes, test.size) {
				t.Errorf("bodies of %v bytes at %v, want %v at %v", sizes, times, test.size, test.want)
			}
		})
	}
}

func TestCollectTakesWhatIsNewBehindAGap(t *testing.T) {
	known, lost := push(day, 0, "a", 1), push(day.Add(1), 1, "b", 2)
	state := NewState()
	for _, s := range []Step{known, lost} {
		if err := state.Apply(s); err != nil {
			t.Fatal(err)
		}
	}
	rec, err := Collect(&given{[]Step{known, {Kind: KindGap, Time: day.Add(2)}, state.Keyframe(day.Add(3))}}, CollectOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if len(rec.Messages) != 2 || !bytes.Equal(rec.Messages[1].Body, lost.Entries[0].Payload) || rec.Messages[1].Time != 3 {
		t.Errorf("got %+v", rec.Messages)
	}
}

func TestCollectStopsAtItsBound(t *testing.T) {
	steps := []Step{push(day, 0, "a", 100), push(day.Add(1), 1, "b", 100), push(day.Add(2), 2, "c", 100)}
	rec, err := Collect(&given{steps}, CollectOptions{MaxBytes: 400})
	if !errors.Is(err, ErrFull) || len(rec.Messages) != 2 {
		t.Errorf("%d messages, %v", len(rec.Messages), err)
	}
}

package record

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/internal/mcap"
)

// capture returns the steps of a small capture, 100 ms apart, behind the keyframe that
// it begins with.
func capture(n int) []Step {
	log := buffers.NewLog(buffers.LogLimits{})
	at := day
	steps := []Step{{Kind: KindKeyframe, Time: day}}
	add := func(s Step) {
		at = at.Add(100 * time.Millisecond)
		s.Time = at
		steps = append(steps, s)
	}
	for i := range n {
		batch := []buffers.Entry{
			{Key: fmt.Sprintf("/node%d", i%7), Payload: payload("Create", i%50), Except: buffers.NoReader},
			{Key: fmt.Sprintf("/node%d/pose", i%7), Follows: fmt.Sprintf("/node%d", i%7), Payload: payload("Move", i%90), Except: uint64(i)},
		}
		switch i % 10 {
		case 5:
			batch = batch[:1]
			batch[0].Removal = true
			batch[0].Supersedes = &buffers.KeySet{Prefix: batch[0].Key + "/"}
		case 7:
			batch = append(batch, buffers.Entry{Payload: payload("Flash", 1), Transient: true, Except: buffers.NoReader})
		}
		first, _, err := log.PushBatch(batch)
		if err != nil {
			panic(err)
		}
		for j := range batch {
			batch[j].Seq = first + uint64(j)
		}
		add(Step{Kind: KindPush, Seq: first, Entries: batch})
		switch i % 10 {
		case 3:
			add(Step{Kind: KindConnect, Client: uint64(i), Address: "127.0.0.1:5"})
			add(Step{Kind: KindReceive, Client: uint64(i), Message: Message{Type: "Click", Body: payload("Click", 2)}})
			add(Step{Kind: KindDisconnect, Client: uint64(i), Reason: "bye"})
		case 8:
			live, _ := log.Snapshot()
			seq := live[len(live)/2].Seq
			log.Remove(func(e *buffers.Entry) bool { return e.Seq == seq })
			add(Step{Kind: KindRemove, Removed: []uint64{seq}})
		}
	}
	return steps
}

// stateOf is what steps up to t lead to, applied one by one.
func stateOf(t testing.TB, steps []Step, at time.Time) Step {
	t.Helper()
	s := NewState()
	for _, step := range steps {
		if step.Time.After(at) {
			break
		}
		if err := s.Apply(step); err != nil {
			t.Fatal(err)
		}
	}
	return s.Keyframe(at)
}

// written writes down a step with all that a file keeps of it, entry by entry.
func written(s Step) []string {
	list := []string{fmt.Sprintf("%v at %v seq %d removed %v lost %v %d %d %d client %d %q %q %q %x", s.Kind, s.Time.UTC(), s.Seq,
		s.Removed, s.Lost.Until.UTC(), s.Lost.Batches, s.Lost.Entries, s.Lost.Bytes, s.Client, s.Address, s.Reason, s.Message.Type, s.Message.Body)}
	for _, e := range s.Entries {
		line := fmt.Sprintf("%d %q except %d follows %q removal %v transient %v: %x", e.Seq, e.Key, e.Except, e.Follows, e.Removal, e.Transient, e.Payload)
		if e.Supersedes != nil {
			line += fmt.Sprintf(" supersedes %q %q", e.Supersedes.Prefix, e.Supersedes.Keys)
		}
		list = append(list, line)
	}
	return list
}

// sameState says in what two states differ.
func sameState(got, want Step) string {
	g, w := written(got), written(want)
	for i := range max(len(g), len(w)) {
		switch {
		case i >= len(g):
			return fmt.Sprintf("%d entries, want %d: %s is missing", len(g)-1, len(w)-1, w[i])
		case i >= len(w):
			return fmt.Sprintf("%d entries, want %d: %s is too much", len(g)-1, len(w)-1, g[i])
		case g[i] != w[i]:
			return fmt.Sprintf("is   %s\nwant %s", g[i], w[i])
		}
	}
	return ""
}

// open opens a file in memory.
func open(t testing.TB, file []byte) *File {
	t.Helper()
	f, err := OpenReader(bytes.NewReader(file), int64(len(file)), nil)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// rest reads the steps up to the end, and returns why it ends.
func rest(f *File) (steps []Step, err error) {
	for {
		s, err := f.Next()
		if err != nil {
			return steps, err
		}
		steps = append(steps, s)
	}
}

// whole reads the steps up to the end, which has to be there.
func whole(t testing.TB, f *File) []Step {
	t.Helper()
	steps, err := rest(f)
	if !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	return steps
}

// without returns the steps without keyframes.
func without(steps []Step) []Step {
	return slices.DeleteFunc(slices.Clone(steps), func(s Step) bool { return s.Kind == KindKeyframe })
}

func sameSteps(t testing.TB, got, want []Step) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d steps, want %d", len(got), len(want))
	}
	for i := range got {
		if diff := sameState(got[i], want[i]); diff != "" {
			t.Fatalf("step %d\n%s", i, diff)
		}
	}
}

// unended cuts off what is written when a capture ends.
func unended(t testing.TB, file []byte) []byte {
	t.Helper()
	x := newFileIndex(&source{r: bytes.NewReader(file), size: int64(len(file))})
	if err := x.readSummary(); err != nil {
		t.Fatal(err)
	}
	return file[:x.Bytes]
}

func TestFileReadsWhatWasWritten(t *testing.T) {
	steps := capture(200)
	file := write(t, WriterOptions{ChunkBytes: 2000, KeyframeInterval: 2 * time.Second}, steps...)
	for name, data := range map[string][]byte{"with a summary": file, "without": unended(t, file)} {
		t.Run(name, func(t *testing.T) {
			f := open(t, data)
			got, err := rest(f)
			if name == "without" != errors.Is(err, ErrTruncated) || name != "without" && !errors.Is(err, io.EOF) {
				t.Error(err)
			}
			sameSteps(t, without(got), without(steps))
			if again, err2 := f.Next(); err2.Error() != err.Error() {
				t.Errorf("behind the end: %v, %v", again, err2)
			}
		})
	}
}

func TestFileSeeksBothWays(t *testing.T) {
	steps := capture(200)
	file := write(t, WriterOptions{ChunkBytes: 2000}, steps...)
	for name, data := range map[string][]byte{"with a summary": file, "without": unended(t, file)} {
		t.Run(name, func(t *testing.T) {
			f := open(t, data)
			all, _ := rest(f)
			for _, i := range []int{0, len(all) - 1, 7, len(all) / 2, 3, 100} {
				f.Seek(all[i].Time)
				got, _ := rest(f)
				sameSteps(t, got, all[i+1:])
				f.Seek(all[i].Time.Add(-1))
				if s, err := f.Next(); err != nil || !s.Time.Equal(all[i].Time) {
					t.Fatalf("step %d: %v, %v", i, s, err)
				}
			}
			f.Seek(time.Time{})
			got, _ := rest(f)
			sameSteps(t, got, all)
			f.Seek(time.Unix(1<<50, 0))
			if _, err := f.Next(); err == nil {
				t.Error("there is something behind the end of time")
			}
		})
	}
}

func TestFileStateIsWhatTheStepsLeadTo(t *testing.T) {
	steps := capture(300)
	file := write(t, WriterOptions{ChunkBytes: 2000}, steps...)
	// A writer's own keyframes come after 1 MiB: here are some more.
	var more []Step
	for i, s := range steps {
		more = append(more, s)
		if i%40 == 20 {
			more = append(more, stateOf(t, steps, s.Time.Add(1)))
		}
	}
	often := write(t, WriterOptions{ChunkBytes: 2000}, more...)
	for name, data := range map[string][]byte{
		"one keyframe": file, "many": often, "many, without a summary": unended(t, often),
	} {
		t.Run(name, func(t *testing.T) {
			f := open(t, data)
			for i := 0; i < len(steps); i += 7 {
				for _, at := range []time.Time{steps[i].Time, steps[i].Time.Add(time.Millisecond)} {
					got, err := f.State(at)
					if err != nil {
						t.Fatal(err)
					}
					if diff := sameState(got, stateOf(t, steps, at)); diff != "" {
						t.Fatalf("at step %d\n%s", i, diff)
					}
				}
			}
			for _, at := range []time.Time{{}, time.Unix(5, 0), steps[0].Time.Add(-time.Hour)} {
				if got, err := f.State(at); err != nil || len(got.Entries) != 0 {
					t.Errorf("before the beginning, at %v: %+v, %v", at, got, err)
				}
			}
		})
	}
}

// Whatever happens, state and what follows are the recording.
func TestFileStateAndRestAreTheRecording(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		log := buffers.NewLog(buffers.LogLimits{})
		steps := []Step{{Kind: KindKeyframe, Time: day}}
		for i := range rapid.IntRange(1, 40).Draw(rt, "steps") {
			s := drawLogStep(rt, log)
			s.Time = day.Add(time.Duration(i+1) * time.Second)
			for j := range s.Entries {
				s.Entries[j].Seq = s.Seq + uint64(j)
			}
			steps = append(steps, s)
			if rapid.IntRange(0, 5).Draw(rt, "keyframe") == 0 {
				steps = append(steps, stateOf(t, steps, s.Time.Add(time.Millisecond)))
			}
		}
		file := write(t, WriterOptions{ChunkBytes: rapid.IntRange(1, 500).Draw(rt, "chunk")}, steps...)
		f := open(t, file)
		at := day.Add(time.Duration(rapid.IntRange(-1, 45_000).Draw(rt, "at")) * time.Millisecond)
		got, err := f.State(at)
		if err != nil {
			rt.Fatal(err)
		}
		if diff := sameState(got, stateOf(t, steps, at)); diff != "" {
			rt.Fatal(diff)
		}
		f.Seek(at)
		sameSteps(t, without(whole(t, f)), without(slices.DeleteFunc(slices.Clone(steps), func(s Step) bool { return !s.Time.After(at) })))
	})
}

func TestFileForksAreReadConcurrently(t *testing.T) {
	steps := capture(200)
	f := open(t, write(t, WriterOptions{ChunkBytes: 2000}, steps...))
	done := make(chan error)
	for i := range 4 {
		go func() {
			g := f.Fork()
			g.Seek(steps[50*i].Time)
			got, err := rest(g)
			if !errors.Is(err, io.EOF) || len(without(got)) != len(steps[50*i:])-1 {
				done <- fmt.Errorf("%d steps, %w", len(got), err)
				return
			}
			_, err = g.State(steps[10*i].Time)
			done <- err
		}()
	}
	for range 4 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

func TestFileOfGoldenViserRecordings(t *testing.T) {
	for _, g := range generations {
		t.Run(g.String(), func(t *testing.T) {
			f, err := Open(filepath.Join("testdata", g.String()+".viser"), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			want := golden(g)
			var got []Message
			for _, s := range whole(t, f) {
				for _, e := range s.Entries {
					name := string(wireName(e.Payload))
					got = append(got, Message{Time: time.Duration(s.Time.UnixNano()), Type: name, Body: e.Payload})
				}
			}
			if !reflect.DeepEqual(got, want.Messages) {
				t.Errorf("is   %v\nwant %v", got, want.Messages)
			}
			state, err := f.State(time.Unix(0, int64(150*time.Millisecond)))
			if err != nil || len(state.Entries) != 3 || state.Seq != 3 {
				t.Errorf("%+v, %v", state, err)
			}
			f.Seek(time.Unix(0, int64(700*time.Millisecond)))
			if s, err := f.Next(); err != nil || s.Seq != 9 || len(s.Entries) != 2 {
				t.Errorf("%+v, %v", s, err)
			}
			info := f.Info()
			if info.Generation != g || info.Duration() != want.Duration || info.ViserVersion != want.ViserVersion ||
				info.Messages["SetPositionMessage"] != 8 || info.Damage != nil {
				t.Errorf("%+v", info)
			}
		})
	}
}

func TestFileOfSomethingElse(t *testing.T) {
	dir := t.TempDir()
	wire := packZstd([]byte("\x82\xa8messages\x91\x80\xactimestampSec\x01"), 26) // what is sent to a client
	for name, content := range map[string]string{
		"empty": "", "text": "this is no recording, only some text", "a window": string(wire),
		"another MCAP file": mcap.Magic + string(mcap.AppendHeader(nil, mcap.Header{Profile: "ros2"})),
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Open(path, nil)
		var corrupt *CorruptError
		if !errors.As(err, &corrupt) || corrupt.File != path {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Open(filepath.Join(dir, "none"), nil); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	if _, err := Open(dir, nil); err == nil {
		t.Error("a directory was opened")
	}
}

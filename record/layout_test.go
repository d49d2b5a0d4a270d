package record

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
	"pgregory.net/rapid"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/internal/mcap"
	"github.com/scenewire/scenewire/internal/msgpscan"
)

// payload is a message as it is sent, with a body of n bytes.
func payload(name string, n int) []byte {
	b := msgpscan.AppendMapHeader(nil, 2)
	b = msgpscan.AppendBin(msgpscan.AppendString(b, "body"), make([]byte, n))
	return msgpscan.AppendString(msgpscan.AppendString(b, "type"), name)
}

// push is a step of one entry with a key.
func push(at time.Time, seq uint64, key string, n int) Step {
	return Step{Kind: KindPush, Time: at, Seq: seq, Entries: []buffers.Entry{
		{Seq: seq, Key: key, Payload: payload("Thing", n), Except: buffers.NoReader},
	}}
}

// stepsOf reads all steps of a file that is written whole.
func stepsOf(t testing.TB, file []byte) []Step {
	t.Helper()
	var steps []Step
	var known channels
	for at := len(mcap.Magic); at < len(file)-len(mcap.Magic); {
		op, content, n, err := mcap.Next(file[at:])
		if err != nil {
			t.Fatalf("at %d: %v", at, err)
		}
		at += n
		switch op {
		case mcap.OpChannel:
			c, err := mcap.ParseChannel(content)
			if err != nil {
				t.Fatal(err)
			}
			known.learn(c)
		case mcap.OpChunk:
			steps = append(steps, stepsOfChunk(t, &known, content)...)
		}
	}
	return steps
}

func stepsOfChunk(t testing.TB, known *channels, content []byte) (steps []Step) {
	t.Helper()
	c, err := mcap.ParseChunk(content)
	if err != nil {
		t.Fatal(err)
	}
	records := c.Records
	if c.Compression == mcap.CompressionZstd {
		z, err := zstd.NewReader(nil)
		if err != nil {
			t.Fatal(err)
		}
		defer z.Close()
		if records, err = z.DecodeAll(records, nil); err != nil {
			t.Fatal(err)
		}
	}
	for {
		s, n, err := known.readStep(records)
		if err == io.EOF {
			return steps
		}
		if err != nil {
			t.Fatal(err)
		}
		steps = append(steps, s)
		records = records[n:]
	}
}

// write writes steps to a file in memory.
func write(t testing.TB, o WriterOptions, steps ...Step) []byte {
	t.Helper()
	var file bytes.Buffer
	w, err := NewWriter(&file, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range steps {
		if err := w.WriteStep(s); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// day is when the tests' recordings begin.
var day = time.Unix(1_700_000_000, 123_456_789)

// drawStep draws a step of any kind that happens somewhat later than the one before.
func drawStep(t *rapid.T, at *time.Time, seq *uint64) Step {
	*at = at.Add(time.Duration(rapid.IntRange(1, 3_000_000_000).Draw(t, "later")))
	s := Step{Kind: Kind(rapid.IntRange(1, int(KindDisconnect)).Draw(t, "kind")), Time: *at}
	switch s.Kind {
	case KindPush, KindKeyframe:
		drawEntries(t, &s, seq)
	case KindRemove:
		s.Removed = rapid.SliceOfN(rapid.Uint64Range(0, 1<<40), 1, 9).Draw(t, "removed")
	case KindGap:
		s.Lost = Lost{Batches: rapid.Uint64().Draw(t, "batches"), Entries: 2, Bytes: 3, Until: at.Add(5)}
	case KindConnect:
		s.Client, s.Address = rapid.Uint64().Draw(t, "client"), rapid.String().Draw(t, "address")
	case KindReceive:
		name := rapid.StringN(1, 30, 200).Draw(t, "name")
		s.Client, s.Message = 5, Message{Type: name, Body: payload(name, 3)}
	case KindDisconnect:
		s.Client, s.Reason = 5, rapid.String().Draw(t, "reason")
	}
	return s
}

func drawEntries(t *rapid.T, s *Step, seq *uint64) {
	gap := func() uint64 { return rapid.SampledFrom([]uint64{0, 0, 0, 1, 1 << 33}).Draw(t, "gap") }
	*seq += gap()
	if s.Kind == KindPush {
		s.Seq = *seq
	}
	for i := range rapid.IntRange(1, 6).Draw(t, "entries") {
		if i > 0 {
			*seq += gap()
		}
		text := func(what string) string {
			return rapid.SampledFrom([]string{"", "", "a", "b/c", string(make([]byte, 300))}).Draw(t, what)
		}
		e := buffers.Entry{
			Seq: *seq, Key: text("key"), Follows: text("follows"),
			Payload:   payload(rapid.SampledFrom([]string{"A", "B", topicStep, "in/A", "?"}).Draw(t, "type"), rapid.IntRange(0, 9000).Draw(t, "bytes")),
			Except:    rapid.SampledFrom([]uint64{buffers.NoReader, buffers.NoReader, 0, 7, math.MaxUint64 - 1}).Draw(t, "except"),
			Transient: rapid.Bool().Draw(t, "transient"),
		}
		e.Removal = !e.Transient && rapid.Bool().Draw(t, "removal")
		if !e.Transient && rapid.Bool().Draw(t, "supersedes") {
			e.Supersedes = &buffers.KeySet{Prefix: text("prefix"), Keys: rapid.SliceOfN(rapid.String(), 0, 3).Draw(t, "keys")}
		}
		s.Entries = append(s.Entries, e)
		*seq++
	}
	if s.Kind == KindKeyframe {
		s.Seq = *seq
	}
}

func TestWriterStepsAreReadBackAsTheyWere(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		at, seq := day, uint64(0)
		var steps []Step
		for range rapid.IntRange(0, 30).Draw(rt, "steps") {
			steps = append(steps, drawStep(rt, &at, &seq))
		}
		file := write(t, WriterOptions{KeyframeInterval: -1, ChunkBytes: 20_000}, steps...)
		got := stepsOf(t, file)
		if len(got) != len(steps) {
			rt.Fatalf("%d steps were written, %d read", len(steps), len(got))
		}
		for i := range got {
			if got, want := normal(got[i]), normal(steps[i]); !reflect.DeepEqual(got, want) {
				rt.Fatalf("step %d\nis   %+v\nwant %+v", i, got, want)
			}
		}
		checkWithLibrary(rt, file, steps)
	})
}

// normal makes steps comparable that mean the same.
func normal(s Step) Step {
	s.Time = s.Time.UTC()
	s.Lost.Until = s.Lost.Until.UTC()
	for i := range s.Entries {
		if set := s.Entries[i].Supersedes; set != nil && len(set.Keys) == 0 {
			s.Entries[i].Supersedes = &buffers.KeySet{Prefix: set.Prefix}
		}
	}
	if len(s.Entries) == 0 {
		s.Entries = nil
	}
	return s
}

func TestWriterTimesRiseStrictly(t *testing.T) {
	file := write(t, WriterOptions{}, push(day, 0, "a", 1), push(day, 1, "b", 1), push(day.Add(-time.Hour), 2, "c", 1), push(day.Add(time.Second), 3, "d", 1))
	var got []string
	for _, s := range stepsOf(t, file) {
		got = append(got, fmt.Sprint(s.Kind, s.Seq, s.Time.Sub(day)))
	}
	want := []string{"keyframe 0 0s", "push 0 1ns", "push 1 2ns", "push 2 3ns", "push 3 1s"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

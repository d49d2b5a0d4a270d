package record

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/scenewire/scenewire/buffers"
)

// recovered recovers a file and reads the steps of what comes out, which has to be whole.
func recovered(t *testing.T, file []byte) ([]Step, *Recovered, Info) {
	t.Helper()
	var out bytes.Buffer
	found, err := Recover(&out, bytes.NewReader(file), int64(len(file)), nil)
	if err != nil {
		t.Fatal(err)
	}
	f := open(t, out.Bytes())
	return whole(t, f), found, f.Info()
}

func TestRecoverCopiesAWholeFile(t *testing.T) {
	steps, file := small(t)
	got, found, info := recovered(t, file)
	sameSteps(t, got, steps)
	if found.Steps != len(steps) || len(found.Damage) != 0 || info.Name != "small" || !info.Start.Equal(day) {
		t.Errorf("%+v, %+v", found, info)
	}
}

// The index of a chunk with very many messages is no damage.
func TestRecoverPassesLongIndexes(t *testing.T) {
	step := Step{Kind: KindPush, Time: day, Entries: make([]buffers.Entry, 1<<17)}
	for i := range step.Entries {
		step.Entries[i] = buffers.Entry{Payload: message(0, "A").Body, Except: buffers.NoReader}
	}
	var file bytes.Buffer
	w, err := NewWriter(&file, WriterOptions{})
	must(t, err)
	must(t, w.WriteStep(step))
	must(t, w.Flush())
	got, found, _ := recovered(t, file.Bytes())
	if len(found.Damage) != 0 || len(got) != 2 || len(got[1].Entries) != len(step.Entries) {
		t.Errorf("%d steps, %v", len(got), found.Damage)
	}
}

func TestRecoverGetsWhatIsLeft(t *testing.T) {
	steps, file := small(t)
	chunks := chunksOf(t, file)
	third := chunks[2]
	for name, test := range map[string]struct {
		damage func(file []byte) []byte
		lost   []Chunk // of which nothing is there
		gap    bool
	}{
		"no summary": {func(b []byte) []byte { return unended(t, b) }, nil, false},
		"a damaged chunk": {func(b []byte) []byte {
			b[third.Offset+third.Length-1] ^= 1
			return b
		}, chunks[2:3], true},
		"a damaged chunk, and no summary": {func(b []byte) []byte {
			b = bytes.Clone(unended(t, b))
			b[third.Offset+third.Length-1] ^= 1
			return b
		}, chunks[2:3], true},
		"a damaged length": {func(b []byte) []byte {
			b = bytes.Clone(unended(t, b))
			b[third.Offset+8] ^= 0x80
			return b
		}, chunks[2:3], true},
		"a damaged beginning": {func(b []byte) []byte {
			b = bytes.Clone(unended(t, b))
			clear(b[:chunks[0].Offset])
			return b
		}, nil, true},
		"a damaged beginning with a chunk": {func(b []byte) []byte {
			b = bytes.Clone(unended(t, b))
			clear(b[:chunks[1].Offset-20])
			return b
		}, chunks[:1], true},
		"zeros over two chunks": {func(b []byte) []byte {
			b = bytes.Clone(unended(t, b))
			clear(b[third.Offset+30 : chunks[3].Offset+50])
			return b
		}, chunks[2:4], true},
		"a hole": {func(b []byte) []byte {
			b = bytes.Clone(unended(t, b))
			return slices.Delete(b, int(third.Offset)+10, int(third.Offset)+60)
		}, chunks[2:3], true},
		"garbage between": {func(b []byte) []byte {
			b = bytes.Clone(unended(t, b))
			return slices.Insert(b, int(third.Offset), []byte("\x06\x00garbage that is so long that a chunk would fit into it"+
				", \x06\x80\x00\x00\x00\x00\x00\x00\x00and looks like one\x06\x07\x06")...)
		}, nil, true},
		"an older chunk again": {func(b []byte) []byte {
			b = bytes.Clone(unended(t, b))
			return slices.Insert(b, int(third.Offset), b[chunks[1].Offset:chunks[1].Offset+chunks[1].Length]...)
		}, nil, true},
		"cut off": {func(b []byte) []byte { return b[:third.Offset+third.Length-1] }, chunks[2:], false},
	} {
		t.Run(name, func(t *testing.T) {
			got, found, _ := recovered(t, test.damage(bytes.Clone(file)))
			want := slices.DeleteFunc(slices.Clone(steps), func(s Step) bool {
				return slices.ContainsFunc(test.lost, func(c Chunk) bool { return !s.Time.Before(c.Start) && !s.Time.After(c.End) })
			})
			sameSteps(t, withoutGaps(got), want)
			gaps := len(got) - len(want)
			if (gaps == 1) != test.gap || gaps > 1 || found.Steps != len(want) {
				t.Errorf("%d gaps, %+v", gaps, found)
			}
			if (test.lost != nil || test.gap) && len(found.Damage) == 0 {
				t.Error("no damage is told")
			}
			checkGaps(t, got, steps)
		})
	}
}

func withoutGaps(steps []Step) []Step {
	return slices.DeleteFunc(slices.Clone(steps), func(s Step) bool { return s.Kind == KindGap })
}

// checkGaps wants a gap wherever pushes or removals are missing.
func checkGaps(t *testing.T, got, steps []Step) {
	t.Helper()
	for i, s := range got {
		if s.Kind == KindGap && (i+1 >= len(got) || !s.Lost.Until.Equal(got[i+1].Time) || s.Lost.Bytes == 0) {
			t.Errorf("%+v", s)
		}
	}
	last := time.Time{}
	marked := false
	for _, s := range got {
		if s.Kind == KindGap {
			marked = true
			continue
		}
		missing := slices.ContainsFunc(steps, func(o Step) bool {
			return o.Time.After(last) && o.Time.Before(s.Time) && o.Kind != KindKeyframe
		})
		if missing && !marked {
			t.Errorf("something is missing before %v, and there is no gap", s.Time)
		}
		last, marked = s.Time, false
	}
}

// Whatever bit is wrong, all chunks but the one that it is in are recovered. Within the
// records of a chunk, where only the checksum can tell, some bytes are enough, and with a
// summary, too.
func TestRecoverWithDamageAtEveryByte(t *testing.T) {
	skipUnderRace(t)
	steps, file := small(t)
	chunks := chunksOf(t, file)
	for name, data := range map[string][]byte{"with a summary": file, "without": unended(t, file)} {
		t.Run(name, func(t *testing.T) {
			for i := range data {
				var lost Chunk
				for _, c := range chunks {
					if int64(i) >= c.Offset && int64(i) < c.Offset+c.Length {
						lost = c
					}
				}
				if i%64 > 0 && inRecords(chunks, i) || name != "without" && i%8 > 0 {
					continue
				}
				damaged := bytes.Clone(data)
				damaged[i] ^= 1 << (i % 8)
				got, _, _ := recovered(t, damaged)
				want := slices.DeleteFunc(slices.Clone(steps), func(s Step) bool {
					return !s.Time.Before(lost.Start) && !s.Time.After(lost.End)
				})
				if n := len(withoutGaps(got)); n != len(want) && n != len(steps) {
					t.Fatalf("byte %d: %d steps, want %d", i, n, len(want))
				}
				for _, s := range withoutGaps(got) {
					if !slices.ContainsFunc(steps, func(o Step) bool { return sameStep(&s, &o) }) {
						t.Fatalf("byte %d: %+v", i, s)
					}
				}
				checkGaps(t, got, steps)
			}
		})
	}
}

func TestRecoverOfViserFiles(t *testing.T) {
	for _, g := range []Generation{GenerationLoop, GenerationGzip} {
		file, err := os.ReadFile(filepath.Join("testdata", g.String()+".viser"))
		if err != nil {
			t.Fatal(err)
		}
		for _, cut := range []int{len(file), len(file) * 3 / 4} {
			var out bytes.Buffer
			found, err := Recover(&out, bytes.NewReader(file), int64(cut), nil)
			if err != nil {
				t.Fatal(err)
			}
			got, err := Read(&out, nil)
			if err != nil || len(got.Messages) != found.Steps || found.Steps == 0 || cut == len(file) && got.Generation != g {
				t.Fatalf("%v cut at %d: %+v, %v", g, cut, found, err)
			}
			want := golden(g).Messages[:found.Steps]
			if (cut == len(file)) != (len(found.Damage) == 0) || !slices.EqualFunc(got.Messages, want, func(a, b Message) bool {
				return a.Time == b.Time && bytes.Equal(a.Body, b.Body)
			}) {
				t.Errorf("%v cut at %d: %+v, %v", g, cut, found, got.Messages)
			}
		}
	}
}

func TestRecoverOfNothing(t *testing.T) {
	_, file := small(t)
	empty := write(t, WriterOptions{Name: "empty"})
	if got, found, info := recovered(t, empty); len(got) != 0 || found.Steps != 0 || info.Name != "empty" {
		t.Errorf("%v, %+v, %+v", got, found, info)
	}
	for name, data := range map[string][]byte{
		"nothing": nil, "text": []byte("only some text"), "one byte": {6}, "a part of a chunk": file[chunksOf(t, file)[0].Offset+3:][:50],
	} {
		var out bytes.Buffer
		found, err := Recover(&out, bytes.NewReader(data), int64(len(data)), nil)
		var corrupt *CorruptError
		if !errors.As(err, &corrupt) || found.Steps != 0 || out.Len() != 0 {
			t.Errorf("%s: %+v, %v", name, found, err)
		}
	}
}

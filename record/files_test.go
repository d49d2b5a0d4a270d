package record

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// rotation writes the steps to files a, b and c, each of which begins with the state
// there, and returns their paths.
func rotation(t *testing.T, steps []Step) (paths []string) {
	t.Helper()
	dir := t.TempDir()
	third := len(steps) / 3
	before := ""
	for i, name := range []string{"a.mcap", "b.mcap", "c.mcap"} {
		part := steps[i*third : (i+1)*third]
		if i > 0 {
			last := steps[i*third-1].Time
			part = append([]Step{stateOf(t, steps, last.Add(time.Millisecond))}, part...)
		}
		file := write(t, WriterOptions{ChunkBytes: 1000, Name: "three", Continues: before}, part...)
		paths = append(paths, filepath.Join(dir, name))
		if err := os.WriteFile(paths[i], file, 0o600); err != nil {
			t.Fatal(err)
		}
		before = name
	}
	return paths
}

func TestFilesOfARotationAreOne(t *testing.T) {
	steps := capture(200)
	steps = steps[:len(steps)/3*3]
	paths := rotation(t, steps)
	f, err := OpenAll([]string{paths[1], paths[2], paths[0]}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sameSteps(t, without(whole(t, f)), without(steps))
	for _, i := range []int{5, len(steps)/3 - 1, len(steps) / 3, len(steps)/3 + 1, len(steps) - 1} {
		got, err := f.State(steps[i].Time)
		if err != nil {
			t.Fatal(err)
		}
		if diff := sameState(got, stateOf(t, steps, steps[i].Time)); diff != "" {
			t.Errorf("at step %d\n%s", i, diff)
		}
	}
	info := f.Info()
	if info.Files != 3 || info.Name != "three" || info.Keyframes != 3 || info.Damage != nil ||
		!info.Start.Equal(day) || !info.End.Equal(steps[len(steps)-1].Time) {
		t.Errorf("%+v", info)
	}
	if gaps, err := f.Gaps(); err != nil || len(gaps) != 0 {
		t.Errorf("%v, %v", gaps, err)
	}
}

func TestFilesOfARotationThatIsNotWholeHaveAGap(t *testing.T) {
	steps := capture(200)
	steps = steps[:len(steps)/3*3]
	paths := rotation(t, steps)
	third := len(steps) / 3
	t.Run("one is missing", func(t *testing.T) {
		f, err := OpenAll([]string{paths[0], paths[2]}, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		got := without(whole(t, f))
		want := Step{Kind: KindGap, Time: steps[third-1].Time.Add(1), Lost: Lost{Until: steps[2*third-1].Time.Add(time.Millisecond)}}
		sameSteps(t, got, append(append(append([]Step(nil), without(steps[:third])...), want), steps[2*third:]...))
		gaps, err := f.Gaps()
		if err != nil || len(gaps) != 1 || !gaps[0].Start.Equal(want.Time) || !gaps[0].Until.Equal(want.Lost.Until) {
			t.Errorf("%v, %v", gaps, err)
		}
	})
	t.Run("one is cut off", func(t *testing.T) {
		file, err := os.ReadFile(paths[0])
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(paths[0], file[:len(file)/2], 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := OpenAll(paths, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		got := without(whole(t, f))
		n := len(got) - 2*third - 1
		if n <= 0 || got[n].Kind != KindGap {
			t.Fatalf("%d steps, then %v", n, got[n])
		}
		sameSteps(t, got[:n], without(steps)[:n])
		sameSteps(t, got[n+1:], steps[third:])
		if !errors.Is(f.Info().Damage, ErrTruncated) {
			t.Error(f.Info().Damage)
		}
	})
	t.Run("two are the same", func(t *testing.T) {
		if _, err := OpenAll([]string{paths[1], paths[1]}, nil); err == nil {
			t.Error("no error")
		}
	})
	t.Run("one is a .viser file", func(t *testing.T) {
		if _, err := OpenAll([]string{paths[1], filepath.Join("testdata", "zstd.viser")}, nil); err == nil {
			t.Error("no error")
		}
	})
}

func TestFileGaps(t *testing.T) {
	steps := capture(60)
	lost := Lost{Batches: 3, Entries: 4, Bytes: 5, Until: steps[30].Time.Add(2 * time.Millisecond)}
	gap := Step{Kind: KindGap, Time: steps[30].Time.Add(time.Millisecond), Lost: lost}
	keyframe := stateOf(t, steps, lost.Until)
	with := append(append(append([]Step(nil), steps[:31]...), gap, keyframe), steps[31:]...)
	file := write(t, WriterOptions{ChunkBytes: 1000}, with...)
	for name, data := range map[string][]byte{"with a summary": file, "without": unended(t, file)} {
		t.Run(name, func(t *testing.T) {
			gaps, err := open(t, data).Gaps()
			if err != nil || len(gaps) != 1 || !gaps[0].Start.Equal(gap.Time) || !gaps[0].Until.Equal(lost.Until) || gaps[0].Batches != 3 {
				t.Errorf("%+v, %v", gaps, err)
			}
		})
	}
}

// growing is a file that is written while it is read.
type growing struct{ bytes.Buffer }

func (g *growing) ReadAt(b []byte, off int64) (int, error) {
	return bytes.NewReader(g.Bytes()).ReadAt(b, off)
}

func (g *growing) Size() int64 { return int64(g.Len()) }

func TestFileFollowsOneThatGrows(t *testing.T) {
	steps := capture(200)
	var file growing
	w, err := NewWriter(&file, WriterOptions{ChunkBytes: 3000})
	if err != nil {
		t.Fatal(err)
	}
	var f *File
	var got []Step
	for i, s := range steps {
		if err := w.WriteStep(s); err != nil {
			t.Fatal(err)
		}
		switch {
		case i == 0: // a keyframe, which is written at once
			f, err = OpenReader(&file, file.Size(), nil)
			if err != nil {
				t.Fatal(err)
			}
		case i%9 == 0:
			if err := w.Flush(); err != nil {
				t.Fatal(err)
			}
			if grown, err := f.Refresh(); !grown || err != nil {
				t.Fatal(grown, err)
			}
		}
		some, err := rest(f)
		if !errors.Is(err, ErrTruncated) {
			t.Fatal(err)
		}
		got = append(got, some...)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Refresh(); err != nil {
		t.Fatal(err)
	}
	sameSteps(t, append(got, whole(t, f)...), steps)
	if info, want := f.Info(), open(t, file.Bytes()).Info(); info.Chunks != want.Chunks ||
		info.Messages["Create"] != want.Messages["Create"] || want.Messages["Create"] == 0 {
		t.Errorf("followed: %+v\nopened:   %+v", info, want)
	}
	if grown, err := f.Refresh(); grown || err != nil {
		t.Error(grown, err)
	}
}

func TestPartsAreReadWhileTheyAreWritten(t *testing.T) {
	steps := capture(120)
	var file growing
	w, err := NewWriter(&file, WriterOptions{ChunkBytes: 3000, Name: "live"})
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range steps {
		if err := w.WriteStep(s); err != nil {
			t.Fatal(err)
		}
		if i%20 != 0 {
			continue
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		f, err := OpenParts([]Part{{Reader: &file, Name: "live.mcap", Index: w.Index()}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		sameSteps(t, whole(t, f), steps[:i+1])
		if info := f.Info(); info.Name != "live" || info.Damage != nil || i > 0 && info.Messages["Create"] == 0 {
			t.Errorf("%+v", info)
		}
	}
	empty, err := OpenParts(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := empty.Next(); !errors.Is(err, io.EOF) {
		t.Error(err)
	}
	if grown, err := empty.Refresh(); grown || err != nil {
		t.Error(grown, err)
	}
	if s, err := empty.State(day); err != nil || len(s.Entries) > 0 {
		t.Errorf("%v, %v", s, err)
	}
}

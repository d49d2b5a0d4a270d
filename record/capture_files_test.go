package record

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/scenewire/scenewire/buffers"
)

func filesIn(t testing.TB, dir string) (names []string, bytes int64) {
	t.Helper()
	files, err := os.ReadDir(dir)
	must(t, err)
	for _, f := range files {
		info, err := f.Info()
		must(t, err)
		names = append(names, f.Name())
		bytes += info.Size()
	}
	return names, bytes
}

// eachFile returns the steps of each file, and verifies that it is whole in itself: that
// it begins with the state that the files before it lead to.
func eachFile(t testing.TB, dir string) (files [][]Step) {
	t.Helper()
	names, _ := filesIn(t, dir)
	state := NewState()
	for i, name := range names {
		steps := readCapture(t, filepath.Join(dir, name))
		if steps[0].Kind != KindKeyframe {
			t.Fatalf("%s begins with a %v", name, steps[0].Kind)
		}
		live, _ := state.log.Snapshot()
		own, _ := stateAfter(t, steps[:1]).log.Snapshot()
		if i > 0 && !slices.Equal(describeLive(live), describeLive(own)) {
			t.Fatalf("%s begins with %q, the one before it ends with %q", name, describeLive(own), describeLive(live))
		}
		for _, s := range steps {
			must(t, state.Apply(s))
		}
		files = append(files, steps)
	}
	return files
}

func TestCaptureBeginsAnotherFile(t *testing.T) {
	for _, test := range []struct {
		name  string
		o     CaptureOptions
		pause time.Duration
		files int // at least
	}{
		{"when one is large", CaptureOptions{MaxFileBytes: 20_000}, time.Second, 8},
		{"when one is old", CaptureOptions{MaxFileDuration: 10 * time.Second}, time.Second, 9},
		{"not for nothing", CaptureOptions{MaxFileDuration: time.Second}, time.Minute, 100},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			synctest.Test(t, func(t *testing.T) {
				log := buffers.NewLog(buffers.LogLimits{})
				o := test.o
				o.Path = filepath.Join(dir, "scene.mcap")
				c, err := NewCapture(log, o)
				must(t, err)
				r := rand.New(rand.NewPCG(1, 5))
				for range 100 {
					churn(t, log, r, 20)
					time.Sleep(test.pause)
				}
				must(t, c.Close())
				files := c.Stats().Files
				all := eachFile(t, dir)
				leadsTo(t, slices.Concat(all...), log)
				if len(all) != files || files < test.files || files > 102 {
					t.Errorf("%d files, %d in the statistics; want %d", len(all), files, test.files)
				}
			})
		})
	}
}

func TestCaptureDeletesOldFiles(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"scene-20200101T000000.000000Z.mcap", "scene-20200101T000001.000000Z.mcap", "scene-notes.txt", "scene-old.mcap", "other-20200101T000000.000000Z.mcap"} {
		must(t, os.WriteFile(filepath.Join(dir, name), make([]byte, 30_000), 0o600))
	}
	mine := func(names []string) (n int) {
		for _, name := range names {
			if len(name) == len("scene-20200101T000000.000000Z.mcap") && name[:6] == "scene-" {
				n++
			}
		}
		return n
	}
	log := buffers.NewLog(buffers.LogLimits{})
	path := filepath.Join(dir, "scene.mcap")
	const most = 200_000
	c := mustCapture(t, log, CaptureOptions{Path: path, MaxTotalBytes: most})
	if s := c.Stats(); s.Files != 3 {
		t.Errorf("%d files at the start, want what was left behind, too", s.Files)
	}
	r := rand.New(rand.NewPCG(1, 6))
	for range 300 {
		churn(t, log, r, 20)
		must(t, c.Flush())
		if s := c.Stats(); s.FileBytes > most {
			t.Fatalf("%d bytes", s.FileBytes)
		}
	}
	must(t, c.Close())
	names, _ := filesIn(t, dir)
	if n := mine(names); slices.Contains(names, "scene-20200101T000001.000000Z.mcap") || len(names) != n+3 || n < 3 {
		t.Errorf("left are %q", names)
	}
	files, err := filepath.Glob(filepath.Join(dir, "scene-2*.mcap"))
	must(t, err)
	steps := readCapture(t, filepath.Join(dir, "scene-2*.mcap"))
	if c.Stats().Files != len(files) {
		t.Errorf("%d files, %d in the statistics", len(files), c.Stats().Files)
	}
	leadsTo(t, steps, log)
}

// Files go when they are old, also when nothing happens any more.
func TestCaptureDeletesFilesByAge(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		log := buffers.NewLog(buffers.LogLimits{})
		c, err := NewCapture(log, CaptureOptions{Path: filepath.Join(dir, "scene.mcap"), MaxAge: 80 * time.Second})
		must(t, err)
		for i := range 200 {
			pushAll(t, log, thing(fmt.Sprint(i%3), 100))
			time.Sleep(time.Second)
		}
		names, _ := filesIn(t, dir)
		if n := len(names); n < 8 || n > 11 {
			t.Errorf("%d files for 80 s", n)
		}
		first := readCapture(t, filepath.Join(dir, names[0]))
		if age := time.Since(first[0].Time); age < 80*time.Second || age > 100*time.Second {
			t.Errorf("the oldest file begins %v ago", age)
		}
		time.Sleep(10 * time.Minute)
		if names, _ = filesIn(t, dir); len(names) != 1 {
			t.Errorf("left are %q", names)
		}
		must(t, c.Close())
		leadsTo(t, readCapture(t, filepath.Join(dir, names[0])), log)
	})
}

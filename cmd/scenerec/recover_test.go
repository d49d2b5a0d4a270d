package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/record"
)

// damage writes a file with some bytes changed, and cut off at a part of its length.
func damage(t *testing.T, file, name string, at, length float64) string {
	t.Helper()
	data, err := os.ReadFile(file)
	must(t, err)
	data = data[:int(length*float64(len(data)))]
	for i := range 8 {
		data[int(at*float64(len(data)))+i] ^= 0xff
	}
	must(t, os.WriteFile(name, data, 0o666))
	return name
}

func TestRecover(t *testing.T) {
	testdata, err := filepath.Abs("testdata")
	must(t, err)
	gzip, err := filepath.Abs(viserFile("gzip"))
	must(t, err)
	file := chdir(t, tenSeconds(t))
	damage(t, file, "damaged.mcap", 0.2, 0.8)
	damage(t, gzip, "damaged.viser", 0.8, 1)
	for _, name := range []string{"damaged.mcap", "damaged.viser", file} {
		got := scenerec(t, "recover", name)
		if got.code != commandline.ExitDone || got.stderr != "" {
			t.Errorf("%s: %+v", name, got)
		}
		goldenIn(t, testdata, "recover-"+name+".txt", got.stdout)
		ext := filepath.Ext(name)
		mended := scenerec(t, "info", strings.TrimSuffix(name, ext)+".recovered"+ext)
		if mended.code != commandline.ExitDone {
			t.Errorf("%s: what is made of it is %+v", name, mended)
		}
	}
	r := fromJSON[recoverReport](t, scenerec(t, "recover", "damaged.mcap", "again.mcap", "--json").stdout)
	if r.File != "again.mcap" || len(r.Damage) == 0 || r.Steps == 0 || r.Seconds == 0 {
		t.Errorf("reported %+v", r)
	}
}

// A recording that its recorder didn't end is whole up to its last chunk, and gets an end.
func TestRecoverWhatWasKilled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "killed.mcap")
	f, err := os.Create(path)
	must(t, err)
	w, err := record.NewWriter(f, record.WriterOptions{Start: start})
	must(t, err)
	for i := range 3 {
		must(t, w.WriteStep(push(t, time.Duration(i)*time.Second, setPose{"a", float64(i)})))
		must(t, w.Flush())
	}
	must(t, f.Close())
	if got := scenerec(t, "recover", path); got.code != commandline.ExitDone {
		t.Fatalf("%+v", got)
	}
	if list := typesIn(t, strings.TrimSuffix(path, ".mcap")+".recovered.mcap"); len(list) != 3 {
		t.Errorf("it has %q", list)
	}
}

func TestRecoverErrors(t *testing.T) {
	dir := t.TempDir()
	junk := filepath.Join(dir, "junk.mcap")
	must(t, os.WriteFile(junk, []byte(strings.Repeat("junk", 1000)), 0o666))
	for name, c := range map[string]struct {
		args []string
		code int
		want string
	}{
		"nothing":      {nil, commandline.ExitUsage, "the recording is missing"},
		"no such file": {[]string{"none.mcap"}, commandline.ExitFailed, "no such file"},
		"no recording": {[]string{junk}, commandline.ExitFailed, "not a recording"},
		"other kind":   {[]string{tenSeconds(t), filepath.Join(dir, "out.viser")}, commandline.ExitFailed, "of another kind than"},
		"it exists":    {[]string{tenSeconds(t), junk}, commandline.ExitFailed, "exists"},
	} {
		got := scenerec(t, append([]string{"recover"}, c.args...)...)
		if got.code != c.code || !strings.Contains(got.stderr, c.want) {
			t.Errorf("%s: exit code %d, want %d:\n%s\nwant %s", name, got.code, c.code, got.stderr, c.want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got := scenerecUntil(ctx, t, "recover", tenSeconds(t), filepath.Join(dir, "out.mcap")); got.code != commandline.ExitInterrupted {
		t.Errorf("interrupted: %+v", got)
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

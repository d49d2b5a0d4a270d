package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scenewire/scenewire/internal/commandline"
)

func TestExport(t *testing.T) {
	dir := t.TempDir()
	for name, c := range map[string]struct {
		args    []string
		title   string
		seconds float64
	}{
		"capture": {[]string{tenSeconds(t)}, "a test", 10},
		"part":    {[]string{tenSeconds(t), "--from", "2", "--to", "50%", "--name", "a part"}, "a part", 3},
		"viser":   {[]string{viserFile("gzip")}, "gzip.viser", 0.9},
	} {
		out := filepath.Join(dir, name+".html")
		got := scenerec(t, append([]string{"export", "--json", c.args[0], out}, c.args[1:]...)...)
		if got.code != commandline.ExitDone {
			t.Fatalf("%s: %+v", name, got)
		}
		page, err := os.ReadFile(out)
		must(t, err)
		r := fromJSON[exportReport](t, got.stdout)
		if r.File != out || r.Bytes != int64(len(page)) || r.Seconds != c.seconds {
			t.Errorf("%s: reported %+v", name, r)
		}
		if !bytes.Contains(page, []byte("<!doctype html>")) || !bytes.Contains(page, []byte("<title>"+c.title)) {
			t.Errorf("%s: the page begins with %.300s", name, page)
		}
	}
}

func TestExportErrors(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out.html")
	for name, c := range map[string]struct {
		args []string
		code int
		want string
	}{
		"no page":     {[]string{"a.mcap"}, commandline.ExitUsage, "the page is missing"},
		"no such end": {[]string{"a.mcap", "a.txt"}, commandline.ExitUsage, `"a.txt" doesn't end in .html`},
		"no file":     {[]string{"none.mcap", out}, commandline.ExitFailed, "no such file"},
		"outside":     {[]string{tenSeconds(t), out, "--to", "11"}, commandline.ExitUsage, "outside of the recording"},
		"keys":        {[]string{tenSeconds(t), out, "--keys", "new"}, commandline.ExitUsage, `--keys is "new"`},
	} {
		got := scenerec(t, append([]string{"export"}, c.args...)...)
		if got.code != c.code || !strings.Contains(got.stderr, c.want) {
			t.Errorf("%s: exit code %d, want %d:\n%s\nwant %s", name, got.code, c.code, got.stderr, c.want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got := scenerecUntil(ctx, t, "export", tenSeconds(t), out); got.code != commandline.ExitInterrupted {
		t.Errorf("interrupted: %+v", got)
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/record"
)

// viserFile is one of package record's files, as Python wrote it.
func viserFile(generation string) string {
	return filepath.Join("..", "..", "record", "testdata", generation+".viser")
}

// readViser reads a file as lines: its header, and each message with its time.
func readViser(t *testing.T, path string) (rec *record.Recording, lines string) {
	t.Helper()
	f, err := os.Open(path)
	must(t, err)
	defer f.Close()
	rec, err = record.Read(f, nil)
	must(t, err)
	var b strings.Builder
	for _, m := range rec.Messages {
		fmt.Fprintf(&b, "%v %s %x\n", m.Time, m.Type, sha256.Sum256(m.Body))
	}
	return rec, b.String()
}

// Every generation becomes .mcap, and from there every generation again, with the same
// messages at the same times.
func TestConvertEveryWay(t *testing.T) {
	dir := t.TempDir()
	out := func(name string) string { return filepath.Join(dir, name) }
	for from := range generations {
		want, messages := readViser(t, viserFile(from))
		if got := scenerec(t, "convert", viserFile(from), out(from+".mcap")); got.code != commandline.ExitDone {
			t.Fatalf("%+v", got)
		}
		for to, generation := range generations {
			for _, src := range []string{viserFile(from), out(from + ".mcap")} {
				path := out(from + "-" + to + ".viser")
				got := scenerec(t, "convert", src, path, "--generation", to, "--force")
				if got.code != commandline.ExitDone {
					t.Fatalf("%+v", got)
				}
				rec, lines := readViser(t, path)
				if lines != messages {
					t.Errorf("%s as %s: got other messages", src, to)
				}
				if rec.Generation != generation || rec.Duration != want.Duration {
					t.Errorf("%s as %s: got %+v, want the duration of %+v", src, to, rec.Header, want.Header)
				}
				if src == viserFile(from) && (rec.Loops != want.Loops || rec.LoopStart != want.LoopStart) {
					t.Errorf("%s as %s: got %+v, want the loop of %+v", src, to, rec.Header, want.Header)
				}
			}
		}
	}
}

// A .viser file is given keys and a start on its way.
func TestConvertGivesKeysAndAStart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "scene.mcap")
	got := scenerec(t, "convert", viserFile("zstd"), path, "--start", "2026-01-31T12:00:00Z", "--json")
	r := fromJSON[convertReport](t, got.stdout)
	if got.code != commandline.ExitDone || r.Messages != 11 || r.Seconds != 0.9 || r.File != path {
		t.Errorf("%+v", got)
	}
	f, err := record.Open(path, nil)
	must(t, err)
	defer f.Close()
	i := f.Info()
	if !i.Start.Equal(start) || i.Duration() != 900*time.Millisecond || i.ViserVersion != "1.0.21" {
		t.Errorf("it is %+v", i)
	}
	state, err := f.State(i.End)
	must(t, err)
	var keys []string
	for _, e := range state.Entries {
		keys = append(keys, e.Key)
	}
	if list := strings.Join(keys, ", "); len(keys) >= 11 || !strings.Contains(list, "scene /") {
		t.Errorf("the state has the keys %s", list)
	}
}

// A loop begins at the same message, also if messages before it are left out.
func TestConvertMovesTheStartOfTheLoop(t *testing.T) {
	path := filepath.Join(t.TempDir(), "loop.viser")
	old, _ := readViser(t, viserFile("loop"))
	skip := old.Messages[0].Type
	got := scenerec(t, "convert", viserFile("loop"), path, "--generation", "loop", "--skip", skip)
	if got.code != commandline.ExitDone {
		t.Fatalf("%+v", got)
	}
	rec, _ := readViser(t, path)
	want := old.Messages[old.LoopStart]
	if !rec.Loops || rec.LoopStart >= old.LoopStart || string(rec.Messages[rec.LoopStart].Body) != string(want.Body) {
		t.Errorf("the loop begins at %d, it was %d", rec.LoopStart, old.LoopStart)
	}
}

// story tells what is in a recording: "0s pose a=0".
func tell(t *testing.T, path string) string {
	t.Helper()
	f, err := record.Open(path, nil)
	must(t, err)
	defer f.Close()
	var lines []string
	first := true
	for {
		step, err := f.Next()
		if err != nil {
			return strings.Join(lines, "\n")
		}
		if step.Kind == record.KindKeyframe && !first {
			continue
		}
		first = false
		line := fmt.Sprintf("%v %v", step.Time.Sub(f.Info().Start).Round(time.Millisecond), step.Kind)
		for _, e := range step.Entries {
			m, err := types.Decode(e.Payload)
			must(t, err)
			line += fmt.Sprintf(" %v", m)
		}
		lines = append(lines, line)
	}
}

func TestCut(t *testing.T) {
	file := tenSeconds(t)
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"the middle": {
			[]string{"--from", "2.5", "--to", "0:04"},
			"0s keyframe {b 0} {hello} {a 2}\n500ms push {a 3}\n1.5s push {a 4}",
		},
		"the end":       {[]string{"--from", "-1.5s"}, "0s keyframe {a 8}\n500ms push {a 9}\n1.5s push {bye}"},
		"the beginning": {[]string{"--to", "10%"}, "0s keyframe\n0s push {a 0} {b 0} {hello}\n1s push {a 1}"},
		"over a gap":    {[]string{"--from", "4.5s", "--to", "6s"}, "0s keyframe {b 0} {hello} {a 4}\n500ms push {a 5}\n600ms gap\n1.5s push {a 6}"},
		"some types":    {[]string{"--from", "2.5", "--to", "3", "--skip", "said"}, "0s keyframe {b 0} {a 2}\n500ms push {a 3}"},
		"other keys":    {[]string{"--from", "2.5", "--to", "3", "--key", "setPose="}, "0s keyframe {hello} {a 2}\n500ms push {a 3}"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "part.mcap")
			got := scenerec(t, append([]string{"cut", file, path}, c.args...)...)
			if got.code != commandline.ExitDone {
				t.Fatalf("%+v", got)
			}
			if story := tell(t, path); story != c.want {
				t.Errorf("got\n%s\nwant\n%s", story, c.want)
			}
		})
	}
}

// A part of a .viser file has the state where it begins, and not all that came before.
func TestCutViserFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "part.viser")
	got := scenerec(t, "cut", viserFile("zstd"), path, "--from", "0.5s")
	if got.code != commandline.ExitDone {
		t.Fatalf("%+v", got)
	}
	rec, lines := readViser(t, path)
	old, _ := readViser(t, viserFile("zstd"))
	if rec.Duration != 400*time.Millisecond || len(rec.Messages) >= len(old.Messages) || rec.Messages[0].Time != 0 {
		t.Errorf("got %+v\n%s", rec.Header, lines)
	}
}

func TestConvertErrors(t *testing.T) {
	dir := t.TempDir()
	file := tenSeconds(t)
	there := filepath.Join(dir, "there.mcap")
	must(t, os.WriteFile(there, nil, 0o666))
	out := filepath.Join(dir, "out.mcap")
	for name, c := range map[string]struct {
		args []string
		code int
		want string
	}{
		"no output":       {[]string{"convert", file}, commandline.ExitUsage, "the output is missing"},
		"no file":         {[]string{"convert"}, commandline.ExitUsage, "the recording and the output is missing"},
		"unknown format":  {[]string{"convert", file, "out.mp4"}, commandline.ExitUsage, `"out.mp4" ends in neither .mcap nor .viser`},
		"generation":      {[]string{"convert", file, out, "--generation", "new"}, commandline.ExitUsage, `--generation is "new", not zstd, gzip or loop`},
		"start":           {[]string{"convert", file, out, "--start", "today"}, commandline.ExitUsage, `--start "today" is no time like`},
		"it exists":       {[]string{"convert", file, there}, commandline.ExitFailed, "replace it with --force"},
		"no such file":    {[]string{"convert", "none", out}, commandline.ExitFailed, "none: no such file"},
		"no part":         {[]string{"cut", file, out}, commandline.ExitUsage, "neither --from nor --to is there"},
		"outside":         {[]string{"cut", file, out, "--from", "11s"}, commandline.ExitUsage, "--from 11s is outside of the recording, which is 0:10.000 long"},
		"backwards":       {[]string{"cut", file, out, "--from", "5s", "--to", "1s"}, commandline.ExitUsage, "--to 1s comes before --from 5s"},
		"both filters":    {[]string{"cut", file, out, "--to", "1s", "--only", "a", "--skip", "b"}, commandline.ExitUsage, "can't be used together"},
		"rule":            {[]string{"convert", file, out, "--follow", "a"}, commandline.ExitUsage, "--follow: "},
		"directory there": {[]string{"convert", file, dir + "/none/a.mcap"}, commandline.ExitFailed, "there is no directory"},
	} {
		got := scenerec(t, c.args...)
		if got.code != c.code || !strings.Contains(got.stderr, c.want) || got.stdout != "" {
			t.Errorf("%s: exit code %d, want %d:\n%s\nwant %s", name, got.code, c.code, got.stderr+got.stdout, c.want)
		}
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

// What is damaged is converted as far as it goes, and says so.
func TestConvertDamaged(t *testing.T) {
	for _, file := range []string{tenSeconds(t), viserFile("gzip")} {
		data, err := os.ReadFile(file)
		must(t, err)
		dir := t.TempDir()
		damaged, out := filepath.Join(dir, "damaged"), filepath.Join(dir, "out.viser")
		must(t, os.WriteFile(damaged, data[:len(data)/2], 0o666))
		got := scenerec(t, "convert", damaged, out)
		if got.code != exitDamaged || !strings.Contains(got.stderr, "has only what comes before the damage") {
			t.Errorf("%s: %+v", file, got)
		}
		whole := filepath.Join(dir, "whole.viser")
		if got := scenerec(t, "convert", file, whole); got.code != commandline.ExitDone {
			t.Errorf("%s: %+v", file, got)
		}
		_, part := readViser(t, out)
		_, all := readViser(t, whole)
		if len(part) == 0 || len(part) >= len(all) || !strings.HasPrefix(all, part) {
			t.Errorf("%s: got %d lines of %d", file, strings.Count(part, "\n"), strings.Count(all, "\n"))
		}
	}
}

// Ctrl-C leaves nothing half written.
func TestConvertInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	dir := t.TempDir()
	for _, out := range []string{"out.mcap", "out.viser"} {
		for _, file := range []string{tenSeconds(t), viserFile("gzip")} {
			got := scenerecUntil(ctx, t, "convert", file, filepath.Join(dir, out))
			if got.code != commandline.ExitInterrupted || got.stderr != "scenerec: interrupted\n" {
				t.Errorf("%s as %s: %+v", file, out, got)
			}
		}
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/record"
)

func TestInfo(t *testing.T) {
	testdata, err := filepath.Abs("testdata")
	must(t, err)
	viser, err := filepath.Abs("../../record/testdata/zstd.viser")
	must(t, err)
	name := chdir(t, tenSeconds(t))
	data, err := os.ReadFile(viser)
	must(t, err)
	must(t, os.WriteFile("scene.viser", data, 0o666))
	whole, err := os.ReadFile(name)
	must(t, err)
	must(t, os.WriteFile("cut.mcap", whole[:len(whole)/2], 0o666))
	for _, c := range []struct {
		name string
		args []string
		code int
	}{
		{"info-mcap", []string{name}, commandline.ExitDone},
		{"info-mcap-brief", []string{name, "--brief"}, commandline.ExitDone},
		{"info-mcap-json", []string{name, "--json"}, commandline.ExitDone},
		{"info-viser", []string{"scene.viser"}, commandline.ExitDone},
		{"info-viser-json", []string{"scene.viser", "--json", "--top", "2"}, commandline.ExitDone},
		{"info-damaged", []string{"cut.mcap"}, exitDamaged},
		{"info-damaged-json", []string{"cut.mcap", "--json"}, exitDamaged},
	} {
		got := scenerec(t, append([]string{"info"}, c.args...)...)
		if got.code != c.code {
			t.Errorf("%s: exit code %d, want %d", c.name, got.code, c.code)
		}
		goldenIn(t, testdata, c.name+".txt", got.stdout+"--- stderr\n"+got.stderr)
	}
}

// Files of a capture that was rotated are one recording.
func TestInfoOfSeveralFiles(t *testing.T) {
	dir := t.TempDir()
	for i, steps := range [][]record.Step{
		{push(t, 0, setPose{"a", 0})}, {push(t, 2*time.Second, setPose{"a", 2})},
	} {
		data, err := os.ReadFile(writeMCAP(t, steps...))
		must(t, err)
		must(t, os.WriteFile(filepath.Join(dir, []string{"1.mcap", "2.mcap"}[i]), data, 0o666))
	}
	for _, name := range []string{dir, filepath.Join(dir, "*.mcap")} {
		got := fromJSON[infoReport](t, scenerec(t, "info", "--json", name).stdout)
		if got.Files != 2 || got.Seconds < 2 || len(got.Gaps) != 1 || got.Messages != 2 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestInfoOfWhatIsNoRecording(t *testing.T) {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "text"), []byte("Once upon a time"), 0o666))
	for name, want := range map[string]string{
		filepath.Join(dir, "text"):   "A recording is a .viser or .mcap file",
		filepath.Join(dir, "none"):   "no such file",
		filepath.Join(dir, "*.mcap"): "there is no such file",
		dir:                          "there is no such file",
		"ws://localhost":             "To get one: scenerec record ws://localhost",
	} {
		got := scenerec(t, "info", name)
		if got.code != commandline.ExitFailed || !strings.Contains(got.stderr, want) || got.stdout != "" {
			t.Errorf("%s: exit code %d\n%s%s\nwant %s", name, got.code, got.stdout, got.stderr, want)
		}
	}
}

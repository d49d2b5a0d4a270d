package scenario

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestPresetsCanBeRun(t *testing.T) {
	names := Presets()
	if names[0] != DefaultPreset {
		t.Errorf("the first preset is %q", names[0])
	}
	files, err := presetFiles.ReadDir("presets")
	if err != nil || len(files) != len(names) {
		t.Errorf("%d files for %d presets, %v", len(files), len(names), err)
	}
	for _, name := range names {
		s, err := Preset(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if name == "replay" {
			s.Replay.File = "scene.mcap"
		}
		if err := s.Validate(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		text, _ := PresetYAML(name)
		if s.Name != name || s.About == "" || !strings.HasPrefix(string(text), "# ") {
			t.Errorf("%s: name %q, about %q, or no comment that says what it shows", name, s.Name, s.About)
		}
	}
	if _, err := Preset("fanout"); err == nil || !strings.Contains(err.Error(), `did you mean "fan-out"?`) {
		t.Errorf("an unknown preset: %v", err)
	}
}

func TestParseTakesEverything(t *testing.T) {
	s, err := Parse("all.yaml", []byte(`
name: all
about: each key once
clients: 100
ramp: 2/m
warmup: 500ms
duration: 1m30s
settle: 20s
seed: 18446744073709551615
produce: {objects: 10, rate: 60Hz, size: 1.5KB, batch: all, ticks: 5, shrinks: 25%, burst: {every: 2s, messages: 100}}
send: {clients: 50%, echo: 1/s, pointer: 2/s, flood: 3/s, size: 16B}
slow: [{clients: 5, reads: 64KB/s}, {clients: 1%, reads: nothing}]
storms:
  - {kind: join, at: 1s, every: 5s, clients: 50%, away: 2s}
  - {kind: reconnect, clients: all, break: fin, resume: true}
  - {kind: flap, every: 100ms, clients: 1, break: reset}
server: {window: -1ms, window-messages: 64, write-timeout: 5s, resume-grace: 1s, procs: 2, writer: io_uring}
`))
	if err != nil {
		t.Fatal(err)
	}
	if s.Ramp != 2.0/60 || s.Duration.Std() != 90*time.Second || s.Seed != 1<<64-1 {
		t.Errorf("%+v", s)
	}
	if p := s.Produce; p.Rate != 60 || p.Size != 1536 || p.Batch.Of(10) != 10 || p.Shrink != 0.25 || p.Burst != (Burst{Duration(2 * time.Second), 100}) {
		t.Errorf("%+v", p)
	}
	if s.Send.Clients.Of(100) != 50 || s.Slow[0].Reads != 64<<10 || s.Slow[1].Reads != Nothing || s.Slow[1].Clients.Of(20) != 1 {
		t.Errorf("%+v, %+v", s.Send, s.Slow)
	}
	if len(s.Storms) != 3 || s.Storms[1].Clients.Of(7) != 7 || !s.Storms[1].Resume || s.Server.Procs != 2 {
		t.Errorf("%+v, %+v", s.Storms, s.Server)
	}
}

func TestParseReportsAllFaultsWithTheirLines(t *testing.T) {
	_, err := Parse("load.yaml", []byte(`clients: many
rmap: 100/s
ramp: 100/week
produce:
  objects: 10
  rate: max
  size: 12 apples
  batch: 11
  burst:
    every: 1s
slow:
  - clients: 120%
    reads: 64KB
storms:
  - kind: earthquake
  - kind: flap
    clients: 5
duration: 15
duration: 10s
send: [1]
`))
	var faults *FaultsError
	if !errors.As(err, &faults) {
		t.Fatalf("error: %v", err)
	}
	want := []string{
		`load.yaml:1:10: clients: "many" is no whole number`,
		`load.yaml:2:1: rmap: there is no such key: did you mean "ramp"?`,
		`load.yaml:3:7: ramp: "100/week": a rate is per s, m or h`,
		`load.yaml:6:9: produce.rate: a producer needs a rate such as 60/s`,
		`load.yaml:7:9: produce.size: "12 apples" is no size such as 512B`,
		`load.yaml:8:10: produce.batch: there are only 10 objects`,
		`load.yaml:10:5: produce.burst: a burst needs both`,
		`load.yaml:12:14: slow[0].clients: "120%" is no share such as 10%`,
		`load.yaml:13:12: slow[0].reads: "64KB" is no speed such as 64KB/s`,
		`load.yaml:15:11: storms[0].kind: "earthquake" is none of join, reconnect, flap`,
		`load.yaml:16:5: storms[1].every: must be said for flap`,
		`load.yaml:18:11: duration: "15" is no time such as 15s`,
		`load.yaml:19:1: duration: was said in line 18`,
		`load.yaml:20:7: send: a map is wanted here`,
	}
	for _, w := range want {
		if !strings.Contains("\n"+err.Error(), "\n"+w) {
			t.Errorf("no %q", w)
		}
	}
	for i := 1; i < len(faults.Faults); i++ {
		if faults.Faults[i].Line < faults.Faults[i-1].Line {
			t.Errorf("line %d comes behind line %d", faults.Faults[i].Line, faults.Faults[i-1].Line)
		}
	}
	if t.Failed() {
		t.Logf("got:\n%v", err)
	}
}

func TestParseRefusesWhatDoesntGoTogether(t *testing.T) {
	for text, want := range map[string]string{
		"clients: 0":                                                                      "clients: there must be one",
		"clients: 1\nduration: 0s":                                                        "duration: must be more than 0",
		"clients: 1\nwarmup: -1s":                                                         "warmup: can't be negative",
		"clients: 1\nsettle: 0s":                                                          "settle: must be more than 0",
		"clients: 1\nproduce: {rate: 5/s}":                                                "produce.rate: nothing changes 5/s without objects",
		"clients: 1\nproduce: {objects: -1}":                                              "produce.objects: must be from 0",
		"clients: 1\nproduce: {objects: 100, size: 64MB}":                                 "more than the 1GB",
		"clients: 1\nproduce: {ticks: max}":                                               "ticks need a rate",
		"clients: 1\nsend: {echo: max}":                                                   "round trips need a rate",
		"clients: 1\nsend: {echo: 1/s, flood: max}":                                       "would wait behind a flood",
		"clients: 1\nsend: {echo: 1/s, clients: 2}":                                       "send.clients: 2 of 1 clients are too many",
		"clients: 2\nslow: [{clients: all, reads: 1KB/s}]":                                "one at least has to keep up",
		"clients: 2\nslow: [{reads: 1KB/s}]":                                              "slow[0].clients: must be said",
		"clients: 2\nslow: [{clients: 1}]":                                                "slow[0].reads: must be said",
		"clients: 2\nstorms: [{kind: join, at: 15s}]":                                     "must lie within the 15s",
		"clients: 2\nstorms: [{kind: join}]":                                              "how many join",
		"clients: 2\nstorms: [{kind: flap, clients: 1, every: 1s, away: 2s}]":             "away for 2s, but break every 1s",
		"clients: 2\nstorms: [{kind: flap, clients: 1, every: 1ms}]":                      "must be 100ms",
		"clients: 2\nstorms: [{kind: join, clients: 1, resume: true}]":                    "nothing to go on with",
		"clients: 2\nstorms: [{kind: reconnect, clients: 1, resume: true, break: close}]": "a close frame ends the session",
		"clients: 2\nstorms: [{kind: reconnect, clients: 1, break: loudly}]":              `"loudly" is none of reset, fin, close`,
		"clients: 2\nreplay: {repeat: true}":                                              "without a file",
		"clients: 2\nreplay: {file: a.mcap, speed: 0}":                                    "replay.speed: must be more than 0",
		"clients: 2\nreplay: {file: a.mcap}\nproduce: {objects: 1}":                       "don't go together",
		"clients: 2\nserver: {writer: fast}":                                              `"fast" is neither`,
		"clients: [2]":                                                                    "a single value is wanted",
		"clients: 2\nslow: 3":                                                             "a list is wanted",
		"clients: 2\nx: &a 1\nseed: *a":                                                   "aliases aren't taken",
		"clients: 2\nabout: 'x":                                                           "not YAML",
		"- 1":                                                                             "a map is wanted here",
	} {
		_, err := Parse("", []byte(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func TestStormsOfAShorterScenarioComeEarlier(t *testing.T) {
	s, err := Preset("mixed")
	if err != nil {
		t.Fatal(err)
	}
	before := s.Storms[1]
	s.SetDuration(Duration(10 * time.Second))
	if s.Storms[1] != before {
		t.Errorf("it lay before the end, and was moved: %+v", s.Storms[1])
	}
	s.SetDuration(Duration(time.Second))
	if err := s.Validate(); err != nil || s.Storms[1].At != before.At/10 {
		t.Errorf("%v at %v, was at %v", err, s.Storms[1].At, before.At)
	}
}

func TestLoadFindsFilesAndPresets(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "mine.yaml")
	if err := os.WriteFile(path, []byte("clients: 3\nreplay: {file: scene.mcap}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Load(path)
	if err != nil || s.Replay.File != filepath.Join(dir, "scene.mcap") {
		t.Errorf("%+v, %v", s, err)
	}
	if s, err := Load("echo"); err != nil || s.Name != "echo" {
		t.Errorf("%+v, %v", s, err)
	}
	if _, err := Load(filepath.Join(dir, "other.yaml")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error: %v", err)
	}
}

func TestUnitsPrintWhatTheyRead(t *testing.T) {
	type value interface {
		Set(string) error
		String() string
	}
	for _, c := range []struct {
		v    value
		want map[string]string
	}{
		{new(Rate), map[string]string{"60/s": "60/s", "60Hz": "60/s", "60": "60/s", "30/m": "30/m", "max": "max", "0": "0/s", "1.5/s": "1.5/s"}},
		{new(Size), map[string]string{"64": "64B", "64B": "64B", "16kB": "16KB", "1 MiB": "1MB", "2G": "2GB", "1.5KB": "1536B"}},
		{new(Reads), map[string]string{"64KB/s": "64KB/s", "nothing": "nothing"}},
		{new(Duration), map[string]string{"15s": "15s", "90s": "1m30s", "2m": "2m", "1h": "1h", "500ms": "500ms"}},
		{new(Share), map[string]string{"50%": "50%", "0.25": "25%", "0": "0%"}},
		{new(Portion), map[string]string{"50": "50", "10%": "10%", "all": "100%"}},
		{new(Batch), map[string]string{"all": "all", "7": "7"}},
	} {
		for text, want := range c.want {
			if err := c.v.Set(text); err != nil || c.v.String() != want {
				t.Errorf("%T %q: %q, %v", c.v, text, c.v.String(), err)
			}
			if err := c.v.Set(c.v.String()); err != nil || c.v.String() != want {
				t.Errorf("%T doesn't read what it prints, %q: %v", c.v, want, err)
			}
		}
		for _, bad := range []string{"", "-1", "x", "1/x", "NaN", "1e999B", "50 parsecs"} {
			if _, ok := c.v.(*Duration); ok && bad == "-1" {
				continue
			}
			if err := c.v.Set(bad); err == nil {
				t.Errorf("%T takes %q as %v", c.v, bad, c.v)
			}
		}
	}
}

func TestSearch(t *testing.T) {
	for _, c := range []struct{ guess, most, limit int }{
		{200, 10_000, 4321}, {200, 10_000, 100}, {200, 10_000, 20_000}, {1, 50, 7}, {10, 10, 10}, {0, 50, 7}, {90, 50, 7}, {200, 10_000, 1}, {200, 10_000, 0},
	} {
		asked := 0
		best, err := Search(t.Context(), c.guess, c.most, func(_ context.Context, n int) (bool, error) {
			asked++
			return n <= c.limit, nil
		})
		want := min(c.limit, c.most)
		if err != nil || best > want || best < want-want/20-1 || asked > 30 {
			t.Errorf("%+v: %d after %d attempts, %v", c, best, asked, err)
		}
	}
	failed := errors.New("failed")
	if best, err := Search(t.Context(), 1, 100, func(_ context.Context, n int) (bool, error) {
		if n > 5 {
			return false, failed
		}
		return true, nil
	}); !errors.Is(err, failed) || best == 0 {
		t.Errorf("%d, %v", best, err)
	}
}

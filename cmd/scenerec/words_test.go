package main

import (
	"strings"
	"testing"
	"time"

	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/internal/wstest"
)

func TestMomentsInARecording(t *testing.T) {
	const all = 100 * time.Second
	for text, want := range map[string]time.Duration{
		"0": 0, "90": 90 * time.Second, "1.5": 1500 * time.Millisecond, "1m30s": 90 * time.Second, "250ms": 250 * time.Millisecond,
		"1:30": 90 * time.Second, "0:00:07.25": 7250 * time.Millisecond, "1:00:00": time.Hour,
		"25%": 25 * time.Second, "0%": 0, "100%": all, "-10s": 90 * time.Second, "-1:30": 10 * time.Second,
	} {
		var m moment
		if err := m.Set(text); err != nil || m.in(all) != want || m.String() != text {
			t.Errorf("%q: got %v, %v; want %v", text, m.in(all), err, want)
		}
	}
	for _, text := range []string{
		"", "x", "-", "--1s", "-25%", "101%", "NaN", "NaN%", "Inf", "1e300", "1:60", "1:60:00", "1:2:3:4", ":30", "1:-5", "1h:30", "+5s", "- 5s", "-0:-5",
	} {
		if err := new(moment).Set(text); err == nil {
			t.Errorf("%q is a time", text)
		}
	}
}

func TestWords(t *testing.T) {
	for got, want := range map[string]string{
		clock(0): "0:00.000", clock(61500 * time.Millisecond): "1:01.500", clock(time.Hour + time.Second): "1:00:01.000", clock(-time.Second): "-0:01.000",
		rateNumber(0.25): "0.2", rateNumber(9.96): "10.0", rateNumber(1234.5): "1,235",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// A bar is drawn on a terminal, and nowhere else.
func TestProgressIsForTerminals(t *testing.T) {
	file := tenSeconds(t)
	for name, c := range map[string]struct {
		bars bool
		args []string
		want bool
	}{
		"terminal": {true, nil, true}, "pipe": {false, nil, false},
		"quiet": {true, []string{"--quiet"}, false}, "JSON": {true, []string{"--json"}, false},
	} {
		var stdout, stderr wstest.Buffer
		a := &app{commandline.App{Name: "scenerec", Stdout: &stdout, Stderr: &stderr, Bars: c.bars}}
		if code := a.run(t.Context(), append([]string{"info", file}, c.args...)); code != commandline.ExitDone {
			t.Fatalf("%s: exit code %d", name, code)
		}
		if got := stderr.String(); strings.Contains(got, "reading scene.mcap") != c.want {
			t.Errorf("%s: got %q", name, got)
		}
		if strings.Contains(stdout.String(), "\r") {
			t.Errorf("%s: a bar on standard output", name)
		}
	}
}

//go:build linux

package main

import (
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/scenewire/scenewire/internal/bench/receiver"
	"github.com/scenewire/scenewire/internal/bench/report"
	"github.com/scenewire/scenewire/internal/bench/scene"
	"github.com/scenewire/scenewire/wsproto"
)

func TestMain(m *testing.M) { scene.TestMain(m, serve) }

func TestCheckFindsWhatIsMissing(t *testing.T) {
	messages := [][]byte{[]byte("\x81\xa4type\xa1A"), []byte("\x81\xa4type\xa2AB")}
	var kept keeper
	var whole receiver.Client
	want := size{}
	for _, m := range messages {
		payload := wsproto.AppendSceneWindow(nil, [][]byte{m}, &wsproto.Head{TimestampSec: 1, Epoch: 1, Seq: 1}, nil)
		if _, err := kept.read(payload); err != nil {
			t.Fatal(err)
		}
		want.Messages++
		want.Bytes += int64(len(m))
		whole.Frames++
		whole.Inflated += int64(payload[0])
	}
	if err := check([]receiver.Client{whole, whole}, &kept, want); err != nil {
		t.Errorf("all is there: %v", err)
	}
	less, more := whole, whole
	less.Inflated--
	more.Inflated += whole.Frames*largerBytes + 1
	for _, c := range []receiver.Client{less, more} {
		if err := check([]receiver.Client{whole, c}, &kept, want); err == nil || !strings.Contains(err.Error(), "joiner 1") {
			t.Errorf("%+v instead of %+v: %v", c, whole, err)
		}
	}
	if err := (&keeper{payloads: kept.payloads[1:]}).check(want); err == nil {
		t.Error("a window is missing")
	}
}

func TestTimesOf(t *testing.T) {
	w := timesOf([]receiver.Client{{Frames: 3, Last: 50}, {Frames: 3, Last: 30}, {Frames: 3, Last: 70}}, 10)
	if w.first != 20*time.Nanosecond || w.last != 60*time.Nanosecond || w.frames != 3 {
		t.Errorf("%+v", w)
	}
}

func TestMeasureInSmall(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.json")
	o, err := parse([]string{
		"--rounds", "1", "--joiners", "3", "--messages", "300", "--large-bytes", "400000",
		"--pushes", "50,200", "--keys", "40", "--joins", "1",
		"--live", "2", "--joiners-live", "3", "--live-messages", "50", "--seconds", "1", "--json", path,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := measure(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	lines, err := report.ReadLines[json.RawMessage](path)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, line := range lines {
		var joined sceneResult
		var after churnResult
		var live liveResult
		if err := errors.Join(json.Unmarshal(line, &joined), json.Unmarshal(line, &after), json.Unmarshal(line, &live)); err != nil {
			t.Fatal(err)
		}
		names = append(names, after.Name)
		switch after.Name {
		case "join-after":
			if after.Messages != 40 || after.P50 <= 0 || after.Ratio <= 0 {
				t.Errorf("%s", line)
			}
		case "live":
			if live.Messages != 50 || live.P50 <= 0 || live.P99Joining <= 0 || live.Seconds < live.ConnectedSeconds {
				t.Errorf("%s", line)
			}
		default:
			if joined.Messages != 301 || joined.Seconds <= 0 || joined.Windows < 2 {
				t.Errorf("%s", line)
			}
		}
	}
	if got := strings.Join(names, " "); got != "join-cold join-warm join-after join-after live" {
		t.Errorf("lines: %s", got)
	}
}

func TestParseRefuses(t *testing.T) {
	for _, args := range [][]string{{"--rounds", "0"}, {"--large-bytes", "-1"}, {"--live", "0"}, {"--seconds", "0"}, {"more"}} {
		if _, err := parse(args); err == nil {
			t.Errorf("%q is taken", args)
		}
	}
}

//go:build linux

package main

import (
	"path/filepath"
	"testing"

	"github.com/scenewire/scenewire/internal/bench/report"
	"github.com/scenewire/scenewire/internal/bench/scene"
)

func TestMain(m *testing.M) { scene.TestMain(m, serve) }

func TestMeasureInSmall(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.json")
	o, err := parse([]string{"--clients", "3", "--rounds", "1", "--seconds", "0.5", "--warmup", "0.1", "--json", path})
	if err != nil {
		t.Fatal(err)
	}
	if err := measureAll(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	lines, err := report.ReadLines[result](path)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range lines {
		// The runtime allocates for itself, too.
		want := map[string]float64{kindPose: 2, kindTiny: 1}[r.Message]
		if r.PerSecond <= 0 || r.CPUPerMessage <= 0 || r.AllocsPerMessage < want {
			t.Errorf("%+v", r)
		}
	}
	if n := len(lines); n != 2 {
		t.Errorf("%d lines", n)
	}
}

func TestPayloadsAreSmall(t *testing.T) {
	if pose, tiny := payloadBytes(kindPose), payloadBytes(kindTiny); pose < 80 || pose > 120 || tiny < 10 || tiny > 20 {
		t.Errorf("a pose has %d bytes, a tiny message %d", pose, tiny)
	}
}

func TestParseRefusesNonsense(t *testing.T) {
	for _, args := range [][]string{{"--clients", "0"}, {"--seconds", "-1"}, {"--clients", "1000000000"}, {"left", "over"}} {
		if _, err := parse(args); err == nil {
			t.Errorf("%v is taken", args)
		}
	}
}

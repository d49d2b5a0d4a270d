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
	o, err := parse([]string{"--rooms", "200", "--idle", "20ms", "--json", path})
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
	var states []string
	for _, r := range lines {
		states = append(states, r.Name)
		if r.Rooms != 200 || (r.Name != "closed" && r.Heap <= 0) {
			t.Errorf("%+v", r)
		}
	}
	if len(states) != 5 || states[0] != "fresh" || states[4] != "closed" {
		t.Errorf("states %v", states)
	}
}

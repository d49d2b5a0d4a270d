//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/scenewire/scenewire/benchmarks/internal/command"
	"github.com/scenewire/scenewire/benchmarks/internal/scene"
)

// The servers are this binary, too.
func TestMain(m *testing.M) {
	if _, ok := scene.IsServer(); ok {
		if err := serve(); err != nil {
			command.Progress("%v", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func TestMeasureInSmall(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.json")
	o, err := parse([]string{"--rooms", "200", "--idle", "20ms", "--json", path})
	if err != nil {
		t.Fatal(err)
	}
	if err := measureAll(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var states []string
	for line := range bytes.Lines(text) {
		var r result
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatal(err)
		}
		states = append(states, r.Name)
		if r.Rooms != 200 || (r.Name != "closed" && r.Heap <= 0) {
			t.Errorf("%s", line)
		}
	}
	if len(states) != 5 || states[0] != "fresh" || states[4] != "closed" {
		t.Errorf("states %v", states)
	}
}

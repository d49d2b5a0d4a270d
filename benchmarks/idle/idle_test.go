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
	o, err := parse([]string{"--clients", "20", "--json", path})
	if err != nil {
		t.Fatal(err)
	}
	if err := measureAll(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	lines, err := report.ReadLines[result](path)
	if err != nil || len(lines) != 1 {
		t.Fatal(lines, err)
	}
	if r := lines[0]; r.Clients != 20 || r.Resident <= 0 || r.ResidentBefore <= 0 || r.Heap <= 0 || r.ConnectSeconds <= 0 {
		t.Errorf("%+v", r)
	}
}

func TestParseRefusesMoreThanFilesAllow(t *testing.T) {
	if _, err := parse([]string{"--clients", "1000000000"}); err == nil {
		t.Error("a billion clients are taken")
	}
}

//go:build linux

package main

import (
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
	o, err := parse([]string{"--clients", "20", "--json", path})
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
	var r result
	if err := json.Unmarshal(text, &r); err != nil {
		t.Fatal(err)
	}
	if r.Clients != 20 || r.Resident <= 0 || r.ResidentBefore <= 0 || r.Heap <= 0 || r.ConnectSeconds <= 0 {
		t.Errorf("%s", text)
	}
}

func TestParseRefusesMoreThanFilesAllow(t *testing.T) {
	if _, err := parse([]string{"--clients", "1000000000"}); err == nil {
		t.Error("a billion clients are taken")
	}
}

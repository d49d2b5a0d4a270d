package scenario

import (
	"embed"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
)

//go:embed presets/*.yaml
var presetFiles embed.FS

// presets are the names of the presets in the order in which they are shown.
var presets = []string{
	"fan-out", "burst", "idle", "late-join", "reconnect", "resume", "slow-readers", "never-readers",
	"flapping", "echo", "flood", "pointers", "mixed", "replay",
}

// DefaultPreset is what runs when nothing else is asked for.
const DefaultPreset = "fan-out"

// Presets returns the names of the presets, the default first.
func Presets() []string { return append([]string(nil), presets...) }

// Preset returns a preset. The one named replay can't be run before it is told a file.
// The error names all presets.
func Preset(name string) (*Scenario, error) {
	text, err := PresetYAML(name)
	if err != nil {
		return nil, err
	}
	s, d := decode(text)
	return s, d.result(name)
}

// Load returns a preset, or what a file says: whatever has a dot or a slash is a file. A
// path in the file is relative to it.
func Load(name string) (*Scenario, error) {
	if !strings.ContainsAny(name, `./\`) {
		return Preset(name)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	s, err := Parse(name, text)
	if err == nil && s.Replay.File != "" && !filepath.IsAbs(s.Replay.File) {
		s.Replay.File = filepath.Join(filepath.Dir(name), s.Replay.File)
	}
	return s, err
}

// PresetYAML returns a preset as the file that it is, with its comments.
func PresetYAML(name string) ([]byte, error) {
	text, err := presetFiles.ReadFile(path.Join("presets", name+".yaml"))
	if err != nil {
		return nil, fmt.Errorf("there is no scenario %q%s", name, suggest(name, presets))
	}
	return text, nil
}

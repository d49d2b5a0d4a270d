package results

import (
	"io/fs"
	"testing"

	"github.com/scenewire/scenewire/internal/bench/result"
)

func TestFilesAreResultsUnderTheirOwnNames(t *testing.T) {
	names, err := fs.Glob(FS(), "*.json")
	if err != nil {
		t.Fatal(err)
	}
	all, err := result.ReadAll(FS())
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != len(names) {
		t.Fatalf("%d results in %d files", len(all), len(names))
	}
	for i, f := range all {
		if f.Name() != names[i] {
			t.Errorf("%s should be called %s", names[i], f.Name())
		}
		if f.Command == "" || f.Commit == "" || f.Machine.CPU == "" || len(f.Rows) == 0 {
			t.Errorf("%s has no command, commit, machine or rows", names[i])
		}
	}
}

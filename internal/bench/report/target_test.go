package report

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scenewire/scenewire/internal/bench/result"
)

func open(t *testing.T, args ...string) (*Output, error) {
	t.Helper()
	target := Target{Kind: "limit", Title: "A title", Package: "./benchmarks/limit", Versions: map[string]string{"cc": "12"}}
	flags := flag.NewFlagSet("x", flag.ContinueOnError)
	target.Define(flags)
	if err := flags.Parse(args); err != nil {
		t.Fatal(err)
	}
	return target.Open()
}

func TestTargetKeepsTheLinesOfARun(t *testing.T) {
	dir := t.TempDir()
	out, err := open(t, "--results", dir, "--json", filepath.Join(dir, "lines"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range 2 {
		if err := out.Line(map[string]int{"clients": i}); err != nil {
			t.Fatal(err)
		}
	}
	if files, _ := filepath.Glob(filepath.Join(dir, "*.json")); len(files) > 0 {
		t.Errorf("there is %s before the run is over", files)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	all, err := result.ReadAll(os.DirFS(dir))
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	f := all[0]
	if n, _ := f.Rows[1].Number("clients"); len(f.Rows) != 2 || n != 1 {
		t.Errorf("rows: %v", f.Rows)
	}
	if f.Kind != "limit" || f.Title != "A title" || f.Versions["cc"] != "12" || f.Machine.Cores == 0 || f.Taken.IsZero() {
		t.Errorf("%+v", f)
	}
}

func TestTargetNamesTheDirectoryThatIsNone(t *testing.T) {
	if _, err := open(t, "--results", filepath.Join(t.TempDir(), "none")); err == nil || !strings.Contains(err.Error(), "--results") {
		t.Errorf("error: %v", err)
	}
}

func TestCommandLineLeavesOutWhereResultsGo(t *testing.T) {
	for args, want := range map[string]string{
		"":                                       "go run ./x",
		"--clients 5 --json - --results d --pin": "go run ./x --clients 5 --pin",
		"-json=- -results=d --seconds 2":         "go run ./x --seconds 2",
		"--clients 5 --results benchmarks/results": "go run ./x --clients 5",
	} {
		if got := commandLine("./x", strings.Fields(args)); got != want {
			t.Errorf("%q: %q, want %q", args, got, want)
		}
	}
}

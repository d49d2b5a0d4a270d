package main

import (
	"bytes"
	"flag"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/scenewire/scenewire/benchmarks/results"
	"github.com/scenewire/scenewire/internal/bench/result"
)

var update = flag.Bool("update", false, "rewrite what testdata/root is made into")

// What is committed is what is made of the committed results.
func TestRepositoryIsInStepWithItsResults(t *testing.T) {
	files, err := result.ReadAll(results.FS())
	if err != nil {
		t.Fatal(err)
	}
	root := os.DirFS("../..")
	made, err := render(root, newest(files))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range made {
		got, err := fs.ReadFile(root, name)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s isn't what the results say: go generate ./benchmarks/... (%v)", name, err)
		}
	}
	have, err := charts(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range have {
		if made[name] == nil {
			t.Errorf("%s is made of nothing: go generate ./benchmarks/...", name)
		}
	}
}

func renderMadeUp(t *testing.T) map[string][]byte {
	t.Helper()
	root := os.DirFS("testdata/root")
	dir, err := fs.Sub(root, resultsDir)
	if err != nil {
		t.Fatal(err)
	}
	files, err := result.ReadAll(dir)
	if err != nil {
		t.Fatal(err)
	}
	made, err := render(root, newest(files))
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestMadeUpResultsAreWrittenAsBefore(t *testing.T) {
	made := renderMadeUp(t)
	for _, name := range slices.Sorted(maps.Keys(made)) {
		if strings.HasSuffix(name, ".svg") {
			continue // internal/bench/chart compares figures
		}
		path := filepath.Join("testdata", "made", filepath.Base(filepath.Dir(name))+"-"+filepath.Base(name))
		if *update {
			if err := os.WriteFile(path, made[name], 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(made[name], want) {
			t.Errorf("%s isn't as in %s: look at it, and then -update", name, path)
		}
	}
}

func TestEveryKindIsWritten(t *testing.T) {
	made := renderMadeUp(t)
	page := string(made["benchmarks/README.md"])
	for name := range sections {
		_, part, found := strings.Cut(page, beginMark+name+closeMark)
		part, _, _ = strings.Cut(part, endMark)
		missing := strings.Contains(part, "Not measured yet")
		if !found || missing != (name == "capture") {
			t.Errorf("%s: it has a part: %v; nothing was measured: %v", name, found, missing)
		}
		if strings.Contains(part, "NaN") || strings.Contains(part, "Inf") {
			t.Errorf("%s has figures that are none:\n%s", name, part)
		}
	}
	var names []string
	for name, svg := range made {
		if strings.HasSuffix(name, ".svg") {
			names = append(names, name)
			if bytes.Contains(svg, []byte("NaN")) {
				t.Errorf("%s has places that are none", name)
			}
		}
	}
	slices.Sort(names)
	want := "cost limit overview rivals scaling windows"
	if got := strings.NewReplacer(chartsDir+"/", "", ".svg", "").Replace(strings.Join(names, " ")); got != want {
		t.Errorf("charts: %s, want %s", got, want)
	}
}

func TestNewestFileOfAKindCounts(t *testing.T) {
	at := func(day int) time.Time { return time.Date(2026, 1, day, 0, 0, 0, 0, time.UTC) }
	row := func(scenario string, n float64) result.Row { return result.Row{"scenario": scenario, "n": n} }
	last := newest([]*result.File{
		{Kind: "loadgen", Taken: at(1), Commit: "a", Rows: []result.Row{row("old", 0)}},
		{Kind: "idle", Taken: at(2)},
		{Kind: "loadgen", Taken: at(3), Commit: "b", Rows: []result.Row{row("echo", 1)}},
		{Kind: "loadgen", Taken: at(4), Commit: "b", Rows: []result.Row{row("burst", 2)}},
		{Kind: "idle", Taken: at(5)},
		{Kind: "loadgen", Taken: at(6), Commit: "b", Rows: []result.Row{row("echo", 3)}},
		{Kind: "loadgen", Taken: at(7), Commit: "b", Rows: []result.Row{{"scenario": "echo", "interrupted": true}}},
	})
	if last["idle"].Taken != at(5) || last["loadgen"].Taken != at(6) {
		t.Errorf("idle of %v, loadgen of %v", last["idle"].Taken, last["loadgen"].Taken)
	}
	rows := last["loadgen"].Rows
	if len(rows) != 2 || rows[0]["n"] != 2.0 || rows[1]["n"] != 3.0 {
		t.Errorf("%v", rows)
	}
}

func TestPageRefusesMarksItCannotFill(t *testing.T) {
	for text, want := range map[string]string{
		"<!-- generated: idle -->":                          "has no <!-- end -->",
		"<!-- generated: idle":                              "isn't closed",
		"<!-- generated: nonsense -->\n<!-- end -->":        "no such part",
		"a <!-- generated: idle --> b <!-- end --> c":       "",
		"<!-- end --> alone and text without marks is kept": "",
	} {
		p := &page{}
		_, err := p.fill([]byte(text))
		if (err == nil) != (want == "") || (err != nil && !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: error %v, want %q", text, err, want)
		}
	}
}

// What a generator can't make of its own output is lost at the second run.
func TestGenerateTwiceChangesNothing(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/root")); err != nil {
		t.Fatal(err)
	}
	stale := filepath.Join(dir, chartsDir, "stale.svg")
	if err := os.MkdirAll(filepath.Dir(stale), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(stale, []byte("<svg/>"), 0o600); err != nil {
		t.Fatal(err)
	}
	var before map[string]string
	for range 2 {
		if err := generate(dir); err != nil {
			t.Fatal(err)
		}
		after := contents(t, os.DirFS(dir))
		if before != nil && !maps.Equal(before, after) {
			t.Error("the second run has changed something")
		}
		before = after
	}
	if _, err := os.Stat(stale); !os.IsNotExist(err) {
		t.Errorf("a chart that isn't made any more is still there: %v", err)
	}
	if text := before["README.md"]; strings.Contains(text, "before") || !strings.Contains(text, "After it.") {
		t.Errorf("README.md is:\n%s", text)
	}
}

func contents(t *testing.T, root fs.FS) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(root, name)
		all[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestNothingMeasuredIsSaid(t *testing.T) {
	root := fstest.MapFS{
		"README.md":            {Data: []byte("<!-- generated: overview -->\n<!-- end -->\n")},
		"benchmarks/README.md": {Data: []byte("<!-- generated: limit -->\n<!-- end -->\n")},
	}
	made, err := render(root, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range made {
		if !strings.Contains(string(text), "*Not measured yet: `go run ./benchmarks/") {
			t.Errorf("%s: %s", name, text)
		}
	}
}

func TestFigureHasThreeDigits(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", 0.0123: "0.0123", 1.5: "1.50", 0.9999: "1.00", 0.9996: "1.00", 0.996: "0.996", 9.99: "9.99", 99.97: "100", 12.34: "12.3", 123.4: "123", 999.6: "1,000", 12_345: "12,345", 1_234_567: "1,230,000", -1500: "-1,500",
	} {
		if got := figure(v); got != want {
			t.Errorf("%v: %s, want %s", v, got, want)
		}
	}
}

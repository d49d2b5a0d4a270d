package arch

import (
	"flag"
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite testdata/api from the packages as they are")

// maxRootNames bounds the package-level exported names of the root package: a
// newcomer reads them all.
const maxRootNames = 60

func TestExportedAPIIsAsWrittenDown(t *testing.T) {
	pkgs := publicPackages(t)
	dir := filepath.Join("testdata", "api")
	if *update {
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(dir, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	var want []string
	for _, path := range slices.Sorted(maps.Keys(pkgs)) {
		name := apiFile(path)
		want = append(want, name)
		t.Run(strings.TrimSuffix(name, ".txt"), func(t *testing.T) {
			compareFile(t, filepath.Join(dir, name), describe(pkgs[path]))
		})
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains(want, e.Name()) {
			t.Errorf("%s: there is no such package", filepath.Join(dir, e.Name()))
		}
	}
}

func TestRootPackageStaysSmall(t *testing.T) {
	names := exportedNames(publicPackages(t)[modulePath])
	if len(names) > maxRootNames {
		t.Errorf("%d exported names, want at most %d: %s", len(names), maxRootNames, strings.Join(names, " "))
	}
}

// apiFile returns the file name for a package: its path with "." for "/", and
// the module's name for the root.
func apiFile(importPath string) string {
	rel, _ := relPath(importPath)
	if rel == "" {
		rel = "scenewire"
	}
	return strings.ReplaceAll(rel, "/", ".") + ".txt"
}

// publicPackages returns the type information of every package that users of
// the module can import. It comes from the compiler's export data, so the
// packages must compile.
func publicPackages(t *testing.T) map[string]*types.Package {
	t.Helper()
	watchSources(t)
	all, err := goList("-deps", "-export", "./...")
	if err != nil {
		t.Fatal(err)
	}
	imp := importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) {
		if p := all[path]; p != nil && p.Export != "" {
			return os.Open(p.Export)
		}
		return nil, fmt.Errorf("no export data for %s: does it compile?", path)
	})
	public := make(map[string]*types.Package)
	for path, p := range all {
		rel, ours := p.rel()
		if !ours || p.Name == "main" || slices.Contains(strings.Split(rel, "/"), "internal") {
			continue
		}
		if public[path], err = imp.Import(path); err != nil {
			t.Fatal(err)
		}
	}
	return public
}

func compareFile(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v\nrun: go test ./internal/arch -update", err)
	}
	if diff := lineDiff(string(want), got); diff != "" {
		t.Errorf("the exported API changed:\n%s\nif that is meant: go test ./internal/arch -update", diff)
	}
}

// lineDiff returns the lines that only one of two sorted descriptions has, or
// "" if they are equal.
func lineDiff(want, got string) string {
	if want == got {
		return ""
	}
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	var out []string
	for _, line := range w {
		if !slices.Contains(g, line) {
			out = append(out, "- "+line)
		}
	}
	for _, line := range g {
		if !slices.Contains(w, line) {
			out = append(out, "+ "+line)
		}
	}
	if out == nil {
		return "the order of lines"
	}
	return strings.Join(out, "\n")
}

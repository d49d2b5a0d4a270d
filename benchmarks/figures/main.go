// Figures writes what READMEs say of the benchmarks' results: the parts of
// benchmarks/README.md and README.md that are marked as generated, and the charts in
// benchmarks/charts. Figures stand nowhere else.
//
//	go generate ./benchmarks/...
//
// Of each kind in benchmarks/results the newest file counts.
package main

import (
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/scenewire/scenewire/internal/bench/result"
)

//go:generate go run . -root ../..

// Where things are, from the repository's root.
const (
	resultsDir = "benchmarks/results"
	chartsDir  = "benchmarks/charts"
)

func main() {
	root := flag.String("root", ".", "`directory` of the repository")
	flag.Parse()
	if err := generate(*root); err != nil {
		fmt.Fprintln(os.Stderr, "figures:", err)
		os.Exit(1)
	}
}

// generate reads the results below root and rewrites what is made of them.
func generate(root string) error {
	files, err := result.ReadAll(os.DirFS(filepath.Join(root, resultsDir)))
	if err != nil {
		return err
	}
	made, err := render(os.DirFS(root), newest(files))
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(made)) {
		target := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(target, made[name], 0o644); err != nil {
			return err
		}
	}
	return removeOthers(root, made)
}

// removeOthers removes the charts that are no longer made.
func removeOthers(root string, made map[string][]byte) error {
	old, err := charts(os.DirFS(root))
	if err != nil {
		return err
	}
	for _, name := range old {
		if made[name] != nil {
			continue
		}
		if err := os.Remove(filepath.Join(root, filepath.FromSlash(name))); err != nil {
			return err
		}
	}
	return nil
}

// charts returns the names of the charts that there are.
func charts(root fs.FS) ([]string, error) { return fs.Glob(root, chartsDir+"/*.svg") }

// newest returns the last file of each kind, of files that are sorted by time. Loadgen
// writes a file for each run: those of the same commit are one, with the last run of each
// scenario with so many clients. A run that was interrupted doesn't count.
func newest(files []*result.File) map[string]*result.File {
	last := map[string]*result.File{}
	for _, f := range files {
		if slices.ContainsFunc(f.Rows, isInterrupted) {
			continue
		}
		if before := last[f.Kind]; f.Kind == "loadgen" && before != nil && before.Commit == f.Commit {
			f = together(before, f)
		}
		last[f.Kind] = f
	}
	return last
}

func isInterrupted(r result.Row) bool {
	interrupted, _ := r["interrupted"].(bool)
	return interrupted
}

// together has the rows of both files, but the newer ones instead of their like.
func together(older, newer *result.File) *result.File {
	both := *newer
	both.Rows = slices.DeleteFunc(slices.Clone(older.Rows), func(r result.Row) bool {
		return slices.ContainsFunc(newer.Rows, func(n result.Row) bool {
			return n.Text("scenario") == r.Text("scenario") && n["clients"] == r["clients"]
		})
	})
	both.Rows = append(both.Rows, newer.Rows...)
	return &both
}

// render returns the READMEs of root with the results in them, and the charts, by name.
func render(root fs.FS, results map[string]*result.File) (map[string][]byte, error) {
	made := map[string][]byte{}
	for _, page := range []page{
		{name: "benchmarks/README.md", charts: "charts"},
		{name: "README.md", charts: chartsDir},
	} {
		text, err := fs.ReadFile(root, page.name)
		if err != nil {
			return nil, err
		}
		page.results = results
		text, err = page.fill(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", page.name, err)
		}
		made[page.name] = text
		for name, svg := range page.made {
			made[path.Join(chartsDir, name)] = svg
		}
	}
	return made, nil
}

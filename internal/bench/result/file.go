// Package result is the form in which benchmarks are kept in benchmarks/results: a file
// for each run, with the machine and the versions that it was measured with, and flat
// rows of figures.
//
// It is read by what makes benchmarks/README.md, by the dashboard's history and by
// loadgen's --compare.
package result

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// File is one run of one program.
type File struct {
	// Kind names what was measured: "rivals", "scaling", "limit", "loadgen", … Files of
	// one kind have rows alike, so runs of it can be laid side by side.
	Kind    string    `json:"kind"`
	Title   string    `json:"title,omitempty"` // for people, one line
	Taken   time.Time `json:"taken"`           // when the run ended
	Command string    `json:"command"`         // that repeats it, from the repository's root
	// Commit is git's of the tree that was measured, "" if it isn't known; "+" behind it:
	// with changes.
	Commit   string            `json:"commit,omitempty"`
	Machine  Machine           `json:"machine"`
	Versions map[string]string `json:"versions,omitempty"` // of what was compared: name to version
	Rows     []Row             `json:"rows"`
}

// Row is one measurement, or one summary of several. Strings and booleans say of what,
// numbers are figures; a figure's name ends in its unit ("cpu_us_per_delivery", "p99_ms",
// "rss_bytes"), a list of numbers is a curve over the rows' rounds or seconds.
type Row map[string]any

// Text returns a field that is a string, or "".
func (r Row) Text(name string) string {
	s, _ := r[name].(string)
	return s
}

// Number returns a field that is a number, as JSON has them.
func (r Row) Number(name string) (v float64, ok bool) {
	v, ok = r[name].(float64)
	return v, ok
}

// RowOf makes a row of anything that encodes to a JSON object, such as the results that
// the programs print with --json.
func RowOf(v any) (Row, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	var r Row
	if err := json.Unmarshal(text, &r); err != nil {
		return nil, fmt.Errorf("result: not an object: %w", err)
	}
	return r, nil
}

// Name is the file's name in benchmarks/results: when it was taken, and its kind. They
// sort by time.
func (f *File) Name() string {
	return f.Taken.UTC().Format("2006-01-02T150405Z") + "-" + f.Kind + ".json"
}

// Write writes the file, one row on a line, so that runs can be compared line by line.
func (f *File) Write(path string) error {
	rows := f.Rows
	head := *f
	head.Rows = nil
	text, err := json.MarshalIndent(&head, "", "  ")
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString(strings.TrimSuffix(string(text), "null\n}") + "[")
	for i, row := range rows {
		line, err := json.Marshal(row)
		if err != nil {
			return fmt.Errorf("result: row %d: %w", i, err)
		}
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n    " + string(line))
	}
	b.WriteString("\n  ]\n}\n")
	return os.WriteFile(path, []byte(b.String()), 0o644)
}

// WriteTo writes it to a directory, under its own name, and returns the path.
func (f *File) WriteTo(dir string) (path string, err error) {
	path = filepath.Join(dir, f.Name())
	return path, f.Write(path)
}

// Read reads one file.
func Read(path string) (*File, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return parse(path, text)
}

// ReadAll reads every file of a directory whose name ends in .json, the oldest first.
func ReadAll(files fs.FS) ([]*File, error) {
	names, err := fs.Glob(files, "*.json")
	if err != nil {
		return nil, err
	}
	var all []*File
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		f, err := parse(name, text)
		if err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	slices.SortStableFunc(all, func(a, b *File) int { return a.Taken.Compare(b.Taken) })
	return all, nil
}

func parse(name string, text []byte) (*File, error) {
	var f File
	if err := json.Unmarshal(text, &f); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if f.Kind == "" || f.Taken.IsZero() {
		return nil, fmt.Errorf("%s: not a result: it has no kind or no time", name)
	}
	return &f, nil
}

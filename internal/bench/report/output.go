package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/scenewire/scenewire/internal/bench/result"
)

// Output takes a command's results: JSON to where its --json says, a table to standard
// output unless the JSON goes there, and all of it to a file of --results.
type Output struct {
	tables io.Writer
	lines  *json.Encoder // nil: no JSON
	file   *os.File      // nil: nothing to close
	kept   *result.File  // nil: no --results
	dir    string        // of kept
}

// OpenOutput opens the file that --json names: "" is none, "-" standard output.
func OpenOutput(path string) (*Output, error) {
	switch path {
	case "":
		return &Output{tables: os.Stdout}, nil
	case "-":
		return &Output{tables: io.Discard, lines: json.NewEncoder(os.Stdout)}, nil
	}
	f, err := os.Create(path)
	if err != nil {
		return nil, fmt.Errorf("--json: %w", err)
	}
	return &Output{tables: os.Stdout, lines: json.NewEncoder(f), file: f}, nil
}

// Line writes one JSON object on a line of its own, and keeps it as a row for --results.
func (o *Output) Line(v any) error {
	if o.kept != nil {
		row, err := result.RowOf(v)
		if err != nil {
			return err
		}
		o.kept.Rows = append(o.kept.Rows, row)
	}
	if o.lines == nil {
		return nil
	}
	return o.lines.Encode(v)
}

// Table prints t.
func (o *Output) Table(t *Table) error { return t.Write(o.tables) }

// Close closes the JSON file, and writes the one of --results. It is for the end of a run
// that succeeded.
func (o *Output) Close() error {
	if o.file == nil {
		return o.keep()
	}
	return errors.Join(o.file.Close(), o.keep())
}

// ReadLines reads the JSON objects, each a T, that Line wrote to a file.
func ReadLines[T any](path string) (lines []T, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	for line := range bytes.Lines(text) {
		var v T
		if err := json.Unmarshal(line, &v); err != nil {
			return nil, fmt.Errorf("%w: %s", err, line)
		}
		lines = append(lines, v)
	}
	return lines, nil
}

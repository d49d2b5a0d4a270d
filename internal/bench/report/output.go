package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
)

// Output takes a command's results: JSON to where its --json says, and a table to
// standard output unless the JSON goes there.
type Output struct {
	tables io.Writer
	lines  *json.Encoder // nil: no JSON
	file   *os.File      // nil: nothing to close
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

// Line writes one JSON object on a line of its own.
func (o *Output) Line(result any) error {
	if o.lines == nil {
		return nil
	}
	return o.lines.Encode(result)
}

// Table prints t.
func (o *Output) Table(t *Table) error { return t.Write(o.tables) }

// Close closes the JSON file.
func (o *Output) Close() error {
	if o.file == nil {
		return nil
	}
	return o.file.Close()
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

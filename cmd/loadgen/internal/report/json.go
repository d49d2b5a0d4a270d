package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/scenewire/scenewire/internal/bench/result"
)

// Kind is that of loadgen's files in benchmarks/results.
const Kind = "loadgen"

// Embedded is the target of runs against loadgen's own server.
const Embedded = "embedded"

// WriteJSON writes the report as one object.
func (r *Report) WriteJSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(r)
}

// Read reads the runs of a file: one that --json has written, or a result file, which may
// have several.
func Read(path string) ([]*Report, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var kind struct {
		Form int             `json:"loadgen"`
		Kind string          `json:"kind"`
		Rows json.RawMessage `json:"rows"`
	}
	if err := json.Unmarshal(text, &kind); err != nil {
		return nil, fmt.Errorf("%s: not JSON: %w", path, err)
	}
	switch {
	case kind.Form == Form:
		r := new(Report)
		if err := json.Unmarshal(text, r); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		return []*Report{r}, nil
	case kind.Form != 0:
		return nil, fmt.Errorf("%s: form %d of loadgen's JSON, which this loadgen doesn't know", path, kind.Form)
	case kind.Kind == Kind:
		return readResult(path)
	case kind.Kind != "":
		return nil, fmt.Errorf("%s: results of %q, not of loadgen", path, kind.Kind)
	}
	return nil, fmt.Errorf("%s: neither what loadgen --json writes nor a result file", path)
}

// readResult reads the runs of a result file.
func readResult(path string) ([]*Report, error) {
	f, err := result.Read(path)
	if err != nil {
		return nil, err
	}
	var all []*Report
	for i, row := range f.Rows {
		r, err := fromRow(row)
		if err != nil {
			return nil, fmt.Errorf("%s: row %d: %w", path, i, err)
		}
		r.Taken, r.Command, r.Commit, r.Machine = f.Taken, f.Command, f.Commit, f.Machine
		all = append(all, r)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s: it has no runs", path)
	}
	return all, nil
}

// Choose returns the run of the same load as r, the newest if there are several. The error
// is a [*DifferentError] that tells what is nearest.
func Choose(runs []*Report, r *Report) (*Report, error) {
	var nearest []string
	for _, old := range slices.Backward(runs) {
		d := differences(old, r)
		if len(d) == 0 {
			return old, nil
		}
		if nearest == nil || len(d) < len(nearest) {
			nearest = d
		}
	}
	return nil, &DifferentError{nearest}
}

// File makes a result file of runs.
func File(runs ...*Report) (*result.File, error) {
	if len(runs) == 0 {
		return nil, errors.New("no runs")
	}
	last := runs[len(runs)-1]
	f := &result.File{
		Kind: Kind, Title: last.Title(), Taken: last.Taken, Command: last.Command, Commit: last.Commit, Machine: last.Machine,
	}
	for _, r := range runs {
		row, err := r.Row()
		if err != nil {
			return nil, err
		}
		f.Rows = append(f.Rows, row)
	}
	return f, nil
}

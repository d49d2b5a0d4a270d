package browsertest

import (
	"encoding/json"
	"io/fs"
	"testing"
	"testing/fstest"
	"time"

	"github.com/scenewire/scenewire/internal/bench/result"
)

// keptRuns are results as benchmarks/results has them: two runs of rivals, of which the
// second is worse for scenewire and the same for the others, and one of another kind.
func keptRuns(t *testing.T) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	keep := func(kind string, day int, rows []result.Row) {
		f := &result.File{
			Kind: kind, Taken: time.Date(2026, 3, day, 12, 0, 0, 0, time.UTC), Command: "go run ./benchmarks/" + kind,
			Commit: "0123456789ab", Machine: result.Machine{CPU: "a processor", Cores: 2}, Rows: rows,
		}
		text, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name()] = &fstest.MapFile{Data: text}
	}
	keep("rivals", 1, rivalRows(1))
	keep("rivals", 2, rivalRows(1.5))
	keep("scaling", 3, []result.Row{
		{"axis": "clients", "clients": 100, "cpu_us_per_window": 2.5, "p99_ms": 3.5},
		{"axis": "clients", "clients": 1000, "cpu_us_per_window": 2.4, "p99_ms": 5.5},
	})
	return files
}

// rivalRows are three rounds of two works; what scenewire costs is multiplied by factor.
func rivalRows(factor float64) (rows []result.Row) {
	for round := range 3 {
		spread := 1 + 0.01*float64(round)
		for i, subject := range []string{"scenewire", "gws", "gorilla"} {
			cost := float64(i+1) * spread
			if i == 0 {
				cost *= factor
			}
			rows = append(rows,
				result.Row{"work": "fanout", "subject": subject, "round": round, "cpu_us_per_delivery": cost, "p99_ms": 5 * cost},
				result.Row{"work": "echo", "subject": subject, "round": round, "cpu_us_per_delivery": 2 * cost, "deliveries_per_s": 1e5 / cost},
			)
		}
	}
	return rows
}

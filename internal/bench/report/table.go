package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
)

// Table is rows of cells under headings. All columns are aligned to the right, but
// the first.
type Table struct {
	Title   string
	Columns []string
	rows    [][]string
}

// Add appends a row: strings as they are, floats with three significant digits,
// durations in milliseconds, nil as "-", anything else by fmt.
func (t *Table) Add(cells ...any) {
	row := make([]string, len(cells))
	for i, cell := range cells {
		row[i] = formatCell(cell)
	}
	t.rows = append(t.rows, row)
}

func formatCell(cell any) string {
	switch v := cell.(type) {
	case nil:
		return "-"
	case float64:
		return formatFloat(v)
	case *float64:
		if v == nil {
			return "-"
		}
		return formatFloat(*v)
	case time.Duration:
		return formatFloat(Milliseconds(v))
	default:
		return fmt.Sprint(v)
	}
}

// formatFloat writes three significant digits, without an exponent and without digits
// that say nothing.
func formatFloat(v float64) string {
	switch size := max(v, -v); {
	case size >= 100:
		return strconv.FormatFloat(v, 'f', 0, 64)
	case size >= 10:
		return strconv.FormatFloat(v, 'f', 1, 64)
	case size >= 1:
		return strconv.FormatFloat(v, 'f', 2, 64)
	default:
		return strconv.FormatFloat(v, 'f', 3, 64)
	}
}

// Write prints the table, and a blank line behind it.
func (t *Table) Write(w io.Writer) error {
	var b strings.Builder
	if t.Title != "" {
		b.WriteString(t.Title + "\n")
	}
	tw := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	widest := len(t.Columns[0])
	for _, row := range t.rows {
		widest = max(widest, len(row[0]))
	}
	for _, row := range append([][]string{t.Columns}, t.rows...) {
		// The writer aligns to the right; padding makes the first column's cells equal.
		_, _ = fmt.Fprintf(tw, "%-*s\t%s\t\n", widest, row[0], strings.Join(row[1:], "\t"))
	}
	if err := tw.Flush(); err != nil {
		return err
	}
	_, err := io.WriteString(w, b.String()+"\n")
	return err
}

// Milliseconds returns d in milliseconds.
func Milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// Microseconds returns d in microseconds.
func Microseconds(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }

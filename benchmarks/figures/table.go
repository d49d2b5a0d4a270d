package main

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/scenewire/scenewire/internal/bench/result"
)

// table is a Markdown table. The first column is text, the others are figures.
type table struct {
	columns []string
	rows    [][]string
}

func newTable(columns ...string) *table { return &table{columns: columns} }

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

// sorted sorts the rows by their first cells.
func (t *table) sorted() *table {
	slices.SortStableFunc(t.rows, func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	return t
}

// table writes it, unless it has no rows.
func (w *writer) table(t *table) {
	if len(t.rows) == 0 {
		return
	}
	w.printf("| %s |\n|---|%s\n", strings.Join(t.columns, " | "), strings.Repeat("---:|", len(t.columns)-1))
	for _, row := range t.rows {
		w.printf("| %s |\n", strings.Join(row, " | "))
	}
	w.printf("\n")
}

// figure writes three digits that tell, and commas between thousands.
func figure(v float64) string {
	if math.IsNaN(v) {
		return "–"
	}
	rounded := threeDigits(v)
	switch size := math.Abs(rounded); {
	case size >= 100_000:
		return grouped(strconv.FormatFloat(rounded, 'f', 0, 64))
	case size >= 1000: // of which all digits are read
		return grouped(strconv.FormatFloat(v, 'f', 0, 64))
	case size == 0:
		return "0"
	default:
		decimals := max(0, 2-int(math.Floor(math.Log10(size)+1e-9)))
		return strconv.FormatFloat(rounded, 'f', min(decimals, 4), 64)
	}
}

// threeDigits rounds to three digits that tell.
func threeDigits(v float64) float64 {
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'e', 2, 64), 64)
	return rounded
}

func grouped(digits string) string {
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// number returns a figure of a row, NaN if it has none.
func number(r result.Row, name string) float64 {
	v, ok := r.Number(name)
	if !ok {
		return math.NaN()
	}
	return v
}

// cell writes a figure of a row.
func cell(r result.Row, name string) string { return figure(number(r, name)) }

// spread writes a figure with its extremes, whose names end in _min and _max.
func spread(r result.Row, name string) string {
	text := cell(r, name)
	low, high := number(r, name+"_min"), number(r, name+"_max")
	if math.IsNaN(low) || math.IsNaN(high) || low == high {
		return text
	}
	return text + " (" + figure(low) + "–" + figure(high) + ")"
}

// megabytes writes a number of bytes as MB.
func megabytes(v float64) string { return figure(v / 1e6) }

// count writes a whole number.
func count(r result.Row, name string) string {
	v := number(r, name)
	if math.IsNaN(v) {
		return "–"
	}
	return grouped(strconv.FormatFloat(math.Round(v), 'f', 0, 64))
}

// only returns the rows whose field has this text.
func only(rows []result.Row, field, text string) (some []result.Row) {
	for _, r := range rows {
		if r.Text(field) == text {
			some = append(some, r)
		}
	}
	return some
}

// values returns the different texts of a field, in the order in which they come.
func values(rows []result.Row, field string) (all []string) {
	seen := map[string]bool{}
	for _, r := range rows {
		if v := r.Text(field); v != "" && !seen[v] {
			seen[v] = true
			all = append(all, v)
		}
	}
	return all
}

// byNumber returns the rows sorted by a figure.
func byNumber(rows []result.Row, name string) []result.Row {
	return slices.SortedStableFunc(slices.Values(rows), func(a, b result.Row) int {
		return cmp.Compare(number(a, name), number(b, name))
	})
}

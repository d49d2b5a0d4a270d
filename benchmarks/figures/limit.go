package main

import (
	"fmt"
	"math"
	"strings"

	"github.com/scenewire/scenewire/internal/bench/chart"
	"github.com/scenewire/scenewire/internal/bench/result"
)

func writeLimit(w *writer, f *result.File) error {
	w.chart("limit", limitFigure(f))
	t := newTable("Server", "mode", "clients", "bytes", "CPU µs per delivery", "times C's", "p50 ms", "p99 ms", "messages/s", "allocations")
	for _, r := range f.Rows {
		t.add(subjectName(r.Text("name")), r.Text("mode"), count(r, "clients"), count(r, "size"), spread(r, "cpu_us_per_delivery"),
			spread(r, "ratio_to_limit"), cell(r, "p50_ms"), cell(r, "p99_ms"), cell(r, "deliveries_per_second"), cell(r, "allocs_per_delivery"))
	}
	w.table(t)
	return nil
}

// limitFigure has a panel for each mode and load.
func limitFigure(f *result.File) *chart.Figure {
	figure := &chart.Figure{
		Title:    "Processor time for each delivery",
		Subtitle: "CPU µs, next to an epoll loop in C that only writes finished frames. Median of the rounds, and extremes. Less is better.",
		Columns:  2,
	}
	var said []string
	for _, mode := range values(f.Rows, "mode") {
		rows := only(f.Rows, "mode", mode)
		for len(rows) > 0 {
			clients, size := number(rows[0], "clients"), number(rows[0], "size")
			var bars chart.Bars
			var others []result.Row
			for _, r := range rows {
				if number(r, "clients") != clients || number(r, "size") != size {
					others = append(others, r)
					continue
				}
				bars.Bars = append(bars.Bars, chart.Bar{
					Label: subjectName(r.Text("name")), Strong: isOurs(r.Text("name")), Value: number(r, "cpu_us_per_delivery"),
					Low: number(r, "cpu_us_per_delivery_min"), High: number(r, "cpu_us_per_delivery_max"),
				})
			}
			title := fmt.Sprintf("%s: %s clients, %s", mode, chart.Short(clients), chart.Bytes(size))
			figure.Panels = append(figure.Panels, chart.Panel{Title: title, Body: bars})
			said = append(said, describeBars(title, "µs for each delivery", bars))
			rows = others
		}
	}
	figure.Description = strings.Join(said, " ")
	return figure
}

// writePlain compares servers that do something besides with the same servers without.
func writePlain(w *writer, f *result.File) error {
	t := newTable("Server", "mode", "clients", "bytes", "CPU µs per delivery", "times the same without", "p50 ms", "p99 ms", "messages/s")
	for _, r := range f.Rows {
		t.add(r.Text("name"), r.Text("mode"), count(r, "clients"), count(r, "size"), spread(r, "cpu_us_per_delivery"),
			spread(r, "ratio_to_plain"), cell(r, "p50_ms"), cell(r, "p99_ms"), cell(r, "deliveries_per_second"))
	}
	w.table(t)
	return nil
}

// bestRatio is the row of ours that is nearest to the limit in a mode, and whether there
// is one.
func bestRatio(rows []result.Row, mode string) (best result.Row, ok bool) {
	least := math.Inf(1)
	for _, r := range only(rows, "mode", mode) {
		if v := number(r, "ratio_to_limit"); isOurs(r.Text("name")) && v < least {
			least, best, ok = v, r, true
		}
	}
	return best, ok
}

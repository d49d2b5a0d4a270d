package main

import (
	"fmt"
	"slices"

	"github.com/scenewire/scenewire/internal/bench/chart"
	"github.com/scenewire/scenewire/internal/bench/result"
)

// axis is what benchmarks/scaling varies.
type axis struct {
	name, title, field string
	format             func(float64) string
}

var axes = []axis{
	{"clients", "Clients", "clients", chart.Short},
	{"objects", "Objects", "objects", chart.Short},
	{"sizes", "Message size", "message_bytes", chart.Bytes},
}

func writeScaling(w *writer, f *result.File) error {
	w.chart("scaling", scalingFigure(f))
	for _, a := range axes {
		rows := only(f.Rows, "axis", a.name)
		if len(rows) == 0 {
			continue
		}
		w.printf("%s\n\n", besides(a, rows))
		t := newTable(a.title, "changes/s", "windows/s", "slowest", "CPUs", "CPU µs per window", "frame", "p50 ms", "p99 ms", "RSS MB", "at most")
		for _, r := range rows {
			t.add(a.format(number(r, a.field)), cell(r, "due_per_second"), cell(r, "windows_per_second"), cell(r, "slowest_windows_per_second"),
				cell(r, "server_cpus"), spread(r, "cpu_us_per_window"), chart.Bytes(number(r, "frame_bytes")), cell(r, "p50_ms"), cell(r, "p99_ms"),
				megabytes(number(r, "settled_rss_bytes")), megabytes(number(r, "peak_rss_bytes")))
		}
		w.table(t)
	}
	return nil
}

// besides says what doesn't vary along an axis.
func besides(a axis, rows []result.Row) string {
	r := rows[0]
	text := map[string]string{
		"clients": fmt.Sprintf("%s objects of %s", count(r, "objects"), chart.Bytes(number(r, "message_bytes"))),
		"objects": fmt.Sprintf("%s clients, %s each", count(r, "clients"), chart.Bytes(number(r, "message_bytes"))),
		"sizes":   fmt.Sprintf("%s clients, one object", count(r, "clients")),
	}[a.name]
	text = fmt.Sprintf("**%s** (%s)", a.title, text)
	if several := serversOf(rows); several != "" {
		text += ": " + several
	}
	return text
}

// serversOf says where there was more than one server.
func serversOf(rows []result.Row) string {
	i := slices.IndexFunc(rows, func(r result.Row) bool { return number(r, "servers") > 1 })
	if i < 0 {
		return ""
	}
	return fmt.Sprintf("from %s clients on there are %s servers, on the same processor, as one process may not have so many files open here; "+
		"their processor time and memory are added up", count(rows[i], "clients"), count(rows[i], "servers"))
}

// scaled is a figure over the axes.
type scaled struct {
	title, unit string
	log         bool
	lines       [][2]string // name, figure
	scale       float64
}

var scaledFigures = []scaled{
	{"CPU per window to one client", "µs", true, [][2]string{{"Scenewire", "cpu_us_per_window"}}, 1},
	{"Latency", "ms", true, [][2]string{{"p50", "p50_ms"}, {"p99", "p99_ms"}}, 1},
	{"Windows per second and client", "", false, [][2]string{{"Scenewire", "windows_per_second"}, {"asked for", "due_per_second"}}, 1},
	{"Memory, resident", "MB", true, [][2]string{{"kept", "settled_rss_bytes"}, {"at most", "peak_rss_bytes"}}, 1e-6},
}

func scalingFigure(f *result.File) *chart.Figure {
	figure := &chart.Figure{
		Title: "How cost grows", Subtitle: "One is varied at a time. GOMAXPROCS=1; all objects change together, and go to all clients.",
		Columns: len(axes),
		Description: "Small charts: processor time for each window, latency, windows per second and memory, " +
			"over the number of clients, the number of objects and the size of messages. The tables below have the figures.",
	}
	for _, s := range scaledFigures {
		for _, a := range axes {
			figure.Panels = append(figure.Panels, s.panel(a, only(f.Rows, "axis", a.name)))
		}
	}
	return figure
}

func (s scaled) panel(a axis, rows []result.Row) chart.Panel {
	x := chart.Axis{Label: a.title, Log: true, Format: a.format}
	if a.name == "sizes" {
		x.Ticks = sizeTicks(rows)
	}
	lines := chart.Lines{X: x, Y: chart.Axis{Log: s.log}, Tall: 150}
	for _, line := range slices.Backward(s.lines) {
		series := chart.Series{Name: line[0]}
		for _, r := range rows {
			series.Points = append(series.Points, chart.Point{X: number(r, a.field), Y: number(r, line[1]) * s.scale})
		}
		lines.Series = append(lines.Series, series)
	}
	title := s.title
	if s.unit != "" {
		title += ", " + s.unit
	}
	return chart.Panel{Title: title, Body: lines}
}

// sizeTicks names the sizes that were measured, every second one.
func sizeTicks(rows []result.Row) (ticks []float64) {
	for i, r := range rows {
		if i%2 == 0 || len(rows) < 5 {
			ticks = append(ticks, number(r, "message_bytes"))
		}
	}
	return ticks
}

package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/scenewire/scenewire/internal/bench/chart"
	"github.com/scenewire/scenewire/internal/bench/result"
)

// work is what rivals do, and what is said of it.
type work struct {
	name  string
	title string
	short string // the title of its chart
	cost  string // the figure that bars show, without "_median" and so on
	unit  string
	scale float64 // of a figure, to the unit
	more  [][2]string
}

// works are those of benchmarks/rivals, in the order of the page.
var works = []work{
	{"fanout-60hz", "A message to all, 60 times a second", "To all at 60 Hz", "cpu_us_per_delivery", "µs CPU per delivery", 1, [][2]string{{"p50 ms", "p50_ms"}, {"p99 ms", "p99_ms"}, {"messages/s", "deliveries_per_s"}, {"kept up", "kept_share"}}},
	{"fanout-full", "A message to all, as fast as it goes", "To all, as fast as it goes", "cpu_us_per_delivery", "µs CPU per delivery", 1, [][2]string{{"p50 ms", "p50_ms"}, {"p99 ms", "p99_ms"}, {"messages/s", "deliveries_per_s"}}},
	{"echo", "Every client's message comes back", "Echo", "cpu_us_per_delivery", "µs CPU per message", 1, [][2]string{{"p50 ms", "p50_ms"}, {"p99 ms", "p99_ms"}, {"messages/s", "deliveries_per_s"}}},
	{"connect", "All clients connect at once", "Connecting", "cpu_us_per_connect", "µs CPU per client", 1, [][2]string{{"clients/s", "connects_per_s"}}},
	{"idle", "Clients that do nothing", "Idle clients", "rss_bytes_per_client", "KB RSS per client", 1e-3, [][2]string{{"MB in all", "rss_bytes"}}},
}

// subjectName is what a page calls a server.
func subjectName(subject string) string {
	switch subject {
	case "c-epoll":
		return "C, bare epoll"
	case "scenewire-uring":
		return "Scenewire, io_uring"
	case "scenewire-write":
		return "Scenewire, write"
	}
	return subject
}

func isOurs(subject string) bool { return strings.HasPrefix(subject, "scenewire") }

// summaries returns the rows of all rounds together of one work, the cheapest first.
func summaries(rows []result.Row, w work) []result.Row {
	rows = only(only(rows, "round", "all"), "work", w.name)
	cost := func(r result.Row) float64 {
		if v := number(r, w.cost+"_median"); !math.IsNaN(v) {
			return v
		}
		return math.Inf(1)
	}
	slices.SortStableFunc(rows, func(a, b result.Row) int {
		return int(math.Copysign(1, cost(a)-cost(b)))
	})
	return rows
}

func writeRivals(w *writer, f *result.File) error {
	if f.Title != "" {
		w.printf("%s.\n\n", f.Title)
	}
	w.chart("rivals", rivalsFigure(f, works, 2))
	for _, work := range works {
		w.rivalsTable(work, summaries(f.Rows, work))
	}
	return nil
}

// rivalsFigure has a panel for each work that was measured.
func rivalsFigure(f *result.File, works []work, columns int) *chart.Figure {
	figure := &chart.Figure{
		Title: "The same work on each server", Subtitle: "Median of the rounds, and extremes. Less is better.",
		Columns: columns,
	}
	var said []string
	for _, work := range works {
		rows := summaries(f.Rows, work)
		if len(rows) == 0 {
			continue
		}
		bars := rivalsBars(work, rows)
		figure.Panels = append(figure.Panels, chart.Panel{Title: work.short + ", " + work.unit, Body: bars})
		if bars.Max > 0 {
			figure.Note = "A bar with a gap is longer than there is room for."
		}
		said = append(said, describeBars(work.title, work.unit, bars))
	}
	figure.Description = strings.Join(said, " ")
	return figure
}

// tooLong is how many times as long as the next a bar may be; one that is longer is cut, so
// that the others can be told apart.
const tooLong = 3

func rivalsBars(work work, rows []result.Row) chart.Bars {
	var bars chart.Bars
	next, longest := 0.0, 0.0
	for _, r := range rows {
		bar := chart.Bar{Label: subjectName(r.Text("subject")), Strong: isOurs(r.Text("subject"))}
		bar.Value = number(r, work.cost+"_median") * work.scale
		switch {
		case r.Text("cannot") != "":
			bar.Value, bar.Text = 0, "can't"
		case math.IsNaN(bar.Value):
			bar.Value, bar.Text = 0, "failed"
		default:
			bar.Low, bar.High = number(r, work.cost+"_min")*work.scale, number(r, work.cost+"_max")*work.scale
			next, longest = longest, math.Max(longest, bar.Value) // the cheapest come first
		}
		bars.Bars = append(bars.Bars, bar)
	}
	if next > 0 && longest > tooLong*next {
		bars.Max = 1.3 * next
	}
	return bars
}

func describeBars(title, unit string, bars chart.Bars) string {
	var list []string
	for _, bar := range bars.Bars {
		text := bar.Text
		if text == "" {
			text = figure(bar.Value)
		}
		list = append(list, bar.Label+" "+text)
	}
	return fmt.Sprintf("%s, in %s: %s.", title, unit, strings.Join(list, ", "))
}

func (w *writer) rivalsTable(work work, rows []result.Row) {
	if len(rows) == 0 {
		return
	}
	columns := []string{work.title, work.unit, "times Scenewire's", "times C's"}
	for _, more := range work.more {
		columns = append(columns, more[0])
	}
	t := newTable(append(columns, "")...)
	for _, r := range rows {
		name := subjectName(r.Text("subject"))
		if isOurs(r.Text("subject")) {
			name = "**" + name + "**"
		}
		cells := []string{name, rounds(r, work.cost, work.scale), rounds(r, "ratio_to_scenewire", 1), rounds(r, "ratio_to_limit", 1)}
		for _, more := range work.more {
			cells = append(cells, moreCell(r, more[1]))
		}
		t.add(append(cells, remarks(r))...)
	}
	w.table(t)
}

func moreCell(r result.Row, name string) string {
	v := number(r, name+"_median")
	switch name {
	case "rss_bytes":
		return megabytes(v)
	case "kept_share":
		return percent(v)
	}
	return figure(v)
}

// rounds writes the median of a figure over the rounds, and its extremes.
func rounds(r result.Row, name string, scale float64) string {
	v := number(r, name+"_median") * scale
	if math.IsNaN(v) {
		return "–"
	}
	return figure(v) + " (" + figure(number(r, name+"_min")*scale) + "–" + figure(number(r, name+"_max")*scale) + ")"
}

func percent(v float64) string {
	if math.IsNaN(v) {
		return "–"
	}
	return figure(100*v) + " %"
}

// remarks says what a reader must know before comparing the row.
func remarks(r result.Row) string {
	var all []string
	if why := r.Text("cannot"); why != "" {
		all = append(all, "can't: "+why)
	}
	if n := number(r, "failed_rounds"); n > 0 {
		all = append(all, fmt.Sprintf("failed in %v of %v rounds: %s", n, number(r, "rounds"), r.Text("error")))
	}
	if n := number(r, "missing_max"); n > 0 {
		all = append(all, "up to "+figure(n)+" messages missing")
	}
	if n := number(r, "dropped_connections_max"); n > 0 {
		all = append(all, "up to "+figure(n)+" connections dropped")
	}
	return strings.ReplaceAll(strings.Join(all, "; "), "|", "/")
}

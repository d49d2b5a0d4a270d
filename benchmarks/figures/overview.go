package main

import (
	"math"

	"github.com/scenewire/scenewire/internal/bench/chart"
	"github.com/scenewire/scenewire/internal/bench/result"
)

// writeOverview writes what the README in the root says: a chart and a line for each kind
// that was measured.
func writeOverview(w *writer, results map[string]*result.File) {
	lines := &writer{}
	for _, kind := range []struct {
		name string
		line func(*writer, []result.Row)
	}{
		{"limit", overviewLimit},
		{"rivals", overviewRivals},
		{"windows", overviewWindows},
		{"idle", overviewIdle},
		{"join", overviewJoin},
		{"inbound", overviewInbound},
	} {
		if f := results[kind.name]; f != nil {
			kind.line(lines, f.Rows)
		}
	}
	if lines.text.Len() == 0 {
		w.printf("*Not measured yet: `go run ./benchmarks/all`.*")
		return
	}
	if f := results["rivals"]; f != nil {
		w.chart("overview", overviewFigure(f))
	}
	w.printf("%s\n", lines.text.String())
	w.printf("One processor did all of this%s; [benchmarks/README.md](benchmarks/README.md) has the rest, how it was measured, and how to repeat it.\n", machineOf(results))
}

// machineOf names the machine of the newest file.
func machineOf(results map[string]*result.File) string {
	var last *result.File
	for _, f := range results {
		if last == nil || f.Taken.After(last.Taken) {
			last = f
		}
	}
	return " (" + last.Machine.CPU + ", " + last.Taken.Format("2006-01-02") + ")"
}

func overviewLimit(w *writer, rows []result.Row) {
	r, ok := bestRatio(rows, "60hz")
	if !ok {
		return
	}
	w.printf("* **%s times the processor time of an epoll loop in C** that only writes finished bytes: %s µs for a delivery, %s clients, %s, 60 times a second.\n",
		cell(r, "ratio_to_limit"), cell(r, "cpu_us_per_delivery"), count(r, "clients"), chart.Bytes(number(r, "size")))
}

// overviewRivals names the nearest of the others and the one that is farthest.
func overviewRivals(w *writer, rows []result.Row) {
	nearest, farthest := math.Inf(1), 0.0
	var near, far string
	for _, r := range summaries(rows, works[0]) {
		name, ratio := r.Text("subject"), number(r, "ratio_to_scenewire_median")
		if isOurs(name) || name == "c-epoll" || math.IsNaN(ratio) {
			continue
		}
		if ratio < nearest {
			nearest, near = ratio, name
		}
		if ratio > farthest {
			farthest, far = ratio, name
		}
	}
	if near == "" {
		return
	}
	w.printf("* Next to others at the same work, %s takes %s times as much", near, figure(nearest))
	if far != near {
		w.printf(", %s %s times", far, figure(farthest))
	}
	w.printf(".\n")
}

func overviewWindows(w *writer, rows []result.Row) {
	held := heldClients(rows)
	if held == 0 {
		return
	}
	r := only(rows, "name", "windows-held")[0]
	w.printf("* **%s clients** see %s objects move and change %s times a second.\n", figure(held), count(r, "objects"), chart.Short(number(r, "hz")))
}

func overviewIdle(w *writer, rows []result.Row) {
	r := byNumber(rows, "clients")[len(rows)-1]
	w.printf("* A client that does nothing takes **%s bytes** of memory (%s of them).\n", count(r, "rss_bytes_per_client"), count(r, "clients"))
}

func overviewJoin(w *writer, rows []result.Row) {
	for _, r := range only(rows, "name", "join-warm") {
		w.printf("* %s clients that join a scene of %s MB at once have it after %s s, with %s MB of memory beside it.\n",
			count(r, "joiners"), megabytes(number(r, "bytes")), cell(r, "seconds"), megabytes(number(r, "extra_rss_bytes")))
	}
}

func overviewInbound(w *writer, rows []result.Row) {
	for _, r := range only(rows, "message", "pose") {
		w.printf("* %s million messages of clients reach their typed handlers in a second.\n", figure(number(r, "messages_per_second")/1e6))
	}
}

// overviewFigure shows what most want to know of the rivals.
func overviewFigure(f *result.File) *chart.Figure {
	chosen := []work{works[0], works[4]}
	figure := rivalsFigure(f, chosen, 2)
	figure.Title = "Processor time and memory, next to others"
	return figure
}

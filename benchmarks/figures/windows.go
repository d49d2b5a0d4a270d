package main

import (
	"fmt"
	"math"

	"github.com/scenewire/scenewire/internal/bench/chart"
	"github.com/scenewire/scenewire/internal/bench/result"
)

func writeWindows(w *writer, f *result.File) error {
	rows := only(f.Rows, "name", "windows")
	if held := heldClients(f.Rows); held > 0 && len(rows) > 0 {
		r := rows[0]
		w.printf("**%s clients** are held by one processor, each of which gets all changes of %s objects %s times a second, in windows of two messages for each object.\n\n",
			figure(held), count(r, "objects"), chart.Short(number(r, "hz")))
	}
	if len(rows) > 1 {
		w.chart("windows", windowsFigure(rows))
	}
	t := newTable("Clients", "held", "windows/s", "slowest", "CPUs", "CPU µs per window", "million messages per CPU second", "frame", "p50 ms", "p99 ms")
	for _, r := range byNumber(rows, "clients") {
		held := "no"
		if yes, _ := r["held"].(bool); yes {
			held = "yes"
		}
		t.add(count(r, "clients"), held, cell(r, "windows_per_second"), cell(r, "slowest_windows_per_second"), cell(r, "server_cpus"),
			cell(r, "cpu_us_per_window"), figure(number(r, "messages_per_cpu_second")/1e6), chart.Bytes(number(r, "frame_bytes")), cell(r, "p50_ms"), cell(r, "p99_ms"))
	}
	w.table(t)
	w.excludeTable(f.Rows)
	return nil
}

func (w *writer) excludeTable(rows []result.Row) {
	t := newTable("Every client sends a pose", "clients", "poses/s", "CPUs", "CPU ns per message", "times that to all", "p50 ms", "p99 ms")
	for name, title := range map[string]string{"poses": "it goes to all", "poses-excluded": "it goes to all others"} {
		for _, r := range only(rows, "name", name) {
			t.add(title, count(r, "clients"), figure(number(r, "clients")*number(r, "hz")), cell(r, "server_cpus"), cell(r, "cpu_ns_per_message"),
				spread(r, "ratio_cpu_per_message"), cell(r, "p50_ms"), cell(r, "p99_ms"))
		}
	}
	w.table(t.sorted())
}

// heldClients is the largest number of clients that were kept up to date, 0 if that wasn't
// looked for.
func heldClients(rows []result.Row) float64 {
	for _, r := range only(rows, "name", "windows-held") {
		return number(r, "clients")
	}
	return 0
}

func windowsFigure(rows []result.Row) *chart.Figure {
	rows = byNumber(rows, "clients")
	line := func(name, field string) chart.Series {
		s := chart.Series{Name: name}
		for _, r := range rows {
			s.Points = append(s.Points, chart.Point{X: number(r, "clients"), Y: number(r, field)})
		}
		return s
	}
	x := chart.Axis{Label: "clients"}
	return &chart.Figure{
		Title: "One processor, more and more clients", Columns: 2,
		Subtitle:    "Where it has no time left, windows become rarer, and none piles up.",
		Description: fmt.Sprintf("Two charts over the number of clients, up to %s: windows per second and client, and latency.", count(rows[len(rows)-1], "clients")),
		Panels: []chart.Panel{
			{Title: "Windows per second and client", Body: chart.Lines{X: x, Series: []chart.Series{line("mean", "windows_per_second"), line("slowest client", "slowest_windows_per_second")}}},
			{Title: "Latency, ms", Body: chart.Lines{X: x, Y: chart.Axis{Log: true}, Series: []chart.Series{line("p50", "p50_ms"), line("p99", "p99_ms")}}},
		},
	}
}

func writeIdle(w *writer, f *result.File) error {
	t := newTable("Clients", "RSS bytes each", "on the heap", "RSS MB", "before", "after they left", "all connected in")
	for _, r := range f.Rows {
		t.add(count(r, "clients"), count(r, "rss_bytes_per_client"), count(r, "heap_bytes_per_client"), megabytes(number(r, "rss_bytes")),
			megabytes(number(r, "rss_bytes_before")), megabytes(number(r, "rss_bytes_after")), cell(r, "connect_seconds")+" s")
	}
	w.table(t)
	return nil
}

func writeRooms(w *writer, f *result.File) error {
	t := newTable("State", "rooms", "heap bytes each", "RSS bytes each", "CPU")
	for _, r := range f.Rows {
		t.add(r.Text("name"), count(r, "rooms"), count(r, "heap_bytes_per_room"), count(r, "rss_bytes_per_room"), percent(number(r, "cpu_share")))
	}
	w.table(t)
	w.printf("Of rooms that are `closed` the bytes are those of all of them together.\n\n")
	return nil
}

func writeJoin(w *writer, f *result.File) error {
	t := newTable("Clients that join at once", "joiners", "scene MB", "messages", "all have it after s", "the first after s", "CPU ms each", "memory beside, MB", "at most")
	for name, title := range map[string]string{"join-cold": "nothing was sent before", "join-warm": "the same again"} {
		for _, r := range only(f.Rows, "name", name) {
			t.add(title, count(r, "joiners"), megabytes(number(r, "bytes")), count(r, "messages"), spread(r, "seconds"), cell(r, "first_seconds"),
				cell(r, "cpu_ms_per_join"), megabytes(number(r, "extra_rss_bytes")), megabytes(number(r, "extra_rss_bytes_max")))
		}
	}
	w.table(t.sorted())
	t = newTable("Broadcasts before", "messages in the log", "p50 ms", "p99 ms", "CPU µs per join", "times the first row's")
	for _, r := range only(f.Rows, "name", "join-after") {
		t.add(count(r, "pushes"), count(r, "messages"), cell(r, "p50_ms"), cell(r, "p99_ms"), cell(r, "cpu_us_per_join"), spread(r, "ratio_to_first"))
	}
	w.table(t)
	t = newTable("Live clients, while others join", "joiners", "scene MB", "p99 ms without", "p99 ms with", "ratio", "joiners have it after s")
	for _, r := range only(f.Rows, "name", "live") {
		t.add(fmt.Sprintf("%s at %s Hz", count(r, "live"), chart.Short(number(r, "hz"))), count(r, "joiners"), megabytes(number(r, "bytes")), cell(r, "p99_ms"),
			cell(r, "p99_ms_joining"), spread(r, "ratio_p99"), spread(r, "seconds"))
	}
	w.table(t)
	return nil
}

func writeInbound(w *writer, f *result.File) error {
	t := newTable("Message", "bytes", "clients", "messages/s", "per CPU second", "CPU ns each", "allocations each")
	for _, r := range f.Rows {
		t.add(r.Text("message"), count(r, "payload_bytes"), count(r, "clients"), spread(r, "messages_per_second"), cell(r, "messages_per_cpu_second"),
			cell(r, "cpu_ns_per_message"), cell(r, "allocs_per_message"))
	}
	w.table(t)
	return nil
}

func writeLoadgen(w *writer, f *result.File) error {
	t := newTable("Scenario", "clients", "s", "deliveries/s", "windows/s", "p50 ms", "p99 ms", "p99.9 ms", "gaps", "errors", "CPU µs per delivery", "RSS MB")
	for _, r := range f.Rows {
		t.add(r.Text("scenario"), count(r, "clients"), cell(r, "seconds"), cell(r, "deliveries_per_s"), cell(r, "window_hz"), cell(r, "p50_ms"), cell(r, "p99_ms"),
			cell(r, "p999_ms"), count(r, "gaps"), count(r, "errors"), cell(r, "cpu_us_per_delivery"), megabytes(orNothing(number(r, "rss_bytes"))))
	}
	w.table(t)
	return nil
}

func orNothing(v float64) float64 {
	if v <= 0 {
		return math.NaN()
	}
	return v
}

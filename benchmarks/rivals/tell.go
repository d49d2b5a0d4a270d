//go:build linux

package main

import (
	"fmt"
	"maps"
	"strings"

	"github.com/scenewire/scenewire/internal/bench/cepoll"
	"github.com/scenewire/scenewire/internal/bench/command"
	"github.com/scenewire/scenewire/internal/bench/report"
	"github.com/scenewire/scenewire/internal/bench/result"
)

// ours are the subjects whose cost the others' is divided by: the first that was measured.
var ours = []string{"scenewire-uring", "scenewire-write"}

// costOf names the figure of a work that ratios are of.
func costOf(work string) string {
	switch work {
	case workConnect:
		return "cpu_us_per_connect"
	case workIdle:
		return "rss_bytes_per_client"
	}
	return "cpu_us_per_delivery"
}

// allRounds is the "round" of a row that sums the others up.
const allRounds = "all"

// tell prints the tables and writes the rows.
func (b *bench) tell(out *report.Output) error {
	summaries := b.summaries()
	for _, work := range b.options.works.Chosen {
		if err := out.Table(b.table(work, summaries)); err != nil {
			return err
		}
	}
	for _, line := range b.cannot {
		command.Progress("%s", line)
	}
	for _, row := range append(b.rows(), summaries...) {
		if err := out.Line(row); err != nil {
			return err
		}
	}
	return nil
}

// rows has one for each trial.
func (b *bench) rows() (rows []result.Row) {
	b.eachTrials(func(_ string, _ *subject, trials []*trial) {
		for _, t := range trials {
			row := b.row(t.work, t.subject)
			row["round"] = float64(t.round)
			for name, v := range t.figures {
				row[name] = v
			}
			if t.failure != "" {
				row["error"] = t.failure
			}
			rows = append(rows, row)
		}
	})
	return rows
}

func (b *bench) row(work, subject string) result.Row {
	return result.Row{
		"work": work, "subject": subject,
		"clients": float64(b.options.clients), "size_bytes": float64(b.options.size),
	}
}

// eachTrials calls f for every work of every subject.
func (b *bench) eachTrials(f func(work string, s *subject, trials []*trial)) {
	for _, work := range b.options.works.Chosen {
		for _, s := range b.subjects {
			f(work, s, b.trials[trialKey(work, s.name)])
		}
	}
}

// summaries has one row for each work of each subject: of every figure the least, the
// median and the most, and of the cost the ratios to others in the same round. A work that
// a subject can't do says why.
func (b *bench) summaries() (rows []result.Row) {
	b.eachTrials(func(work string, s *subject, trials []*trial) {
		row := b.row(work, s.name)
		row["round"], row["about"] = allRounds, s.about
		rows = append(rows, row)
		if why, cannot := s.without[work]; cannot {
			row["cannot"] = why
			return
		}
		values := map[string][]float64{}
		failed := 0.0
		for _, t := range trials {
			for name, v := range t.figures {
				values[name] = append(values[name], v)
			}
			if t.failure != "" {
				failed++
				row["error"] = t.failure
			}
		}
		row["rounds"] = float64(len(trials))
		row["failed_rounds"] = failed
		for name, all := range values {
			addSpread(row, name, all)
		}
		b.addRatios(row, work, trials)
	})
	return rows
}

func addSpread(row result.Row, name string, values []float64) {
	if len(values) == 0 {
		return
	}
	spread := report.SpreadOf(values)
	row[name+"_min"], row[name+"_median"], row[name+"_max"] = spread.Min, spread.Median, spread.Max
}

// addRatios divides the cost by the limit's and by ours.
func (b *bench) addRatios(row result.Row, work string, trials []*trial) {
	if work != workIdle { // the limit's clients have next to no memory
		addSpread(row, "ratio_to_limit", ratios(work, trials, b.trials[trialKey(work, cepoll.Name)]))
	}
	for _, name := range ours {
		if others := b.trials[trialKey(work, name)]; len(others) > 0 {
			addSpread(row, "ratio_to_scenewire", ratios(work, trials, others))
			return
		}
	}
}

// ratios pairs the trials of the same round; those that failed have no ratio.
func ratios(work string, trials, others []*trial) []float64 {
	byRound := map[int]float64{}
	for _, t := range others {
		byRound[t.round] = t.figures[costOf(work)]
	}
	var mine, theirs []float64
	for _, t := range trials {
		if cost, ok := t.figures[costOf(work)]; ok {
			mine = append(mine, cost)
			theirs = append(theirs, byRound[t.round])
		}
	}
	return report.Ratios(mine, theirs)
}

// table is one work's.
func (b *bench) table(work string, summaries []result.Row) *report.Table {
	title := map[string]string{
		workConnect: "connect: the server's CPU µs for each client that connects",
		workIdle:    "idle: resident bytes for each client",
		workPaced:   "fanout-60hz: the server's CPU µs for each delivery, 60 messages a second to all",
		workFull:    "fanout-full: the server's CPU µs for each delivery, as fast as they are received",
		workEcho:    "echo: the server's CPU µs for each message that comes back",
	}
	t := &report.Table{Title: title[work]}
	t.Columns = append([]string{"server", "median", "min", "max", "to scenewire", "min", "max", "to C", "min", "max"}, extraColumns(work)...)
	for _, row := range summaries {
		if row.Text("work") == work {
			t.Add(tableRow(work, row)...)
		}
	}
	return t
}

// extra are a work's further columns: heading and figure.
func extra(work string) [][2]string {
	switch work {
	case workConnect:
		return [][2]string{{"connects/s", "connects_per_s_median"}}
	case workIdle:
		return [][2]string{{"heap B", "heap_bytes_per_client_median"}, {"RSS B", "rss_bytes_median"}}
	case workPaced:
		return [][2]string{
			{"p50 ms", "p50_ms_median"},
			{"p99 ms", "p99_ms_median"},
			{"kept", "kept_share_median"},
			{"msgs/s", "deliveries_per_s_median"},
			{"CPUs", "server_cpus_median"},
			{"RSS B", "rss_bytes_median"},
		}
	}
	return [][2]string{
		{"p50 ms", "p50_ms_median"},
		{"p99 ms", "p99_ms_median"},
		{"msgs/s", "deliveries_per_s_median"},
		{"CPUs", "server_cpus_median"},
		{"receiver", "receiver_cpus_median"},
		{"RSS B", "rss_bytes_median"},
	}
}

func extraColumns(work string) (names []string) {
	for _, column := range extra(work) {
		names = append(names, column[0])
	}
	return append(names, "")
}

func tableRow(work string, row result.Row) []any {
	cells := []any{row.Text("subject")}
	for _, name := range []string{costOf(work), "ratio_to_scenewire", "ratio_to_limit"} {
		for _, end := range []string{"_median", "_min", "_max"} {
			cells = append(cells, row[name+end])
		}
	}
	for _, column := range extra(work) {
		cells = append(cells, row[column[1]])
	}
	return append(cells, remark(row))
}

// remark says what a reader must know before comparing the row.
func remark(row result.Row) string {
	var remarks []string
	if row.Text("cannot") != "" {
		remarks = append(remarks, "can't")
	}
	number := func(name string) float64 { v, _ := row.Number(name); return v }
	if n := number("failed_rounds"); n > 0 {
		remarks = append(remarks, fmt.Sprintf("failed in %v of %v rounds: %s", n, number("rounds"), row.Text("error")))
	}
	if n := number("missing_max"); n > 0 {
		remarks = append(remarks, fmt.Sprintf("up to %.0f messages missing", n))
	}
	if n := number("dropped_connections_max"); n > 0 {
		remarks = append(remarks, fmt.Sprintf("up to %.0f connections dropped", n))
	}
	const keptUp = 0.97
	if kept, ok := row.Number("kept_share_median"); ok && kept < keptUp {
		remarks = append(remarks, "doesn't keep up")
	}
	return strings.Join(remarks, "; ")
}

// versions are those of what was compared.
func (b *bench) versions() map[string]string {
	modules := moduleVersions()
	versions := map[string]string{}
	for _, s := range b.subjects {
		if v := modules[s.module]; v != "" {
			versions[s.module] = v
		}
		if s.versions != nil {
			maps.Copy(versions, s.versions())
		}
	}
	return versions
}

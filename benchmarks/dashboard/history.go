package dashboard

import (
	"fmt"
	"io/fs"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/bench/result"
)

// historyHolds is for how long the runs aren't read again.
const historyHolds = 2 * time.Second

// historyCache keeps the runs for pages that ask one after the other.
type historyCache struct {
	mu sync.Mutex
	at time.Time
	h  History
}

// askHistory sends the runs.
func (d *Dashboard) askHistory(c *scenewire.Client, _ AskHistory) {
	d.history.mu.Lock()
	if time.Since(d.history.at) > historyHolds {
		d.history.h, d.history.at = readHistory(d.opts.Results), time.Now()
	}
	h := d.history.h
	d.history.mu.Unlock()
	d.send(c.Send(h))
	c.Flush()
}

// readHistory reads every file that is a result. One that can't be read is left out, and
// said to be.
func readHistory(files fs.FS) History {
	h := History{Runs: []Run{}}
	all, err := result.ReadAll(files)
	if err != nil {
		h.Fault = err.Error()
		all = readEach(files)
	}
	names := map[string]int{}
	for _, f := range all {
		run := runOf(f)
		if names[run.Name]++; names[run.Name] > 1 {
			run.Name += fmt.Sprintf(" (%d)", names[run.Name])
		}
		h.Runs = append(h.Runs, run)
	}
	compareRuns(h.Runs)
	return h
}

// readEach reads the files that can be read.
func readEach(files fs.FS) (all []*result.File) {
	names, _ := fs.Glob(files, "*.json")
	for _, name := range names {
		one, err := result.ReadAll(only{files, name})
		if err == nil {
			all = append(all, one...)
		}
	}
	slices.SortStableFunc(all, func(a, b *result.File) int { return a.Taken.Compare(b.Taken) })
	return all
}

// only is a file system of which one file is listed.
type only struct {
	fs.FS
	name string
}

// Glob lists the one file.
func (o only) Glob(string) ([]string, error) { return []string{o.name}, nil }

// runOf sums up a file.
func runOf(f *result.File) Run {
	versions := f.Versions
	if versions == nil {
		versions = map[string]string{}
	}
	run := Run{
		Name: strings.TrimSuffix(f.Name(), ".json"), Kind: f.Kind, Title: f.Title, TakenMs: unixMs(f.Taken),
		Command: f.Command, Commit: f.Commit, Versions: versions, Groups: []RunGroup{},
		Machine: fmt.Sprintf("%s, %d cores, %.0f GiB", f.Machine.CPU, f.Machine.Cores, float64(f.Machine.MemoryBytes)/(1<<30)),
		System:  strings.Join([]string{f.Machine.System, f.Machine.Kernel, f.Machine.Go}, " "),
	}
	rounds := map[string]*groupRounds{}
	var order []string
	for _, row := range f.Rows {
		if row.Text("round") == "all" { // what a program says of its rounds, which are here, too
			continue
		}
		labels := labelsOf(row)
		name := labelText(labels)
		if rounds[name] == nil {
			rounds[name] = &groupRounds{labels: labels, values: map[string][]float64{}}
			order = append(order, name)
		}
		rounds[name].add("", row)
	}
	for _, name := range order {
		run.Groups = append(run.Groups, RunGroup{Name: name, Labels: rounds[name].labels, Metrics: rounds[name].metrics()})
	}
	return run
}

// parameters are the numbers that say how something was measured, and no figures.
var parameters = map[string]bool{
	"clients": true, "objects": true, "size": true, "message_bytes": true, "payload_bytes": true, "hz": true, "rate": true,
	"servers": true, "receivers": true, "messages": true, "keys": true, "pushes": true, "rooms": true, "joiners": true,
	"procs": true, "processes": true, "threads": true, "senders": true,
}

// notFigures are the numbers that are neither.
var notFigures = map[string]bool{"round": true, "rounds": true, "seconds": true}

// labelsOf returns what a row says it is of.
func labelsOf(row result.Row) map[string]string {
	labels := map[string]string{}
	for name, v := range row {
		switch v := v.(type) {
		case string:
			labels[name] = v
		case bool:
			labels[name] = strconv.FormatBool(v)
		case float64:
			if parameters[name] {
				labels[name] = strconv.FormatFloat(v, 'f', -1, 64)
			}
		}
	}
	return labels
}

// labelText writes labels: those that are names first, then the others as name=value.
func labelText(labels map[string]string) string {
	var words []string
	for _, name := range []string{"work", "scenario", "name", "subject", "mode", "message", "axis"} {
		if v := labels[name]; v != "" {
			words = append(words, v)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(labels)) {
		switch name {
		case "work", "scenario", "name", "subject", "mode", "message", "axis":
		default:
			words = append(words, name+"="+labels[name])
		}
	}
	return strings.Join(words, " ")
}

// groupRounds collects the rounds of one measurement.
type groupRounds struct {
	labels map[string]string
	values map[string][]float64 // by metric
}

// add adds a row's figures. What lies in objects is named by both names.
func (g *groupRounds) add(prefix string, row map[string]any) {
	for name, v := range row {
		if prefix == "" && (parameters[name] || notFigures[name]) {
			continue
		}
		name = prefix + name
		switch v := v.(type) {
		case float64:
			g.values[name] = append(g.values[name], v)
		case map[string]any:
			g.add(name+".", v)
		case []any:
			g.addList(name, v)
		}
	}
}

func (g *groupRounds) addList(name string, list []any) {
	for _, v := range list {
		if n, ok := v.(float64); ok {
			g.values[name] = append(g.values[name], n)
		}
	}
}

// metrics sums up the rounds. A row that is a summary itself has its spread beside it, as
// name_min and name_max.
func (g *groupRounds) metrics() []RunMetric {
	all := []RunMetric{}
	for _, name := range slices.Sorted(maps.Keys(g.values)) {
		if g.isSpread(name, "_min") || g.isSpread(name, "_max") {
			continue
		}
		values := slices.Sorted(slices.Values(g.values[name]))
		m := RunMetric{
			Name: name, Median: median(values), Min: values[0], Max: values[len(values)-1],
			Rounds: len(values), Better: betterOf(name), Change: math.NaN(),
		}
		if low := g.values[name+"_min"]; len(low) > 0 {
			m.Min = min(m.Min, slices.Min(low))
		}
		if high := g.values[name+"_max"]; len(high) > 0 {
			m.Max = max(m.Max, slices.Max(high))
		}
		all = append(all, m)
	}
	return all
}

func (g *groupRounds) isSpread(name, ending string) bool {
	of, ok := strings.CutSuffix(name, ending)
	return ok && len(g.values[of]) > 0
}

// median returns that of sorted values.
func median(sorted []float64) float64 {
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// directions say which way is better, by a part of a metric's name; the first that is
// found counts.
var directions = []struct {
	part   string
	better Better
}{
	{"receiver", betterNone},
	{"frame_bytes", betterNone},
	{"log_bytes", betterNone},
	{"due_per", betterNone},
	{"offered", betterNone},
	{"_before", betterNone},
	{"stalls", betterLower},
	{"pauses", betterLower},
	{"allocs", betterLower},
	{"errors", betterLower},
	{"gaps", betterLower},
	{"lost", betterLower},
	{"violations", betterLower},
	{"corrupt", betterLower},
	{"cpu_us", betterLower},
	{"cpu_ns", betterLower},
	{"per_cpu_second", betterHigher},
	{"cpu_s", betterLower},
	{"per_second", betterHigher},
	{"per_s", betterHigher},
	{"ratio_", betterLower},
	{"_ms", betterLower},
	{"_us", betterLower},
	{"_ns", betterLower},
	{"rss", betterLower},
	{"bytes_per_client", betterLower},
	{"heap", betterLower},
}

func betterOf(name string) Better {
	for _, d := range directions {
		if strings.Contains(name, d.part) {
			return d.better
		}
	}
	return betterNone
}

const (
	// leastChange is by how much medians have to differ at least to be worth a mark.
	leastChange = 0.05
	// leastChangeAlone is the same where a run has no spread to compare with.
	leastChangeAlone = 0.2
)

// compareRuns compares each run with the one before of its kind on its machine.
func compareRuns(runs []Run) {
	for i := range runs {
		for j := i - 1; j >= 0; j-- {
			if runs[j].Kind == runs[i].Kind && runs[j].Machine == runs[i].Machine {
				runs[i].compare(&runs[j])
				break
			}
		}
	}
}

func (r *Run) compare(before *Run) {
	r.Before = before.Name
	known := map[[2]string]*RunMetric{}
	for i := range before.Groups {
		for j := range before.Groups[i].Metrics {
			known[[2]string{before.Groups[i].Name, before.Groups[i].Metrics[j].Name}] = &before.Groups[i].Metrics[j]
		}
	}
	for i := range r.Groups {
		for j := range r.Groups[i].Metrics {
			m := &r.Groups[i].Metrics[j]
			old := known[[2]string{r.Groups[i].Name, m.Name}]
			if old == nil {
				continue
			}
			m.compare(old)
			switch m.Verdict {
			case verdictWorse:
				r.Worse++
			case verdictBetter:
				r.Better++
			}
		}
	}
}

// compare compares a metric with that of the run before.
func (m *RunMetric) compare(old *RunMetric) {
	if old.Median != 0 {
		m.Change = m.Median / old.Median
	}
	least := leastChange
	if m.Min == m.Max && old.Min == old.Max {
		least = leastChangeAlone
	}
	apart := m.Min > old.Max || m.Max < old.Min
	if m.Better == betterNone || !apart || math.Abs(m.Median-old.Median) <= least*math.Abs(old.Median) {
		return
	}
	m.Verdict = verdictBetter
	if (m.Median > old.Median) == (m.Better == betterLower) {
		m.Verdict = verdictWorse
	}
}

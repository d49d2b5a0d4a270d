package dashboard

import (
	"math"
	"strings"
	"testing"
	"testing/fstest"
)

// run makes a file of results.
func run(taken, kind, cpu, rows string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte(`{"kind":"` + kind + `","title":"a run","taken":"` + taken + `","command":"go run .","commit":"abc",` +
		`"machine":{"cpu":"` + cpu + `","cores":2,"memory_bytes":8589934592},"rows":[` + rows + `]}`)}
}

var runs = fstest.MapFS{
	"1.json": run("2026-01-01T10:00:00Z", "rivals", "A", `
		{"work":"echo","subject":"us","round":1,"clients":100,"p99_ms":10,"deliveries_per_s":100,"server":{"rss_bytes":50}},
		{"work":"echo","subject":"us","round":2,"clients":100,"p99_ms":12,"deliveries_per_s":110,"server":{"rss_bytes":51}},
		{"work":"echo","subject":"us","round":3,"clients":100,"p99_ms":11,"deliveries_per_s":105,"server":{"rss_bytes":52}},
		{"work":"echo","subject":"us","round":"all","clients":100,"p99_ms":11,"p99_ms_min":10,"p99_ms_max":12},
		{"work":"echo","subject":"them","round":1,"clients":100,"p99_ms":20}`),
	"2.json": run("2026-01-02T10:00:00Z", "rivals", "B", `{"work":"echo","subject":"us","round":1,"clients":100,"p99_ms":900}`),
	"3.json": run("2026-01-03T10:00:00Z", "rivals", "A", `
		{"work":"echo","subject":"us","round":1,"clients":100,"p99_ms":15,"deliveries_per_s":130,"server":{"rss_bytes":51}},
		{"work":"echo","subject":"us","round":2,"clients":100,"p99_ms":14,"deliveries_per_s":140,"server":{"rss_bytes":52}},
		{"work":"echo","subject":"them","round":1,"clients":100,"p99_ms":21},
		{"work":"echo","subject":"us","round":1,"clients":200,"p99_ms":1}`),
	"4.json": run("2026-01-04T10:00:00Z", "limit", "A", `{"name":"uring","mode":"full","clients":5,"seconds":3,"rounds":5,"cpu_us_per_delivery":2,"cpu_us_per_delivery_min":1,"cpu_us_per_delivery_max":4,"curve":[1,2,9]}`),
}

func metric(t *testing.T, r Run, group, name string) RunMetric {
	t.Helper()
	for _, g := range r.Groups {
		for _, m := range g.Metrics {
			if g.Name == group && m.Name == name {
				return m
			}
		}
	}
	t.Fatalf("%s has no %s of %q: %+v", r.Name, name, group, r.Groups)
	return RunMetric{}
}

func TestHistoryLaysRunsSideBySide(t *testing.T) {
	h := readHistory(runs)
	if len(h.Runs) != 4 || h.Fault != "" {
		t.Fatalf("%d runs, %q", len(h.Runs), h.Fault)
	}
	first, elsewhere, second, limit := h.Runs[0], h.Runs[1], h.Runs[2], h.Runs[3]
	if first.Before != "" || elsewhere.Before != "" || second.Before != first.Name || limit.Before != "" {
		t.Errorf("compared with %q, %q, %q, %q", first.Before, elsewhere.Before, second.Before, limit.Before)
	}
	if first.Machine != "A, 2 cores, 8 GiB" || first.Commit != "abc" || first.Title != "a run" || first.TakenMs != 1767261600000 {
		t.Errorf("%+v", first)
	}
	if len(first.Groups) != 2 {
		t.Errorf("%d groups, want those of us and of them: %+v", len(first.Groups), first.Groups)
	}
	const us = "echo us clients=100"
	m := metric(t, first, us, "p99_ms")
	if m.Median != 11 || m.Min != 10 || m.Max != 12 || m.Rounds != 3 || m.Better != betterLower || !math.IsNaN(m.Change) {
		t.Errorf("%+v", m)
	}
	m = metric(t, second, us, "p99_ms")
	if m.Verdict != verdictWorse || m.Change != 14.5/11 {
		t.Errorf("%+v", m)
	}
	if m = metric(t, second, us, "deliveries_per_s"); m.Verdict != verdictBetter || m.Better != betterHigher {
		t.Errorf("%+v", m)
	}
	if m = metric(t, second, us, "server.rss_bytes"); m.Verdict != verdictSame {
		t.Errorf("%+v", m)
	}
	if m = metric(t, second, "echo them clients=100", "p99_ms"); m.Verdict != verdictSame || math.IsNaN(m.Change) {
		t.Errorf("a twentieth without a spread: %+v", m)
	}
	if m = metric(t, second, "echo us clients=200", "p99_ms"); !math.IsNaN(m.Change) {
		t.Errorf("what is new: %+v", m)
	}
	if second.Worse != 1 || second.Better != 1 {
		t.Errorf("%d worse, %d better", second.Worse, second.Better)
	}
	if m = metric(t, limit, "uring full clients=5", "cpu_us_per_delivery"); m.Median != 2 || m.Min != 1 || m.Max != 4 {
		t.Errorf("a summary: %+v", m)
	}
	if m = metric(t, limit, "uring full clients=5", "curve"); m.Median != 2 || m.Rounds != 3 {
		t.Errorf("a curve: %+v", m)
	}
	if n := len(limit.Groups[0].Metrics); n != 2 {
		t.Errorf("%d metrics: %+v", n, limit.Groups[0].Metrics)
	}
}

func TestHistoryComesOnRequest(t *testing.T) {
	files := fstest.MapFS{"broken.json": {Data: []byte("{")}}
	for name, f := range runs {
		files[name] = f
	}
	s := newStage(t, func(o *Options) { o.Results = files })
	g := s.watch(t)
	g.send(AskHistory{})
	h := await(g, func(History) bool { return true })
	if len(h.Runs) != 4 || !strings.Contains(h.Fault, "broken.json") {
		t.Errorf("%d runs, %q", len(h.Runs), h.Fault)
	}
}

func TestDirectionOfFigures(t *testing.T) {
	for name, want := range map[string]Better{
		"p99_ms": betterLower, "latency_ms.p50": betterLower, "cpu_us_per_delivery": betterLower, "deliveries_per_s": betterHigher,
		"messages_per_cpu_second": betterHigher, "rss_bytes": betterLower, "frame_bytes": betterNone, "stalls_per_delivery": betterLower,
		"ratio_to_limit": betterLower, "receiver_cpus": betterNone, "server.cpu_s": betterLower, "gaps": betterLower,
	} {
		if got := betterOf(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

//go:build linux

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/scenewire/scenewire/cmd/loadgen/internal/report"
	"github.com/scenewire/scenewire/cmd/loadgen/internal/scenario"
	"github.com/scenewire/scenewire/cmd/loadgen/internal/serve"
	"github.com/scenewire/scenewire/cmd/loadgen/internal/swarm"
	"github.com/scenewire/scenewire/internal/commandline"
)

// madeUp returns a runner that measures nothing: each run is one of 8 s in which every
// message took latency, changed by change unless that is nil.
func madeUp(latency time.Duration, change func(*scenario.Outcome)) runner {
	return func(ctx context.Context, s *scenario.Scenario, env scenario.Env) (*scenario.Outcome, error) {
		if env.Started != nil && env.Target == "" {
			env.Started(serve.Addresses{WebSocket: "ws://127.0.0.1:1/", Dashboard: "http://127.0.0.1:1/dashboard/"})
		}
		o := madeUpOutcome(s, env, latency)
		o.Interrupted = ctx.Err() != nil
		if change != nil {
			change(o)
		}
		return o, nil
	}
}

func madeUpOutcome(s *scenario.Scenario, env scenario.Env, latency time.Duration) *scenario.Outcome {
	const seconds = 8
	clients := int64(s.Clients)
	g := &swarm.GroupStats{Clients: clients, Open: clients}
	g.Messages, g.Windows, g.Bytes, g.Inflated, g.Packed = 600*seconds*clients, 60*seconds*clients, 90_000*seconds*clients, 120_000*seconds*clients, 80_000*seconds*clients
	g.Latency.Record(int64(latency), 1000)
	g.UpdateGap.Record(int64(17*time.Millisecond), 1000)
	g.Connect.Record(int64(time.Millisecond), clients)
	stats := &swarm.Stats{
		Groups:    map[string]*swarm.GroupStats{"steady": g},
		Threads:   []swarm.ThreadStats{{Wall: seconds * time.Second, Busy: time.Second}},
		Processes: []swarm.ProcessStats{{CPU: 2 * time.Second, Resident: 30 << 20}},
	}
	o := &scenario.Outcome{
		Scenario: *s, Target: env.Target, Embedded: env.Target == "", Subprotocol: env.Subprotocol, Began: time.Now(),
		Addresses: serve.Addresses{Dashboard: "http://127.0.0.1:1/dashboard/"},
		Seconds:   seconds, Connected: s.Clients, Measured: stats, Whole: stats,
		Server:    &scenario.ServerFigures{CPU: 4 * time.Second, ResidentBytes: 40 << 20, PeakBytes: 50 << 20},
		Produced:  &scenario.Produced{Messages: 600 * seconds, P99: time.Millisecond, Done: 1},
		Converged: scenario.Convergence{Checked: true, Fast: 32},
	}
	for i := range seconds {
		sample := scenario.Sample{
			At: float64(i + 1), Seconds: 1, Clients: s.Clients, Deliveries: 600 * clients, Windows: 60 * clients, Bytes: 90_000 * clients,
			Inflated: 120_000, Packed: 80_000, ServerCPU: time.Second / 2, ServerResident: 40 << 20, OwnCPU: time.Second / 4,
		}
		sample.Latency.Record(int64(latency)+int64(i%3)*int64(latency/50), 1000)
		o.Samples = append(o.Samples, sample)
	}
	return o
}

func reportIn(t *testing.T, text string) *report.Report {
	t.Helper()
	r := new(report.Report)
	dec := json.NewDecoder(strings.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(r); err != nil || dec.More() {
		t.Fatalf("%v in %s", err, text)
	}
	return r
}

func TestOutcomeBecomesReport(t *testing.T) {
	t.Parallel()
	got := loadgenWith(t.Context(), t, madeUp(5*time.Millisecond, nil), "--json", "-", "--clients", "10")
	if got.code != commandline.ExitDone {
		t.Fatalf("%+v", got)
	}
	r := reportIn(t, got.stdout)
	if r.Clients != 10 || r.Deliveries != 48_000 || r.DeliveriesPerS != 6000 || r.WindowHz != 60 || r.CompressRatio != 1.5 || r.Target != report.Embedded {
		t.Errorf("got %+v", r)
	}
	if r.Server.CPUSeconds != 4 || r.Server.Cores != 0.5 || r.Server.ResidentBytes != 40<<20 || r.Generator.BusiestThread != 0.125 || r.Generator.CPUSeconds != 2 {
		t.Errorf("got %+v, %+v", r.Server, r.Generator)
	}
	if p99 := r.Latency.P99; p99 < 4.99 || p99 > 5.01 || len(r.Samples) != 8 || r.Samples[0].ServerCores != 0.5 || r.Samples[7].P99 < 5 {
		t.Errorf("got %+v, %+v", r.Latency, r.Samples)
	}
	if r.Settings["produce.rate"] != "60/s" || r.Settings["clients"] != "10" || r.Command != "go run ./cmd/loadgen --json - --clients 10" {
		t.Errorf("got %+v, %q", r.Settings, r.Command)
	}
	if !strings.Contains(r.Dashboard, "/dashboard/") || r.Machine.Cores == 0 {
		t.Errorf("got %+v", r)
	}
}

func TestReportForPeopleAndFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := func(name string) string { return filepath.Join(dir, name) }
	got := loadgenWith(t.Context(), t, madeUp(5*time.Millisecond, nil),
		"--json", file("a.json"), "--csv", file("a.csv"), "--hdr", file("hdr"), "--results", file("results"))
	if got.code != commandline.ExitDone || !strings.HasPrefix(got.stdout, "fan-out: 1,000 clients") || !strings.Contains(got.stdout, "/dashboard/") {
		t.Fatalf("%+v", got)
	}
	if !strings.HasPrefix(got.stderr, "Server:    ws://127.0.0.1:1/\nDashboard: http://127.0.0.1:1/dashboard/\n") {
		t.Errorf("stderr is %q", got.stderr)
	}
	text, err := os.ReadFile(file("a.json"))
	must(t, err)
	reportIn(t, string(text))
	lines, err := os.ReadFile(file("a.csv"))
	must(t, err)
	if n := bytes.Count(lines, []byte("\n")); n != 9 {
		t.Errorf("%d lines of CSV", n)
	}
	for _, pattern := range []string{"hdr/latency.hgrm", "hdr/intervals.hlog", "results/*-loadgen.json"} {
		if found, _ := filepath.Glob(file(pattern)); len(found) != 1 {
			t.Errorf("%s: %v", pattern, found)
		}
	}
}

func TestWhatIsWrongDecidesTheExitCode(t *testing.T) {
	t.Parallel()
	steady := func(o *scenario.Outcome) *swarm.GroupStats { return o.Whole.Groups["steady"] }
	for name, c := range map[string]struct {
		change func(*scenario.Outcome)
		args   []string
		code   int
		want   string
	}{
		"clean":             {nil, nil, commandline.ExitDone, ""},
		"an SLO that holds": {nil, []string{"--slo", "p99<=50ms,gaps=0"}, commandline.ExitDone, ""},
		"a missed SLO":      {nil, []string{"--slo", "p99<=1ms,gaps=0"}, commandline.ExitFailed, "the SLO isn't held: p99 is 5.00 ms, not <=1ms"},
		"a gap":             {func(o *scenario.Outcome) { steady(o).Gaps = 1 }, nil, commandline.ExitFailed, "the run isn't clean: 1 gap"},
		"refused connections": {
			func(o *scenario.Outcome) { steady(o).Failed = map[swarm.Cause]int64{swarm.CauseRefused: 2} }, nil,
			commandline.ExitFailed, "the run isn't clean: 2 errors",
		},
		"a viser server of another version": {
			func(o *scenario.Outcome) {
				steady(o).Closed = map[int]int64{1002: 2}
				for i := range 2 {
					o.Whole.Faults = append(o.Whole.Faults, swarm.Fault{Client: i, Group: "steady", What: "closed: Version mismatch. Client: 1.1.1, Server: 1.0.21"})
				}
			}, nil,
			commandline.ExitFailed, "2 errors\nThis server wants: --subprotocol viser-v1.0.21\n",
		},
		"a client that diverged": {
			func(o *scenario.Outcome) { o.Converged.Missed, o.Converged.Which = 1, []string{"client 5"} }, nil,
			commandline.ExitFailed, "1 diverged client",
		},
		"a server that died": {func(o *scenario.Outcome) { o.Failed = errors.New("the server ended") }, nil, commandline.ExitFailed, "the server ended"},
	} {
		got := loadgenWith(t.Context(), t, madeUp(5*time.Millisecond, c.change), c.args...)
		if got.code != c.code || !strings.Contains(got.stderr, c.want) || !strings.Contains(got.stdout, "fan-out: ") {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestReportSaysWhatWasntChecked(t *testing.T) {
	t.Parallel()
	got := loadgenWith(t.Context(), t, madeUp(0, func(o *scenario.Outcome) {
		g := o.Whole.Groups["steady"]
		g.Latency, g.UpdateGap = swarm.Histogram{}, swarm.Histogram{}
		g.Unstamped, g.UncheckedOrder = g.Messages, g.Windows
		o.Server, o.Produced = nil, nil
		o.Converged = scenario.Convergence{Why: "a foreign server doesn't tell"}
		o.Limits = []string{"client thread 1 of 1 was busy for 99 % of the time"}
	}), "--target", "ws://127.0.0.1:1/", "--subprotocol", "none", "--json", "-")
	r := reportIn(t, got.stdout)
	for _, want := range []string{"gaps", "order", "latency", "update gaps", "end state (a foreign server doesn't tell)", "the server's processor time and memory"} {
		if !slices.Contains(r.NotChecked, want) {
			t.Errorf("%q isn't in %v", want, r.NotChecked)
		}
	}
	if r.Server.CPUSeconds.Known() || r.Latency.Count > 0 || r.Converged.Compared != 0 || len(r.Remarks) != 1 || r.Subprotocol != "none" {
		t.Errorf("got %+v", r)
	}
}

func TestInterruptedRunIsReported(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	got := loadgenWith(ctx, t, madeUp(5*time.Millisecond, nil), "--json", "-", "--slo", "p99<=1us")
	if got.code != commandline.ExitInterrupted || !reportIn(t, got.stdout).Interrupted || !strings.HasSuffix(got.stderr, "loadgen: interrupted\n") {
		t.Errorf("exit code %d, %s", got.code, got.stderr)
	}
}

func TestCompareDecidesTheExitCode(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	old := filepath.Join(dir, "old.json")
	run := func(latency time.Duration, args ...string) ended {
		t.Helper()
		return loadgenWith(t.Context(), t, madeUp(latency, nil), args...)
	}
	if got := run(10*time.Millisecond, "--json", old, "--results", dir); got.code != commandline.ExitDone {
		t.Fatalf("%+v", got)
	}
	kept, _ := filepath.Glob(filepath.Join(dir, "*-loadgen.json"))
	for name, c := range map[string]struct {
		latency time.Duration
		args    []string
		code    int
		stdout  string
		stderr  string
	}{
		"the same":               {10 * time.Millisecond, nil, commandline.ExitDone, "unchanged", ""},
		"better":                 {5 * time.Millisecond, nil, commandline.ExitDone, "better", ""},
		"worse":                  {20 * time.Millisecond, nil, commandline.ExitFailed, "WORSE", "worse than in " + old + " by more than 5%: p50_ms, p99_ms, p999_ms"},
		"worse, but not by more": {20 * time.Millisecond, []string{"--threshold", "200%"}, commandline.ExitDone, "worse", ""},
		"another load":           {10 * time.Millisecond, []string{"--clients", "7"}, commandline.ExitFailed, "", "different loads: clients was 1000 and is 7\nRepeat the old load: go run ./cmd/loadgen --json"},
	} {
		for _, from := range []string{old, kept[0]} {
			got := run(c.latency, append(c.args, "--compare", from)...)
			want := strings.ReplaceAll(c.stderr, old, from)
			if got.code != c.code || !strings.Contains(got.stdout, c.stdout) || !strings.Contains(got.stderr, want) {
				t.Errorf("%s: exit code %d, want %d:\n%s%s", name, got.code, c.code, got.stdout, got.stderr)
			}
		}
	}
}

func TestMaximum(t *testing.T) {
	t.Parallel()
	// A server that takes 700 clients, and 90 changes a second.
	run := func(ctx context.Context, s *scenario.Scenario, env scenario.Env) (*scenario.Outcome, error) {
		latency := 5 * time.Millisecond
		if s.Clients > 700 || s.Produce.Rate > 90 {
			latency = time.Second
		}
		return madeUp(latency, nil)(ctx, s, env)
	}
	for of, c := range map[string]struct {
		args     []string
		from, to int
	}{
		"clients": {nil, 650, 700}, "rate": {[]string{"--clients", "100"}, 85, 90},
	} {
		got := loadgenWith(t.Context(), t, run, append(c.args, "--max", of, "--slo", "p99<=50ms", "--json", "-")...)
		var m maximum
		must(t, json.Unmarshal([]byte(got.stdout), &m))
		if got.code != commandline.ExitDone || m.Best < c.from || m.Best > c.to || len(m.Attempts) < 4 || len(m.Attempts) > 12 {
			t.Errorf("%s: %d after %d attempts, %s", of, m.Best, len(m.Attempts), got.stderr)
		}
	}
	got := loadgenWith(t.Context(), t, run, "--max", "clients", "--slo", "p99<=50ms")
	if !strings.Contains(got.stdout, "1,000 clients    missed: p99 is 1,000 ms, not <=50ms") || !strings.Contains(got.stdout, "500 clients    held: p99 5.00 ms\n") {
		t.Errorf("the attempts aren't told:\n%s", got.stdout)
	}
	got = loadgenWith(t.Context(), t, run, "--max", "clients", "--slo", "p99<=1us")
	if got.code != commandline.ExitFailed || !strings.Contains(got.stderr, "p99<=1us isn't held with 1 clients either") {
		t.Errorf("%+v", got)
	}
}

func TestMaximumEndsAtLoadgensLimit(t *testing.T) {
	t.Parallel()
	run := func(ctx context.Context, s *scenario.Scenario, env scenario.Env) (*scenario.Outcome, error) {
		if s.Clients > 1200 {
			return nil, &swarm.ConnectError{Cause: swarm.CausePorts, Group: "steady", Target: "127.0.0.1:1", Reached: 1200, Wanted: s.Clients, Text: "no more ports"}
		}
		return madeUp(time.Millisecond, nil)(ctx, s, env)
	}
	got := loadgenWith(t.Context(), t, run, "--max", "clients", "--slo", "p99<=50ms")
	if got.code != commandline.ExitFailed || !strings.Contains(got.stdout, "Held up to 1,000 clients") ||
		!strings.Contains(got.stderr, "which loadgen itself can't do") || !strings.Contains(got.stderr, "ip_local_port_range") {
		t.Errorf("%+v", got)
	}
}

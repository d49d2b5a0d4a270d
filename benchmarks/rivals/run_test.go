//go:build linux

package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/scenewire/scenewire/internal/bench/cepoll"
	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/frames"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/internal/bench/report"
	"github.com/scenewire/scenewire/internal/bench/result"
	"github.com/scenewire/scenewire/wsproto"
)

// newTrials has one for each round; a cost of 0 failed.
func newTrials(work, subject string, costs ...float64) (trials []*trial) {
	for i, cost := range costs {
		t := &trial{work: work, subject: subject, round: i + 1, figures: map[string]float64{costOf(work): cost}}
		if cost == 0 {
			t.figures, t.failure = nil, "it broke"
		}
		trials = append(trials, t)
	}
	return trials
}

func newTestBench(work string, costs map[string][]float64) *bench {
	b := newBench(&options{clients: 10, size: 64})
	b.options.works.Chosen = []string{work}
	for _, s := range subjects() {
		if all := costs[s.name]; all != nil {
			b.subjects = append(b.subjects, s)
			b.trials[trialKey(work, s.name)] = newTrials(work, s.name, all...)
		}
	}
	return b
}

func rowOf(t *testing.T, rows []result.Row, subject string) result.Row {
	t.Helper()
	i := slices.IndexFunc(rows, func(r result.Row) bool { return r.Text("subject") == subject })
	if i < 0 {
		t.Fatalf("no row of %s", subject)
	}
	return rows[i]
}

func wantFigures(t *testing.T, row result.Row, want map[string]float64) {
	t.Helper()
	for name, v := range want {
		if got, ok := row.Number(name); !ok || got != v {
			t.Errorf("%s, %s is %v, %v, want %v", row.Text("subject"), name, got, ok, v)
		}
	}
}

func TestRatiosAreOfTheSameRound(t *testing.T) {
	b := newTestBench(workFull, map[string][]float64{
		cepoll.Name:       {1, 2, 4},
		"scenewire-write": {2, 2, 2},
		"gws":             {4, 6, 4},
	})
	rows := b.summaries()
	wantFigures(t, rowOf(t, rows, "gws"), map[string]float64{
		"cpu_us_per_delivery_min": 4, "cpu_us_per_delivery_median": 4, "cpu_us_per_delivery_max": 6,
		"ratio_to_limit_min": 1, "ratio_to_limit_median": 3, "ratio_to_limit_max": 4,
		"ratio_to_scenewire_min": 2, "ratio_to_scenewire_median": 2, "ratio_to_scenewire_max": 3,
		"rounds": 3, "failed_rounds": 0,
	})
}

func TestFailedRoundsHaveNoRatioAndAreTold(t *testing.T) {
	b := newTestBench(workEcho, map[string][]float64{
		cepoll.Name: {1, 0, 1},
		"gws":       {3, 9, 0},
	})
	row := rowOf(t, b.summaries(), "gws")
	wantFigures(t, row, map[string]float64{
		"ratio_to_limit_min": 3, "ratio_to_limit_median": 3, "ratio_to_limit_max": 3, "failed_rounds": 1,
	})
	if said := remark(row); !strings.Contains(said, "failed in 1 of 3 rounds: it broke") {
		t.Errorf("remark %q", said)
	}
	if _, ok := row.Number("ratio_to_scenewire_median"); ok {
		t.Error("a ratio to what wasn't measured")
	}
	failed := b.rows()[1]
	if failed.Text("error") != "it broke" || failed["round"] != 2.0 {
		t.Errorf("row %v", failed)
	}
}

func TestRemarks(t *testing.T) {
	for name, c := range map[string]struct {
		row  result.Row
		want string
	}{
		"nothing":  {result.Row{"kept_share_median": 1.0, "missing_max": 0.0}, ""},
		"slow":     {result.Row{"kept_share_median": 0.9}, "doesn't keep up"},
		"lossy":    {result.Row{"missing_max": 7.0, "dropped_connections_max": 2.0}, "up to 7 messages missing; up to 2 connections dropped"},
		"can't do": {result.Row{"cannot": "because"}, "can't"},
	} {
		if got := remark(c.row); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestWhatCannotBeDoneHasARowThatSaysWhy(t *testing.T) {
	b := newTestBench(workFull, map[string][]float64{"viser": {}})
	row := rowOf(t, b.summaries(), "viser")
	if row.Text("cannot") == "" || row.Text("round") != allRounds {
		t.Errorf("row %v", row)
	}
}

func TestStamperKeepsAllButTheStamp(t *testing.T) {
	for _, s := range subjects() {
		payload := newPayload(testSize)
		frame := newStamper(s.requestFrame(payload)).appendFrame([]byte("before"))[len("before"):]
		var parser wsproto.Parser
		parser.Init(wsproto.Server, 1<<20)
		event, n, err := parser.Next(frame)
		if err != nil || n != len(frame) || event.Opcode != wsproto.OpBinary {
			t.Fatalf("%s: %v of %d bytes out of %d, %v", s.name, event.Opcode, n, len(frame), err)
		}
		at := frames.IndexStamp(event.Payload)
		if at < 0 {
			t.Fatalf("%s: no stamp", s.name)
		}
		then, _ := frames.FindStamp(payload)
		now, _ := frames.FindStamp(event.Payload)
		if now <= then || now > machine.Monotonic() {
			t.Errorf("%s: the stamp is %d, the one before %d", s.name, now, then)
		}
		if string(event.Payload[at+frames.StampBytes:at+testSize]) != string(payload[frames.StampBytes:]) {
			t.Errorf("%s: other bytes have changed", s.name)
		}
	}
}

func TestParse(t *testing.T) {
	o, err := parse([]string{"--quick", "--clients", "7", "--works", "echo,idle", "--subjects", "gws"})
	if err != nil {
		t.Fatal(err)
	}
	if o.clients != 7 || o.budget == 0 || o.budget > 3*time.Minute || o.duration > time.Second || o.rounds != 5 || !o.works.Has("echo") || o.works.Has("connect") {
		t.Errorf("%+v", o)
	}
	for _, args := range [][]string{
		{"--rounds", "0"}, {"--size", "8"}, {"--size", "1000000"}, {"--clients", "1000000000"}, {"left over"},
	} {
		if _, err := parse(args); err == nil {
			t.Errorf("%q is taken", args)
		}
	}
}

// The whole way, with servers as processes, in a fraction of a second each.
func TestRunInSmall(t *testing.T) {
	dir := t.TempDir()
	lines := filepath.Join(dir, "lines")
	o, err := parse([]string{
		"--clients", "10", "--rounds", "2", "--seconds", "0.1", "--warmup", "0.05", "--pin=false",
		"--subjects", "c-epoll,scenewire-write,gws,centrifuge", "--json", lines, "--results", dir,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := run(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	files, err := result.ReadAll(os.DirFS(dir))
	if err != nil || len(files) != 1 || files[0].Kind != "rivals" || files[0].Versions["github.com/lxzan/gws"] != "v1.8.9" {
		t.Fatal(files, err)
	}
	printed, err := report.ReadLines[result.Row](lines)
	if err != nil || len(printed) != len(files[0].Rows) {
		t.Errorf("%d lines, %d rows, %v", len(printed), len(files[0].Rows), err)
	}
	summaries := 0
	for _, row := range files[0].Rows {
		if row.Text("error") != "" {
			t.Errorf("failed: %v", row)
		}
		if row.Text("round") != allRounds {
			continue
		}
		summaries++
		least, _ := row.Number(costOf(row.Text("work")) + "_min")
		most, _ := row.Number(costOf(row.Text("work")) + "_max")
		if rounds, _ := row.Number("rounds"); rounds != 2 || most < least || most <= 0 && row.Text("work") != workIdle {
			t.Errorf("row %v", row)
		}
	}
	if compiled := len(files[0].Rows) - summaries; compiled != 2*summaries || summaries < 3*len(works()) {
		t.Errorf("%d rows of rounds, %d that sum them up", compiled, summaries)
	}
}

// launches has a subject call f when its server is started for the nth time.
func launches(s *subject, f func(n int)) *subject {
	n, wrapped := 0, *s
	wrapped.start = func(ctx context.Context, o *options, received string) (*child.Process, error) {
		n++
		f(n)
		return s.launch(ctx, o, received)
	}
	return &wrapped
}

func TestInterruptTellsWhatThereIs(t *testing.T) {
	dir := t.TempDir()
	lines := filepath.Join(dir, "lines")
	o, err := parse([]string{"--clients", "5", "--works", "connect", "--pin=false", "--json", lines, "--results", dir})
	if err != nil {
		t.Fatal(err)
	}
	o.dir = t.TempDir()
	ctx, interrupt := context.WithCancel(t.Context())
	b := newBench(o)
	b.subjects = []*subject{launches(gwsSubject(), func(n int) {
		if n == 2 {
			interrupt()
		}
	})}
	if err := b.measure(ctx, time.Now()); !errors.Is(err, context.Canceled) {
		t.Errorf("error: %v", err)
	}
	printed, err := report.ReadLines[result.Row](lines)
	if err != nil || len(printed) != 2 || printed[0]["round"] != 1.0 || printed[1]["round"] != allRounds {
		t.Errorf("lines %v, %v", printed, err)
	}
	if files, _ := filepath.Glob(filepath.Join(dir, "*.json")); len(files) > 0 {
		t.Errorf("an interrupted run is kept: %v", files)
	}
}

func TestQuickStopsWhenItsTimeIsOver(t *testing.T) {
	o, err := parse([]string{"--clients", "5", "--quick", "--works", "connect", "--pin=false"})
	if err != nil {
		t.Fatal(err)
	}
	o.overtime, o.dir = time.Hour, t.TempDir()
	b := newBench(o)
	b.subjects = []*subject{gwsSubject()}
	if err := b.rounds(t.Context(), time.Now().Add(-o.budget)); err != nil {
		t.Fatal(err)
	}
	if b.done != 1 || len(b.cannot) != 1 || !strings.Contains(b.cannot[0], "only 1 of 5 rounds") {
		t.Errorf("%d rounds, %q", b.done, b.cannot)
	}
}

func TestQuickCutsARoundOff(t *testing.T) {
	o, err := parse([]string{"--clients", "5", "--quick", "--works", "connect", "--pin=false"})
	if err != nil {
		t.Fatal(err)
	}
	o.dir = t.TempDir()
	b := newBench(o)
	b.subjects = []*subject{gwsSubject()}
	if err := b.rounds(t.Context(), time.Now().Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	if b.done != 0 || len(b.cannot) != 1 || !strings.Contains(b.cannot[0], "time is over in round 1 of 5") {
		t.Errorf("%d rounds, %q", b.done, b.cannot)
	}
}

func TestServerThatCannotStartFailsAllItsWorks(t *testing.T) {
	o := &options{dir: t.TempDir(), clients: 1, size: testSize}
	o.works.Chosen = works()
	s := &subject{name: "broken", start: func(context.Context, *options, string) (*child.Process, error) {
		return nil, errors.New("it doesn't start")
	}}
	trials := newBench(o).turn(t.Context(), s)
	if len(trials) != len(works()) {
		t.Fatalf("%d trials, want %d", len(trials), len(works()))
	}
	for _, trial := range trials {
		if trial.failure != "it doesn't start" || trial.figures != nil {
			t.Errorf("%+v", trial)
		}
	}
}

func TestMessagesForOurWireReadBack(t *testing.T) {
	payload := newPayload(testSize)
	want := "\x82\xa4type\xa5Frame\xa1B\xc6\x00\x00\x04\x00" + string(payload)
	if got := string(appendMap(nil, "Frame", "B", payload)); got != want {
		t.Errorf("%.40q", got)
	}
}

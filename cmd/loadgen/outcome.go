//go:build linux

package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/scenewire/scenewire/cmd/loadgen/internal/report"
	"github.com/scenewire/scenewire/cmd/loadgen/internal/scenario"
	"github.com/scenewire/scenewire/cmd/loadgen/internal/swarm"
)

// reportOf makes a report of what a run has found. What isn't the run's, such as the
// command line, is left out.
func reportOf(o *scenario.Outcome) *report.Report {
	all, fast, whole := o.All(), o.Fast(), wholeOf(o)
	r := &report.Report{
		Form: report.Form, Scenario: o.Scenario.Name, Settings: settings(&o.Scenario), Target: report.Embedded, Subprotocol: o.Subprotocol,
		Taken: time.Now().UTC(), Interrupted: o.Interrupted, Dashboard: o.Addresses.Dashboard,
		Clients: o.Scenario.Clients, Connected: o.Connected, Seconds: o.Seconds,
		Deliveries: all.Messages, DeliveriesPerS: perSecond(all.Messages, o.Seconds),
		Windows: all.Windows, WindowHz: perSecond(fast.Windows, o.Seconds*float64(fast.Clients)),
		WireBytes: all.Bytes, BytesPerS: perSecond(all.Bytes, o.Seconds),
		Sent: all.Sent, SentPerS: perSecond(all.Sent, o.Seconds),
		BytesPerMessage: perSecond(all.Bytes, float64(all.Messages)), CompressRatio: perSecond(all.Inflated, float64(all.Packed)),
		Latency: report.SpreadOf(fast.Latency.HDR()), UpdateGap: report.SpreadOf(fast.UpdateGap.HDR()), Echo: report.SpreadOf(all.Echo.HDR()),
		Connect: report.SpreadOf(whole.Connect.HDR()), CatchUp: report.SpreadOf(catchUp(whole).HDR()),
		Server: serverOf(o, all.Messages), Generator: generatorOf(o.Measured), Converged: convergenceOf(&o.Converged),
	}
	if !o.Embedded {
		r.Target = o.Target
	}
	if o.Failed != nil {
		r.Failed = o.Failed.Error()
	}
	addChecks(r, o, whole)
	addStorms(r, o.Waves)
	addRemarks(r, o, whole)
	addHistograms(r, fast, all, whole)
	for i := range o.Samples {
		addSample(r, &o.Samples[i])
	}
	return r
}

// wholeOf returns what all clients had in the whole run.
func wholeOf(o *scenario.Outcome) *swarm.GroupStats {
	if o.Whole == nil {
		return new(swarm.GroupStats)
	}
	return o.Whole.Total()
}

// perSecond is a count for each second, or for each of something else; unknown where
// there are none.
func perSecond[T int64 | time.Duration](n T, seconds float64) report.Number {
	if seconds <= 0 {
		return report.Unknown
	}
	return report.Number(float64(n) / seconds)
}

func milliseconds(d time.Duration) report.Number {
	return report.Number(float64(d) / float64(time.Millisecond))
}

// catchUp is how long clients took to the state of then, whether they were new or came
// back.
func catchUp(g *swarm.GroupStats) *swarm.Histogram {
	h := g.Join.Clone()
	h.Add(&g.Comeback)
	return &h
}

func serverOf(o *scenario.Outcome, deliveries int64) report.Server {
	u := report.Unknown
	s := report.Server{
		CPUSeconds: u, ResidentBytes: u, PeakBytes: u, CPUMicros: u, Cores: u, ProducerLateMS: u, ProducedPerS: u, ProducedOfWished: u, HandledPerS: u,
	}
	if f := o.Server; f != nil {
		s.CPUSeconds = report.Number(f.CPU.Seconds())
		s.ResidentBytes = report.Number(f.ResidentBytes)
		if f.PeakBytes > 0 {
			s.PeakBytes = report.Number(f.PeakBytes)
		}
		s.Cores = perSecond(f.CPU, o.Seconds*float64(time.Second))
		s.CPUMicros = perSecond(f.CPU/time.Microsecond, float64(deliveries))
	}
	if o.Server != nil && o.Server.Embedded != nil {
		s.HandledPerS = perSecond(o.Server.Embedded.Handled, o.Seconds)
	}
	if p := o.Produced; p != nil {
		s.ProducerLateMS = milliseconds(p.P99)
		s.ProducedPerS = perSecond(p.Messages, o.Seconds)
		s.ProducedOfWished = report.Number(p.Done)
	}
	return s
}

// generatorOf says what loadgen's clients used.
func generatorOf(s *swarm.Stats) report.Generator {
	g := report.Generator{CPUSeconds: report.Unknown, ResidentBytes: report.Unknown, BusiestThread: report.Unknown, LagMS: report.Unknown, SentLate: report.Unknown}
	if s == nil || len(s.Processes) == 0 {
		return g
	}
	var cpu time.Duration
	var resident int64
	for _, p := range s.Processes {
		cpu += p.CPU
		resident += p.Resident
	}
	var lag swarm.Histogram
	busiest := 0.0
	for i := range s.Threads {
		t := &s.Threads[i]
		lag.Add(&t.Lag)
		busiest = max(busiest, float64(t.Busy)/float64(max(t.Wall, 1)))
	}
	total := s.Total()
	g.Processes, g.Threads = len(s.Processes), len(s.Threads)
	g.CPUSeconds, g.ResidentBytes = report.Number(cpu.Seconds()), report.Number(resident)
	g.BusiestThread, g.LagMS = report.Number(busiest), report.Quantile(lag.HDR(), 99)
	g.SentLate = perSecond(total.SentLate, float64(total.Sent))
	return g
}

func convergenceOf(c *scenario.Convergence) report.Convergence {
	if !c.Checked {
		return report.Convergence{Seconds: report.Unknown}
	}
	return report.Convergence{
		Compared: c.Fast + c.Slow, Slow: c.Slow, Diverged: c.Missed, Which: c.Which, Seconds: report.Number(c.Took.Seconds()),
	}
}

// addChecks says what was found wrong, of the whole run, and what wasn't looked at.
func addChecks(r *report.Report, o *scenario.Outcome, whole *swarm.GroupStats) {
	r.Gaps, r.Disorder, r.Duplicates = whole.Gaps, whole.Disorder, whole.Duplicates
	r.Corrupt, r.Mirrored, r.Lost = whole.Corrupt, whole.Mirrored, whole.LostTicks
	r.Errors = o.Errors()
	r.ErrorCauses = map[string]int64{}
	for cause, n := range whole.Failed {
		r.ErrorCauses[string(cause)] += n
	}
	if whole.Protocol > 0 {
		r.ErrorCauses["broke RFC 6455"] = whole.Protocol
	}
	r.Closes = map[string]int64{}
	for code, n := range whole.Closed {
		r.Closes[strconv.Itoa(code)] += n
	}
	unless := func(checked bool, what string) {
		if !checked {
			r.NotChecked = append(r.NotChecked, what)
		}
	}
	unless(o.Embedded && o.Scenario.Produce.Ticks > 0, report.CheckGaps)
	unless(whole.UncheckedOrder < whole.Windows || whole.Windows == 0, "order")
	unless(r.Latency.Count > 0 || whole.Unstamped == 0, "latency")
	unless(r.UpdateGap.Count > 0 || whole.Unstamped == 0, "update gaps")
	unless(o.Converged.Checked, "end state"+inBrackets(o.Converged.Why))
	unless(o.Server != nil, "the server's processor time and memory")
}

func inBrackets(why string) string {
	if why == "" {
		return ""
	}
	return " (" + why + ")"
}

func addStorms(r *report.Report, waves []scenario.Wave) {
	for i := range waves {
		w := &waves[i]
		r.Storms = append(r.Storms, report.Storm{
			Kind: string(w.Kind), At: w.At, Clients: w.Clients, Resume: w.Resume, Back: w.Back, Seconds: w.Seconds,
			CatchUp: report.SpreadOf(w.CatchUp.HDR()), BytesEach: report.Number(w.Bytes.Mean()),
			Resumed: w.Resumed, Scene: w.Scene, Fresh: w.Fresh,
		})
	}
}

// addRemarks says in words what a reader should know before using the figures.
func addRemarks(r *report.Report, o *scenario.Outcome, whole *swarm.GroupStats) {
	const fullRate = 0.95
	for _, limit := range o.Limits {
		r.Remarks = append(r.Remarks, "Not the server alone was measured: "+limit+".")
	}
	if share, known := o.EffectiveRate(); known && share < fullRate && !o.Interrupted {
		r.Remarks = append(r.Remarks, fmt.Sprintf("Clients got %.0f %% of the windows that the full rate would be: the server, or this machine, couldn't do more.", 100*share))
	}
	if whole.Unwatched > 0 {
		r.Remarks = append(r.Remarks, fmt.Sprintf("%d clients weren't watched object by object, for lack of memory: update gaps and end states are of the others.", whole.Unwatched))
	}
	if o.Whole != nil {
		r.Remarks = append(r.Remarks, faultRemarks(o.Whole.Faults)...)
	}
}

// faultRemarks tells the first faults, those alike together.
func faultRemarks(faults []swarm.Fault) []string {
	const shown = 5
	faults = slices.Clone(faults)
	slices.SortStableFunc(faults, func(a, b swarm.Fault) int { return cmp.Compare(a.At, b.At) })
	var remarks []string
	told := map[string]int{} // what was wrong, to the clients for which it was
	for _, f := range faults {
		told[f.What]++
	}
	for _, f := range faults {
		n := told[f.What]
		if n == 0 || len(remarks) == shown {
			continue
		}
		told[f.What] = 0
		others := ""
		if n > 1 {
			others = fmt.Sprintf(", and %d times more", n-1)
		}
		remarks = append(remarks, fmt.Sprintf("Client %d of %s, at sequence %d: %s%s.", f.Client, f.Group, f.Seq, f.What, others))
	}
	return remarks
}

func addHistograms(r *report.Report, fast, all, whole *swarm.GroupStats) {
	named := map[string]*swarm.Histogram{
		"latency": &fast.Latency, "update-gap": &fast.UpdateGap, "echo": &all.Echo, "connect": &whole.Connect, "catch-up": catchUp(whole),
	}
	for _, name := range slices.Sorted(maps.Keys(named)) {
		if h := named[name]; h.Count() > 0 {
			r.Histograms = append(r.Histograms, report.Histogram{Name: name, Values: h.HDR()})
		}
	}
}

func addSample(r *report.Report, s *scenario.Sample) {
	clients := float64(max(s.Clients, 1))
	latency := s.Latency.HDR()
	sample := report.Sample{
		Second: s.At, Clients: s.Clients,
		DeliveriesPerS: perSecond(s.Deliveries, s.Seconds), WindowHz: perSecond(s.Windows, s.Seconds*clients),
		BytesPerS: perSecond(s.Bytes, s.Seconds), CompressRatio: perSecond(s.Inflated, float64(s.Packed)),
		P50: report.Quantile(latency, 50), P99: report.Quantile(latency, 99), P999: report.Quantile(latency, 99.9), Max: report.Quantile(latency, 100),
		UpdateGapP99: report.Quantile(s.UpdateGap.HDR(), 99), EchoP99: report.Quantile(s.Echo.HDR(), 99),
		Gaps: s.Gaps, Errors: s.Errors,
		ServerCores: report.Unknown, ServerBytes: report.Unknown,
		GeneratorCores: perSecond(s.OwnCPU, s.Seconds*float64(time.Second)),
	}
	if s.ServerResident > 0 {
		sample.ServerCores = perSecond(s.ServerCPU, s.Seconds*float64(time.Second))
		sample.ServerBytes = report.Number(s.ServerResident)
	}
	r.Samples = append(r.Samples, sample)
	end := time.Duration(s.At * float64(time.Second))
	begin := end - time.Duration(s.Seconds*float64(time.Second))
	for name, h := range map[string]*swarm.Histogram{"latency": &s.Latency, "update-gap": &s.UpdateGap, "echo": &s.Echo} {
		if h.Count() > 0 {
			r.Intervals = append(r.Intervals, report.Interval{Begin: begin, End: end, Histogram: report.Histogram{Name: name, Values: h.HDR()}})
		}
	}
}

package report

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
)

func verdicts(c *Comparison) map[string]Verdict {
	m := map[string]Verdict{}
	for _, change := range c.Changes {
		m[change.Figure] = change.Verdict
	}
	return m
}

func TestCompare(t *testing.T) {
	base := made(15, 0.02)
	noisy := made(15, 0.5)
	slower := func(factor Number) func(*Sample) { return func(s *Sample) { s.P99 *= factor } }
	for name, c := range map[string]struct {
		old, new   *Report
		figure     string
		want       Verdict
		regression bool
	}{
		"the same":                            {base, base, "p99_ms", Unchanged, false},
		"latency far up":                      {base, with(base, nil, slower(1.5)), "p99_ms", Worse, true},
		"latency up, below the threshold":     {base, with(base, nil, slower(1.04)), "p99_ms", Worse, false},
		"latency down":                        {base, with(base, nil, slower(0.7)), "p99_ms", Better, false},
		"a change that noise hides":           {noisy, with(noisy, nil, slower(1.08)), "p99_ms", Unchanged, false},
		"fewer deliveries":                    {base, with(base, nil, func(s *Sample) { s.DeliveriesPerS *= 0.8 }), "deliveries_per_s", Worse, true},
		"more deliveries":                     {base, with(base, nil, func(s *Sample) { s.DeliveriesPerS *= 1.2 }), "deliveries_per_s", Better, false},
		"more processor time":                 {base, with(base, nil, func(s *Sample) { s.ServerCores *= 1.2 }), "cpu_us_per_delivery", Worse, true},
		"more bytes are neither good nor bad": {base, with(base, nil, func(s *Sample) { s.BytesPerS *= 2 }), "bytes_per_s", Unjudged, false},
		"one gap":                             {base, with(base, func(r *Report) { r.Gaps = 1 }, nil), "gaps", Worse, true},
		"no gap any more":                     {with(base, func(r *Report) { r.Gaps = 1 }, nil), base, "gaps", Better, false},
		"a client diverged":                   {base, with(base, func(r *Report) { r.Converged.Diverged = 1 }, nil), "diverged", Worse, true},
		"a higher maximum":                    {base, with(base, func(r *Report) { l := *r.Latency; l.Max *= 3; r.Latency = &l }, nil), "max_ms", Unjudged, false},
		"too short":                           {base, with(made(2, 0), nil, slower(3)), "p99_ms", Unjudged, false},
	} {
		got, err := Compare(c.old, c.new, 0.05)
		must(t, err)
		if v := verdicts(got)[c.figure]; v != c.want {
			t.Errorf("%s: %s is %q, want %q: %s", name, c.figure, v, c.want, format(got.Changes))
		}
		if names := got.Regressions(); slices.Contains(names, c.figure) != c.regression {
			t.Errorf("%s: regressions %v", name, names)
		}
	}
}

func TestIntervalHoldsTheTrueChange(t *testing.T) {
	old, now := made(15, 0.3), with(made(15, 0.3), nil, func(s *Sample) { s.P99 *= 2 })
	slices.Reverse(now.Samples)
	c, err := Compare(old, now, 0.05)
	must(t, err)
	for _, v := range c.Changes {
		if v.Figure != "p99_ms" {
			continue
		}
		if v.Low > 1 || v.High < 1 || v.High-v.Low < 0.05 || v.Change < v.Low || v.Change > v.High {
			t.Errorf("twice the latency is %+v", v)
		}
	}
	again, _ := Compare(old, now, 0.05)
	if format(again) != format(c) {
		t.Error("the same runs compare differently")
	}
}

func TestDifferentLoadsArentCompared(t *testing.T) {
	base := made(5, 0)
	for want, change := range map[string]func(*Report){
		"scenario was fan-out and is echo":           func(r *Report) { r.Scenario = "echo" },
		"clients was 1000 and is 50":                 func(r *Report) { r.Settings = map[string]string{"clients": "50", "produce.rate": "60/s"} },
		"produce.rate was 60/s and is none":          func(r *Report) { r.Settings = map[string]string{"clients": "1000"} },
		"the server was embedded and is foreign":     func(r *Report) { r.Target = "ws://a" },
		"subprotocol was scenewire.v1 and is viser-": func(r *Report) { r.Subprotocol = "viser-v1.1.1" },
	} {
		other := with(base, change, nil)
		_, err := Compare(base, other, 0.05)
		var different *DifferentError
		if !errors.As(err, &different) || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
		if got, err := Choose([]*Report{other, base, other}, base); got != base || err != nil {
			t.Errorf("chose %v, %v", got, err)
		}
		if _, err := Choose([]*Report{other}, base); !errors.As(err, &different) {
			t.Errorf("chose another load: %v", err)
		}
	}
	longer := with(base, func(r *Report) {
		r.Settings = map[string]string{"clients": "1000", "produce.rate": "60/s", "duration": "60s"}
	}, nil)
	if _, err := Compare(base, longer, 0.05); err != nil {
		t.Errorf("a longer run of the same load: %v", err)
	}
}

func TestComparisonSaysItsDoubts(t *testing.T) {
	old := with(made(2, 0), func(r *Report) { r.Machine.Cores = 64; r.Interrupted = true }, nil)
	c, err := Compare(old, with(made(2, 0), func(r *Report) { r.Gaps = 3 }, nil), 0.05)
	must(t, err)
	c.Old = "old.json"
	var b bytes.Buffer
	must(t, c.Text(&b))
	for _, want := range []string{"another machine: 64 × Example, not 2 × Example", "The old run was interrupted", "The new run is too short", "WORSE", "old.json"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is missing in\n%s", want, b.String())
		}
	}
}

func TestSLO(t *testing.T) {
	r := made(5, 0)
	for text, want := range map[string]string{
		"p99<=50ms,gaps=0":                         "",
		"p99<=10ms, gaps=0":                        "p99 is 19.8 ms, not <=10ms",
		"p99_ms<19":                                "p99 is 19.8 ms, not <19",
		"latency_p99<=0.019s":                      "p99 is 19.8 ms, not <=0.019s",
		"window_hz>=61":                            "window_hz is 60.0, not >=61",
		"rss<50MB":                                 "",
		"rss_bytes<=1KB":                           "rss_bytes is 40 MB, not <=1KB",
		"echo_p99<=1s":                             "echo_p99 wasn't measured",
		"deliveries_per_s>60000":                   "deliveries_per_s is 60,000, not >60000",
		"p50<=1,errors=0,max<=5ms,diverged=0":      "p50 is 10.0 ms, not <=1; max is 20.0 ms, not <=5ms",
		"update_gap_p99<=100ms,order_violations=0": "",
	} {
		slo, err := ParseSLO(text)
		must(t, err)
		if got := strings.Join(slo.Missed(r), "; "); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{
		"": "is no bound such as", "p99": "is no bound", "p98<=1ms": `there is no figure "p98"; there are deliveries_per_s`,
		"p99<=fast": "a time is like 50ms", "gaps=none": `"none" is no number`, "p99<=-5ms": "a time is like", "gaps<=5ms": "is no number", "p99<=5MB": "a time is like",
	} {
		if _, err := ParseSLO(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

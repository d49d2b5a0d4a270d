package report

import "strings"

// better says which way a figure should go.
type better int8

const (
	neither better = iota
	lower
	higher
	zero // any rise is a regression
)

// figure is one that runs are compared, judged and kept by.
type figure struct {
	name  string // with its unit
	label string
	better
	value func(*Report) Number
	curve func(*Sample) Number // nil: the run has only the value
}

// figures are all, in the order in which they are shown.
var figures = []figure{
	{"deliveries_per_s", "deliveries/s", higher, func(r *Report) Number { return r.DeliveriesPerS }, func(s *Sample) Number { return s.DeliveriesPerS }},
	{"window_hz", "windows/s of a client", higher, func(r *Report) Number { return r.WindowHz }, func(s *Sample) Number { return s.WindowHz }},
	{"bytes_per_s", "bytes/s", neither, func(r *Report) Number { return r.BytesPerS }, func(s *Sample) Number { return s.BytesPerS }},
	{"bytes_per_delivery", "bytes for each delivery", lower, func(r *Report) Number { return r.BytesPerMessage }, (*Sample).BytesPerDelivery},
	{"compress_ratio", "compress ratio", higher, func(r *Report) Number { return r.CompressRatio }, func(s *Sample) Number { return s.CompressRatio }},
	{"p50_ms", "latency p50", lower, latency(func(s *Spread) Number { return s.P50 }), func(s *Sample) Number { return s.P50 }},
	{"p90_ms", "latency p90", lower, latency(func(s *Spread) Number { return s.P90 }), nil},
	{"p99_ms", "latency p99", lower, latency(func(s *Spread) Number { return s.P99 }), func(s *Sample) Number { return s.P99 }},
	{"p999_ms", "latency p99.9", lower, latency(func(s *Spread) Number { return s.P999 }), func(s *Sample) Number { return s.P999 }},
	{"max_ms", "latency max", lower, latency(func(s *Spread) Number { return s.Max }), nil},
	{"update_gap_p50_ms", "update gap p50", lower, of(updateGap, func(s *Spread) Number { return s.P50 }), nil},
	{"update_gap_p99_ms", "update gap p99", lower, of(updateGap, func(s *Spread) Number { return s.P99 }), func(s *Sample) Number { return s.UpdateGapP99 }},
	{"update_gap_max_ms", "update gap max", lower, of(updateGap, func(s *Spread) Number { return s.Max }), nil},
	{"echo_p50_ms", "echo p50", lower, of(echo, func(s *Spread) Number { return s.P50 }), nil},
	{"echo_p99_ms", "echo p99", lower, of(echo, func(s *Spread) Number { return s.P99 }), func(s *Sample) Number { return s.EchoP99 }},
	{"connect_p99_ms", "connect p99", lower, of(connect, func(s *Spread) Number { return s.P99 }), nil},
	{"catch_up_p99_ms", "catch-up p99", lower, of(catchUp, func(s *Spread) Number { return s.P99 }), nil},
	{"handled_per_s", "messages handled/s", neither, func(r *Report) Number { return r.Server.HandledPerS }, nil},
	{"cpu_us_per_delivery", "server CPU µs for each delivery", lower, func(r *Report) Number { return r.Server.CPUMicros }, (*Sample).CPUPerDelivery},
	{"server_cores", "server cores", lower, func(r *Report) Number { return r.Server.Cores }, func(s *Sample) Number { return s.ServerCores }},
	{"rss_bytes", "server memory", lower, func(r *Report) Number { return r.Server.ResidentBytes }, func(s *Sample) Number { return s.ServerBytes }},
	{"gaps", "gaps", zero, counted(func(r *Report) int64 { return r.Gaps }), nil},
	{"errors", "errors", zero, counted(func(r *Report) int64 { return r.Errors }), nil},
	{"order_violations", "out of order", zero, counted(func(r *Report) int64 { return r.Disorder }), nil},
	{"duplicates", "duplicates", zero, counted(func(r *Report) int64 { return r.Duplicates }), nil},
	{"corrupt", "corrupt windows", zero, counted(func(r *Report) int64 { return r.Corrupt }), nil},
	{"mirrored", "mirrored pointers", zero, counted(func(r *Report) int64 { return r.Mirrored }), nil},
	{"diverged", "clients that diverged", zero, counted(func(r *Report) int64 { return int64(r.Converged.Diverged) }), nil},
}

func updateGap(r *Report) *Spread { return r.UpdateGap }
func echo(r *Report) *Spread      { return r.Echo }
func connect(r *Report) *Spread   { return r.Connect }
func catchUp(r *Report) *Spread   { return r.CatchUp }

// latency is a figure of the latencies.
func latency(pick func(*Spread) Number) func(*Report) Number {
	return of(func(r *Report) *Spread { return r.Latency }, pick)
}

// of is a figure of a distribution that a run may not have.
func of(which func(*Report) *Spread, pick func(*Spread) Number) func(*Report) Number {
	return func(r *Report) Number {
		s := which(r)
		if s == nil || s.Count == 0 {
			return Unknown
		}
		return pick(s)
	}
}

func counted(count func(*Report) int64) func(*Report) Number {
	return func(r *Report) Number { return Number(count(r)) }
}

// points returns the figure's known values of single seconds.
func (f *figure) points(r *Report) []float64 {
	if f.curve == nil {
		return nil
	}
	var points []float64
	for i := range r.Samples {
		if v := f.curve(&r.Samples[i]); v.Known() {
			points = append(points, float64(v))
		}
	}
	return points
}

// figureOf finds a figure by its name, with or without its unit.
func figureOf(name string) *figure {
	name = strings.TrimPrefix(name, "latency_")
	for i := range figures {
		f := &figures[i]
		if f.name == name || f.name == name+"_ms" || f.name == name+"_bytes" {
			return f
		}
	}
	return nil
}

//go:build linux

package main

import (
	"time"

	"github.com/scenewire/scenewire/internal/bench/report"
)

// result is what one server gave under one load in one mode, over all rounds: a line
// of JSON.
type result struct {
	Name       string  `json:"name"`
	Mode       string  `json:"mode"`
	Clients    int     `json:"clients"`
	Size       int     `json:"size"`        // of the payload of a frame with one message, in bytes
	FrameBytes float64 `json:"frame_bytes"` // mean of what was received, headers included
	Rounds     int     `json:"rounds"`
	Seconds    float64 `json:"seconds"` // of one round

	// The server's processor time for each message that was received: the median of the
	// rounds, and the extremes.
	CPU    float64 `json:"cpu_us_per_delivery"`
	CPUMin float64 `json:"cpu_us_per_delivery_min"`
	CPUMax float64 `json:"cpu_us_per_delivery_max"`
	// That, divided by the limit's of the same round. Absent without the limit.
	Ratio    *float64 `json:"ratio_to_limit,omitempty"`
	RatioMin *float64 `json:"ratio_to_limit_min,omitempty"`
	RatioMax *float64 `json:"ratio_to_limit_max,omitempty"`
	// Of a server that captures or has a dashboard, divided by that of the same without.
	Plain    *float64 `json:"ratio_to_plain,omitempty"`
	PlainMin *float64 `json:"ratio_to_plain_min,omitempty"`
	PlainMax *float64 `json:"ratio_to_plain_max,omitempty"`

	// From the making of a frame to its receipt.
	P50 float64 `json:"p50_ms"`
	P99 float64 `json:"p99_ms"`

	Deliveries     float64  `json:"deliveries"` // messages, of all rounds
	PerSecond      float64  `json:"deliveries_per_second"`
	WritesPer      float64  `json:"writes_per_delivery"`
	StallsPer      float64  `json:"stalls_per_delivery"`
	AllocationsPer *float64 `json:"allocs_per_delivery,omitempty"` // of servers in Go
	ReadsPer       float64  `json:"reads_per_delivery"`            // of the receiver
}

// series are the trials of one server under one load in one mode, by round.
type series struct {
	subject *subject
	load    load
	mode    string
	trials  []*trial
}

func (s *series) cpu() []float64 {
	values := make([]float64, len(s.trials))
	for i, t := range s.trials {
		values[i] = t.cpuPerDelivery()
	}
	return values
}

// result sums the series up. limit is that of the limit's server, and plain that of the
// server that does the same without capturing; nil if there is none.
func (s *series) result(limit, plain *series) *result {
	cpu := report.SpreadOf(s.cpu())
	r := &result{
		Name: s.subject.name, Mode: s.mode, Clients: s.load.clients, Size: s.load.size,
		Rounds: len(s.trials), CPU: cpu.Median, CPUMin: cpu.Min, CPUMax: cpu.Max,
	}
	if limit != nil {
		ratio := report.SpreadOf(report.Ratios(s.cpu(), limit.cpu()))
		r.Ratio, r.RatioMin, r.RatioMax = &ratio.Median, &ratio.Min, &ratio.Max
	}
	if plain != nil {
		ratio := report.SpreadOf(report.Ratios(s.cpu(), plain.cpu()))
		r.Plain, r.PlainMin, r.PlainMax = &ratio.Median, &ratio.Min, &ratio.Max
	}
	s.addCounts(r)
	return r
}

func (s *series) addCounts(r *result) {
	var elapsed time.Duration
	var frames, bytes, reads, writes, stalls, mallocs int64
	var latency report.Histogram
	for _, t := range s.trials {
		elapsed += t.elapsed
		r.Deliveries += t.deliveries()
		frames += t.received.Frames
		bytes += t.received.Bytes
		reads += t.received.Reads
		writes += t.server.Writes
		stalls += t.server.Stalls
		mallocs += t.server.Mallocs
		latency.Add(&t.samples.Latency)
	}
	per := func(n int64) float64 { return float64(n) / r.Deliveries }
	r.ReadsPer, r.WritesPer, r.StallsPer = per(reads), per(writes), per(stalls)
	r.FrameBytes = float64(bytes) / float64(frames)
	r.Seconds = elapsed.Seconds() / float64(len(s.trials))
	r.PerSecond = r.Deliveries / elapsed.Seconds()
	r.P50 = report.Milliseconds(latency.Quantile(0.5))
	r.P99 = report.Milliseconds(latency.Quantile(0.99))
	if s.subject.inGo {
		allocations := per(mallocs)
		r.AllocationsPer = &allocations
	}
}

func newTable() *report.Table {
	return &report.Table{
		Title: "Server's CPU for each delivered message; ratios to c-epoll are of the same round.",
		Columns: []string{
			"server", "mode", "clients", "size B", "frame B", "CPU µs", "ratio", "min", "max",
			"to plain", "p50 ms", "p99 ms", "msgs/s", "writes", "stalls", "allocs",
		},
	}
}

func (r *result) addTo(t *report.Table) {
	t.Add(r.Name, r.Mode, r.Clients, r.Size, r.FrameBytes, r.CPU, r.Ratio, r.RatioMin, r.RatioMax,
		r.Plain, r.P50, r.P99, r.PerSecond, r.WritesPer, r.StallsPer, r.AllocationsPer)
}

//go:build linux

package main

import (
	"fmt"
	"slices"

	"github.com/scenewire/scenewire/internal/bench/report"
)

// row is a line of JSON: a point, in the round whose processor time for each window was
// the median. Where there are several servers, counts and sizes are their sums.
type row struct {
	Name    string  `json:"name"`
	Axis    string  `json:"axis"` // what is varied
	Clients int     `json:"clients"`
	Objects int     `json:"objects"`
	Size    int     `json:"message_bytes"`
	Hz      int     `json:"hz"`
	Servers int     `json:"servers"`
	Rounds  int     `json:"rounds"`
	Seconds float64 `json:"seconds"`

	WindowRate    float64 `json:"windows_per_second"` // of a client
	SlowestRate   float64 `json:"slowest_windows_per_second"`
	DueRate       float64 `json:"due_per_second"`     // changes that should have been
	ChangeRate    float64 `json:"changes_per_second"` // that were
	CPUShare      float64 `json:"server_cpus"`
	ReceiverShare float64 `json:"receiver_cpus"`
	CPU           float64 `json:"cpu_us_per_window"` // that a client got
	CPUMin        float64 `json:"cpu_us_per_window_min"`
	CPUMax        float64 `json:"cpu_us_per_window_max"`
	FrameBytes    float64 `json:"frame_bytes"`
	MessagesPer   float64 `json:"messages_per_window"`
	// Of the server where it was the longest, from when a change was due to its receipt.
	P50            float64 `json:"p50_ms"`
	P99            float64 `json:"p99_ms"`
	AllocationsPer float64 `json:"allocs_per_window"`

	// Memory of the process: before the clients came, when the run was over, at most
	// during it, and after the garbage was collected.
	ResidentBefore  float64 `json:"rss_bytes_before"`
	Resident        float64 `json:"rss_bytes"`
	ResidentPeak    float64 `json:"peak_rss_bytes"`
	ResidentSettled float64 `json:"settled_rss_bytes"`
	HeapBefore      float64 `json:"heap_bytes_before"`
	HeapSettled     float64 `json:"settled_heap_bytes"`
	LogBytes        float64 `json:"log_bytes"`
	// SentKB is what one client of each server has got since the server began: as much as
	// the windows have that a server may have kept.
	SentKB float64 `json:"sent_kb_per_server"`

	// What the cost is made of, in all of the run.
	CPUMicros    float64 `json:"cpu_us"`
	Broadcast    float64 `json:"broadcast_messages"`
	BroadcastKB  float64 `json:"broadcast_kb"`
	Built        float64 `json:"built_windows"`
	Delivered    float64 `json:"delivered_windows"`
	DeliveredKB  float64 `json:"delivered_kb"` // compressed
	ClientSecond float64 `json:"client_seconds"`
}

// median returns the trial in the middle by processor time for each window, or where
// there are no windows by processor time.
func median(trials []*trial) *trial {
	sorted := slices.SortedFunc(slices.Values(trials), func(a, b *trial) int {
		if a.windows() == 0 {
			return int(a.cpu() - b.cpu())
		}
		return int(1e6 * (a.cpuPerWindow() - b.cpuPerWindow()))
	})
	return sorted[(len(sorted)-1)/2]
}

func newRow(p point, trials []*trial) *row {
	t := median(trials)
	var each []float64
	for _, t := range trials {
		each = append(each, t.cpuPerWindow())
	}
	spread := report.SpreadOf(each)
	r := &row{
		Name: "scaling", Axis: p.axis, Clients: p.clients, Objects: p.objects, Size: p.size, Hz: p.hz,
		Servers: len(t.parts), Rounds: len(trials), Seconds: t.elapsed(),
		CPU: t.cpuPerWindow(), CPUMin: spread.Min, CPUMax: spread.Max,
	}
	r.addRates(t)
	r.addMemory(t)
	r.addCosts(p, t)
	return r
}

func (r *row) addRates(t *trial) {
	servers := float64(len(t.parts))
	windows := max(t.windows(), 1)
	r.WindowRate = t.windowRate()
	r.SlowestRate = -t.worst(func(p *part) float64 { return -float64(p.Slowest) }) / r.Seconds
	r.DueRate = t.sum(func(p *part) float64 { return float64(p.Due) }) / servers / r.Seconds
	r.ChangeRate = t.sum(func(p *part) float64 { return float64(p.Changes) }) / servers / r.Seconds
	r.CPUShare = t.cpuShare()
	r.ReceiverShare = t.sum(func(p *part) float64 { return p.CPU }) / 1e6 / r.Seconds
	r.FrameBytes = t.sum(func(p *part) float64 { return float64(p.Bytes) }) / windows
	r.MessagesPer = t.sum(func(p *part) float64 { return p.Messages }) / servers
	r.P50 = t.worst(func(p *part) float64 { return p.P50 })
	r.P99 = t.p99()
	r.AllocationsPer = t.sum(func(p *part) float64 { return float64(p.server.Mallocs) }) / windows
}

func (r *row) addMemory(t *trial) {
	r.ResidentBefore = t.sum(func(p *part) float64 { return float64(p.before.ResidentBytes) })
	r.Resident = t.sum(func(p *part) float64 { return float64(p.server.ResidentBytes) })
	r.ResidentPeak = t.sum(func(p *part) float64 { return float64(p.server.PeakBytes) })
	r.ResidentSettled = t.sum(func(p *part) float64 { return float64(p.settled.ResidentBytes) })
	r.HeapBefore = t.sum(func(p *part) float64 { return float64(p.before.HeapBytes) })
	r.HeapSettled = t.sum(func(p *part) float64 { return float64(p.settled.HeapBytes) })
	r.LogBytes = t.sum(func(p *part) float64 { return float64(p.LogBytes) })
	r.SentKB = t.sum(func(p *part) float64 {
		built := float64(p.Built) / float64(max(p.Frames, 1)) * float64(p.Bytes) / kb
		return built * float64(p.BuiltBefore+p.Built) / float64(max(p.Built, 1))
	})
}

// kb is the unit of sums of bytes.
const kb = 1000

func (r *row) addCosts(p point, t *trial) {
	r.CPUMicros = t.cpu()
	r.Broadcast = t.sum(func(got *part) float64 { return float64(got.Changes) * float64(p.objects) })
	r.BroadcastKB = t.sum(func(got *part) float64 { return float64(got.Changes) * float64(got.LogBytes) / kb })
	r.Built = t.sum(func(got *part) float64 { return float64(got.Built) })
	r.Delivered = t.windows()
	r.DeliveredKB = t.sum(func(got *part) float64 { return float64(got.Bytes) / kb })
	r.ClientSecond = float64(p.clients) * r.Seconds
}

func newTable(o *options) *report.Table {
	return &report.Table{
		Title: fmt.Sprintf("All objects change together; medians of %d rounds; servers have GOMAXPROCS=%d.", o.rounds, o.procs),
		Columns: []string{
			"axis", "clients", "objects", "size B", "Hz", "servers", "changes/s", "windows/s", "slowest", "CPUs", "receivers'",
			"CPU µs/window", "frame B", "p50 ms", "p99 ms", "RSS MB", "peak", "settled", "allocs",
		},
	}
}

func (r *row) addTo(t *report.Table) {
	const mb = 1e6
	t.Add(r.Axis, r.Clients, r.Objects, r.Size, r.Hz, r.Servers, r.ChangeRate, r.WindowRate, r.SlowestRate, r.CPUShare, r.ReceiverShare,
		r.CPU, r.FrameBytes, r.P50, r.P99, r.Resident/mb, r.ResidentPeak/mb, r.ResidentSettled/mb, r.AllocationsPer)
}

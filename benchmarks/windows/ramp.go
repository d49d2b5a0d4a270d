//go:build linux

package main

import (
	"context"
	"fmt"
	"time"

	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/command"
	"github.com/scenewire/scenewire/internal/bench/receiver"
	"github.com/scenewire/scenewire/internal/bench/report"
)

// A load is held when clients get their windows at nearly the full rate, none much
// fewer than the others, and soon.
const (
	heldMean    = 0.98 // of the full rate, on average
	heldSlowest = 0.95 // of the full rate, for the slowest client
	heldP99     = 50 * time.Millisecond

	// attempts is how often a load may miss before it counts as not held: something else
	// may be running on the machine.
	attempts = 2
)

// windowsResult is a line of JSON: all clients get the changes of all objects.
type windowsResult struct {
	Name              string  `json:"name"` // windows, or windows-held for the largest load that is held
	Held              bool    `json:"held"`
	Clients           int     `json:"clients"`
	Objects           int     `json:"objects"`
	Hz                int     `json:"hz"`
	ChangeRate        float64 `json:"changes_per_second"` // that the server itself has made
	MessagesPerWindow float64 `json:"messages_per_window"`
	FrameBytes        float64 `json:"frame_bytes"`
	Rate              float64 `json:"windows_per_second"`         // of a client, on average
	SlowestRate       float64 `json:"slowest_windows_per_second"` // of the client that got the fewest
	CPUShare          float64 `json:"server_cpus"`                // processors that the server used
	ReceiverShare     float64 `json:"receiver_cpus"`              // and the receiver
	MessagesPerCPU    float64 `json:"messages_per_cpu_second"`    // message deliveries per second of the server's processor time
	CPUPerWindow      float64 `json:"cpu_us_per_window"`          // delivered to one client
	P50               float64 `json:"p50_ms"`
	P99               float64 `json:"p99_ms"`
	AllocationsPer    float64 `json:"allocs_per_window"`
	WritesPer         float64 `json:"writes_per_window"`
	Seconds           float64 `json:"seconds"`
}

// measureRamp looks for the largest number of clients that is held, or measures those
// that --clients names.
func measureRamp(ctx context.Context, o *options, out *report.Output) error {
	table := &report.Table{
		Title: fmt.Sprintf("%d objects, pose and look of each changed at %d Hz; the server has GOMAXPROCS=%d.", o.objects, o.hz, o.procs),
		Columns: []string{
			"held", "clients", "changes/s", "msgs/window", "frame B", "windows/s", "slowest", "p50 ms", "p99 ms",
			"CPUs", "receiver's", "CPU µs/window", "M msgs/CPU s", "allocs", "writes",
		},
	}
	attempt := func(clients int) (bool, error) {
		r, err := attemptLoad(ctx, o, clients)
		if err != nil {
			return false, err
		}
		addTo(table, r)
		return r.Held, out.Line(r)
	}
	if len(o.clients) > 0 {
		for _, n := range o.clients {
			if _, err := attempt(n); err != nil {
				return err
			}
		}
		return out.Table(table)
	}
	best, err := search(o.from, o.to, attempt)
	if err != nil {
		return err
	}
	if err := out.Table(table); err != nil {
		return err
	}
	command.Progress("%d clients are held", best)
	return out.Line(map[string]any{"name": "windows-held", "clients": best, "objects": o.objects, "hz": o.hz})
}

// attemptLoad measures a load, and once more if it isn't held.
func attemptLoad(ctx context.Context, o *options, clients int) (*windowsResult, error) {
	var r *windowsResult
	for range attempts {
		v, err := underLoad(ctx, o, clients, nil, func(p *child.Process, _ *receiver.Receiver) (func() error, error) {
			stop := func() error { return p.Ask(ctx, nil, "stop") }
			return stop, p.Ask(ctx, nil, "run", o.hz, o.objects)
		})
		if err != nil {
			return nil, err
		}
		r = newWindowsResult(v, o)
		command.Progress("%d clients: %.1f changes/s, %.1f windows/s, the slowest %.1f, p99 %.1f ms, %.2f CPUs",
			clients, r.ChangeRate, r.Rate, r.SlowestRate, r.P99, r.CPUShare)
		if r.Held {
			break
		}
	}
	return r, nil
}

func newWindowsResult(v *interval, o *options) *windowsResult {
	p99 := v.samples.Latency.Quantile(0.99)
	full := float64(o.hz)
	windows := float64(max(v.counts.Frames, 1))
	return &windowsResult{
		Name:    "windows",
		Held:    v.windowRate() >= heldMean*full && v.slowestRate() >= heldSlowest*full && p99 <= heldP99,
		Clients: v.clients, Objects: o.objects, Hz: o.hz,
		ChangeRate:        float64(v.changes) / v.elapsed.Seconds(),
		MessagesPerWindow: v.messagesPerWindow(),
		FrameBytes:        float64(v.counts.Bytes) / windows,
		Rate:              v.windowRate(),
		SlowestRate:       v.slowestRate(),
		CPUShare:          v.cpuShare(),
		ReceiverShare:     v.receiverShare(),
		MessagesPerCPU:    v.messagesPerCPUSecond(),
		CPUPerWindow:      v.server.CPUMicros / windows,
		P50:               report.Milliseconds(v.samples.Latency.Quantile(0.5)),
		P99:               report.Milliseconds(p99),
		AllocationsPer:    float64(v.server.Mallocs) / windows,
		WritesPer:         float64(v.server.Writes) / windows,
		Seconds:           v.elapsed.Seconds(),
	}
}

func addTo(t *report.Table, r *windowsResult) {
	held := "no"
	if r.Held {
		held = "yes"
	}
	t.Add(held, r.Clients, r.ChangeRate, r.MessagesPerWindow, r.FrameBytes, r.Rate, r.SlowestRate, r.P50, r.P99,
		r.CPUShare, r.ReceiverShare, r.CPUPerWindow, r.MessagesPerCPU/1e6, r.AllocationsPer, r.WritesPer)
}

// search returns the largest number of clients that is held, to 5 %, or 0. It goes up
// from the first number by half until one isn't held or it is at the last, and then
// halves what is between.
func search(from, to int, held func(int) (bool, error)) (int, error) {
	best, missed := 0, 0
	for n := from; missed == 0; n = min(n+max(n/2, 1), to) {
		ok, err := held(n)
		switch {
		case err != nil:
			return best, err
		case !ok:
			missed = n
		case n == to:
			return n, nil
		default:
			best = n
		}
	}
	for missed-best > max(best/20, 1) {
		n := (best + missed) / 2
		ok, err := held(n)
		if err != nil {
			return best, err
		}
		if ok {
			best = n
		} else {
			missed = n
		}
	}
	return best, nil
}

//go:build linux

package main

import (
	"math/rand/v2"
	"time"

	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/report"
)

// interval is what the server did in a while.
type interval struct {
	server  child.Mark
	handled int64
	pauses  int64
	elapsed time.Duration
}

func (v *interval) perSecond() float64 { return float64(v.handled) / v.elapsed.Seconds() }

func (v *interval) cpuNanos() float64 { return 1e3 * v.server.CPUMicros / float64(max(v.handled, 1)) }

func (v *interval) allocs() float64 { return float64(v.server.Mallocs) / float64(max(v.handled, 1)) }

func (v *interval) cpuShare() float64 { return v.server.CPUMicros / 1e6 / v.elapsed.Seconds() }

// result is a line of JSON; figures without extremes are medians of the rounds.
type result struct {
	Message      string `json:"message"`
	Clients      int    `json:"clients"`
	PayloadBytes int    `json:"payload_bytes"` // of one message, without the frame's header
	Rounds       int    `json:"rounds"`

	PerSecond        float64 `json:"messages_per_second"` // into handlers, of all clients together
	PerSecondMin     float64 `json:"messages_per_second_min"`
	PerSecondMax     float64 `json:"messages_per_second_max"`
	PerCPUSecond     float64 `json:"messages_per_cpu_second"` // for each second of processor time
	CPUPerMessage    float64 `json:"cpu_ns_per_message"`      // of the server's process, the kernel's half included
	AllocsPerMessage float64 `json:"allocs_per_message"`
	CPUShare         float64 `json:"server_cpus"`
	PausesPerSecond  float64 `json:"pauses_per_second"`
}

func newResult(kind string, o *options, got []*interval) *result {
	spread := func(value func(*interval) float64) report.Spread {
		values := make([]float64, len(got))
		for i, v := range got {
			values[i] = value(v)
		}
		return report.SpreadOf(values)
	}
	cpu := spread((*interval).cpuNanos).Median
	perSecond := spread((*interval).perSecond)
	return &result{
		Message: kind, Clients: o.clients, PayloadBytes: payloadBytes(kind), Rounds: len(got),
		PerSecond: perSecond.Median, PerSecondMin: perSecond.Min, PerSecondMax: perSecond.Max,
		PerCPUSecond:     1e9 / max(cpu, 1e-9),
		CPUPerMessage:    cpu,
		AllocsPerMessage: spread((*interval).allocs).Median,
		CPUShare:         spread((*interval).cpuShare).Median,
		PausesPerSecond: spread(func(v *interval) float64 {
			return float64(v.pauses) / v.elapsed.Seconds()
		}).Median,
	}
}

// payloadBytes returns the size of the messages that clients send.
func payloadBytes(kind string) int {
	payload, err := newRegistry().Append(nil, newMessage(kind, "/clients/0000", rand.New(rand.NewPCG(1, 2))))
	if err != nil {
		return 0
	}
	return len(payload)
}
